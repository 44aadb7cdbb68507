"""What makes a name of words that no register knows: legal forms, endings, brackets, and the words around (floor 0).

One pass finds all fixed words; each kind has its reader, which looks at most a few letters to either side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from repdb.text import name_words as words
from repdb.text.name_brackets import claimed_after, in_brackets
from repdb.text.name_edges import ahead, before_latin_form, beside, opening
from repdb.text.name_longer import ENDS_NAME, is_longer
from repdb.text.name_shape import LATIN_OR_KANA, Guess, back, ends, forth, generic, heading
from repdb.text.name_words import HIRAGANA, KANJI, NAME

Reader = Callable[[str, int, int], Guess | None]
Cue = tuple[int, int, int]  # where a word of ``readers`` stands, and its index

_ENOUGH = 20  # times that the same words around a cue are read in one text: more say nothing new
_HEAD = 400  # who a message says it is stands at its head
_NOT_ENDING = re.compile(rf"[{KANJI}ァ-ヺー]{{0,2}}(?:員|者|料|費|的|側|口座|明細|番号|会社|情報|業界|名[ :】\n])")
_OFFICE = re.compile("[課局庁署]")
_LATIN_TAIL = re.compile(r"(?<![a-z0-9.@/_-])[a-z][a-z0-9]{2,15}$")
_COMMON_LATIN = re.compile(
    r"web|sms|the|our|your|this|net|online|premium|user|mail|email|free|test|demo|new|app|site|sns|vip|pro|and|for|business"
)
_JOINT = re.compile(r"[ごす]?[をとにの]?(?:らか|りよ)?(?:どな|等)?[ ]?")  # read backwards: など から を ご
_COUNTED = re.compile(r"\([0-9一-十百千]{1,6}件\)")
_TITLE = re.compile(rf"([{NAME}{HIRAGANA} ]{{2,30}})[(」』]")
_CALLED_FRAUD = re.compile("偽|詐欺|架空|悪質|不審|投資|出会い|副業")
_LABELLED = re.compile(
    rf"[】》)」]?[ ]?(?::[ ]?|は[ ]?(?=[「『])|\n{{1,2}}[ ]?)[「『]?([{NAME}][{NAME}{HIRAGANA} ]{{1,30}}?)(?=[\n」』(、,。]|[ ]{{2}}|$)"
)
_AFTER_HEADER = re.compile(
    rf"(?:[】■ ]{{0,2}}:[ ]?|[】■ ]{{1,2}}|(?=[「『【\"a-z]))[「『【\"]?([{NAME}{HIRAGANA} ]{{2,40}})"
)
_SPEECH = re.compile(rf"[ ]?[{HIRAGANA}{KANJI}ァ-ヺ][{HIRAGANA}{KANJI}ァ-ヺー、]{{3}}")
_SIGNED_BELOW = re.compile(rf"[、。,.]?[ ]?\n{{1,2}}[ ]?([{NAME}]{{3,24}})(?=\n|$)")
_LATIN_WORDS = re.compile(r"(?: [a-z0-9.&'+-]{0,20}[a-z]){1,3}(?![a-z0-9@/._-])")  # read backwards
_AFTER_COPYRIGHT = re.compile(
    r"[ ]?(?:\(c\)|©)?[ ]?(?:19|20)?[0-9]{0,2}(?:-[0-9]{4})?,? ?([a-z][a-z .&]{1,40}?)(?=,? (?:inc|co|ltd|corp|llc|[gk]\.k|all rights)|[.,\n])"
)


def guesses(text: str, cues: list[Cue], numbers: list[tuple[int, int]]) -> list[Guess]:
    """Everything in the folded text that stands like a name. ``cues``: where words of ``readers`` stand, in order;
    ``numbers``: spans of telephone numbers."""
    found = in_brackets(text)
    last = len(cues) - 1
    known = _in_order()
    for place, (start, end, index) in enumerate(cues) if last < _ENOUGH else _fresh(text, cues):
        reader = known[index]
        behind = cues[place + 1] if place < last and reader is _at_ending else None
        if behind and behind[0] == end and known[behind[2]] is reader:
            continue  # the middle of a longer name
        if guess := reader(text, start, end):
            found.append(guess)
    for start, end in numbers:
        found += filter(None, (ahead(text, start), beside(text, end)))
    if guess := opening(text):
        found.append(guess)
    return found


def _fresh(text: str, cues: list[Cue]) -> Iterator[tuple[int, Cue]]:
    """Place and cue, without those whose words around were read often enough."""
    seen: Counter[str] = Counter()
    enough: set[str] = set()
    for place, cue in enumerate(cues):
        start, end, _ = cue
        window = text[start - 12 if start > 12 else 0 : end + 12]
        if window not in enough:
            seen[window] += 1
            if seen[window] == _ENOUGH:
                enough.add(window)
            yield place, cue


@lru_cache(maxsize=1)
def readers() -> dict[str, Reader]:
    """Every fixed word and what reads the name beside it."""
    table: dict[str, Reader] = {}
    for wordlist, reader in (
        (words.LEGAL_FORMS, _at_form),
        (words.LATIN_FORMS, before_latin_form),
        (words.STRONG, _at_ending),
        (words.POSING, _at_posing),
        (words.GREETING, _at_greeting),
        (words.NOTICE, _at_notice),
        (words.SAYING, _at_saying),
        (words.SPEAKING, _at_speaking),
        (words.CLOSING, _at_closing),
        (words.SERVICE_OF, _at_service),
        (["件)"], _at_count),
        (words.HEADERS, _at_header),
        (words.TITLED, _at_title),
        (words.LABELS, _at_label),
        (["copyright", "©", "(c)"], _at_copyright),
    ):
        table |= dict.fromkeys(wordlist, reader)
    return table


@lru_cache(maxsize=1)
def _in_order() -> tuple[Reader, ...]:
    return tuple(readers().values())


def _at_form(text: str, start: int, end: int) -> Guess | None:
    gap = text[start - 1 : start] == " "
    close = len(text[start - 2 if start > 2 else 0 : start].rstrip(" :\n")) + (start - 2 if start > 2 else 0)
    before = back(text, close)
    head = text[before:close].strip("・-")
    labelled = close < start and head in words.SELLERS
    if labelled or close < start - gap:
        head = ""
    behind = text[end : end + 1]
    name_from = end + (behind == " " or (labelled and behind == "\n"))
    name_to = forth(text, name_from)
    leads = name_to > name_from and not heading(text[name_from:name_to])
    if head and not (leads and (gap or head.endswith(("会社", "元", "の"))) and text[end : end + 1] != " "):
        return None if generic(head) else (before, end, True)
    if leads:
        return name_from if behind == "\n" else start, name_to, True
    return (start, end, True) if text[start:end] in words.BARE_FORMS else None


def _at_ending(text: str, start: int, end: int) -> Guess | None:
    if text[end : end + 1] not in ENDS_NAME and (_NOT_ENDING.match(text, end) or is_longer(text, end)):
        return None
    first = back(text, start)
    name = text[first:end]
    framed = _framed(text, first, end)
    body = name in words.BODIES
    if name.startswith(("弊社", "当社", "同社")):
        return None
    if len(name) > 2 and (body or (not generic(name) and (first < start or framed))):
        return first, end, framed or claimed_after(text, end)
    return None


def _framed(text: str, start: int, end: int) -> bool:
    """The name stands alone: a line, a bracket, or the subject of です."""
    return (start == 0 or text[start - 1] in '「『【"“《(\n ') and (
        end == len(text) or text[end] in '」』】"”》)\n ' or text.startswith(("です", "より", "から"), end)
    )


def _at_posing(text: str, start: int, end: int) -> Guess | None:
    first, close, name = _claimant(text, start)
    if name.endswith(words.STAFF):  # 見本役場職員, 見本役場の職員
        close -= next(len(word) for word in words.STAFF if name.endswith(word))
        if close == first and text.startswith("の", close - 1):
            close -= 1
            first = back(text, close)
        name = text[first:close]
    if len(name) < 2 or heading(name):
        return None
    if name in words.POSED_AS or (not generic(name) and (ends(name) or LATIN_OR_KANA.search(name))):
        return first, close, True
    return None


def _at_greeting(text: str, start: int, end: int) -> Guess | None:
    """ミホンペイをご利用いただき; but not 期限前にご利用いただき."""
    first, close, name = _claimant(text, start)
    if text.startswith("に", close):
        return None
    first, name = _latin_from(text, first, close)
    return (first, close, True) if len(name) > 1 and not heading(name) and not generic(name) else None


def _latin_from(text: str, first: int, close: int) -> tuple[int, str]:
    """A name of Latin letters with the Latin words before it: Mihon Mall."""
    if text[first:close].isascii() and text[first - 1 : first] == " ":
        words_before = _LATIN_WORDS.match(text[max(0, first - 40) : first][::-1])
        first -= words_before.end() if words_before else 0
    return first, text[first:close]


def _at_notice(text: str, start: int, end: int) -> Guess | None:
    """見本銀行からのお知らせ; without から, お知らせ says nothing of who sends it."""
    joint = text[start - 4 if start > 4 else 0 : start]
    found = _at_greeting(text, start, end) if "から" in joint or "より" in joint else None
    return found if found and text.startswith(("から", "より"), found[1]) else None


def _claimant(text: str, start: int) -> tuple[int, int, str]:
    """Place and text of the name before a cue and the particles between."""
    joint = _JOINT.match(text[max(0, start - 6) : start][::-1])
    close = start - (joint.end() if joint else 0)
    first = back(text, close)
    return first, close, text[first:close]


def _at_service(text: str, start: int, end: int) -> Guess | None:
    close = start - (text[start - 1 : start] == "の")
    if not text[close - 1 : close].isascii():
        return None
    latin = _LATIN_TAIL.search(text, max(0, close - 18), close)
    return (latin.start(), close, False) if latin and not _COMMON_LATIN.fullmatch(latin[0]) else None


def _at_saying(text: str, start: int, end: int) -> Guess | None:
    first = back(text, start) if start < _HEAD else start
    name = text[first:start]
    if text[first - 1 : first] == "の" and len(name) < 5:  # 見本管理局の佐藤です
        close = first - 1
        first = back(text, close)
        body = text[first:close]
        opens = not first or text.endswith(("\n", "。", " ", "】", "こちらは", "私は", "私、"), 0, first)
        named = opens and len(body) > 2 and not generic(body) and not heading(body)
        return (first, close, True) if named and (ends(body) or body.endswith(words.SIGNING)) else None
    opens = not first or text[first - 1] in "\n。 】" or text.endswith(("こちらは", "私は"), 0, first)
    if opens and len(name) > 1 and (ends(name) or _OFFICE.search(name[2:-1])):
        return first, start, True
    return None


def _at_speaking(text: str, start: int, end: int) -> Guess | None:
    """見本捜査部:あなたは…, at the head of a line."""
    first, close = back(text, end - 1), end - 1
    opens = close - first > 3 and (not first or text[first - 1] == "\n")
    name = text[first:close]
    return (
        (first, close, True) if opens and _SPEECH.match(text, end) and not heading(name) and not generic(name) else None
    )


def _at_closing(text: str, start: int, end: int) -> Guess | None:
    """Who signs in the line below 敬具."""
    signed = _SIGNED_BELOW.match(text, end)
    return signed and (signed.start(1), signed.end(1), True) if signed and ends(signed[1]) else None


def _at_count(text: str, start: int, end: int) -> Guess | None:
    """A list of names with counts: 甲センター(704件)."""
    opening = text.rfind("(", max(0, start - 7), start)
    if opening > 0 and _COUNTED.match(text, opening):
        first = back(text, opening)
        if opening - first > 3 and not heading(text[first:opening]):
            return first, opening, False
    return None


def _told(found: re.Match[str] | None) -> Guess | None:
    if found and (ends(found[1].strip()) or not heading(found[1].strip())):
        return found.start(1), found.end(1), True
    return None


def _at_header(text: str, start: int, end: int) -> Guess | None:
    """差出人: 見本銀行 <…>, at the head of a line."""
    return _told(_AFTER_HEADER.match(text, end)) if start == 0 or text[start - 1] in "\n【" else None


def _at_title(text: str, start: int, end: int) -> Guess | None:
    """サイト「ミホン」; another kind of thing only where it is called a fraud."""
    if not text.startswith("サイト", start) and not _CALLED_FRAUD.search(text, max(0, start - 10), start):
        return None
    return _told(_TITLE.match(text, end))


def _at_label(text: str, start: int, end: int) -> Guess | None:
    """業者名: MIHON FX."""
    return _told(_LABELLED.match(text, end))


def _at_copyright(text: str, start: int, end: int) -> Guess | None:
    return _told(_AFTER_COPYRIGHT.match(text, end))
