"""Names in brackets, and who is only claimed to be: 【…】, 「…」を名乗る (floor 0)."""

from __future__ import annotations

import re

from repdb.text import name_words as words
from repdb.text.name_shape import HEADING_WHOLE, Guess, ends, generic, heading
from repdb.text.name_words import KANJI

_CLAUSE = re.compile("され|してい|できる")
_PHRASE = re.compile(r"ます|です|する|した|ください|[。、]")
_OPENING = "「【『“《"
_BRACKETS = re.compile(
    rf"[{_OPENING}](?:(?<=[【《])(?P<heading>[^【】《》\n]{{2,24}})[】》]|(?<=[「『“])(?P<quoted>[^「」『』“”\n。、(]{{2,30}}))"
)
_POSING_FIRST = frozenset('」』】]>)"”》〉≫ な等とかよをにのごすお').union(word[0] for word in words.POSING)
_POSES = rf"(?:などを?|等を?|といった|という)?(?:から|より)?[をとにの]?[ごすお]?(?:{'|'.join(words.POSING)})"
_CLAIMED = re.compile(rf"[」』】\]>)\"”》〉≫ ]{{0,2}}{_POSES}")
_CHAIN = re.compile(
    rf"(?:[」』”](?:や|、|・|と|または|,)?[「『“][^「」『』“”\n]{{2,30}}){{0,4}}[」』”](?:{_POSES}|が[0-9一-十百]+件|から|などの送信元|という[{KANJI}ァ-ヺー]{{0,8}}(?:業者|会社|サイト|アプリ|ショップ))"
)

_OURSELVES = ("当社", "弊社", "当センター", "当事務局")


def claimed_after(text: str, end: int) -> bool:
    """を名乗る, をかたる … follows: somebody only claims to be this."""
    return text[end : end + 1] in _POSING_FIRST and bool(_CLAIMED.match(text, end) or _CHAIN.match(text, end))


def in_brackets(text: str) -> list[Guess]:
    """The names that stand in brackets of the folded text."""
    if "「" in text or "【" in text or "『" in text or "“" in text or "《" in text:
        return [guess for found in _BRACKETS.finditer(text) if (guess := _named(found))]
    return []


def _named(found: re.Match[str]) -> Guess | None:
    text, (start, end) = found.string, found.span(found.lastindex or 0)
    name = text[start:end].strip()
    ended = ends(name)
    if found.lastgroup == "heading":
        head = start < 41 or text[start - 2] in "\n: "
        named = not _CLAUSE.search(name) if ended else head and not heading(name)
        return (start, end, True) if named and not generic(name) else None
    chained = _CHAIN.match(text, end) or _speaks(text, start, end)
    if (ended and (chained or not generic(name))) or (
        chained and not _PHRASE.search(name) and not HEADING_WHOLE.fullmatch(name)
    ):
        return start, end, bool(chained)
    return None


def _speaks(text: str, start: int, end: int) -> bool:
    """当社「見本ジャパン」が…"""
    return text.endswith(_OURSELVES, 0, start - 1) and text.startswith(("」が", "」は", "」より"), end)
