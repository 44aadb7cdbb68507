"""Known scenes: the alarm on the screen, the machine and the caller on the telephone, the recruiter on Telegram (floor 2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from repdb.records import Finding
from repdb.signals.base import finding
from repdb.signals.message.base import MessageCase, message_signal
from repdb.text.manner import gives_name


@message_signal
def screen_alarm(case: MessageCase) -> Iterator[Finding]:
    """A window on the screen raises the alarm, tells of a prize or bills for a click, or gives a number to call. One that
    says that all is done, and wants nothing, is none."""
    done = _DONE.search(case.text) and not case.calls and not case.demands
    if (
        case.kind == "popup"
        and not done
        and (
            case.calls
            or not _ON_SCREEN.isdisjoint(case.groups)
            or ("unpaid_fee" in case.groups and _SUM.search(case.text))  # an app that was not paid for says so, too
        )
    ):
        yield finding("screen_alarm")


_DONE = re.compile(
    r"必要な(?:操作|対処|処置)を(?:実行|完了)|(?:操作|対処)は(?:必要ありません|不要)|駆除(?:しました|されました)|no (?:further )?action (?:is )?(?:needed|required)",
    re.IGNORECASE,
)
_ON_SCREEN = frozenset({"tech_support", "prize", "one_click", "demand_call"})
_SUM = re.compile(r"[0-9０-９万][ ,，]?円|[¥￥$]")


@message_signal
def machine_in_office(case: MessageCase) -> Iterator[Finding]:
    """A recorded voice has the reader press a key, in the name of an office, a carrier or a bank; not one that answers
    who has called it."""
    if "automated_call" in case.groups and _OFFICE.search(case.text) and not _ANSWERS.search(case.text):
        yield finding("machine_in_office")


_OFFICE = re.compile(
    r"省(?:です|より|の|から|総|、)|局(?:です|より|から)|庁(?:です|より|の|から|、)|NTT|ＮＴＴ|入国管理|入管|大使館|領事館|税関|郵便局|年金機構|電話局|通信局|"
    r"警察|銀行|カード会社|電力|保健所|embassy|immigration|customs|tax office|revenue",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"お電話(?:を)?(?:いただき|頂き|くださり)?(?:まして)?、?(?:誠に)?(?:ありがとう|有難う)|thank you for calling",
    re.IGNORECASE,
)


@message_signal
def absence_by_text(case: MessageCase) -> Iterator[Finding]:
    """A message tells of a parcel that could not be handed over, without any contact of a carrier; in a mail, of one whose
    address is wrong."""
    if "delivery" in case.groups and not any(seen.owners for seen in case.seen):
        sign = {"sms": _ABSENCE, "mail": _ADDRESS}.get(case.kind)
        if sign and sign.search(unicodedata.normalize("NFKC", case.text)) and not gives_name(case.text):
            yield finding("absence_by_text")


_ADDRESS = re.compile(
    r"(?:宛て?先|あて先|住所|届け?先|部屋番号|番地)[^。\n]{0,8}(?:不明|不備|誤り|間違|不足|不完全|不正確|確認でき(?!る|ます|た))"
)
_ABSENCE = re.compile(
    rf"(?:不在|留守)(?:の)?(?:ため|為|だった|で(?!も|す)(?:したので|したため|した為|したが)?(?!した)|により|につき)|持ち?帰[りっ]|{_ADDRESS.pattern}|"
    r"(?:配達|配送|お届け)(?:に|が)?(?:失敗|でき(?:ません|ず|なかった)|不能)"
)


@message_signal
def foreign_messenger(case: MessageCase) -> Iterator[Finding]:
    """It wants to be answered on a messenger that firms in Japan do not use, with an account or number there; not where
    the messenger itself writes."""
    found = _FOREIGN.search(unicodedata.normalize("NFKC", case.text)) if case.kind != "page" else None
    if found and not _ITS_OWN.match(case.text):
        yield finding("foreign_messenger", (), name=found[1])


_ITS_OWN = re.compile(
    r"[\s【\[「<]*(?:Telegram|Signal|WhatsApp)[】\]」>]?[ ]?(?:(?:login )?code\b|:|：|の?認証|の?ログイン|コード)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"(telegram|テレグラム|signal|シグナル|whatsapp|wechat|カカオトーク|t\.me/)[^。\n]{0,14}"
    r"(?:@|id|\+|[:：]|へ|まで|にて|で(?:連絡|詳細|応募)|連絡|追加|登録|[a-z0-9_]{4})",
    re.IGNORECASE,
)


@message_signal
def nameless_body(case: MessageCase) -> Iterator[Finding]:
    """Somebody speaks for a gas company, a bank, a city hall, and does not say which."""
    if case.kind in ("voice", "sms") and not case.brands and _BODY.search(case.text[:60]):
        yield finding("nameless_body")


_BODY = re.compile(
    r"(?:^|[。、\s])(?:こちらは)?(?:ガス|電力|電気|電話|保険|証券|カード|水道|通信|管理)?(?:会社|銀行|役所|市役所|区役所|組合|協会|百貨店|デパート|家電量販店|"
    r"警察|警察署|裁判所|税務署|年金事務所|郵便局|水道局|保健所)(?:の|から委託を受けた|の委託を受けた|より委託を受けた)者(?:です|と申|でござい)"
)


@message_signal
def police_story(case: MessageCase) -> Iterator[Finding]:
    """A caller tells of an investigation in several of its words at once."""
    told = {hit.written for hit in case.hits if hit.group == "police"}
    if case.kind in ("voice", "sms") and len(told) > 1:
        yield finding("police_story")


@message_signal
def family_call(case: MessageCase) -> Iterator[Finding]:
    """A caller poses as one of the family and tells of several misfortunes at once."""
    told = {hit.written for hit in case.hits if hit.group == "family"}
    if case.kind == "voice" and len(told) > 1:
        yield finding("family_call")
