"""Personal data leaves a text before it is stored (floor 0).

What goes: names before 様/さん/殿 and after Dear/Mr, postal codes and addresses, e-mail addresses, numbers of orders,
customers, cards and accounts, birth dates, everything of a URL but its host, and the telephone numbers of ordinary
people (mobiles, and any number called somebody's own). What stays: the numbers a report is about (``keep``), hosts,
other landlines, 050 and freephone numbers, sums and dates. Tokens in 〔〕 match no rule, so redacting twice changes
nothing; every pattern is bounded, so the time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from repdb.text import persons
from repdb.text.fold import fold
from repdb.text.full_names import is_full_name
from repdb.text.redact_rules import EN_IDS, KANA, KANJI, KIN, OURS, RULES, STREETS

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class Span(NamedTuple):
    """A piece of the given text that redaction replaces by ``token``; ``what`` is a key of ``TOKENS``."""

    start: int
    end: int
    what: str
    token: str


TOKENS = {
    "name": "〔氏名〕",
    "address": "〔住所〕",
    "email": "〔メール〕",
    "number": "〔番号〕",
    "account": "〔口座〕",
    "birth": "〔生年月日〕",
    "phone": "〔電話番号〕",
    "url": "〔省略〕",
    "userinfo": "〔省略〕",
}

# What each rule needs at the least. A text without any of it holds nothing personal and is spared the rules: most
# notes are, at a tenth of the time. A test holds this to the rules.
_SIGNS = [*"/@〒様殿氏名宛都道府県市区町村郡", *"さま さん 受取人 フリガナ ふりがな [a (a".split()]
_SIGN_WORDS_EN = frozenset("name dear hi hello mr ms mrs".split())
# Literals only in front: then the engine looks for their first characters alone.
_LABELS = re.compile(
    "生|誕|緯|経|患者|診察券|年金|口座|普通|当座|貯蓄|記号|番号|コード|マイナンバー|下4桁|自宅|実家|私の|わたし|わたくし|僕の|ぼくの|俺の|おれの|当方の|自分の|本人の|登録|届け?先|相談者の|家[はの]|うちの|職場の|勤務先の|お客様の|"
    + "|".join([f"{one}の" for one in KIN.split("|")] + [f"({one}" for one in f"{OURS}|{KIN}".split("|")]).replace(
        "(", r"\("
    )
)
_LABELS_EN = re.compile("birth|born|account|iban|dob|[^ -~](?:no|id)")
_LABEL_WORDS_EN = frozenset(
    ["my", *STREETS[3:-1].split("|")]
    + [word + ending for word in EN_IDS.split() for ending in ("", "number", "numbers", "no", "id", "code")]
)
_WORD_EN = re.compile("[a-z]+")
_TWO_CASED = re.compile("[İıſK]")  # the patterns take them for i, s and k; lower() does not
_DIGIT = re.compile(r"\d")

_HONORIFIC = re.compile(r"[ ]{0,3}(?:(?<!王)様|(?<!王)さま|さん|殿)+(?P<care>方)?(?![々子式相態])")
_REACH = 24
_INVITED = re.compile(
    "追加|登録|連絡|検索|友だち|友達|まで|フォロー|参加|応募|送って|add|contact|follow|join", re.IGNORECASE
)
_BODY = f"(?![様殿])[{KANJI}]"
_BEFORE = re.compile(
    rf"(?:(?<![{KANJI}{KANA}])(?:{_BODY}[ ]{{1,2}}){{2,5}}{_BODY}|(?:{_BODY}){{1,6}}[ ]{{1,3}}(?:{_BODY}|[{KANA}]){{1,6}}|(?:{_BODY}){{1,6}}(?P<mixed>[ぁ-ゖ]{{1,4}}[子美代江恵枝]?)?|"
    rf"[ァ-ヺー]{{1,10}}(?:[ ・][ァ-ヺー]{{1,10}})?|(?<![{KANJI}{KANA}])[ぁ-ゖ]{{2,5}}(?:[ ][ぁ-ゖ]{{2,5}})?|"
    r"(?<![A-Za-z])[A-Z][A-Za-z]{1,20}(?: [A-Z][A-Za-z]{1,20}){0,2})$"
)
# Words that stand before 様 or after Dear and name a role or an organisation, not a person: alone, or at the end.
_ALONE = (
    "皆|みな|奥|おく|旦那|家族|本人|保護者|名義人|各位|神|仏|姫|母|父|兄|姉|爺|婆|子|孫|おかあ|おとう|おにい|おねえ|おじい|おばあ|おじ|おば|"
    "巡り|刑事|係|たく|沢山|屋|同|多|仕|模|異|一|各|有り?|無|左|図|何|どちら|どなた|どこ|あちら|こちら|そちら|隣|御|宮|拝|部|所|"
    "ヤマト|佐川|アマゾン|楽天|メルカリ|ドコモ|"
    "customer|client|user|member|sir|madam|all|there|team|valued|amazon|docomo|au|ntt|jcb"
)
_ENDING_EN = "cards?|store|play|pay|bank|support|services?|center|centre|team|account|number|code|department|police|office|japan|inc|corp|ltd"
_ENDING = (
    "客|会員|本人|担当|者|業者|弁護士|警察官?|巡査|社長|部長|課長|店員|大家|看護師|"
    "社|局|庁|署|店|会|課|院|銀行|急便|運輸|郵便|カード|センター|サービス|サポート|ショップ"
)
_NOBODY = re.compile(rf"^(?:{_ALONE})$|(?:{_ENDING})$|^valued | (?:{_ENDING_EN})$", re.IGNORECASE)


def redact(text: str, *, keep: frozenset[str] = frozenset()) -> str:
    """The text without personal data, tokens in its place; ``keep`` are the E.164 keys that the report is about."""
    parts: list[str] = []
    done = 0
    for span in redaction_preview(text, keep=keep):
        parts += text[done : span.start], span.token
        done = span.end
    return "".join((*parts, text[done:]))


def redaction_preview(text: str, *, keep: frozenset[str] = frozenset()) -> list[Span]:
    """What ``redact`` would replace, in order and without overlap, with positions in the given text."""
    folded = fold(text)
    if not _suspect(folded.text):
        return []
    found: list[Span] = []
    rest, before, lower = folded.text, -1, folded.text.lower()
    finders = [
        finder
        for finder, needs, sign in _FINDERS
        if not needs or (any(need in lower for need in needs) and (not sign or _compiled(sign).search(folded.text)))
    ]
    while before < len(found):  # what one rule takes can bare a neighbour to an earlier rule: until nothing is left
        before = len(found)
        for finder in finders:
            spans = [span for span in finder(rest) if _e164(rest[span[0] : span[1]]) not in keep]
            found += (Span(*folded.span(start, end), what, TOKENS[what]) for start, end, what in spans)
            rest = _closed(rest, spans)
    return sorted(found)


def _suspect(text: str) -> bool:
    """Whether any rule can find something in the folded text."""
    lower = text.lower()
    if _signs().find_matches_as_indexes(lower) or any(True for _ in persons.find(text)):
        return True
    words = _WORD_EN.findall(lower)
    digits = len(_DIGIT.findall(text))
    if not _SIGN_WORDS_EN.isdisjoint(words) or digits > 9 or _TWO_CASED.search(text):
        return True
    if not digits:
        return False
    return bool(_LABELS.search(text) or (words and (_LABELS_EN.search(lower) or not _LABEL_WORDS_EN.isdisjoint(words))))


@lru_cache(maxsize=1)
def _signs() -> AhoCorasick:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(sorted({*_SIGNS, *(need for rule in RULES for need in rule.needs)}))


@cache
def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Only when a text first needs it: compiling all the rules takes longer than checking a message."""
    return re.compile(pattern, flags)


def _targets(what: str, rule: str, text: str) -> Iterator[tuple[int, int, str]]:
    pattern = _compiled(rule, re.IGNORECASE)
    group = min(pattern.groups, 1)
    for found in pattern.finditer(text):
        start, end = found.span(group)
        if what == "name" and _NOBODY.search(found[group]):
            continue
        if what == "line":  # one to write to is what the report is about
            if _INVITED.search(text[max(0, found.start() - 20) : found.start()]) or _INVITED.search(
                text[end : end + 20]
            ):
                continue
            yield start, end, "number"
        else:
            yield start, end, what


def _persons(text: str) -> Iterator[tuple[int, int, str]]:
    done = 0
    for start, end in sorted(persons.find(text)):
        if start >= done and not _NOBODY.search(text[start:end]):
            yield start, end, "name"
            done = end


def _honoured(text: str) -> Iterator[tuple[int, int, str]]:
    """Names that stand before 様, さん or 殿."""
    for found in _HONORIFIC.finditer(text):
        floor = max(0, found.start() - _REACH)
        name = _BEFORE.search(text[floor : found.start()])
        if name is None or _NOBODY.search(name[0]):
            continue
        if found["care"] and not is_full_name(name[0], surname=True):
            continue  # 皆様方; 長谷川様方 is where somebody lives
        if name["mixed"] and text.startswith(("で", "に", "な", "だ", "か"), found.end()):
            continue  # 来ない様です: 様 is よう here
        yield floor + name.start(), floor + name.end(), "name"


def _closed(text: str, spans: list[tuple[int, int, str]]) -> str:
    """The text with the spans filled by a character that no rule matches."""
    if not spans:
        return text
    parts: list[str] = []
    done = 0
    for start, end, _ in spans:
        parts += text[done:start], "〕" * (end - start)
        done = end
    return "".join((*parts, text[done:]))


_Finder = Callable[[str], Iterator[tuple[int, int, str]]]
_FINDERS: tuple[tuple[_Finder, tuple[str, ...], str], ...] = (
    *((partial(_targets, rule.what, rule.pattern), rule.needs, rule.sign) for rule in RULES),
    (_honoured, (), ""),
    (_persons, (), ""),
)


_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def _e164(written: str) -> str:
    """The key that a plainly written Japanese number would have; no validation."""
    spoken = _DIGIT.search(written) is None  # 一 between plain digits is a dash
    digits = re.sub(r"\D", "", (written.translate(_KANJI_DIGITS) if spoken else written).replace("(0)", ""))
    for prefix in ("01081", "0081", "81" if written.lstrip(" (").startswith("+") else "0"):
        if digits.startswith(prefix):
            return "+81" + digits[len(prefix) :]
    return "+" + digits
