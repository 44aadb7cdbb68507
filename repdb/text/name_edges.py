"""Names at the edges: the first words of a message, before and behind a telephone number (floor 0)."""

from __future__ import annotations

import re

from repdb.text import name_words as words
from repdb.text.name_shape import LATIN_OR_KANA, Guess, back, ends, generic, heading
from repdb.text.name_words import KANJI, NAME

_SIGNED = re.compile(
    rf"[ \n(「【/]{{1,2}}([お御ご]?[{NAME}]{{3,30}}(?:お客様サポート)?)(?=[ \n)」】/]|$|まで|です|より|担当)"
)
_NOT_SIGNED = re.compile(r"[0-9\-]+$|tel|fax|内線")
# [ミホンペイ]残高が, ミホンのアカウントが, Mihon:Your account
_OPENING_NAME = re.compile(
    rf"[ \n]{{0,2}}(?:[\[(<]([{NAME} ]{{2,20}})[\])>]|([{NAME}]{{2,20}}+)(?=の(?:ご利用|お支払|アカウント|会員|料金)|:[ ]?[a-z{KANJI}ァ-ヺお]))"
)
_WORD_BEFORE = re.compile(r"[ ]?([a-z0-9&'.-]{1,20}+)(?![a-z0-9@/_])")  # read backwards
_SIGNING_LAST = frozenset(word[-1] for word in words.SIGNING)
_SIGNING_NEAR = _SIGNING_LAST.union(" (:l")  # a label or a blank may stand between
_PARTED = frozenset(" \n(「【/")


def beside(text: str, end: int) -> Guess | None:
    """Who signs behind a number that ends there."""
    signed = _SIGNED.match(text, end) if text[end : end + 1] in _PARTED else None
    if signed and not heading(signed[1]) and not _NOT_SIGNED.match(signed[1]):
        return signed.start(1), signed.end(1), True
    return None


def ahead(text: str, start: int) -> Guess | None:
    """ミホン相談係 before a number that starts there."""
    if text[start - 1 : start] not in _SIGNING_NEAR:
        return None
    floor = start - 8 if start > 8 else 0
    head = text[floor:start].rstrip(" (:").removesuffix("tel").rstrip(" (:")
    if head[-1:] not in _SIGNING_LAST:
        return None
    close = floor + len(head)
    first = back(text, close)
    name = text[first:close]
    alone = not first or text[first - 1] in "\n。、 」】(に"
    if alone and len(name) > 3 and name.endswith(words.SIGNING) and not heading(name) and not generic(name):
        return first, close, True
    return None


def before_latin_form(text: str, start: int, end: int) -> Guess | None:
    """Nihon Saiken Kaishu Co., Ltd.: the words before, back to one that holds a sentence together."""
    if text[end : end + 1].isalnum():
        return None
    behind, size = text[max(0, start - 60) : start][::-1], 0
    for _ in range(5):
        word = _WORD_BEFORE.match(behind, size)
        written = word[1][::-1] if word else ""
        sentence = written.endswith(".") and len(written) > 4
        if not word or sentence or written.isdecimal() or written.strip("'&.-") in words.LITTLE:
            break
        size = word.end()
    return (start - size, end, True) if size > 1 else None


def opening(text: str) -> Guess | None:
    """The first words of a message, where they can be a name."""
    found = _OPENING_NAME.match(text)
    if found is None:
        return None
    start, end = found.span(found.lastindex or 0)
    name = found[found.lastindex or 0]
    if heading(name) or generic(name) or not (ends(name) or LATIN_OR_KANA.search(name)):
        return None
    return start, end, True
