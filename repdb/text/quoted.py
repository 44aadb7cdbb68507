"""Parts of a message that are a fraud which its writer only shows: the mail he answers, the example of a warning (floor 0).

Who asks whether a mail is fraud wants that mail judged; so a part is left out only where the writer says that it is one, or
tells the reader to leave it alone.
"""

from __future__ import annotations

import re
import unicodedata

Span = tuple[int, int]

# The writer calls it a fraud; or, of what is plainly another's, tells the reader to leave it alone.
_CALLED = re.compile(
    r"(?:詐欺|フィッシング|架空請求|迷惑メール|偽(?:の?(?:メール|サイト|sms))?|偽物)(?:の?(?:メール|サイト|sms|詐欺|もの))?"
    r"(?:です|でした|だ(?!と思|ろう|よね|っけ)|なので|だから|の(?:ため|可能性が高))(?!か|よね|かね)"
)
_FORBIDS = re.compile(
    r"(?:開か|クリックし|タップし|押さ|アクセスし|連絡し|電話し|返信し|入力し)(?:ないで|ず(?:に)?(?:すぐに?|直ちに|そのまま)?[^。\n]{0,4}(?:削除|無視|破棄))"
)
_POSES = re.compile(r"かた[るりっ]|騙[るりっ]|装[いうっ]|なりすま|偽|詐欺|フィッシング")
_ASKS = re.compile(r"(?:詐欺|本物|偽物|フィッシング|怪しい|大丈夫)[^。\n]{0,8}(?:でしょうか|ですか|かな|かしら|[?？])")
# The lines of a mail that is answered, with the line that says whose it was.
_ANSWERED = re.compile(
    r"(?:^(?![>＞])[^\n]{0,160}(?:[:：]|wrote|書きました|のメール)[ 　]*\n(?=[>＞]))?(?:^[>＞][^\n]*(?:\n|\Z)|^[ 　]*\n(?=[>＞]))+",
    re.MULTILINE,
)
_HEAD = re.compile(r"(?:(?:差出人|件名|宛先|日時|from|to|subject|date)[ ]?[:：][^\n]*\n+)+", re.IGNORECASE)
_REPLY = re.compile(r"(?:件名|subject)[ ]?[:：][ ]?(?:(?:re|fwd?|転送|返信)[ ]?[:：][^\n]*)", re.IGNORECASE)
_QUOTED = re.compile("^[>＞]", re.MULTILINE)  # one such line alone is a bullet
# Between two rules: --- 例 ---
_RULE = r"^[ 　]*+[-=─━＝―－*_~]{3,}+"
_EXAMPLE = re.compile(
    rf"{_RULE}[ 　]*(?:(?:文面|メール|実際)?の?(?:例|文面|本文|見本|サンプル)[^\n]{{0,20}}|ここから[^\n]{{0,12}})?[-=─━＝―－*_~ 　]*\n"
    rf"(?:(?!{_RULE})[^\n]*\n){{1,60}}?{_RULE}[^\n]*",
    re.MULTILINE,
)
_SHOWS = re.compile(
    r"(?:下記|以下|次)の(?:よう)?[^。\n]{0,24}(?:メール|sms|メッセージ|ショートメール|文面)[^。\n]{0,16}(?:届い|確認|出回|送られ|送信|報告|発生)"
)


def parts(text: str) -> list[Span]:
    """The spans of what is only shown, in order; none where the writer does not call it a fraud."""
    if ">" not in text and "＞" not in text and "下記" not in text and "以下" not in text and "次の" not in text:
        return []
    answered = [match.span() for match in _ANSWERED.finditer(text) if len(_QUOTED.findall(match[0])) > 1]
    if answered and _says(_CALLED, text, answered):
        head = _HEAD.match(text)
        subject = _REPLY.search(text, 0, head.end()) if head else None
        return [*([subject.span()] if subject else []), *answered]
    shown = [match.span() for match in _EXAMPLE.finditer(text)]
    before = _folded(text[: shown[0][0]]) if shown else ""
    if _SHOWS.search(before) and _POSES.search(before) and _says(_FORBIDS, text, shown):
        return shown[:1]
    return []


def without(text: str, spans: list[Span]) -> str:
    """The text with blanks in the place of these parts, which stand in order."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], _SHOWN.sub(" ", text[start:end])]
        done = end
    return "".join([*pieces, text[done:]])


_SHOWN = re.compile(r"[^\n]")


def _says(words: re.Pattern[str], text: str, spans: list[Span]) -> bool:
    folded = _folded(_outside(text, spans))
    return bool(words.search(folded)) and not _ASKS.search(folded)


def _outside(text: str, spans: list[Span]) -> str:
    """What the writer says himself, without the mail's head: its subject is often the one that is answered."""
    own = without(text, spans)
    head = _HEAD.match(own)
    return own[head.end() :] if head else own


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
