"""HTML → what a reader sees, where each character stood, and the links with their true targets (floor 0).

HTML parsers give a tree without positions; evidence needs the place of every identifier in the source, and hostile mail
needs linear time on broken markup. So this reads tags only: every tag, comment and attribute ends before the next ``<``,
and nothing is looked at twice.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from repdb.text.fold import Folded, Places


class Link(NamedTuple):
    """``target`` of a link (its ``href`` or ``action``) at ``start:end`` of the source; ``shown`` is its visible text."""

    target: str
    shown: str
    start: int
    end: int


class Cell(NamedTuple):
    """A cell at ``start:end`` of the visible text, what stands at the head of its column, and at those of all columns."""

    start: int
    end: int
    head: str
    heads: str


class Page(NamedTuple):
    """``shown``: visible text with the way back to the source; ``hidden``: pieces that styles hide from the reader;
    ``cells``: those of tables of several columns below their first row, in order."""

    shown: Folded
    links: tuple[Link, ...]
    hidden: tuple[str, ...]
    cells: tuple[Cell, ...] = ()


_LOOK = re.compile(
    r"<(?:!doctype html|html|head|body|div|table|tr|td|p|br|span|font|meta|img|h[1-6]|ul|li|a\s[^<>]{0,400}href)\b[^<>]{0,400}>",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]{0,15})(?![a-z0-9._%+-]{0,64}@)(?P<attrs>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>|<!--|<[!?][^<>]*>"
    r"|(?:&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)++",
    re.IGNORECASE,
)
_ENTITY = re.compile("&[^;]+;")
# Each attribute to its end: what only stands in another's value is none.
_ATTR = re.compile(
    r"(?P<name>[^\s\"'<>/=]{1,64})\s{0,9}(?:=\s{0,9}(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)'|(?P<b>[^\s\"'<>]+)))?"
)
_TELLING = re.compile("href|action|style|hidden|alt", re.IGNORECASE)
_HIDING = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|font-size\s{0,9}:\s{0,9}0(?![.0-9])|(?<![a-z-])opacity\s{0,9}:\s{0,9}0(?![.0-9])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 head header hr html li main "
    "nav ol p pre section table tbody td tfoot th thead title tr ul".split()
)
_SILENT = frozenset({"script", "style", "template"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_LEADING = {"a": "href", "area": "href", "form": "action", "button": "formaction", "input": "formaction"}
_MARKS = re.compile("[./0-9]")  # a link's text that holds one may be a host or number: readers see where it ends
_BROKEN = dict.fromkeys(map(ord, "\t\r\n"))  # browsers drop these within an address (WHATWG URL, basic URL parser)
_ORIGIN = re.compile(r"(?:https?:)?//[^/?#\s]{1,300}", re.IGNORECASE)
_WHOLE = re.compile(r"[a-z][a-z0-9+.-]{1,20}:|//|#|$", re.IGNORECASE)  # an address that needs no base
_BLANK = re.compile(r"[ \t\r\n\f]+")


def looks_like(text: str) -> bool:
    """True when the beginning of the text holds an ordinary HTML tag."""
    return "<" in text[:20000] and bool(_LOOK.search(text[:20000]))


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.cuts: list[int] = []
        self.shifts: list[int] = []
        self.size = 0
        self.links: list[Link] = []
        self.base = ""
        self.open_link: tuple[str, int, int, int] | None = None
        self.hidden: list[str] = []
        self.depth = 0  # open elements inside a hidden one, itself included
        self.ends: dict[str, bool] = {}  # closing marks known to be missing from here on
        self.cells: list[Cell] = []
        self.row: int | None = None  # of the table that is open; a table within another is one of its own
        self.heads: list[str] = []
        self.column = 0
        self.open_cell: tuple[int, int] | None = None  # where it starts, in the text and among its parts

    def end_cell(self) -> None:
        """The open cell ends: in the first row it heads its column."""
        if self.open_cell is None:
            return
        (start, since), self.open_cell = self.open_cell, None
        if self.row == 1:
            self.heads.append("".join(self.parts[since:]).strip()[:_HEAD])
        elif 0 < self.column <= len(self.heads) and len(self.heads) > 1 and self.heads[self.column - 1]:
            self.cells.append(Cell(start, self.size, self.heads[self.column - 1], " ".join(self.heads)))

    def say(self, text: str, at: int) -> None:
        """Add visible text that stands at ``at`` of the source."""
        if not text:
            return
        if self.depth:
            self.hidden += [text] if text.strip() else []
            return
        self.cuts.append(self.size)
        self.shifts.append(at - self.size)
        self.parts.append(text)
        self.size += len(text)

    def say_each(self, letters: list[str], places: list[int]) -> None:
        """``say`` of single letters, one at each of these places."""
        if self.depth or "" in letters:
            for letter, at in zip(letters, places, strict=True):
                self.say(letter, at)
            return
        sizes = range(self.size, self.size + len(letters))
        self.cuts += sizes
        self.shifts += map(sub, places, sizes)
        self.parts.append("".join(letters))
        self.size += len(letters)

    def after(self, mark: str, at: int) -> int:
        """The place behind the next ``mark`` (a pattern), or the end; one found missing once is not looked for again."""
        if self.ends.get(mark):
            return len(self.source)
        found = re.compile(mark, re.IGNORECASE).search(self.source, at)
        self.ends[mark] = found is None
        return found.end() if found else len(self.source)


def read(source: str) -> Page:
    """Visible text, links and hidden pieces of an HTML source. Never fails; linear."""
    reader = _Reader(source)
    place = 0
    while found := _TAG.search(source, place):
        if place < found.start():
            _text(reader, place, found.start())
        place = found.end()
        if found[0][0] == "&":
            written = _ENTITY.findall(found[0])
            places = accumulate(map(len, written[:-1]), initial=found.start())
            reader.say_each(list(map(_entity, written)), list(places))
        elif found[0] == "<!--":
            place = reader.after("-->", place)
        elif found["name"]:
            place = _tag(reader, found, found["name"].lower())
    _text(reader, place, len(source))
    _close_link(reader)
    shown = "".join(reader.parts)
    moves = tuple(reader.cuts), tuple(reader.shifts), frozenset[int]()
    return Page(
        Folded(shown, shown, Places(lambda: moves)),
        tuple(reader.links),
        tuple(reader.hidden),
        tuple(reader.cells),
    )


@lru_cache(maxsize=2048)
def _entity(written: str) -> str:
    return unescape(written)[:1]


def _text(reader: _Reader, start: int, end: int) -> None:
    """Text between tags; white space collapses to one blank, as browsers show it."""
    place = start
    for blank in _BLANK.finditer(reader.source, start, end):
        if blank[0] == " ":
            continue
        reader.say(reader.source[place : blank.start()], place)
        reader.say("\n" if blank[0].count("\n") and len(blank[0]) > 2 else " ", blank.start())
        place = blank.end()
    reader.say(reader.source[place:end], place)


def _tag(reader: _Reader, found: re.Match[str], name: str) -> int:
    """Handle one tag; return where reading goes on."""
    if name in _SILENT and not found["close"]:
        return reader.after(rf"</{name}[\s>]{{1,9}}", found.end())
    if name in _TABULAR:
        _tabulate(reader, name, bool(found["close"]))
    if name in _BLOCKS:
        reader.say("\n", found.start())
    attrs = _attributes(found["attrs"] or "")
    if reader.depth:
        reader.depth += 0 if name in _VOID else -1 if found["close"] else 1
    elif not found["close"] and name not in _VOID and _hides(attrs):
        reader.depth = 1
    if name == "a":
        _close_link(reader)
    if name == "img" and reader.open_link and (alt := attrs.get("alt")) and "&" not in _value(alt):
        group = next((one for one in "dsb" if alt[one]), "name")
        reader.say(_value(alt), found.start("attrs") + alt.start(group))  # what the picture of a button says
    led_by = attrs.get(_LEADING.get(name, ""))
    if led_by and not found["close"]:
        _open_link(reader, found, led_by, name)
    if name == "base" and "href" in attrs and (origin := _ORIGIN.match(_value(attrs["href"]).strip())):
        reader.base = reader.base or origin[0]
    elif "//" in (found["attrs"] or "") and (led := (_REFRESH if name == "meta" else _HANDLER).search(found["attrs"])):
        start, end = (found.start("attrs") + place for place in led.span(1))
        reader.links.append(Link(unescape(led[1]), "", start, end))
    return found.end()


_TABULAR = frozenset({"table", "tr", "td", "th"})
_HEAD = 60  # characters of a column's heading


def _tabulate(reader: _Reader, name: str, closes: bool) -> None:
    """Follow the rows and cells of tables. Cells that span columns are counted as one: such tables are rare where it matters."""
    reader.end_cell()
    if name == "table":
        reader.row, reader.heads = (None if closes else 0), []
    elif closes or reader.row is None:
        return
    elif name == "tr":
        reader.row, reader.column = reader.row + 1, 0
    else:
        reader.column += 1
        reader.open_cell = reader.size, len(reader.parts)


# Pages that lead on by themselves, and what a script does when somebody presses.
_REFRESH = re.compile(
    r"\bcontent\s{0,9}=\s{0,9}[\"']?\s{0,9}[0-9.]{0,9}\s{0,9}[;,]\s{0,9}url\s{0,9}=\s{0,9}[\"']?([^\s\"'<>]{4,2048})",
    re.IGNORECASE,
)
_HANDLER = re.compile(r"\son[a-z]{4,16}\s{0,9}=[^<>]{0,200}?(https?://[^\s\"'<>)]{4,2048})", re.IGNORECASE)


def _attributes(written: str) -> dict[str, re.Match[str]]:
    """The attributes of a tag by name, those that say something here; of two of a name the first, as browsers do."""
    if not _TELLING.search(written):
        return {}
    found: dict[str, re.Match[str]] = {}
    for one in _ATTR.finditer(written):
        found.setdefault(one["name"].lower().rpartition(":")[2], one)  # xlink:href
    return found


def _hides(attrs: dict[str, re.Match[str]]) -> bool:
    style = attrs.get("style")
    return "hidden" in attrs or bool(style and _HIDING.search(_value(style)))


def _value(attr: re.Match[str]) -> str:
    return attr["d"] or attr["s"] or attr["b"] or ""


def _open_link(reader: _Reader, tag: re.Match[str], attr: re.Match[str], name: str) -> None:
    group = next((one for one in "dsb" if attr[one]), "")
    if not group:
        return
    base = tag.start("attrs")
    target = unescape(attr[group]).translate(_BROKEN).strip()
    if reader.base and not _WHOLE.match(target):
        target = f"{reader.base}/{target.lstrip('/')}"  # the host is what matters
    reader.open_link = (
        target,
        base + attr.start(group),
        base + attr.end(group),
        len(reader.parts),
    )
    if name != "a":
        _close_link(reader)


def _close_link(reader: _Reader) -> None:
    if reader.open_link:
        target, start, end, since = reader.open_link
        shown = "".join(reader.parts[since:]).strip()
        reader.links.append(Link(target, shown, start, end))
        reader.say(" " if _MARKS.search(shown[-64:]) else "", end)
        reader.open_link = None
