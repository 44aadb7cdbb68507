"""Company names in running text: those on the register, and those that only stand like a name (floor 0).

Registered names are found in whatever letters they are written (spaces, look-alikes, hiragana for katakana); unknown ones
by what makes a name in Japanese: a legal form, an ending such as 債権回収 or 事務局, or a place such as 【…】, 「…」を名乗る,
…をご利用いただき, 差出人: ….
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from repdb import company
from repdb.records import Unreadable
from repdb.text.register import Register


class Name(NamedTuple):
    """A name at ``start:end`` of the folded text; ``key`` is the company's, ``claimed`` says that a cue claims it."""

    start: int
    end: int
    key: str
    claimed: bool


_KANJI = "一-鿿㐀-䶿々〆ヶ"
_CHAR = rf"{_KANJI}ァ-ヺーa-z0-9&・.+'!\-"
_HIRA = "ぁ-ゖ"
_FORM = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|財団法人|社団法人|独立行政法人|npo法人|弁護士法人|司法書士法人|特定非営利活動法人|"
    r"債権回収法人|認可法人|㈱|㈲|\((?:株|有|同|社|財)\)"
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
_LONGEST = 24
_RUN = re.compile(rf"[{_CHAR}]{{1,{_LONGEST}}}")
_SOFT_HEADS = ("くらし", "みずほ", "ゆうちょ", "りそな", "ろうきん", "さくら", "みらい", "きらぼし", "お", "ご")
_BODY = re.compile("警視庁|国税庁|警察庁|検察庁|総務省|法務省|財務省|金融庁|消費者庁|厚生労働省|経済産業省")
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
_QUOTED = re.compile(r"[「『“]([^「」『』“”\n。、]{2,30})[」』”]")
_BRACKET = re.compile(r"[【《]([^【】《》\n]{2,24})[】》]")
_CLAIM = (
    r"名乗|かた[りるっ]|騙|装[いうっ]|称[すしさ]|なりす|なる(?:所|ところ|会社|業者|者)|名義|名[でを前]|利用(?:いただ|頂|下|くだ)|会員様|愛顧|"
    r"知らせ|案内|からの(?:重要|緊急)|より(?:重要|ご?連絡)"
)
_CLAIMED = re.compile(rf"[{_SHUT} ]{{0,2}}(?:など)?(?:から|より)?[をとにの]?[ごすお]?(?:{_CLAIM})")
_CLAIM_AT = re.compile(_CLAIM)
_JOINT = re.compile(r"[ごすお]?[をとにの]?(?:らか|りよ)?(?:どな)?[ ]?")  # read backwards
_CHAIN = re.compile(
    rf"(?:[」』”](?:や|、|・|と|または|,)?[「『“][^「」『』“”\n]{{2,30}}){{0,4}}[」』”](?:など|等|といった|という)?(?:[をとにの]?[ごす]?(?:{_CLAIM})|が[0-9一-十百]+件|から)"
)
_HEADER = re.compile(
    rf"^(?:差出人|送信者|送信元|発信元|発信者|送り主|送信者名|from|発行元?|配信元|運営|発行者|【発行元】|【発行・運営】)[】■ ]{{0,2}}[:：]?[ ]?[「『【\"]?"
    rf"([{_CHAR}{_HIRA} ]{{2,40}})",
    re.MULTILINE,
)
_HEAD = 400  # who a message says it is stands at its head
_SELF = re.compile(r"です|でございます|と申し")
_OFFICE = re.compile("[課局庁署]")
_SIGNED = re.compile(
    rf"[ \n(「【/]{{1,2}}([お御ご]?[{_CHAR}]{{3,30}}(?:お客様サポート)?)(?=[ \n)」】/]|$|まで|です|より|担当)"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[ ]?(?:\(c\)|©)?[ ]?(?:19|20)?[0-9]{0,2}(?:-[0-9]{4})?,? ?([a-z][a-z .&]{1,40}?)(?=,? (?:inc|co|ltd|corp|all rights)|[.,\n])"
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


def find(text: str, register: Register, closed: bytearray, numbers: list[tuple[int, int]]) -> list[Name]:
    """All names in the folded text, in order, without overlap. ``numbers``: spans of telephone numbers, for signatures."""
    known = [(*span, True) for span in register.find(text, closed)]
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


def _back(text: str, end: int) -> int:
    """Where the run of name letters that ends at ``end`` starts; ``end`` itself if there is none."""
    run = _RUN.match(text[max(0, end - _LONGEST) : end][::-1])
    start = end - run.end() if run else end
    head = next((head for head in _SOFT_HEADS if text.endswith(head, 0, start)), "") if run else ""
    return start - len(head)


def _by_form(text: str) -> Iterator[tuple[int, int, bool]]:
    for form in _FORM.finditer(text):
        gap = text[form.start() - 1 : form.start()] == " "
        before = _back(text, form.start() - gap)
        behind = form.end() + (text[form.end() : form.end() + 1] == " ")
        after = _RUN.match(text, behind)
        if before < form.start() - gap and not _GENERIC.match(text[before : form.start() - gap]):
            yield before, form.end(), True
        elif after and not _STOP.search(after[0]):
            yield form.start(), after.end(), True


def _by_ending(text: str) -> Iterator[tuple[int, int, bool]]:
    for found in _STRONG_END.finditer(text):
        start = _back(text, found.start())
        name = text[start : found.end()]
        framed = _framed(text, start, found.end())
        if len(name) > 2 and not _GENERIC.match(name) and (start < found.start() or framed or _BODY.fullmatch(name)):
            yield start, found.end(), framed or claimed_after(text, found.end())


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
        joint = _JOINT.match(text[max(0, found.start() - 5) : found.start()][::-1])
        end = found.start() - (joint.end() if joint else 0)
        start = _back(text, end)
        name = text[start:end]
        mere = found[0] in ("知らせ", "案内") and text[max(0, end) : end + 2] not in ("から", "より")
        if len(name) > 1 and not mere and not _STOP.search(name) and not _GENERIC.match(name):
            yield start, end, True
    for found in _SELF.finditer(text, 0, _HEAD):
        start = _back(text, found.start())
        name = text[start : found.start()]
        opens = not start or text[start - 1] in "\n。 】"
        if opens and len(name) > 1 and (_ENDS_AS_NAME.search(name) or _OFFICE.search(name[2:-1])):
            yield start, found.start(), True
    for found in _COPYRIGHT.finditer(text):
        yield found.start(1), found.end(1), True
    for _, end in numbers:
        signed = _SIGNED.match(text, end)
        if signed and not _STOP.search(signed[1]) and not re.match(r"[0-9\-]+$|tel|fax|内線", signed[1]):
            yield signed.start(1), signed.end(1), True
