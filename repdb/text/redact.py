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
from functools import partial
from typing import NamedTuple

from repdb.text.fold import fold


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

_KANJI = "一-鿿㐀-䶿々〆ヶ"
_KANA = "ぁ-ゖァ-ヺー"
_IS = r"[ \t]{0,3}(?:は|が|:|=|#|\|)?[ \t]{0,3}"  # what stands between a label and its value
_NUM = "[0-9〇一二三四五六七八九十]"
_WARD = rf"[{_KANJI}{_KANA}]{{1,8}}[市区町村郡]"
_ROOM = rf"(?:[ ]?[{_KANJI}{_KANA}A-Z0-9]{{1,20}}(?:号室|階|F\b))?"

_IDS = (
    "会員 お?客様? 契約者? 利用者? 顧客 注文 予約 管理 受付 請求書? 伝票 問い?合わ?せ 追跡 荷物 "
    "照会 登録 発行 証券 保険者?証? 免許証? パスポート 旅券 個人 カード 整理 通知 事件 届け 認証 確認 "
    "暗証 ユーザー? アカウント 処理 申込 取引 送り状 社員 学籍"
)
_IDS_EN = (
    "member customer client order invoice reference ref tracking booking account card case ticket policy passport user "
    "transaction confirmation"
)
_ID_LABEL = (
    rf"(?:(?:{_IDS.replace(' ', '|')})(?:番号|No\.?|ID|コード)|マイナンバー|下4桁|"
    rf"\b(?:{_IDS_EN.replace(' ', '|')})[ ]?(?:numbers?|no\.?|id|code)?)"
)
_ERA = "(?:明治|大正|昭和|平成|令和)?"
_PATH = r"((?:(?![<>\"])[!-~]){1,2000})"
_LOCAL = "[!#-'*+./0-9=?A-Z^-~-]"
_STREET = "(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct)"
_GIVEN = "(?-i:[A-Z][A-Za-z]{1,20}(?: [A-Z][A-Za-z]{1,20}){0,2})"
_NAME_LABEL = (
    r"(?:氏名|お?名前|宛名|宛先|受取人|名義人?|フリガナ|ふりがな|\b(?:full )?name)[ \t]{0,3}(?:は|:|=|\|)[ \t]{0,3}"
)

# Rule by rule, surest first; what an earlier rule has taken is closed to later ones. Group 1, if any, is the target.
_RULES: tuple[tuple[str, str], ...] = (
    ("userinfo", r"(?:h..ps?|ftp):/{1,3}([!-.0-;=?A-~]{1,200})@"),
    (
        "url",
        r"\b(?:h..ps?|ftp):/{1,3}(?:[〔省略〕]{1,200}@)?[^\s/?#<>\"、。「」〔〕]{1,255}(?:[/](?=[!-~])|(?=[?#]))"
        + _PATH,
    ),
    ("url", r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\[?\.\]?){1,6}[a-z]{2,18}(?::\d{1,5})?[/](?=[!-~])" + _PATH),
    ("email", rf"(?<!{_LOCAL}){_LOCAL}{{1,64}}(?:@|\[at\]|\(at\))[A-Z0-9.-]{{1,253}}"),
    (
        "birth",
        rf"(?:生年月日|誕生日|生まれ|date of birth|birth ?da(?:y|te)|\bdob){_IS}"
        rf"((?:{_ERA}|[MTSHR](?=\d))[ ]?\d{{1,8}}(?:[ ]?[-/.年月, ][ ]?(?:\d{{1,4}}|[a-z]{{3,9}})){{0,3}}日?)",
    ),
    ("birth", rf"({_ERA}\d{{1,4}}[-/.年][ ]?\d{{1,2}}[-/.月][ ]?\d{{1,2}}日?)[ ]?日?生(?![活産命死])"),
    (
        "account",
        r"(?:口座番号|口座No\.?|(?:普通|当座|貯蓄)(?:預金|口座)?|account (?:number|no\.?)|\biban)"
        + _IS
        + r"([A-Z]{0,2}\d[\d -]{2,30}\d)",
    ),
    ("account", r"記号" + _IS + r"(\d{4,6}[ \t\n、,-]{0,3}番号" + _IS + r"\d{1,8})"),
    ("number", r"(?<![\d+-])\d{4}(?:[ -]\d{4}){3}(?![\d-])|(?<![\d+-])3[47]\d\d[ -]\d{6}[ -]\d{5}(?![\d-])"),
    ("number", r"(?<![\d+])[2-6]\d{13,15}(?!\d)"),
    ("number", _ID_LABEL + _IS + r"(?:第|No\.?[ ]?)?(?=[A-Z0-9_/*-]{0,20}[0-9])([A-Z0-9][A-Z0-9_/*-]{1,40})"),
    ("address", r"〒[ ]?\d{3}[- ]?\d{4}"),
    (
        "address",
        rf"(?:北海道|東京都|大阪府|京都府|[{_KANJI}]{{2,3}}県)[ ]?(?:{_WARD}){{1,2}}[{_KANJI}{_KANA} ]{{0,20}}"
        rf"{_NUM}{{1,5}}(?:[ ]?(?:-|ー|の|丁目|番地|番|号)[ ]?{_NUM}{{0,5}}){{0,4}}{_ROOM}",
    ),
    (
        "address",
        rf"{_WARD}[{_KANJI}{_KANA}]{{0,12}}"
        rf"(?:\d{{1,4}}(?:-\d{{1,4}}){{1,3}}|{_NUM}{{1,4}}(?:丁目|番地)(?:[0-9番地号 -]{{0,12}}[0-9番地号])?){_ROOM}",
    ),
    ("address", rf"(?<![\w-])\d{{1,5}} (?:[A-Z][a-z]{{1,20}} ){{1,4}}{_STREET}\b"),
    (
        "phone",
        rf"(?:自宅|実家|私の|自分の|本人の|登録の?(?=お?電話|携帯)|届け?先の?|相談者の|(?<![{_KANJI}])家[はの]|お客様の(?=お?電話|携帯)|\bmy (?:home |own |mobile |cell )?)"
        rf"(?:お?電話|携帯|番号|tel|phone|number| ){{0,4}}{_IS}([+0][\d() -]{{7,18}}\d)",
    ),
    ("phone", r"(?<![\d+.-])((?:(?:\+|00|010-?)81[ -]?(?:\(0\))?[ -]?|\(?0)[789]0(?:[ .・()-]{0,2}\d){8})(?!\d)"),
    (
        "name",
        rf"{_NAME_LABEL}([{_KANJI}]{{1,6}}[ ]?[{_KANJI}{_KANA}]{{0,6}}|[{_KANA}]{{1,8}}[ ]?[{_KANA}]{{1,8}}|{_GIVEN})",
    ),
    (
        "name",
        rf"\b(?:(?:dear|hi|hello)[ ](?:(?:mr|ms|mrs|miss)\.?[ ])?|(?:mr|ms|mrs)\.?[ ])({_GIVEN})\b",
    ),
)
_COMPILED = tuple((what, re.compile(pattern, re.IGNORECASE)) for what, pattern in _RULES)

# What each rule needs at the least. A text without any of it holds nothing personal and is spared the rules: most
# notes are, at a tenth of the time. A test holds this to the rules.
_SIGNS = re.compile("[/@〒様殿氏名宛都道府県市区町村郡]")
_SIGN_WORDS = re.compile("さま|さん|受取人|フリガナ|ふりがな|\\[[Aa]|\\([Aa]")
_SIGN_WORDS_EN = frozenset("name dear hi hello mr ms mrs".split())
_LABELS = re.compile(
    "生|誕|口座|普通|当座|貯蓄|記号|番号|コード|マイナンバー|下4桁|自宅|実家|私の|自分の|本人の|登録|届け?先|相談者の|家[はの]|お客様の"
)
_LABELS_EN = re.compile("birth|account|iban|dob|[^ -~](?:no|id)")
_LABEL_WORDS_EN = frozenset(
    ["my", *_STREET[3:-1].split("|")]
    + [word + ending for word in _IDS_EN.split() for ending in ("", "number", "numbers", "no", "id", "code")]
)
_WORD_EN = re.compile("[a-z]+")
_TWO_CASED = re.compile("[İıſK]")  # the patterns take them for i, s and k; lower() does not
_DIGIT = re.compile(r"\d")

_HONORIFIC = re.compile(r"[ ]?(?:様|さま|さん|殿)+(?![々子式相態方])")
_REACH = 24
_BODY = f"(?![様殿])[{_KANJI}]"
_BEFORE = re.compile(
    rf"(?:(?:{_BODY}){{1,6}}[ ](?:{_BODY}|[{_KANA}]){{1,6}}|(?:{_BODY}){{1,6}}(?P<mixed>[ぁ-ゖ]{{1,4}})?|"
    rf"[ァ-ヺー]{{1,10}}(?:[ ・][ァ-ヺー]{{1,10}})?|(?<![{_KANJI}{_KANA}])[ぁ-ゖ]{{2,5}}(?:[ ][ぁ-ゖ]{{2,5}})?|"
    r"(?<![A-Za-z])[A-Z][A-Za-z]{1,20}(?: [A-Z][A-Za-z]{1,20}){0,2})$"
)
# Words that stand before 様 or after Dear and name a role or an organisation, not a person: alone, or at the end.
_ALONE = (
    "皆|みな|奥|おく|旦那|家族|本人|保護者|名義人|各位|王|神|仏|姫|母|父|兄|姉|爺|婆|子|孫|おかあ|おとう|おにい|おねえ|おじい|おばあ|おじ|おば|"
    "巡り|刑事|係|たく|沢山|屋|同|多|仕|模|異|一|各|有り?|無|左|図|何|どちら|どなた|どこ|あちら|こちら|そちら|隣|御|宮|拝|部|所|"
    "ヤマト|佐川|アマゾン|楽天|メルカリ|ドコモ|"
    "customer|client|user|member|sir|madam|all|there|team|valued|amazon|docomo|au|ntt|jcb"
)
_ENDING = (
    "客|会員|本人|担当|者|業者|弁護士|警察官?|巡査|社長|部長|課長|店員|大家|看護師|"
    "社|局|庁|署|店|会|課|院|銀行|急便|運輸|郵便|カード|センター|サービス|サポート|ショップ"
)
_NOBODY = re.compile(rf"^(?:{_ALONE})$|(?:{_ENDING})$|^valued ", re.IGNORECASE)


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
    rest, before = folded.text, -1
    while before < len(found):  # what one rule takes can bare a neighbour to an earlier rule: until nothing is left
        before = len(found)
        for rule in _FINDERS:
            spans = [span for span in rule(rest) if _e164(rest[span[0] : span[1]]) not in keep]
            found += (Span(*folded.span(start, end), what, TOKENS[what]) for start, end, what in spans)
            rest = _closed(rest, spans)
    return sorted(found)


def _suspect(text: str) -> bool:
    """Whether any rule can find something in the folded text."""
    if _SIGNS.search(text) or _SIGN_WORDS.search(text):
        return True
    lower = text.lower()
    words = _WORD_EN.findall(lower)
    digits = len(_DIGIT.findall(text))
    if not _SIGN_WORDS_EN.isdisjoint(words) or digits > 9 or _TWO_CASED.search(text):
        return True
    if not digits:
        return False
    return bool(_LABELS.search(text) or (words and (_LABELS_EN.search(lower) or not _LABEL_WORDS_EN.isdisjoint(words))))


def _targets(what: str, pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, str]]:
    group = min(pattern.groups, 1)
    for found in pattern.finditer(text):
        if not (what == "name" and _NOBODY.search(found[group])):
            yield *found.span(group), what


def _honoured(text: str) -> Iterator[tuple[int, int, str]]:
    """Names that stand before 様, さん or 殿."""
    for found in _HONORIFIC.finditer(text):
        floor = max(0, found.start() - _REACH)
        name = _BEFORE.search(text[floor : found.start()])
        if name is None or _NOBODY.search(name[0]):
            continue
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


_FINDERS: tuple[Callable[[str], Iterator[tuple[int, int, str]]], ...] = (
    *(partial(_targets, what, pattern) for what, pattern in _COMPILED),
    _honoured,
)


def _e164(written: str) -> str:
    """The key that a plainly written Japanese number would have; no validation."""
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    for prefix in ("01081", "0081", "81" if written.lstrip(" (").startswith("+") else "0"):
        if digits.startswith(prefix):
            return "+81" + digits[len(prefix) :]
    return "+" + digits
