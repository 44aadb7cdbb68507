"""What a company name looks like, and what only stands like one: headings, kinds of body (floor 0)."""

from __future__ import annotations

import re
from functools import lru_cache

from repdb.text import name_words as words
from repdb.text.name_words import NAME
from repdb.text.person_words import FAMILY_KANA

Guess = tuple[int, int, bool]  # start, end, claimed: a cue says that somebody gives this name
_LONGEST = 24
RUN = re.compile(rf"[{NAME}]{{1,{_LONGEST}}}")
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ"))}
# Words in hiragana that names hold, and family names: まつもと商事.
_SOFT = (*words.SOFT, *sorted(name.translate(_HIRAGANA) for name in FAMILY_KANA if len(name) > 2))
_SOFT_ENDING = {
    last: tuple(w for w in (*_SOFT, "お", "ご") if w[-1] == last) for last in {w[-1] for w in (*_SOFT, "お", "ご")}
}
_SOFT_OPENING = {first: tuple(w for w in _SOFT if w[0] == first) for first in {w[0] for w in _SOFT}}
_OPENS = frozenset('\n 。、,.「『【“"(<:/|')
_COUNT = re.compile(r"第?[0-9.]+号?(?:加入)?")
_HEADING = re.compile("|".join(words.HEADING))
HEADING_WHOLE = re.compile(words.HEADING_WHOLE)
_ENDINGS = tuple(words.STRONG + words.WEAK)
LATIN_OR_KANA = re.compile("[a-z]{2}|[ァ-ヺー]{3}")


@lru_cache(maxsize=4096)
def heading(name: str) -> bool:
    """A heading, a field's label or a phrase, whoever sends it."""
    return bool(_HEADING.search(name)) or name.endswith(words.HEADING_ENDS) or bool(HEADING_WHOLE.fullmatch(name))


_TIMES = re.compile(rf"(?:[0-9]|[-・:.~/ x]|{'|'.join(words.TIMES)})++")
_TIMES_ALONE = re.compile("|".join(("[0-9]", *words.TIMES_ALONE.split())))
_LATIN = re.compile(r"[a-z']++")


@lru_cache(maxsize=4096)
def nameless(written: str) -> bool:
    """Nothing of it names anybody: 平日9-18時, 下4桁, today, ドライバー, a legal form alone."""
    if written.isascii():
        return not set(_LATIN.findall(written)) - words.LITTLE
    if _TIMES.fullmatch(written):
        return bool(_TIMES_ALONE.search(written))
    of = next((size for size in map(len, words.FUNCTIONS_OF) if written[:size] in words.FUNCTIONS_OF), 0)
    return written in words.FUNCTIONS or written[of:].removeprefix("の") in words.FUNCTIONS


@lru_cache(maxsize=4096)
def ends(name: str) -> bool:
    return name.endswith(_ENDINGS)


@lru_cache(maxsize=4096)
def generic(name: str) -> bool:
    """A kind of body, not one body: 銀行, 同センター, 全国の警察署, 3.債権管理."""
    count = _COUNT.match(name)
    rest = name[count.end() :] if count else name
    return any(
        (not size or rest[:size] in words.KIND_OF) and rest[size:].removeprefix("の") in words.GENERIC
        for size in range(4)
    )


def back(text: str, end: int) -> int:
    """Where the run of name letters that ends at ``end`` starts; ``end`` itself if there is none. Of hiragana it takes the
    words that names hold, and what opens a clause before them: 中央あおば不動産."""
    start = _run_before(text, end)
    softs = _SOFT_ENDING.get(text[start - 1 : start], ())
    if softs and text.endswith(softs, 0, start):
        start -= next(len(soft) for soft in softs if text.endswith(soft, 0, start))
        first = _run_before(text, start)
        opens = not first or text[first - 1] in _OPENS
        if first < start and opens and text[start - 1] != "・" and text[first:start] not in words.BEFORE_SOFT:
            return first
    return start


def _run_before(text: str, end: int) -> int:
    run = RUN.match(text[end - _LONGEST if end > _LONGEST else 0 : end][::-1])
    return end - run.end() if run else end


def forth(text: str, start: int) -> int:
    """Where the run of name letters, and of words in hiragana that names hold, that begins at ``start`` ends."""
    end = start
    while True:
        if run := RUN.match(text, end):
            end = run.end()
        softs = _SOFT_OPENING.get(text[end : end + 1], ())
        if not softs or end - start >= _LONGEST or not text.startswith(softs, end):
            return end
        size = next(len(soft) for soft in softs if text.startswith(soft, end))
        if text.startswith("の", end + size):  # 株式会社くらしの友: where it ends nobody can tell
            return end
        end += size
