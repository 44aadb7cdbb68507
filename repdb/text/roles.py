"""Who stands behind a number in a text: its role, from the words around it (floor 0); of hosts see ``host_roles``.

Real phishing mails quote the true helpline of the company they imitate, warning pages list help desks beside culprits, and
genuine reminders use the scammer's words. So each cue is a weight, positive for innocent; the mean over all places of one
number decides whether it is an official contact or what somebody is told to call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from repdb.categories import INNOCENT_ROLES, ROLES
from repdb.records import Mention, Text
from repdb.text import cue_weights, role_wording
from repdb.text.called import PHONES, is_asked, is_own
from repdb.text.numbers import Hit
from repdb.text.role_cues import REACH, SURE


class Setting(NamedTuple):
    """The whole text: ``kind`` message, mail or page; ``linked``: holds a link; ``adverse``: warns of a scam;
    ``vouches``: says that a number is genuine."""

    kind: str
    linked: bool
    adverse: bool
    vouches: bool = False


_KINDS = {"page": "page", "article": "page", "mail": "mail", "eml": "mail", "sms": "message", "voice": "message"}
_KINDS |= {"popup": "message", "postcard": "message", "message": "message"}
_MAIL_HEAD = re.compile(r"(?:差出人|件名|from|subject|reply-to|to|date|宛先)[ ]?:", re.IGNORECASE)
_WARNING = re.compile(
    r"架空請求|詐欺|迷惑(?:電話|メール|sms)(?!(?:の)?(?:フォルダ|フォルダー|設定|フィルタ|ボックス|振り?分|扱い|防止|対策|機能)|に(?:入|振|分類)|として|と(?:判|して))|"
    r"不審な|かた[るりっ]|騙[るりっ]|名乗[るりっ]|なりすま|被害|遠隔操作|偽(?:サイト|メール|sms|の?警告|の?画面|の?通販|の?(?:県警|府警|警察|職員|業者))|を装[いうっ]|逮捕状|手口|ワン切り|通報|身に覚え|未納(?!分を)|だまし|脅[すし]|出頭|口止め|"
    r"勧誘(?!は(?:一切)?(?:いた|行|し|ござ)|[^\n。]{0,14}(?:遠慮|お断り|固く))|しつこい|万円[をも]?(?:失|だまし取|騙し取|取られ)|億円[をも]?(?:失|だまし取|騙し取|取られ)|着信拒否(?!設定|を?解除|され)|scam|fraud|phishing|spoof|impersonat"
)
_ANYWHERE = frozenset({"通報"})  # gas leaks are reported, too
_REASSURING = re.compile(r"正規の|実在の?|実在し|番号です|営業時間|取扱内容|会社概要|店舗名|料金確定|領収")
_VOUCHING = re.compile(
    r"公式の(?:電話)?番号|正規の(?:電話)?番号|本物(?:の番号)?です|(?:詐欺|迷惑電話)ではあ?りま|(?:詐欺|迷惑電話)ではな|正当な(?:督促|請求|連絡)で|怪し(?:い番号|く)(?:では)?な|"
    r"安全な番号|本物でした|正規のもの(?:です|でした)|詐欺ではあ?りませんでした|実在の(?:回収)?会社(?!の名|名|を|に)|の番号です"
)


def setting(text: str, kind: str = "", linked: bool = False) -> Setting:
    """Judge the whole folded text; ``kind`` is what the caller knows (sms, mail, page, voice, popup, postcard)."""
    known = _KINDS.get(kind)
    if known is None:
        known = "mail" if _MAIL_HEAD.match(text) else "page" if len(text) > 700 or _page_like(text) else "message"
    if known != "page":
        return Setting(known, linked, True)
    head = text[:8000]
    warnings, calming = len({*_WARNING.findall(head)} - _ANYWHERE), len({*_REASSURING.findall(head)})
    return Setting(known, linked, warnings >= max(1, calming), bool(_VOUCHING.search(head)))


# Words of those who warn of fraud, not of those who commit it; and what somebody was told by another.
_TELLING = frozenset("架空請求 詐欺 手口 名乗る かたる 注意喚起 ご注意 注意 被害 口コミ 不審な".split())
_TELLING_OR_TOLD = re.compile(
    r"架空請求|詐欺|手口|名乗る|かたる|注意喚起|ご注意|注意|被害|口コミ|不審な|"
    r"という(?:sms|メール|電話)|報告|smsが[届増来]|メールが[届増来]|電話が[届増来]|について\n"
)


# Phishing that opens with a warning of itself, and then wants a click.
_WARNS_OF_OURS = re.compile(
    r"[当弊](?:社|行|店|庫|組合|サービス|サイト)(?:を|に|の名を?)[^。\n]{0,6}(?:装|かた|騙|なりすま|名乗)"
)
_WANTS_CLICK = re.compile(
    r"(?:ログイン|更新|確認|手続き?|登録|入力|認証|設定)[^。\n]{0,8}(?:ください|下さい|お願い[^。\n]{0,6})[。 \n▼↓→:]{0,6}(?:[^。\n]{0,60}。[ \n]?)?https?:"
)


def _page_like(text: str) -> bool:
    if len(text) < 400 and _WARNS_OF_OURS.search(text, 0, 120) and _WANTS_CLICK.search(text):
        return False
    found = set(_TELLING_OR_TOLD.findall(text[:2000]))
    return len(found) > 1 or not found <= _TELLING or text.count("\n") > 12


_COLUMN = {"page": 0, "mail": 1, "message": 2}
_PREFIX = {
    "+81120": 2.5,
    "+81570": 2.5,
    "+81800": 2.5,
    "+8150": -0.5,
    "+8160": -0.7,
    "+8170": -0.7,
    "+8180": -0.7,
    "+8190": -0.7,
}


_ABROAD = -2.0  # of the numbers abroad on pages that warn of fraud, nineteen of twenty are the frauds'
_MOBILE = -2.0  # no company's desk that such pages quote answers on one
_MOBILES = re.compile(r"\+81(?:60|70|80|90)(?!0)")


def _standing(key: str) -> float:
    """Who can have a number of this kind: companies and police stations (positive), anybody at once (negative)."""
    if not key.startswith("+81"):
        return -1.0
    return _PREFIX.get(key[:6]) or _PREFIX.get(key[:5]) or 2.5 * key.endswith("0110")


def may_be_innocent(key: str, around: Setting) -> bool:
    """False if no words could clear the number: in a message only those who pay for its calls speak for it."""
    return around.kind != "message" or _PREFIX.get(key[:6], 0.0) > 0


def innocence(text: str, start: int, end: int, key: str, kind: str, around: Setting) -> float:
    """Weight for (positive) or against a number at one place of the folded text."""
    cues = cue_weights.weights(text, start, end, _COLUMN[around.kind])
    if around.vouches:  # 「…から電話が来て不安」 opens articles that clear a number, too
        cues = [value if value > 0 or value <= SURE else value * 0.3 for value in cues]
    elif around.kind == "page" and not around.adverse:  # a shop writes 至急, too
        cues = [value * 0.3 if -2.0 <= value < 0 else value for value in cues]
    weight = sum(cues)
    weight += _standing(key)
    if around.kind == "page" and around.adverse:
        weight += _ABROAD if not key.startswith("+81") else _MOBILE if _MOBILES.match(key) else 0.0
    masked = kind == "masked_phone" and around.adverse  # nobody hides digits of a help desk
    warned = around.kind == "page" and (masked or listed(_NUMBERS, text, start))
    return weight - 3.0 * (kind == "displayed_id") - 9.0 * warned


_LOOKED_AT = 200  # numbers of one page whose neighbourhood is read for its drift
_DOUBT = 3.0  # sums of cues nearer to nothing than that are doubtful: there the drift of the words speaks, too


def innocent(given: Mapping[str, Sequence[float]], hits: Iterable[Hit], text: str, around: Setting) -> set[str]:
    """The keys of ``given``, the weights of each number's places in the folded text, that are innocent."""
    if not given:
        return set()
    first = prior(around, text)
    weights = {key: first + sum(places) / len(places) for key, places in given.items()}
    doubtful = [key for key, weight in weights.items() if -_DOUBT < weight < _DOUBT]
    if doubtful and around.kind == "page" and len(text) > role_wording.LEAST:
        leanings = role_wording.leanings(text, hits, doubtful[:_LOOKED_AT])
        weights |= {key: weights[key] + leaning for key, leaning in leanings.items()}
    return {key for key, weight in weights.items() if weight > 0}


# Headings of lists that warn of what is in them; they stand so many characters above at most.
_LIST = 1500
_NUMBERS = re.compile(
    r"(?:詐欺|迷惑|架空請求|ワン切り|不審|悪質|偽)(?:な)?(?:の)?(?:電話|業者|窓口)?(?:の|に使われた|で使われた)?(?:電話)?番号(?:の?(?:例|一覧|リスト))?[ 】」』》:]{0,3}\n"
)
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]")


def listed(heading: re.Pattern[str], text: str, start: int) -> bool:
    """Whether what stands at ``start`` is in a list, of nothing else, under a heading that warns of it."""
    floor = max(0, start - _LIST)
    if "\n" not in text[floor:start]:
        return False
    heads = [found.end() for found in heading.finditer(text, floor, start)]
    return bool(heads) and not _JAPANESE.search(text, heads[-1], start)


# Words of false collectors; genuine reminders have one of them at most.
_COLLECTING = re.compile(
    r"身辺調査|信用調査|身元調査|調査費|和解|アダルト|有料(?:サイト|コンテンツ|番組|情報)|総合情報サイト|情報コンテンツ|無料期間|退会処理|個体識別|強制執行|給[与料]の?差し?押|勤務先|勤め先|"
    r"自宅[へにま]|最終通告|執行官|執行証書|少額訴訟|電子消費者契約|民事訴訟|裁判取り?下げ|訴訟取り?下げ|長期延滞|不良債権|回収員"
)


def prior(around: Setting, text: str) -> float:
    """What the kind of text says of any number in it: mails quote helplines, unless they threaten as false collectors do;
    short messages quote the trap."""
    if around.kind == "mail":
        return -1.5 if len(set(_COLLECTING.findall(text, 0, 8000))) > 1 else 1.5
    if around.kind == "message":
        return -1.0 if around.linked else -1.5
    return (-1.0 if around.adverse else 1.5) + 3.5 * around.vouches


_SENDER_BEFORE = re.compile(
    r"(?:発信元|発信者|着信|送信元|差出人|送り主|表示番号|表示された(?:電話)?番号|from|caller)[^\n0-9]{0,8}$"
)
_SENDER_AFTER = re.compile(r"[ 」』】)]{0,2}から(?:の)?(?:着信|電話|不在|sms|ショート|届|かかって)")


def phone_role(text: str, start: int, end: int, around: Setting) -> str:
    """The role of a number that is not innocent."""
    if _SENDER_BEFORE.search(text, max(0, start - 24), start) or _SENDER_AFTER.match(text, end):
        return "sender"
    return "callback" if around.kind != "page" or _CALLED.match(text, end) else "reported"


_ADVERTISED = re.compile(
    r"無料(?:電話)?相談|当(?:事務所|社|店|院)|弊社|法律事務所|司法書士|探偵|調査会社|お見積|買取|広告|\bpr\b"
)


def own_and_asked(hits: Iterable[Hit], text: str, around: Setting) -> tuple[set[str], set[str]]:
    """The keys of the reader's own numbers, and of those that he is asked to call; a page has no one reader."""
    if around.kind == "page":
        return set(), set()
    own = {hit.found.key for hit in hits if is_own(text, hit.start, hit.end)}
    return own, {hit.found.key for hit in hits if around.kind == "mail" and is_asked(text, hit.start, hit.end)}


def dialled_role(key: str, around: Setting) -> str:
    """The role of a number that only the target of a link holds: it makes the reader call."""
    return innocent_role("", 0, key, True, around) if prior(around, "") + _standing(key) > 0 else "callback"


def innocent_role(text: str, start: int, key: str, asked: bool, around: Setting) -> str:
    """The role of an innocent number: on a page, somebody's who offers a service there is an advertiser's. In a mail,
    one that anybody can have is nobody's official channel: it is to be called (``asked``), or just stands there."""
    if around.kind == "mail" and _standing(key) < 0:
        return "callback" if asked else "advertiser"
    offered = around.kind == "page" and around.adverse and _ADVERTISED.search(text, max(0, start - REACH), start)
    return "advertiser" if offered else "official"


_UNCONFIRMED = Text("問い合わせ先として書かれた番号（未確認）", "given as a contact (not confirmed)")


def shown_role(mention: Mention, confirmed: bool) -> Text:
    """The name of a mention's role for readers. That a number looks innocent is a guess; ``confirmed``: a register has it."""
    guess = mention.role in INNOCENT_ROLES and mention.kind in PHONES and not confirmed
    return _UNCONFIRMED if guess else ROLES[mention.role]


_CALLED = re.compile(r"[」』】)]{0,2}[ ]?(?:に|へ|まで)[^\n。]{0,6}(?:折り?返|電話|連絡|かけ)|[^\n]{0,6}担当")
