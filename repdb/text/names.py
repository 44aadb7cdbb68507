"""Company names in running text: those on the register, and those that only stand like a name (floor 0).

Registered names are found in whatever letters they are written (spaces, look-alikes, hiragana for katakana); unknown ones
by what makes a name in Japanese: a legal form, an ending such as 債権回収 or 事務局, or a place such as 【…】, 「…」を名乗る,
…をご利用いただき, 差出人: ….
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from repdb import company, letters
from repdb.records import Unreadable


class Name(NamedTuple):
    """A name at ``start:end`` of the folded text; ``key`` is the company's, ``claimed`` says that a cue claims it."""

    start: int
    end: int
    key: str
    claimed: bool


_KANJI = "一-鿿㐀-䶿々〆ヶ"
_CHAR = rf"{_KANJI}ァ-ヺーa-z0-9&・.+'!\-"
_HIRA = "ぁ-ゖ"
_FORMS = (
    r"(?:(?:特例|一般|公益)?(?:株式会社|有限会社|合同会社|合資会社|合名会社|財団法人|社団法人)|独立行政法人|(?:npo|弁護士|司法書士|宗教|学校)法人|"
    r"特定非営利活動法人|債権回収法人|認可法人|[㈱㈲]|\((?:株|有|同|社|財)\))"
)
# Endings that make a name wherever they stand, with at least two letters before them.
_STRONG = (
    "債権回収|債券回収|債権管理|債権機構|サービサー|事務局|管理局|財務局|管財局|管理機構|回収機構|支援機構|年金機構|センター|事務所|支局|"
    "銀行|信用金庫|信用組合|労働金庫|ネットバンク|証券|急便|運輸|通運|電力|ガス|電鉄|生命保険|損害保険|ファイナンス|クレジット|"
    "県警|府警|道警|警視庁|警察庁|警察署|検察庁|裁判所|税務署|税関|国税庁|国税局|総務省|法務省|財務省|厚生労働省|経済産業省|金融庁|消費者庁|"
    "法律事務所|総合管理部|管理部|通信事業部|保険課|年金課|捜査[一二三四]?課|調査業協会|協会|協議会|リサーチ|総研|ホールディングス|郵便局|"
    "マーケティングサービス|カスタマーサービス|カスタマーサポート|カスタマーセンター|お客様サポート|お客様センター|サポートセンター"
)
# Endings that make one only where a name is expected: in brackets, before を名乗る, as a signature.
_WEAK = "サービス|サポート|カード|ショップ|ストア|データ|システム|ネット|ペイ|モール|市場|生協|組合|商店|商事|工業|通信|放送|協力会|部|課|局|庁|署|省"
_STRONG_END = re.compile(rf"(?:{_STRONG})(?![{_KANJI}ァ-ヺー]{{1,2}}(?:員|者|料|費|的|側|名|口座|明細|番号|会社|情報))")
_ENDS_AS_NAME = re.compile(rf"(?:{_STRONG}|{_WEAK})$")
_BEFORE = re.compile(
    rf"(?:[お御ご][{_KANJI}]{{1,3}}|く?らし|みずほ|ゆうちょ|りそな|ろうきん|さくら)?[{_CHAR}]{{1,24}}$"
)
_GENERIC = re.compile(
    r"^(?:[同当各本全両他貴弊毎約]|地元|最寄り?|近く|専門|公式|正規|偽|各地|全国|一般|大手|架空|悪質|有料|無料|動画|配信|関係|海外|国内|国際|総合)?"
    r"(?:の)?(?:債権回収|債権管理|事務局|センター|コールセンター|データセンター|サービスセンター|相談センター|消費者センター|事務所|法律事務所|弁護士事務所|"
    r"銀行|ネット銀行|地方銀行|証券|電力|ガス|クレジット|協会|協議会|裁判所|警察署|郵便局|リサーチ|生命保険|損害保険|サービス|カード|クレジットカード|"
    r"デビットカード|キャッシュカード|マイナンバーカード|プリペイドカード|ギフトカード|ポイントカード|ショップ|ストア|データ|システム|ネット|インターネット|"
    r"部|課|局|庁|署|省|通信|全部|一部|電気・ガス|支局|探偵事務所|税関|回収|管理部)$"
)
_STOP = re.compile(
    r"重要|お知らせ|通知|緊急|至急|確認|警告|注意|必読|再送|連絡|案内|速報|最終|当選|キャンペーン|限定|件名|件$|問い?合わ?せ|利用|日時|金額|内容|ログイン|"
    r"ユーザー|名前|メール|住所|方法|画像|追記|関連|番号|発行|運営|停止|解除|電話|受付|対応|変更|更新|登録|契約|請求|支払|詐欺|特徴|例文?$|サイト$|とは|"
    r"手続|還付|^[0-9\-/:. ]+$|^[a-z]$|ください|ます|です|する|した|^(?:sms|line|url|pr|ad|new|re|fw|faq|id|tel|fax|http\w*)$"
)
_OPEN, _SHUT = '「『【\\[<("“《〈≪', '」』】\\]>)"”》〉≫'
_QUOTED = re.compile(rf"[「『“]([^「」『』“”\n。、]{{2,30}})[」』”]")
_BRACKET = re.compile(r"[【《]([^【】《》\n]{2,24})[】》]")
_CLAIM = (
    r"を名乗|と名乗|名乗る|などを名乗|をかた[りるっ]|を騙|を装|に[なス]りす|と称[すしさ]|なる(?:所|ところ|会社|業者|者)|名義|の名[でを前]|"
    r"をご利用(?:いただ|頂|の|下|くだ)|利用いただ|より(?:ご注文|重要|お知らせ|ご?連絡)|から(?:のお知らせ|の重要|お知らせ|のご案内|の緊急)|会員様|をご愛顧|カードをご利用"
)
_CLAIMED = re.compile(rf"[{_SHUT} ]{{0,2}}(?:{_CLAIM})")
_CLAIM_AT = re.compile(rf"(?<=[{_KANJI}ァ-ヺーa-z0-9])[ ]?(?:{_CLAIM})")
_CHAIN = re.compile(
    rf"(?:[」』”](?:や|、|・|と|または|,)?[「『“][^「」『』“”\n]{{2,30}}){{0,4}}[」』”](?:など|等|といった|という)?(?:の名|名|{_CLAIM}|が[0-9一-十百]+件|から)"
)
_HEADER = re.compile(
    rf"^(?:差出人|送信者|送信元|発信元|発信者|送り主|送信者名|from|発行元?|配信元|運営|発行者|【発行元】|【発行・運営】)[】■ ]{{0,2}}[:：]?[ ]?[「『【\"]?"
    rf"([{_CHAR}{_HIRA} ]{{2,40}})",
    re.MULTILINE,
)
_SELF = re.compile(rf"(?:^|[\n。】 ])([{_CHAR}]{{2,24}})(?=です|でございます|と申し)", re.MULTILINE)
_SIGNED = re.compile(
    rf"[ \n(「【/]{{1,2}}([お御ご]?[{_CHAR}]{{3,30}}(?:お客様サポート)?)(?=[ \n)」】/]|$|まで|です|より|担当)"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[ ]?(?:\(c\)|©)?[ ]?(?:19|20)?[0-9]{0,2}(?:-[0-9]{4})?,? ?([a-z][a-z .&]{1,40}?)(?=,? (?:inc|co|ltd|corp|all rights)|[.,\n])"
)
_LEGAL = re.compile(
    rf"(?P<pre>[{_CHAR}]{{1,24}}?)?[ ]?(?P<form>{_FORMS})(?P<post>[ ]?[{_CHAR}]{{1,24}}(?:の会|ゆう|さくら|みらい|きらり)?)?"
)
# A name stands there, but nobody claims to be it: payment routes, merchants, ways of contact.
_INCIDENTAL_AFTER = re.compile(
    r"[ ]?(?:id|ギフト|プリペイド|コード|ポイント|で(?:支払|購入|買)|にて購入|アプリ|[ ]{0,2}[本支]店|(?:本店|支店)|[:(]|のqr|公式アカウント|pay)"
)
_INCIDENTAL_BEFORE = re.compile(
    r"(?:利用先|加盟店名?|利用店舗名?|利用場所|店舗名?|振込先|口座|ブランド|visa|株主)[】]?[ :】\n(]{0,3}$"
)
_HELPERS = re.compile(
    r"消費生活|国民生活センター|消費者(?:庁|ホットライン|センター)|警察相談|法テラス|弁護士会|司法書士会|フィッシング対策|jpcert|サイバー(?:犯罪|警察)|"
    r"公安委員会|調査業協会|迷惑メール相談|総務省|経済産業省|金融庁|東京都$|県$|協議会$"
)
_SKIP = " ・-.:&'!/_+"


class Register:
    """Known names, ready to be found in text. ``names``: folded name or alias → key of the company."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._to_kanji = letters.tables().to_kanji
        self._heads: dict[str, list[tuple[str, str]]] = {}
        for name, key in names.items():
            if len(name) > 1:
                plain = name.translate(self._to_kanji)
                self._heads.setdefault(plain[:2], []).append((plain, key))
        for found in self._heads.values():
            found.sort(key=lambda pair: (-len(pair[0]), pair))
        one = "".join(sorted({head[0] for head in self._heads})) or "\0"
        two = "".join(sorted({head[1] for head in self._heads})) or "\0"
        self._trigger = re.compile(f"(?=([{re.escape(one)}])[ ・\\-.:]{{0,2}}([{re.escape(two)}]))")
        self._table = _scan_table(self._to_kanji)

    def find(self, text: str, closed: bytearray) -> Iterator[tuple[int, int, str]]:
        """``start, end, key`` of the longest known name at each place, left to right, never overlapping."""
        shown = text.translate(self._table)
        behind = 0
        for trigger in self._trigger.finditer(shown):
            start = trigger.start()
            if start < behind or closed[start]:
                continue
            for name, key in self._heads.get(trigger[1] + trigger[2], ()):
                end = _same(shown, start, name)
                if end and _whole(text, start, end):
                    yield start, end, key
                    behind = end
                    break


def _scan_table(to_kanji: Mapping[int, str]) -> dict[int, str]:
    """What ``company.fold`` does to single letters, with look-alikes read as kanji throughout."""
    table = {code: char for code, char in letters.tables().one_to_one.items() if char}
    table |= {ord(char): to_kanji[ord(large)] for char, large in _larger().items() if ord(large) in to_kanji}
    return {code: to_kanji.get(ord(char), char) if len(char) == 1 else char for code, char in table.items()} | dict(
        to_kanji
    )


def _larger() -> dict[str, str]:
    return {chr(code): char for code, char in letters.tables().one_to_one.items() if char and 0x3041 <= code <= 0x30FF}


def _same(text: str, start: int, name: str) -> int:
    """Where ``name`` ends if it stands at ``start``, spaces and dots between its letters allowed; else 0."""
    place, limit = start, len(text)
    tight = name.isascii() and len(name) < 5
    for char in name:
        skipped = 0
        while place < limit and text[place] in _SKIP and place > start and not (char == "一" and text[place] == "-"):
            place += 1
            skipped += 1
            if tight or skipped > 2:
                return 0
        if place >= limit or not (text[place] == char or (char == "一" and text[place] == "-")):
            return 0
        place += 1
    return place


def _whole(text: str, start: int, end: int) -> bool:
    """Not a piece of a longer word of the same script."""
    before, after = text[start - 1 : start], text[end : end + 1]
    first, last = text[start], text[end - 1]
    if first.isascii() and before.isascii() and before.isalnum():
        return False
    if last.isascii() and after.isascii() and after.isalnum() and not (after.isdigit() and end - start > 4):
        return False
    if "ァ" <= first <= "ー" and before and ("ァ" <= before <= "ヺ" or before == "ー"):
        return False
    if "ぁ" <= first <= "ゖ" and before and "ぁ" <= before <= "ゖ" and end - start < 4:
        return False
    return not ("ァ" <= last <= "ー" and end - start < 4 and after and ("ァ" <= after <= "ヺ" or after == "ー"))


def find(text: str, register: Register, closed: bytearray, numbers: list[tuple[int, int]]) -> list[Name]:
    """All names in the folded text, in order, without overlap. ``numbers``: spans of telephone numbers, for signatures."""
    known = [(start, end, key, True) for start, end, key in register.find(text, closed)]
    guesses = [(start, end, "", claimed) for start, end, claimed in _guesses(text, numbers)]
    found: list[Name] = []
    for start, end, key, sure in _merged(known, guesses):
        start, end = _tidy(text, start, end)
        key = key or _key(text[start:end])
        if not key or closed.find(1, start, end) >= 0 and not sure:
            continue
        found.append(Name(start, end, key, sure and not _incidental(text, start, end)))
    return found


def _merged(
    known: list[tuple[int, int, str, bool]], guesses: list[tuple[int, int, str, bool]]
) -> Iterator[tuple[int, int, str, bool]]:
    """Longest spans first in each place; a guess that only dresses up a known name gives way to it."""
    starts = [start for start, _, _, _ in known]
    behind = -1
    kept: list[tuple[int, int, str, bool]] = list(known)
    for guess in sorted(set(guesses), key=lambda span: (span[0], -span[1])):
        if guess[0] < behind:
            continue
        behind = guess[1]
        at = bisect_right(starts, guess[1] - 1)
        inside = [name for name in known[max(0, at - 4) : at] if name[0] < guess[1] and guess[0] < name[1]]
        if any(name[0] <= guess[0] and guess[1] <= name[1] for name in inside):
            continue
        kept.append(guess)
    return iter(sorted(kept, key=lambda span: (span[0], -span[1])))


def _tidy(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ・-.!+'&":
        start += 1
    while end > start and text[end - 1] in " ・-.!+'&":
        end -= 1
    return start, end


def _key(written: str) -> str:
    try:
        return company.read(written).key
    except Unreadable:
        return ""


def _incidental(text: str, start: int, end: int) -> bool:
    return bool(_INCIDENTAL_AFTER.match(text, end)) or bool(_INCIDENTAL_BEFORE.search(text, max(0, start - 12), start))


def helper(name: str) -> bool:
    """A body that people are sent to for help: named on a warning page, it is not who called."""
    return bool(_HELPERS.search(name))


def claimed_after(text: str, end: int) -> bool:
    """を名乗る, をかたる … follows: somebody only claims to be this."""
    return bool(_CLAIMED.match(text, end)) or bool(_CHAIN.match(text, end))


def _guesses(text: str, numbers: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    yield from _by_form(text)
    yield from _by_ending(text)
    yield from _by_quotes(text)
    yield from _by_place(text, numbers)


def _by_form(text: str) -> Iterator[tuple[int, int, bool]]:
    for found in _LEGAL.finditer(text):
        start = found.start("pre") if found["pre"] and not found["post"] else found.start("form")
        if found["pre"] or found["post"]:
            yield start, found.end("post") if found["post"] else found.end("form"), True
            if found["pre"] and found["post"]:
                yield found.start("pre"), found.end(), True


def _by_ending(text: str) -> Iterator[tuple[int, int, bool]]:
    for found in _STRONG_END.finditer(text):
        floor = max(0, found.start() - 28)
        before = _BEFORE.search(text[floor : found.start()])
        start = floor + before.start() if before else found.start()
        name = text[start : found.end()]
        if len(name) > 2 and not _GENERIC.match(name):
            if (
                before
                or found[0]
                in (
                    "警視庁",
                    "国税庁",
                    "警察庁",
                    "検察庁",
                    "総務省",
                    "法務省",
                    "財務省",
                    "金融庁",
                    "消費者庁",
                    "厚生労働省",
                    "経済産業省",
                )
                or _framed(text, start, found.end())
            ):
                yield start, found.end(), claimed_after(text, found.end()) or _framed(text, start, found.end())


def _framed(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1] in '「『【"“《(\n ') and (
        end == len(text) or text[end] in '」』】"”》)\n ' or text.startswith(("です", "より", "から"), end)
    )


def _by_quotes(text: str) -> Iterator[tuple[int, int, bool]]:
    for found in _BRACKET.finditer(text):
        name = found[1].strip()
        ends = _ENDS_AS_NAME.search(name)
        head = found.start() < 3 or text[found.start() - 1] in "\n:： " or found.start() < 40
        if (ends or (head and not _STOP.search(name))) and not _GENERIC.match(name) and not name.isdigit():
            yield found.start(1), found.end(1), True
    for found in _QUOTED.finditer(text):
        chained = _CHAIN.match(text, found.end(1))
        if _GENERIC.match(found[1]) and not chained:
            continue
        if (
            chained
            and not re.search(r"ます|です|する|した|ください|[。、]", found[1])
            or _ENDS_AS_NAME.search(found[1])
        ):
            yield found.start(1), found.end(1), bool(chained)


def _by_place(text: str, numbers: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    for found in _HEADER.finditer(text):
        if not _STOP.search(found[1].strip()) or _ENDS_AS_NAME.search(found[1].strip()):
            yield found.start(1), found.end(1), True
    for found in _CLAIM_AT.finditer(text):
        floor = max(0, found.start() - 28)
        before = _BEFORE.search(text[floor : found.start()])
        if before and len(before[0]) > 1 and not _STOP.search(before[0]) and not _GENERIC.match(before[0]):
            yield floor + before.start(), found.start(), True
    for found in _SELF.finditer(text):
        if _ENDS_AS_NAME.search(found[1]) or re.search(r"[課局庁署]", found[1][2:-1]):
            yield found.start(1), found.end(1), True
    for found in _COPYRIGHT.finditer(text):
        yield found.start(1), found.end(1), True
    for _, end in numbers:
        signed = _SIGNED.match(text, end)
        if signed and not _STOP.search(signed[1]) and not re.match(r"[0-9\-]+$|tel|fax|内線", signed[1]):
            yield signed.start(1), signed.end(1), True
