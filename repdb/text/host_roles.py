"""Who stands behind a link, a host or a mail address in a text: its role, from the words around it (floor 0)."""

from __future__ import annotations

import re

from repdb.text.role_cues import REACH
from repdb.text.roles import Setting, listed

_LINKS = re.compile(
    r"(?:フィッシング|偽|詐欺|不正|悪質|不審|誘導|誘導先|転送先|phishing)(?:な)?(?:の)?(?:サイト|ページ|メール|通販サイト)?(?:の|で使われた|に書かれた)?"
    r"[ ]?(?:url|ドメイン|リンク(?:先)?|アドレス|サイト|sites?)(?:の?(?:例|一覧))?[ 】」』》:]{0,3}\n"
)
_PUBLIC = re.compile(r"(?:^|\.)(?:go|lg|ac|ed)\.jp$")
_BAIT = re.compile(r"詐欺|フィッシング|偽|誘導|末尾|url|sms|メッセージ|届|クリック|不審|ドメイン|リンク|飛ば|被害")
# Who a mail is from and whom it went to, as heads and those who quote them label it; the last label before an address
# counts, on its line or alone on the line above.
_LABEL = re.compile(
    r"(?P<sender>差出人|送信元|発信元|送信者|配信元|送り主|from(?![a-z])|return-path|reply-to|sender)"
    r"|(?P<reader>宛先|受信者|送信先|送付先|delivered-to|(?<![a-z-])(?:to|b?cc)[ ]?:|ユーザー(?:id|名)|お客様(?:id|のアドレス)|ご?登録(?:済み)?の?(?:メール)?アドレス|拝啓|親愛なる|^(?:dear|hello|hi) )"
    r"|(?P<bare>アドレスは?)"
)
_ALONE = 28  # characters that a label with nothing behind it may have
_HEAD = 300  # characters at the head of a mail that name its sender
_NAME_BEFORE = re.compile(
    r"(?!.{0,30}(?:問い?合わ?せ|メール|mail|連絡|アドレス|返信))(?:[^\n。@]{1,40}[<(‹]|\"?[^\n。、@:]{2,40} )"
)
_ENDS_LINE = re.compile(r"[ ]{0,2}[>)›]|[ ]{0,2}(?:\n|$)")
_SENDING = re.compile(r"[」』】)>]{0,2}から(?:の|届|送ら|来た|「|『|メール)")
_OWN = re.compile(
    r"(?:[」』](?:や|、|・|と|または)[「『][^「」『』\n]{1,60}){0,4}[」』]?(?:から|より)(?:のみ)?(?:配信|お送り|送信)(?:します|して[いお]り?ます|いたします)"
)
_GENUINE = re.compile(
    r"(?:公式|正規|正しい|本物|本当|実在)の?(?![^\n。]{0,20}(?:装|似|騙|かた|なりすま|以外|ではな))[^\n。]{0,20}$"
)
# Called so outright (正規のドメインは …), or by the heading of a list (正しいドメイン).
_CALLED_GENUINE = re.compile(
    r"(?:(?:公式|正規|正しい|本物)の?(?:ドメイン|url|サイト|(?:メール)?アドレス|ホームページ)(?:一覧)?(?:は(?:以下)?)?[ :】」]{0,3}"
    r"(?:\n(?:[a-z0-9.:/_-]{4,60}[ ]?\n){0,3})?)[「『(<]?$"
)
_CONTACT = re.compile(
    r"(?:問い?合わ?せ|窓口|相談|連絡先|メール予約)(?!先?として)[^\n。]{0,12}$|(?:e-?mail|メール|mail)[ :)】]{0,3}$"
)
_RECIPIENT_BEFORE = re.compile(
    r"(?:メールアドレス|e-?mail|ユーザーid|お客様id|宛先|^to|\nto|id)[】\]）)\s:=]{0,6}$|\n$"
)
_RECIPIENT_AFTER = re.compile(r"[ >]{0,3}(?:様|さま|さん|殿|宛|各位|アカウント)")


# Nobody disarms a link that he recommends.
_DEFANGED = re.compile(r"h[x*]{2}ps?|[\[({]\.|\[dot|\(dot|\[:")


def host_role(text: str, start: int, end: int, key: str, flags: frozenset[str], around: Setting) -> str:
    """The role of a link or host that is on no list of official channels."""
    if _PUBLIC.search("." + key):
        return "official"
    if around.kind != "page":
        return "link"
    if listed(_LINKS, text, start):
        return "link"
    if _DEFANGED.search(text, start, end) and not _GENUINE.search(text, max(0, start - REACH), start):
        return "link"
    before = text[max(0, start - REACH) : start]
    if _CALLED_GENUINE.search(before):
        return "official"
    near = before + text[end : end + REACH]
    shady = any(
        flag.startswith("on_") or flag in ("dynamic_dns", "shortener", "ip_host", "mixed_script") for flag in flags
    )
    return "link" if shady or (around.adverse and _BAIT.search(near)) else "advertiser"


def mail_role(text: str, start: int, end: int, key: str, around: Setting) -> str:
    """The role of a mail address: who sent it, whom to answer, or the reader's own."""
    if _RECIPIENT_AFTER.match(text, end):
        return "advertiser"
    page = around.kind == "page"
    if page and (_PUBLIC.search("." + key) or _OWN.match(text, end)):  # a page tells of senders that others forge
        return "official"
    if page and _CALLED_GENUINE.search(text, max(0, start - REACH), start):
        return "official"
    label = _label(text, start, end, around)
    if label:
        return "sender" if label == "sender" else "advertiser"
    if _PUBLIC.search("." + key):
        return "official"
    if page:
        return _address_on_page(text, start, end, around)
    return "advertiser" if _RECIPIENT_BEFORE.search(text, max(0, start - 16), start) else "callback"


def _label(text: str, start: int, end: int, around: Setting) -> str:
    """``sender`` or ``reader`` if a label beside the address, or its place in the head of a mail, says so."""
    *above, line = text[max(0, start - 160) : start].split("\n")[-4:]
    labels = [found.lastgroup for found in _LABEL.finditer(line[-REACH - 16 :])]
    if labels and labels[-1] != "bare":
        return labels[-1] or ""
    over = next((one for one in reversed(above) if one.strip()), "")
    short = len(over) <= _ALONE and len(line) <= 2 * _ALONE and "@" not in over
    known = [found.lastgroup for found in _LABEL.finditer(over) if found.lastgroup != "bare"] if short else []
    if labels:  # アドレス: whose, the label before it or the line above says
        return "sender" if around.kind == "page" or "sender" in labels + known else ""
    if known:
        return known[-1] or ""
    top = around.kind == "mail" and start < _HEAD and text.count("\n", 0, start) < 4
    return "sender" if top and _NAME_BEFORE.fullmatch(line) and _ENDS_LINE.match(text, end) else ""


def _address_on_page(text: str, start: int, end: int, around: Setting) -> str:
    if _SENDING.match(text, end):
        return "sender"
    before = text[max(0, start - REACH) : start]
    if _GENUINE.search(before):
        return "official"
    return "advertiser" if not around.adverse or _CONTACT.search(before) else "reported"
