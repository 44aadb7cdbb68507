"""Wording that speaks for a message: it wants nothing, it warns, it sends the reader to what they already have (floor 2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from repdb.company import claims_collection
from repdb.phone import line_type
from repdb.records import Finding
from repdb.signals.base import finding
from repdb.signals.message.base import FREEPHONE, MessageCase, message_signal
from repdb.signals.message.facts import Seen
from repdb.signals.message.links import carried_by
from repdb.signals.message.words import SHOWN, SURE, gives_no_reason
from repdb.text.manner import addresses_person, is_denied
from repdb.text.roads import other_road, spelled_out


@message_signal
def no_demand(case: MessageCase) -> Iterator[Finding]:
    """It asks for nothing, and all of it is before us: no attachment, no link in pieces, no other road to money or a call."""
    strange = case.brands and any(not seen.owners for seen in case.senders)
    leads = (
        case.callbacks
        or case.links
        or case.link_hidden
        or case.link_unread
        or gives_no_reason(case)
        or case.wording >= SURE
    )
    calm = case.pressure < 0.5 and not _COMMANDS.search(case.text) and not (case.brands and _URGES.search(case.text))
    if not (strange or leads or case.demands or any(carried_by(case))) and calm and not _unread(case):
        yield finding("no_demand")


def _unread(case: MessageCase) -> bool:
    """Whether it wants what was not read, or nothing of it was: a head without a body, a file, a link taken to pieces."""
    if case.mail and case.mail.unread:
        return True
    if _ENCLOSED.search(case.text) or not re.sub(_HEAD, "", case.text).strip():
        return True
    if _BROKEN.search(case.text) and not any(seen.mention.kind == "domain" for seen in case.seen):
        return True
    known = [(seen.mention.start, seen.mention.end) for seen in case.seen if seen.owners and seen.mention.start >= 0]
    return other_road(case.text, known) is not None


_HEAD = re.compile(r"^(?:件名|差出人|送信者|宛先|日時|Subject|From|To|Date)[ ]?[:：][^\n]{0,300}$", re.MULTILINE)
_ENCLOSED = re.compile(r"添付(?:の|ファイル|資料|書類|した|いた|し)|\battach(?:ed|ment)", re.IGNORECASE)
_BROKEN = re.compile(r"https?[ 　]{0,2}[:：][ 　]{0,2}[/／]", re.IGNORECASE)


# Money, cards or codes, and somebody told to do something with them, in words that the lexicon may not have.
_COMMANDS = re.compile(
    r"(?:金|円|カード|かーど|コード|番号|ばんごう|口座|通帳|暗証)[をはも]?[^。\n]{0,16}(?:しろ|せよ|ろ(?=[。!！\n]|$)|(?:送|おく|教え|おしえ|渡|わた|用意|ようい|払|はら|返信|振り?込|貸)[^。\n]{0,4}(?:て|ください|下さい|ろ|れ|え|しなさい)(?=[。、!！\n ]|$))|"
    r"\b(?:buy|send|wire|text|pay|transfer|give|tell)\b[^.\n]{0,40}\b(?:cards?|codes?|money|yen|dollars|account|pin|password|bitcoin)\b",
    re.IGNORECASE,
)


# Somebody who wants something done, where the link to do it by was left out.
_URGES = re.compile(
    r"確認(?:し|を(?:し|行っ))て(?:ください|下さい)|確認が必要|(?:迅速|早急|速やか)な(?:ご?対応|お?手続)|(?:時間|期限)内に"
)


@message_signal
def warns_of_fraud(case: MessageCase) -> Iterator[Finding]:
    """It tells of frauds and wants nothing itself that they want."""
    foreign = case.senders if case.brands and case.kind == "mail" else ()  # who poses as a company warns of nothing
    contacts = any(not seen.owners for seen in (*case.links, *case.callbacks, *foreign))
    # 「パスワードは誰にも教えないでください」 alone is what phishing says, too, when it has stopped an account.
    told = [hit for hit in case.told if hit.group not in _TIPS or "account_stop" not in case.groups]
    if told and not contacts and _BAIT.isdisjoint(case.groups) and not _WANTS.search(case.text):
        yield finding("warns_of_fraud", (), written=told[0].written[:SHOWN])


@message_signal
def quotes_fraud(case: MessageCase) -> Iterator[Finding]:
    """Whoever answers or warns says that what he quotes is a fraud: so it is not held against him."""
    if case.quoted:
        yield finding("quotes_fraud", ())


_TIPS = frozenset({"secrecy", "credentials"})
# What a warning never asks for.
_BAIT = frozenset(
    "demand_click demand_pay demand_install credentials prepaid_card personal_payee messenger automated_call".split()
)
_WANTS = re.compile(
    r"(?:金|円|カード|コード|番号|口座|通帳|暗証|紙幣)[をはもと]?[^。、\n「」]{0,10}(?:送っ|教え|伝え|渡し|預け|読み上げ|入力し|返信し|振り?込ん|用意し|準備し|買っ|購入し|払っ|見せ|入れ)[てで](?:ください|下さい)(?=[。!！\n]|$)|"
    r"(?:添付|ファイル)[^。、\n「」]{0,12}(?:開い|開封し|実行し|有効にし|ダウンロードし)て[^。\n「」]{0,8}(?:ください|下さい)(?=[。!！\n]|$)"
)


@message_signal
def own_channel(case: MessageCase) -> Iterator[Finding]:
    """It sends the reader to papers, a carrier's own app, or another app or desk (-1.4) that the reader already has, and gives no road of its own; or
    to papers (-1.4) and a desk's landline beside them; or to a town's section by its landline, for what towns do ask."""
    if points_home(case):
        yield finding("own_channel", (), None if _PAPER.search(case.text) or _OWN_APP.search(case.text) else -1.4)
    elif not case.links and case.kind != "voice" and _as_towns_ask(case) and _at_town(case):
        yield finding("own_channel")
    elif not case.links and not case.link_hidden and _PAPER_PAID.search(case.text) and _desks(case):
        yield finding("own_channel", (), -1.4)


# What frauds want in the name of a town, and towns do not.
_TOWN_ASKS = frozenset(
    "refund benefit atm credentials verify prepaid_card personal_payee payee_change messenger secrecy police investment".split()
)
_SECTION = re.compile(
    r"[市区町村](?:役所|役場)?(?:[ 　]?[一-鿿ァ-ヶー]{1,10}(?:課|係|室|担当)){1,3}[ 　\n:：(（電話TEL]{0,6}$|"
    r"(?:[都道府県市]税|自動車税)[一-鿿]{0,8}(?:事務所|センター)[ 　\n:：(（電話TEL]{0,6}$|"
    r"[一-鿿]{1,6}[都市町村]水道局[一-鿿ぁ-ゖァ-ヶー]{0,12}[ 　\n:：(（電話TEL]{0,6}$",
    re.IGNORECASE,
)


def _as_towns_ask(case: MessageCase) -> bool:
    """Whether it wants nothing that only frauds want in the name of a town, nor anything this very day."""
    pressed = case.groups.get("deadline")
    return _TOWN_ASKS.isdisjoint(case.groups) and not (pressed and _TODAY.search(pressed.written))


_TODAY = re.compile("本日|今日|即日|当日|24時間|数時間")


def _at_town(case: MessageCase) -> bool:
    """Whether all the numbers to call are landlines written behind the section of a town."""
    before = (case.text[max(0, seen.mention.start - 40) : max(0, seen.mention.start)] for seen in case.callbacks)
    return _desks(case) and all(_SECTION.search(part) for part in before)


def _desks(case: MessageCase) -> bool:
    """Whether it gives numbers to call, and only landlines or freephone ones that nobody has reported. Not of collectors,
    whose papers frauds send as well."""
    lines = {line_type(seen.mention.key) for seen in case.callbacks}
    collects = any(claims_collection(claim.name) for claim in case.claimed)
    return bool(lines) and lines <= _DESKS and not collects and not any(map(_reported, case.callbacks))


def _reported(seen: Seen) -> bool:
    return seen.answer.known or any(found.code == "masked_match" for found in seen.answer.findings)


_DESKS = FREEPHONE | {"fixed"}


def points_home(case: MessageCase) -> bool:
    """Whether papers, an app or a desk that the reader already has are the only road that it names."""
    own_road = case.kind != "popup" and not case.links and not case.callbacks and _SECRETS.isdisjoint(case.groups)
    clicks = case.kind == "mail" and "demand_click" in case.groups  # a pasted mail hides where its buttons lead
    if not own_road or case.calls or clicks or spelled_out(case.text):
        return False
    return any(not is_denied(case.text, found.end()) for found in _OWN_CHANNEL.finditer(case.text))


# Whoever asks for these is no desk that the reader knows.
_SECRETS = frozenset({"credentials", "prepaid_card", "personal_payee", "messenger", "secrecy"})
_PAPER = re.compile(r"請求書|払込票|払込書|納付書|納入通知書|振込用紙|振込票|同封")
_OWN_APP = re.compile(
    r"(?<![a-z0-9])my[ ]?(?:docomo|au|softbank|uq|楽天|ソフトバンク|ドコモ)[^。\n]{0,8}(?:から|にて|で|より)",
    re.IGNORECASE,
)
_PAPER_PAID = re.compile(
    r"(?:お手元|同封|郵送|送付|発送|お届け)[^。\n]{0,12}(?:請求書|払込票|払込書|納付書|納入通知書|用紙|振込票|払込用紙)"
)
_OWN_CHANNEL = re.compile(
    r"(?:お手元|同封|郵送|お送り|送付|発送|お届け)[^。\n]{0,12}(?:請求書|払込票|払込書|納付書|納入通知書|書面|ハガキ|はがき|用紙|振込票|通知書|窓口)|"
    r"(?:請求書|払込票|払込書|納付書|納入通知書|振込用紙)(?:を(?:郵送|送付|発送|お送り|同封|再発行|再送)|または|か|で|にて)|(?:口座の)?残高をご?確認|(?:センター|窓口|サポート|(?:携帯|スマホ)(?:電話)?から(?:は)?)[ 　]?[(（「]?(?:113|116|151|157)(?![0-9])|カード(?:の)?裏面|局番なしの|"
    r"(?<!下記)(?<!下記の)(?<!以下の)(?:区役所|市役所|役場|窓口|支店|店頭|(?:最寄り|お?近く)の[^。\n]{0,6}(?:店|ショップ))[^。\n]{0,10}(?:へ|で|にて|まで)ご?(?:相談|来庁|来店|お越し|お問い?合わせ|更新|手続)|代表(?:電話|番号)|アプリの(?:通知|お知らせ)|書面に記載|不在(?:連絡)?票の(?:QR|ＱＲ|二次元|裏面|ご?案内|電話|番号)|"
    r"(?:公式アプリ|(?<!LINE)(?<!line)(?<!ライン)アプリ|マイページ|会員ページ|会員サイト|(?<![a-z0-9])my[ ]?(?:[a-z]{2,10}[a-z ]{0,12}|[ァ-ヶー一-鿿]{2,12})|e-navi|ポスト|代表番号|net|portal|web)"
    r"(?:アプリ)?(?:の「|にて|で|から|より|をご覧|または|もしくは)",
    re.IGNORECASE,
)


@message_signal
def business_letter(case: MessageCase) -> Iterator[Finding]:
    """It is a letter from firm to firm, without any link."""
    letter = case.kind in ("mail", "postcard") and not case.links and "demand_click" not in case.groups
    if letter and _TRAPS.isdisjoint(case.groups) and _TO_A_FIRM.search(case.text[:600]):
        yield finding("business_letter")


@message_signal
def addressed_by_name(case: MessageCase) -> Iterator[Finding]:
    """It addresses its reader by name, as who writes to thousands seldom can. Not where somebody is told to pay elsewhere or
    to keep still, nor where a company's name leads to a contact that is not the company's: there the name is part of it."""
    led = case.brands and any(not seen.owners for seen in (*case.links, *case.callbacks, *case.senders))
    if case.kind in _WRITTEN and not led and _TRAPS.isdisjoint(case.groups) and addresses_person(case.text[:600]):
        yield finding("addressed_by_name")


_WRITTEN = frozenset({"mail", "sms", "postcard"})


@message_signal
def own_name(case: MessageCase) -> Iterator[Finding]:
    """A mail goes by a name that is no known company's and no kind of house that frauds pose as, at its head or before
    をご利用; and it wants nothing that shops and services never do."""
    if case.kind != "mail" or case.brands or case.warns or not _BAD_FAITH.isdisjoint(case.groups):
        return
    for claim in case.claimed:
        plain = claim.status == "unverified" and not (claim.abuses or claim.near or claims_collection(claim.name))
        headed = claim.start < _HEAD_END and _OPENED.search(case.text[max(0, claim.start - 3) : claim.start])
        used = _USED.match(case.text, claim.end)
        if plain and (headed or used) and not _POSED_AS.search(unicodedata.normalize("NFKC", claim.written)):
            yield finding("own_name", (claim.key,), name=claim.written)
            return


_HEAD_END = 200
_OPENED = re.compile(r"[【「『\[][ 　]?$")
_USED = re.compile(r"[」』】\]]?(?:を|の)?(?:ご利用|お使い)")
_POSED_AS = re.compile(
    r"銀行|信用金庫|信金|カード|証券|保険|郵便|宅配|運輸|運送|急便|税|年金|健保|電力|電気|ガス|水道|通信|モバイル|nhk|etc|給付|支援金|補助|還付|"
    r"警察|検察|裁判|法務|省$|庁$|役所|[市区町村県]$|協会|センター$|事務局$|サポート|サービス$|期間|通知|調査|ご",
    re.IGNORECASE,
)
_BAD_FAITH = frozenset(
    "legal_threat seizure debt_transfer paid_content investigation settlement exposure one_click withdrawal investment job "
    "prize loan messenger credentials prepaid_card personal_payee payee_change refund police second_victim secrecy boss "
    "advance_fee tech_support attachment".split()
)

# Fraud among firms: invoices with another account, orders from the "boss", attachments.
_TRAPS = frozenset({"payee_change", "personal_payee", "secrecy", "boss", "attachment", "prepaid_card"})
_TO_A_FIRM = re.compile(r"御中|貴社|弊社発行|売掛金|商品代金|ご担当者様|経理(?:部|課|担当)")
