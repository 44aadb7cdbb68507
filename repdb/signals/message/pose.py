"""Where the names of companies stand in a message, and which of them it poses as (floor 2). Pure functions of the text, as
places count in it, and its claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from repdb.signals.message.facts import Claim
from repdb.text.manner import is_general

# Words behind the name of a messenger on which the reader is to go on.
_MOVED = re.compile(
    r"[ 　]?(?:で|に|へ|を|の(?:ビデオ|グループ|友|メッセージ|トーク|公式アカウント)|id|ID|Id|グループ|登録|追加|友|交換|[:：@＠(（→+＋])"
)
# Words behind the name of a shop that the reader is only to go to, or of the bank of whom he is to pay.
_TILL = re.compile(
    r"[」』]?(?:[一-鿿ァ-ヶ]{1,8}店|店頭|店舗|各店|などの|等の|の(?:店頭|レジ|端末|ATM|窓口)|"
    r"(?:、|・|または|や)[^。\n]{1,30}?(?:など|等|店頭|で(?:の)?お?支払)|(?:の?(?:指定)?口座)?(?:へ|に|宛に?)(?:の)?お?振り?込|"
    r"[ 　]{0,2}(?:[一-鿿ぁ-ゖァ-ヶー]{1,8}(?:本店|支店)|[〇一二三四五六七八九]{3}店|本店|普通(?:口座|預金)?|当座|口座番号|記号)|[ 　]{0,2}[1１][0-9０-９]{4}[-－][0-9０-９]{2,8})"
)
# Words behind and before the name of whom its writer only makes use: who carries, is linked or takes the money, whose
# figures or customers it writes about.
_MADE_USE = re.compile(
    r"[」』]?(?:の?(?:宅急便|飛脚便|宅配便|ゆうパック|メール便|便))?(?:にて|で)、?(?:本日|昨日|[0-9０-９/月日]{1,6}に?)?、?(?:発送|出荷|お送り|送付)|"
    r"との(?:連携|同期|接続|提携|コラボ)|(?:の委託|エリア(?:の|に|で)|出品者の)|の(?:路線価|統計|調査|白書|報告書?|ランキング|決算|新製品|新商品)[^。\n]{0,8}が(?:公表|発表|公開)され|"
    r"の?(?:宅急便|飛脚便|宅配便|ゆうパック|メール便)(?:です|となります|になります|を利用|を使)|"
    r"[ 　]?(?:も|が)?(?:お?使え(?!ませ|な|ず)|ご?利用(?:(?:いただ|頂)け(?!ませ|な|ず)|可能(?![枠額な残])|できます)|可(?![能否])|対応(?:店|しており|しました)|が便利|払い(?:も|が|に対応|可))"
)
_PAID_BY = re.compile(
    r"(?:お?支払い?(?:方法)?(?:は|に|には)、?|(?:現金|クレジット(?:カード)?|電子マネー)(?:・|、|や|／|/|,|または|か))[^。\n]{0,16}$"
)
# A text from so many characters on mentions companies that it does not claim to be.
_LONG, _HEAD, _FOOT, _LINES = 500, 300, 200, 3
_OWN = re.compile(
    r"[」』】)）]?[ 　]?(?:を(?:ご利用|お使い|ご愛顧)|より|から(?:の|お)|(?:の)?(?:会員|アカウント|カスタマー|サポート|お客[様さ]|セキュリティ|事務局|管理|運営|窓口|チーム)|です。|株式会社|[(（]株)"
)
# A name at the head of a line, but not where the line before goes on in it.
_SIGNED = re.compile(
    r"(?:©|\(c\)|copyright|株式会社|(?<![とをにのはがでもや、])\n[ 　]*[■◆●▼【《<]*)[ 　]*$", re.IGNORECASE
)
# The name in front of the sender's address, where it is that of a house: a shop, a practice, a firm.
_FROM = re.compile(r"(?:From|差出人|送信者|送信元)[ ]?[:：][ ]?[\"“]?([^<>\n\"”@]{2,40}?)[\"”]?[ ]?<[^<>\n]{1,80}@")
_HOUSE = re.compile(
    r"院|医院|歯科|薬局|整骨|鍼灸|クリニック|サロン|美容室|店$|商店|工房|工務店|不動産|旅館|ホテル|事務所|法人|株式会社|有限会社|合同会社|大学|高校|学園|"
    r"保育園|幼稚園|図書館|市役所|役場|[市区町村]$|組合|自治会|協会|学会|クラブ|教室|スクール"
)
_LABEL = re.compile(r"(?:[a-z0-9-]+\.)*?([a-z0-9-]+)\.(?:[a-z]{2,3}\.)?[a-z]{2,}>")  # quokka of mail.quokka.co.jp
_OFTEN = 2  # times that who keeps to a name says it, besides in the head
# What mailers call themselves when they say no name.
_NOBODYS = re.compile(
    r"(?:no-?reply|do-?not-?reply|info(?:rmation)?|support|admin(?:istrator)?|services?|security|accounts?|notices?|notifications?|alerts?|"
    r"e-?mail|mail|news|customer|system|webmaster|postmaster|server|members?|billing|payments?|orders?|shop|store|update|verify|center|team|"
    r"auto|user|contact|help|desk|from|the|my|[0-9\W_])+",
    re.IGNORECASE,
)
_PARTICLES = frozenset("のがをにへでともや、")
# A name that heads a line as one item of a list, 【見本急便】 or ・見本運輸, and does not go on to speak.
_ITEM = re.compile(r"\n[ 　]*(?:[・■●○▼◆□※*-][ 　]*[【「『\[(（]?|【)$")
_SPEAKS = re.compile(r"[】」』\])）]?[ 　]?(?:です|より|から|でございます)")
_SUBJECT = re.compile(r"(?:件名|Subject)[ ]?[:：][^\n]{0,120}")
_TITLE = re.compile(r"(?:件名|Subject)[ ]?[:：][ ]?(?:【重要】|\[重要\])?[【「\[]")
_ALWAYS = re.compile(r"(?:いつも|今後とも、?|これからも、?|平素(?:より|から|は)?、?|日頃(?:より|から|は)?、?)[「『]?$")
_USED = re.compile(r"[」』]?を(?:ご利用|ご愛顧|お使い|(?:どうぞ)?(?:宜|よろ)しくお願い)")


def each_once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The first claim of each company, in order."""
    first: dict[str, Claim] = {}
    for claim in claims:
        first.setdefault(claim.key, claim)
    return tuple(first.values())


def _genuine(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims if claim.status == "genuine")


def named_sender(text: str, claims: Iterable[Claim]) -> str:
    """The key of the genuine company whose name stands as the sender's in the head of a mail."""
    head = _FROM.match(text)
    inside = (claim.key for claim in _genuine(claims) if head and 0 <= claim.start < head.end(1))
    return next(inside, "")


def signed(text: str, claims: Iterable[Claim]) -> int:
    """Where the head of a mail ends in which somebody else signs by a name of their own; 0 where nobody does."""
    found = _FROM.search(text[:_HEAD])
    genuine = _genuine(claims)
    if not found or any(claim.start < found.end() for claim in genuine):
        return 0
    if not _HOUSE.search(found[1]) and not _keeps_to(text, found, genuine):
        return 0
    subject = _SUBJECT.search(text[: 2 * _HEAD])
    return max(found.end(), subject.end() if subject else 0)


def _keeps_to(text: str, sender: re.Match[str], genuine: Iterable[Claim]) -> bool:
    """Whether the name in a mail's head is that of its host, or stands in it again and again, and it never speaks for one
    of the genuine companies that it mentions, nor is built on their names."""
    name, rest = sender[1].strip().casefold(), text[sender.end() :].casefold()
    own = _LABEL.match(rest)
    if is_general(name) or _NOBODYS.fullmatch(name) or (name != (own and own[1]) and rest.count(name) < _OFTEN):
        return False
    return not any(_OWN.match(text, c.end) or c.written.casefold() in name for c in genuine)


def writes_as(text: str, claims: Iterable[Claim]) -> frozenset[str]:
    """The keys of the genuine companies whose names a mail has in brackets before its subject, or thanks for the use of."""
    places = {found.end() for found in _TITLE.finditer(text[: 2 * _HEAD])}
    return frozenset(c.key for c in _genuine(claims) if c.start in places or _thanks_for(text, c))


def _thanks_for(text: str, claim: Claim) -> bool:
    return bool(_ALWAYS.search(_before(text, claim)) and _USED.match(text, claim.end))


def _before(text: str, claim: Claim) -> str:
    return text[max(0, claim.start - 8) : max(0, claim.start)]


def stands_out(text: str, claim: Claim) -> bool:
    """Whether a name stands where senders put theirs: at the head or foot, or before words of a sender's own."""
    if len(text) <= _LONG or claim.start > len(text) - _FOOT:
        return True
    if claim.start < _HEAD:
        head = text[: claim.start]
        if head.count("\n") < _LINES or head[-1:] in "【「『[(（<《\n ":
            return True
    if _OWN.match(text, claim.end):
        return True
    alone = text[claim.end : claim.end + 1] not in _PARTICLES  # 法務局の発行する…
    return alone and bool(_SIGNED.search(_before(text, claim)))


def offered(text: str, claims: Iterable[Claim]) -> frozenset[str]:
    """The companies among which it leaves the choice, carriers for a parcel or ways to pay: several whose names first stand
    as items of a list."""
    items = [claim.key for claim in each_once(_genuine(claims)) if _is_item(text, claim)]
    return frozenset(items if len(items) > 1 else ())


def _is_item(text: str, claim: Claim) -> bool:
    return bool(_ITEM.search(_before(text, claim))) and not _SPEAKS.match(text, claim.end)


def pays_at(text: str, claim: Claim) -> bool:
    """Whether it is only where the reader is to pay."""
    return bool(_TILL.match(text, claim.end))


def makes_use(text: str, claim: Claim) -> bool:
    """Whether its writer only makes use of the company: sends parcels by it, is paid by it, is linked with it."""
    if _MADE_USE.match(text, claim.end):
        return True
    return bool(_PAID_BY.search(text[max(0, claim.start - 40) : max(0, claim.start)])) and not _OWN.match(
        text, claim.end
    )


def opened(text: str, claims: Iterable[Claim]) -> int:
    """Where the head of a short message ends in which somebody else says a name of their own, 【見本工房】; 0 where nobody
    does."""
    said = sorted(claims, key=lambda claim: claim.start)
    headed = _LABELLED.match(text)
    if headed and not is_general(headed[1]) and not any(claim.start < headed.end() for claim in said):
        return headed.end()
    first = next((claim for claim in said if 0 <= claim.start <= 1), None)
    if first is None or first.status != "unverified" or first.general or first.abuses or first.near:
        return 0
    behind = _OPENING.match(text, first.end)
    return behind.end() if behind else 0


_LABELLED = re.compile(r"([^\s:：。、【「（(]{3,16})[:：](?!//)")
_OPENING = re.compile(r"[】］\]]|[ 　]?[:：]|です。")


def speaks_for(text: str, claim: Claim) -> bool:
    """Whether words of a sender's own stand behind the name."""
    return bool(_OWN.match(text, claim.end))


def moves_to(text: str, claim: Claim) -> bool:
    """Whether it is the messenger on which the reader is to go on."""
    return bool(_MOVED.match(text, claim.end))
