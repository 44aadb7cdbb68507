"""A family name and a given one, in kanji, kana or Latin letters: told by the names themselves, whatever stands around (floor 0)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from repdb.text import name_words
from repdb.text import person_words as words

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_KANJI = "一-鿿㐀-䶿々〆ヶ"
NO_GIVEN = re.compile(
    "[県市区町村郡都道府駅線店社部課局庁署会院校館号型式様方側内外家者員人]|在住|出身|(?:様|調|弟|息|女|男|電|菓|椅|帽|骨|因|種|双|親|母|父|利|冊|獅|扇|障|団|餃|梯|迷|分|原|拍|格|"
    "振|王|皇|太|玉|案|卵|精|量|粒|遺伝)子$|(?:長|次|三|二|四|下|大|多)男$|(?:丈|工|農|凡|水)夫$|(?:紹|仲|媒|厄)介$|(?:上|行|寿)司$|(?:不|公|水|太|和)平$|(?:知|恩)恵$|"
    "(?:万|唯|同|統|均|単|第|専|随)一$|第二$|(?:果|樹)樹$|新郎$|(?:賛|優|褒|華)美$"
)
_COMPANY = re.compile(
    "(?:"
    + "|".join(map(re.escape, sorted({*name_words.STRONG, *name_words.WEAK, *name_words.STAFF})))
    + "|證券|回収|管理|債権|債務|信用|信販|保証|金融|商会|物産|不動産|建設|興業|総業|企画|管財|法人|機構|連合|本部|総務|郵便|電話|電気|電機|運送|物流|配送|倉庫|開発|投資|"
    "信託|工務店|設備|環境|薬局|病院|医院|歯科|学園|新聞|警察|会社|工房|製薬|製作所|住友|三菱|三井|貴金属|家具|電鉄|自動車|製粉|製菓|食品|醤油|酒造|書店|楽器|眼鏡|時計|質店|請求|詐欺|関係|代表|代理|以上|以下|本日|本人|確認|結構|大変|残念)$"
)
_KATAKANA = str.maketrans({chr(code): chr(code + 0x60) for code in range(ord("ぁ"), ord("ゖ") + 1)})
_KANA_ONLY = re.compile("[ァ-ヺ]{3,12}(?:[ ・][ァ-ヺ]{2,10})?")
_HEADS = "".join(sorted({name[0] for name in words.FAMILY}))
# Where a run begins whose first character begins a family name; the run may hold one blank.
_KANJI_RUN = re.compile(rf"(?<![{_KANJI}])(?=([{_HEADS}][{_KANJI}]{{0,2}}[ ]{{0,2}}[{_KANJI}]{{1,7}})(?![{_KANJI}]))")
_TITLE = re.compile(
    "(?:君|氏|殿|先生|社長|会長|部長|課長|係長|店長|院長|校長|教授|医師|弁護士|警部補?|巡査部?長?|刑事|容疑者|被告|選手|議員)$"
)
_GOES_ON = re.compile(f"(?!{_TITLE.pattern[:-1]})[{_KANJI}ァ-ヺ]")  # 田中さくら薬局
_MIXED_RUN = re.compile(rf"(?<![{_KANJI}])(?=([{_HEADS}][{_KANJI}]{{1,2}})([ぁ-ゖ]{{3,5}}))")
_CALLED = re.compile(f"(?:ちゃん|くん|君)(?![{_KANJI}ァ-ヺ])")  # けんちゃん食堂 is no child
_KANA_HEADS = "".join(sorted({name[0] for name in words.FAMILY_KANA | words.GIVEN_KANA}))
_KANA_RUN = re.compile(rf"(?<![ァ-ヺー])(?=([{_KANA_HEADS}][ァ-ヺ]{{2,10}})(?![ァ-ヺー]))")
_KANA_PAIR = re.compile(rf"(?<![ァ-ヺー])(?=([{_KANA_HEADS}][ァ-ヺ]{{1,5}}[ ・]{{1,2}}[ァ-ヺ]{{2,6}})(?![ァ-ヺー]))")
_PAIR = re.compile(r"(?<![A-Za-z])(?=([A-Za-z]{2,12})(, |[ ,._・-])([A-Za-z]{2,12})(?![A-Za-z]))")
_WORD = re.compile("[a-z]{2,12}")
_AGE = re.compile(r"(?<![0-9])[1-9][0-9]?[0-9]?[ ]?(?:歳|才(?![ァ-ヺ一-鿿])|years? old)")
_OF_SOMEBODY = re.compile("の(?:会社|店|お店|事務所|実家|自宅|家|妻|夫|息子|娘)$")
_APART = re.compile(r"[ 　,、/／()（）・:：\[\]「」|]+")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where full names stand in a folded text, without any cue. Linear."""
    if _family_names().find_matches_as_indexes(text):
        yield from _full(text)
    yield from _called(text)
    families, _ = words.latin_names()
    if not families.isdisjoint(_WORD.findall(text.lower())):
        for found in _PAIR.finditer(text):
            if _is_latin(found[1], found[3]):
                yield found.start(1), found.end(3)


@lru_cache(maxsize=1)
def _family_names() -> AhoCorasick:
    """What finds the family names that a full name in kanji or katakana begins or ends with; blanks may part it."""
    import ahocorasick_rs

    apart = [
        name[:at] + blank + name[at:]
        for name in words.FAMILY
        for at in range(1, len(name) + (len(name) == 1))
        for blank in ("", " ", "  ")
    ]
    return ahocorasick_rs.AhoCorasick(sorted({one for one in apart if len(one) > 1} | words.FAMILY_KANA))


def _full(text: str) -> Iterator[tuple[int, int]]:
    """Those in kanji and kana."""
    for found in _KANJI_RUN.finditer(text):
        name = found[1] if is_full_name(found[1]) else _TITLE.sub("", found[1])
        if is_full_name(name):
            yield found.start(1), found.start(1) + len(name)
    for pattern in (_KANA_RUN, _KANA_PAIR):
        for found in pattern.finditer(text):
            if is_full_name(found[1]):
                yield found.span(1)
    for found in _MIXED_RUN.finditer(text):
        sizes = range(len(found[2]), 2, -1) if found[1] in words.FAMILY else ()
        size = next((size for size in sizes if in_kana(found[2][:size])), 0)
        end = found.start(2) + size
        if size and not _GOES_ON.match(text, end):
            yield found.start(1), end


def _called(text: str) -> Iterator[tuple[int, int]]:
    """Given names before what children and friends are called by: 健太くん, 花子ちゃん."""
    for called in _CALLED.finditer(text):
        end = called.start()
        for size in range(6, 1, -1):
            word = text[max(0, end - size) : end]
            if len(word) == size and (in_kana(word) or (called[0] != "君" and _is_given_of_two(word))):
                yield end - size, end
                break


def in_kana(word: str) -> bool:
    """Whether a word in kana is a common given name."""
    return word.translate(_KATAKANA) in words.GIVEN_KANA


def _is_given_of_two(word: str) -> bool:
    return len(word) == 2 and "一" <= word[0] <= "鿿" and word[1] in words.LAST and _is_given(word)


@lru_cache(maxsize=16384)
def is_full_name(written: str, *, surname: bool = False) -> bool:
    """Whether a folded text is nothing but a family name and a given one; with ``surname`` the family name alone will do."""
    if written.isascii():
        parts = [part for part in re.split("[ ,._-]+", written.strip()) if part]
        return len(parts) == 2 and written.lower() not in words.BRANDS and _is_latin(*parts)
    kana = written.translate(_KATAKANA)
    if _KANA_ONLY.fullmatch(" ".join(kana.split())):
        return _is_kana(kana, surname)
    return _is_kanji(written, surname)


def in_katakana(written: str) -> bool:
    """Whether a word or two behind a label hold a common name: タロウ ヤマダ, ヤマダ ベンジャミン."""
    known = words.FAMILY_KANA | words.GIVEN_KANA
    return is_full_name(written) or (written != "カナ" and any(one in known for one in re.split("[ ・]+", written)))


def names_person(written: str) -> bool:
    """Whether a name is that of a person or says one besides: with an age, a place or a firm before it, 鈴木一郎の会社."""
    if _AGE.search(written) or is_full_name(written):
        return True
    body = _OF_SOMEBODY.sub("", written)
    if body != written and is_full_name(body, surname=True):
        return True
    parts = [part for part in _APART.split(written) if part]
    return len(parts) > 1 and any(is_full_name(part) for part in parts if not part.isascii())


@lru_cache(maxsize=4096)
def is_company(word: str) -> bool:
    return bool(_COMPANY.search(word) or word in name_words.GENERIC or word in name_words.BODIES)


def _is_kanji(written: str, surname: bool) -> bool:
    family, _, given = written.partition(" ")
    given = given.strip()
    word = family + given
    if is_company(word) or word in words.PLACES or word.endswith("屋"):
        return False
    if given and family in words.FAMILY:
        return _is_given(given) and (len(family) > 1 or len(given) > 1)
    size = next((size for size in (3, 2) if word[:size] in words.FAMILY), 0)
    return bool(size) and (_is_given(word[size:]) if word[size:] else surname)


def _is_given(word: str) -> bool:
    if word in words.WHOLE or word.translate(_KATAKANA) in words.GIVEN_KANA:
        return True
    ends = word[-1] in words.LAST or word[-1] in words.LAST_OF_TWO
    return 1 < len(word) < 4 and ends and word not in words.NOT_GIVEN and not NO_GIVEN.search(word)


def _is_kana(written: str, surname: bool) -> bool:
    first, *rest = re.split("[ ・]+", written.strip())
    if rest:
        second = "".join(rest)
        pairs = ((first, second), (second, first))
        return any(family in words.FAMILY_KANA and given in words.GIVEN_KANA for family, given in pairs)
    if first in words.BRANDS:
        return False
    cuts = (size for size in range(2, 6) if first[:size] in words.FAMILY_KANA)
    return any(first[size:] in words.GIVEN_KANA or (surname and not first[size:]) for size in cuts)


def _is_latin(first: str, second: str) -> bool:
    families, givens = words.latin_names()
    pair = first.lower(), second.lower()
    if f"{pair[0]} {pair[1]}" in words.BRANDS:
        return False
    if any(family in families and given in givens for family, given in (pair, pair[::-1])):
        return True
    return pair[0] in words.WESTERN and pair[1] in words.WESTERN_FAMILY
