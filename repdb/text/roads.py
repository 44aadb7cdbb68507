"""Roads to the reader's money or call that a text names in words, beside the contacts that can be read (floor 0).

There is no end to ways of being paid or called, so the list is of what is innocent: a sentence about money or a call may name a
day, a page, a till, a desk, a card. Whatever else stands where a road does (〜へ, 〜宛, 〜にて, 〜で, 〜まで) is another road.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from repdb.text.told import sentences

_ABOUT = re.compile(
    r"支払|送金|入金|振り?込|送って|送付|郵送|渡し|お渡|電話|連絡|折り?返|かけ直|返信|返答|検索|購入|料金|代金|送料|手数料|費用|費を|円を|お金|現金"
)
_SEARCH = re.compile(r"[^\s、。「『]{1,16}[」』\"”]?(?:で|を)検索(?=し|の)")
_PIECE = r"[^\s、。・「」『』()\[\]<>]"
_ROAD = re.compile(
    rf"({_PIECE}{{1,16}}?)[」』\"”]?[ 　]?(?:へ|宛て?に?|あて(?:に)?|にて|(?<![のま])で(?![すしはもきあごの])|まで)(?=[^ぁ-ゖ]|ご|お|直接|$)|"
    rf"({_PIECE}{{0,15}}?[^\s、。・「」『』()\[\]<>ぁ-ゖ])[ 　]?に(?=お?(?:送|渡|振|支払|払|入金|かけ|電話|連絡))"
)
_INNOCENT = re.compile(
    r"(?:[0-9][:/.][0-9]{1,2}|日|時|分|中|内|間|月|末|前|後|以降|以内|期限|期日|期間|いつ|最後|今|これ|"
    r"こちら|そちら|下記|以下|上記|次|右記|左記|リンク|url|サイト|ホームページ|hp|web|ウェブ|ネット|オンライン|ページ|アプリ|フォーム|画面|メニュー|メール|"
    r"窓口|店|店頭|店舗|支店|コンビニ|コンビニエンスストア|郵便局|銀行|金融機関|営業所|センター|ドライバー|配達員|係員|スタッフ|担当者?|レジ|atm|"
    r"カード|口座|引落し?|引き落とし|振替|払込票|書|用紙|書面|はがき|伝票|不在票|方法|払い|"
    r"様|さま|手元|自身|本人|自宅|住所|届け先|玄関|当社|弊社|当行|当店|当方|社|者|上|方|下|"
    r"電話|番号|ダイヤル|デスク|サポート|コール|チャット|事務局|課|係|部|局|庁|署|市役所|区役所|役場|事項|件|範囲|無料|有料|自動|全額|一括|分割|割引|無し|なし|先|急|直接|別途|ため|際|状態|場合|こと|的|つ|等|など)$",
    re.IGNORECASE,
)


def other_road(text: str, known: Iterable[tuple[int, int]]) -> str | None:
    """The first other road that the text names, as written; ``known``: where its confirmed contacts and their names stand."""
    marked = list(text)
    for start, end in known:
        marked[start:end] = " " * (end - start)
    for start, end in sentences("".join(marked)):
        sentence = unicodedata.normalize("NFKC", "".join(marked[start:end]))
        if not _ABOUT.search(sentence):
            continue
        if found := _SEARCH.search(sentence):
            return found[0]
        for found in _ROAD.finditer(sentence):
            if not _INNOCENT.search((found[1] or found[2]).rstrip()):
                return found[0]
    return None
