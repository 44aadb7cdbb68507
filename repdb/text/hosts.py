"""Links, hosts and mail addresses in running text, defanged and disguised ones too (floor 0)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from repdb import domain, hostname
from repdb.records import Identifier, Unreadable
from repdb.text.fold import Folded, fold
from repdb.text.numbers import Hit
from repdb.urltext import SLASHES
from repdb.urltricks import led_host

_LETTER = r"a-z0-9\u00df-\u024f\u0370-\u052f"
_FIRST = rf"[{_LETTER}_][{_LETTER}_-]{{0,62}}"
_LABEL = rf"[{_LETTER}_-]{{1,63}}"
_DOT = r"(?:\.|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\))"
_DOTS = re.compile(_DOT)
_AT = r"(?:@|[\[({<](?:at|@)[\])}>])"
# What else an @ is written as, by those who quote an address and do not want it clicked.
_AT_BEHIND = re.compile(
    r"[a-z0-9._%+-]{1,64}(?:[ ]?[\[({<【](?:at|@|アット(?:マーク)?)[\])}>】][ ]?|[ ]?アットマーク[ ]?|[×☆★■●◆◎])$"
)
_AT_LAST = frozenset("])}>】 ク×☆★■●◆◎")
_AT_FIRST = frozenset("@[({<")
_AT_INSIDE = re.compile(r"[a-z0-9.%+-]{1,64}?_{1,2}at(?:[ _-]?mark)?_{1,2}(?=[a-z0-9])")
# @example.com is the domain of a sender, but behind these words @name.tokyo is somebody's name.
_NAMED_BEHIND = re.compile(
    r"(?:sns|instagram|insta|インスタ|twitter|ツイッター|tiktok|threads|youtube|フォロー|(?<![a-z])(?:x|ig|line|id))[^\n。]{0,24}$"
)
_REST = r"[!#$%&*+,\-./:;=?@\[\]\\^_`{|}~a-z0-9]"
_LINK = re.compile(
    rf"(?<![a-z])(?P<scheme>h?[tx*]{{2}}ps?|ftp)\[?[:;]\]?[/\\]{{1,3}}\]?(?P<rest>(?:{_REST}|\((?:\.|dot)\)){{0,2048}})"
    rf"|(?:(?<=\n-)|(?<![{_LETTER}_.@+-])|(?<=[ぁ-ゖァ-ヺー一-鿿]\.))(?P<local>[a-z0-9._%+-]{{0,64}}{_AT})?(?P<host>{_FIRST}(?:{_DOT}{_LABEL}){{1,8}})"
    rf"(?![{_LETTER}@])(?!\.[{_LETTER}]|,[a-z]{{2}})(?P<path>[/?]{_REST}{{0,2048}})?"
)
# What links are not made of, and the marks that each of them holds; the class in front lets the engine skip everything else.
_EDGE = re.compile(rf"[^!-~{_LETTER}]")
_MARK = re.compile(r"[./\[({](?:(?<=/)|(?<=[a-z0-9].))")
_LINKABLE = re.compile(r"[./\\]|dot")  # what every link holds one of
# Behind the host of a link: what looks like its path, and signs in at another.
_SIGNED_IN = re.compile(
    rf"(?:[{SLASHES}][^@\s?#、。「」]{{0,64}}|[ ][/{SLASHES}])@(?={_FIRST}(?:\.{_LABEL}){{1,8}}(?![{_LETTER}@])){_REST}{{0,500}}"
)
# The rest of a host that was broken at a hyphen.
_WRAPPED = re.compile(rf"\r?\n({_REST}{{1,500}})")
_FOREIGN_HOST = re.compile(r"[^\s/?#<>\"'、。「」『』【】()\[\]|]{1,100}\.[a-z]{2,18}(?![a-z0-9])")
_VARIABLE = re.compile(r"(?:\{[{%$]|<%|\$\{)[^}\n]{0,80}$")  # {{ member.name }}: a mail that was never filled in
_TRAIL = ".,;:!?]\\'\"*_~`|=^-"
# Top-level domains that are file endings or abbreviations far more often than hosts, where nothing else says link.
_FILES = frozenset("ai cc fm md me mov pl ps py rs sh so st tv zip".split())
_MASKED_BEHIND = re.compile(r"\*{1,8}[a-z0-9-]")  # example.co*.cn: what follows belongs to it
_HIDDEN_BEFORE = re.compile(r"(?:\*|[×✕]{2})$")  # one × may stand for an @
_SHOUTED = frozenset({"COM", "NET", "ORG", "JP"})  # Example.COM
_KNOWN_WORD = frozenset({"node.js", "e.g", "i.e"})


def find(folded: Folded, text: str) -> list[Hit]:
    """Every link, bare host and mail address in order; kind ``domain`` or ``email``."""
    shown = folded.text
    hits: list[Hit] = []
    if "。com" in shown or "。jp" in shown or "。net" in shown:
        shown = _FULL_STOPPED.sub(_dotted, shown)
    elif not _MARK.search(folded.signs):
        return hits
    behind = 0
    for match in _links(shown):
        if match.start() < behind:
            continue
        found = _joined(shown, match) if match["scheme"] else _unschemed(folded, shown, text, match, behind)
        for start, end, one in found:
            behind = end
            at, to = folded.span(start, end)
            hits.append(Hit(start, end, at, to, target(text[at:to]) or one if one.kind == "domain" else one))
    return hits


def _unschemed(
    folded: Folded, shown: str, text: str, match: re.Match[str], behind: int
) -> Iterator[tuple[int, int, Identifier]]:
    """The host or address without a scheme, if it is one."""
    start, end = match.start(), match.start() + len(match[0].rstrip(_TRAIL))  # punctuation of the sentence
    local, host, path = match["local"] or "", match["host"], match["path"]
    found = _bare(local, host, path is not None) if end > start else None
    if (
        found is None
        or _is_other(local, shown, start)
        or (not local and _runs_on(host, text[slice(*folded.span(start, end))]))
        # ***mple.jp: its first letters are hidden; those before an @ need not be seen
        or (
            local[:1] not in _AT_FIRST
            and _HIDDEN_BEFORE.search(shown, max(0, start - 2), start)
            and shown[start - 1] != shown[end : end + 1]
        )
        or _MASKED_BEHIND.match(shown, end)
    ):
        return
    if (
        not local
        and shown[start - 1 : start] in _AT_LAST
        and (written := _AT_BEHIND.search(shown, max(behind, start - 80), start))
        and (address := _read("x@" + host))
    ):
        start, found = written.start(), address
    yield start, end, found


def target(url: str) -> Identifier | None:
    """Where a link through a service that only leads on leads to (``led_host``); None for any other."""
    led = led_host(url) if "/" in url else None
    return _read(led) if led else None


# bait。example。com: the reader is to put dots for the full stops. Only before endings that no sentence begins with.
_FULL_STOPPED = re.compile(
    rf"(?<![{_LETTER}_.-])[a-z0-9-]{{1,63}}(?:[.。][a-z0-9-]{{1,63}}){{0,6}}。(?:com|net|jp)(?![a-z0-9.。-])"
)


def _dotted(found: re.Match[str]) -> str:
    return found[0].replace("。", ".")


def spoken(text: str) -> Identifier | None:
    """The host that the visible text of a link names, if it names one."""
    folded = fold(text, lower=True)
    return next((hit.found for hit in find(folded, text) if hit.found.kind == "domain"), None)


def _links(text: str) -> Iterator[re.Match[str]]:
    """Looks for marks first, which are rare, and then at the run of characters around."""
    end = 0
    while mark := _MARK.search(text, end):
        at = mark.start()
        edge = _EDGE.search(text[end:at][::-1])
        start = at - edge.start() if edge else end
        edge = _EDGE.search(text, at)
        end = edge.start() if edge else len(text)
        if end - start > 3 and (text[at] in "./" or _LINKABLE.search(text, start, end)):
            yield from _LINK.finditer(text, start, end)


# Where another link begins within what could be one: behind a separator, or before any path.
_NEXT = re.compile(r"(?P<sign>[,;|]?)h?[tx*]{2}ps?:[/\\]{1,3}")
_PATH = re.compile(r"[/?#\\]")
_PIECE = re.compile(rf"[^{re.escape(''.join(hostname.ODD))}|]{{4,}}")


def _joined(text: str, match: re.Match[str]) -> Iterator[tuple[int, int, Identifier]]:
    """The links of one run of characters that begins with a scheme: place, end and what was read."""
    start, rest = match.start(), match.start("rest")
    if "//" in match["rest"]:
        for cut in _NEXT.finditer(text, rest, match.end()):
            if cut.start() > rest and (cut["sign"] or not _PATH.search(text, rest, cut.start())):
                yield from _link(text, start, rest, cut.start())
                start, rest = cut.end("sign"), cut.end()
    yield from _link(text, start, rest, match.end())


def _link(text: str, start: int, rest: int, stop: int) -> Iterator[tuple[int, int, Identifier]]:
    """A link with a scheme. Where Japanese follows, the ASCII part is tried first, then a foreign-script host; where signs
    join what is no host, each of the hosts."""
    end = start + len(text[start:stop].rstrip(_TRAIL))  # punctuation of the sentence
    path = _PATH.search(text, rest, stop)
    if path is None and stop > rest:
        if (more := _SIGNED_IN.match(text, stop)) and (
            found := _read("http://x" + more[0][more[0].index("@") :].rstrip(_TRAIL))
        ):
            yield start, start + len(text[start : more.end()].rstrip(_TRAIL)), found
            return
        if text[stop - 1] == "-" and (more := _WRAPPED.match(text, stop)):
            if found := _read("http://" + text[rest:stop] + more[1].rstrip(_TRAIL)):
                yield start, start + len(text[start : more.end()].rstrip(_TRAIL)), found
            return
    found = _read("http://" + text[rest:end]) if end > rest else None
    if found is None and "/" not in text[rest:stop] and (foreign := _FOREIGN_HOST.match(text, rest)):
        end, found = foreign.end(), _read("http://" + foreign[0])
    if found is not None:
        yield start, end, found
        return
    for piece in _PIECE.finditer(text, rest, path.start() if path else end):
        if read := _read("http://" + piece[0].rstrip(_TRAIL)):
            yield (start if piece.start() == rest else piece.start()), piece.end(), read


@lru_cache(maxsize=4096)
def _bare(local: str, host: str, path: bool) -> Identifier | None:
    """A host without scheme: its ending must be a domain's and not a file's. ``local``: what stands before it and an @;
    ``path``: whether one follows."""
    if local:
        return _read(("x@" if local[0] in _AT_FIRST else local) + host)
    inside = _AT_INSIDE.match(host) if "_at" in host else None
    if inside:
        return _read("x@" + host[inside.end() :])
    labels = _DOTS.split(host)
    ending = labels[-1]
    if (
        host in _KNOWN_WORD
        or not host.strip("x.0123456789")  # 192.0.2.xxx, x.x
        or not ending[:1].isalpha()
        or (len(labels) == 2 and not labels[0].strip("0123456789-"))
    ):
        return None
    if ending in _FILES and len(labels) == 2 and not path:
        return None
    return _read(host)


def _runs_on(host: str, written: str) -> bool:
    """The next sentence starts where the ending would: …expired.Click here; or it is a name in a program: PiiType.EMAIL."""
    written = written[: len(host)]
    head, _, tail = written.rpartition(".")
    if tail.isupper() and tail not in _SHOUTED and head[:1].isupper() and not head.isupper() and "." not in head:
        return True
    capital = tail[:1].isupper() and not written[:-1].isupper() and tail != tail.upper()
    return capital and not ("_at" in host and _AT_INSIDE.match(host))


def _is_other(local: str, text: str, start: int) -> bool:
    """What stands before says that this is somebody's name, or a variable."""
    before = text[max(0, start - 80) : start]
    if ("{" in before or "<%" in before) and _VARIABLE.search(before):
        return True
    return local[:1] in _AT_FIRST and _NAMED_BEHIND.search(text, max(0, start - 40), start) is not None


@lru_cache(maxsize=4096)
def _read(written: str) -> Identifier | None:
    try:
        return domain.read(written)
    except Unreadable:
        return None
