"""Whether a text goes by a name or only mentions it (floor 0)."""

from __future__ import annotations

import re

from repdb.text.names import Name, claimed_after, helper
from repdb.text.roles import Setting

# Who speaks: a name at the head of a message and what follows it. A messenger's name and ":" introduce an ID.
_ADDRESSED = ("様の", "様より", "様から", "様に", "様と", "様へ")  # nobody honours himself: a law firm's client
_FAR = 16  # more characters than stand before who speaks
_SPEAKS_BEFORE = re.compile(r"[ \n]{0,3}(?:こちらは、?|私、?|私は、?|もしもし、?|いつも)?[ 「【《<(]{0,2}")
_SPEAKS = re.compile(
    r"】|[ 」】》>)]{0,2}(?::(?![ ]?[@a-z0-9_.-]{4,30}(?:[ \n]|$))|です|でございます|より|から|の者|の?[一-鿿]{1,12}(?:です|と申))"
)
# Further down, a name at the head of a line, or of the subject, and what it says: 見本運送:お荷物を…
_SUBJECT = ("件名:", "件名: ", "件名:「", "件名:【", "件名: 【", "subject: ")
_LINE_SPEAKS = re.compile(r"[」】 ]{0,2}:[ ]?(?!.{0,12}(?:支店|本店|普通|当座))[ぁ-ゖ一-鿿ァ-ヺー]{4}")
_OPENS = frozenset("\n: 「【")
_HEAD = 80  # characters at the head of a message where a name alone on its line is who speaks
# Names of networks that stand at the foot of a mail as labels of links, or as the way to be in touch.
_NETWORKS = frozenset(
    "instagram インスタグラム インスタ line ライン x twitter ツイッター facebook フェイスブック youtube ユーチューブ tiktok threads pinterest linkedin".split()
)
_FOLLOW_BEFORE = re.compile(r"(?:公式|各種|snsで|follow|フォロー|友[だ達][ちず]?|チャンネル)[^。]{0,40}$")
_FOLLOW_AFTER = re.compile(
    r"[ 」』】)]{0,2}(?:公式)?(?:アカウント|チャンネル|ページ)?(?:は?(?:こちら|コチラ))?[ :\n▶→▼▽◆>|/]{1,6}"
    r"(?:https?:|www\.|@|(?:instagram|line|lin|x|twitter|facebook|youtube|youtu|tiktok)\.)"
)
_BEFRIEND = re.compile(
    r"[ 」』】)]{0,2}(?:(?:の|を|で|に)?[ ]?(?:お?友[だ達][ちず]?|追加|フォロー|(?:ワーク)?グループ(?:を|の作))|"
    r"(?:の|公式)?(?:アカウント|チャンネル)を?(?:追加|フォロー|登録))"
)


def name_role(name: Name, text: str, around: Setting) -> str:
    """``claimed`` where the message or page goes by the name, ``official`` for a helper, else ``advertiser``."""
    start, end, _, claimed, incidental = name
    kind = around.kind
    if text.startswith(_ADDRESSED, end):
        return "advertiser"
    if kind == "message" and start < _FAR and _SPEAKS_BEFORE.fullmatch(text, 0, start) and _SPEAKS.match(text, end):
        return "claimed"
    written, page = text[start:end], kind == "page"
    if written in _NETWORKS and not page and _is_label(name, text):
        return "advertiser"
    helps = helper(written)
    if not helps and (claimed or (not incidental and (start < 3 or page))):
        return "claimed"
    if not page and text[start - 1 : start] in _OPENS and _speaks_below(name, text):
        return "claimed"
    return "claimed" if claimed_after(text, end) else "official" if helps else "advertiser"


def _speaks_below(name: Name, text: str) -> bool:
    """The name heads a line or the subject and speaks, or stands alone on its line in the head of the message."""
    start, end = name.start, name.end
    line = text[start - 1 : start] == "\n" or text.endswith(("\n「", "\n【"), 0, start)
    if line and start < _HEAD and text[end : end + 1] in ("\n", ""):
        return True
    return (line or text.endswith(_SUBJECT, 0, start)) and _LINE_SPEAKS.match(text, end) is not None


def _is_label(name: Name, text: str) -> bool:
    """The name of a network says where a link leads or how to be in touch, not who writes."""
    if _BEFRIEND.match(text, name.end):
        return True
    return name.start > 40 and (
        bool(_FOLLOW_AFTER.match(text, name.end))
        or text[name.end : name.end + 1] in ("\n", "", " ", "|", "/", "・")
        and bool(_FOLLOW_BEFORE.search(text, max(0, name.start - 60), name.start))
    )
