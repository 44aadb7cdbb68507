"""Words near a number that speak for or against it (floor 0). ``roles`` adds them up.

Weights are positive for innocent, and were set by hand from the kinds of case in DESIGN §8, not fitted.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

REACH = 48  # characters to either side of a number that words are looked for in

# Words, weight on a page, in a mail, in a message; then, where words are not all, the pattern that holds one of them.
# What a message says of its own number never clears it: fraudsters hand out false help desks.
Cue = tuple[str, float, float, float, str]
BEFORE: tuple[Cue, ...] = (  # before the number
    (
        "消費生活|国民生活|消費者ホットライン|消費者庁|消費者センター|警察相談|ホットライン|相談専用|相談窓口|相談ダイヤル|相談電話|相談先|相談は|相談室|弁護士会|司法書士会|貸金業協会|証券業協会|クレジット協会|データ通信協会|法テラス",
        3.5, 0.5, 0.0, "",
    ),
    ("警察本部|警察署|サイバー犯罪|通報先|通報窓口|被害に遭ったら|被害にあったら", 3.5, 0.5, 0.0, ""),
    ("代表", 2.0, 2.0, 0.0, r"代表[ :]{0,2}$"),
    (
        "customer service|customer support|helpline|help line|helpdesk|help desk|hotline|official|head office|genuine",
        2.0, 2.0, 0.0, "",
    ),
    (
        "scam|fraud|fake|call from|calls from|text from|texts from|message from|messages from|sms from|claiming to be|claims to be",
        -2.5, -1.0, -1.5, "",
    ),
    ("公式|正規|本物|本当の|実在|正しい", 2.5, 1.5, 0.0, ""),
    (
        "問い合わせ|問い合せ|問合わせ|問合せ|窓口|インフォメーション|お客様センター|お客様相談|コールセンター|サービスセンター|セキュリティセンター|セキュリティーセンター",
        1.2, 1.5, 0.0, "",
    ),
    ("カスタマーサポート|カスタマーセンター|カスタマーサービス|カスタマーデスク|ヘルプデスク|サポートデスク", 0.0, 1.5, -0.3, ""),
    (
        "〒|所在地|住所|本社|会社概要|営業時間|受付時間|店舗|市場店|-",
        1.5, 1.5, 0.0, r"〒|所在地|住所|本社|会社概要|営業時間|受付時間|店舗|市場店|[0-9]-[0-9]{1,3}-[0-9]",
    ),
    ("fax|ファク|ファックス", 1.5, 1.5, 0.0, r"(?:fax|ファ(?:クス|ックス|クシミリ))(?:番号)?[ /:.(]{0,3}$"),
    (
        "に関する|についての",
        4.0, 1.0, 0.0, r"(?:ページ|記事|情報|内容|お知らせ|本件)(?:に関する|についての)お?問い?合わ?せ[^。]{0,40}$",
    ),
    (  # the office that publishes the page
        "課|係|室",
        2.5, 0.5, 0.0,
        r"(?:[市町村区住県]民|生活|消費|商工|産業|総務|企画|地域|安全|協働|環境|福祉|観光|くらし|危機管理|広報|政策|経済|共生)"
        r"[^\n0-9]{0,12}(?:課|係|室)[^\n0-9]{0,10}\n{0,2}[ ]?(?:電話(?:番号)?|tel|直通|☎)[ :(]{0,3}$",
    ),
    ("お気軽に", 2.0, 0.5, 0.0, r"お気軽に[ごお]?(?:相談|電話|問い?合わ?せ|連絡)[^\n0-9]{0,20}$"),
    ("タップ|クリック|押すと", 3.0, 0.5, 0.0, r"(?:タップ|クリック|押すと)[^\n0-9]{0,8}(?:通話|発信|電話)[^0-9]{0,12}$"),
    (
        "受付|営業|対応",
        2.0, 1.0, 0.0,
        r"[0-9](?:時|:[0-9]{2})[^\n0-9]{1,2}[0-9]{1,2}(?:時|:[0-9]{2})[^0-9\n]{0,3}(?:受付|営業|対応)[^0-9\n]{0,6}\n?[ ]?$",
    ),
    ("同センターは|同社は|同庁は|同署は|同課は|同局は|同署(|同課(|同市(|同町(", 3.0, 3.0, 0.0, ""),
    ("tel", 0.3, 0.5, 0.0, r"tel[ /:.]{0,3}$"),
    # in the same sentence; that the page as a whole warns of fraud counts already
    (
        "詐欺|架空|不審|迷惑|偽|怪しい|身に覚え",
        -1.5, -0.5, -1.0, r"(?:詐欺|架空|不審|迷惑|偽|怪しい|身に覚え)(?!(?:メール|電話)?(?:相談|対策|防止|情報)|.{0,24}(?:場合|とき|時は|たら|方は))[^\n。]*$",
    ),
    (
        "不審|怪し|詐欺|被害|だまされ|騙され|名乗|かたる|不安|迷った|困った|トラブル|おかしい",
        3.0, 0.5, 0.0,
        r"(?:不審|怪し|詐欺|被害|だまされ|騙され|名乗|かたる|不安|迷った|困った|トラブル|おかしい)[^\n。「」0-9]{0,24}(?:場合|とき|時|際|たら|方|人)[はにも、]{0,3}[^\n。「」]{0,30}$",
    ),
    ("相談センター", 2.0, 0.5, 0.0, r"相談センター[ :(]{0,2}$"),
    (
        "担当|問合|問い合|連絡先|発信",
        2.0, 0.5, 0.0,
        r"(?:担当|問合|問い合わ?せ|連絡先|発信)[^\n0-9「」]{0,16}(?:課|係|室|支所|役場)[ :(]{0,3}(?:電話(?:番号)?|tel|☎)?[ :(]{0,3}$",
    ),
    ("訴訟|消費料金", -6.0, -1.0, -1.5, r"訴訟(?:管理|通達|通知|最終|お客様|告知|相談|取り?下げ)|消費料金"),
    ("には「|に「", -3.0, -0.5, -0.5, r"(?:はがき|ハガキ|葉書|sms|メール|画面|文面|封書|通知書?)に(?:は|も)?「[^「」\n]{0,40}$"),
    ("最寄り", 2.5, 0.5, 0.0, r"最寄りの?[^\n。]{0,24}$"),
    ("当社|当行|当金庫|当組合", 1.5, 0.5, 0.0, r"(?:当社|当行|当金庫|当組合)[^\n。「」]{0,16}$"),
    ("ヘルプデスク|コールセンター", 0.5, 0.0, 0.0, r"(?:ヘルプデスク|コールセンター)[ :(]{0,2}$"),
    (
        "役所|役場|県庁|都庁|道庁|府庁|社会福祉協議会|包括支援センター|税務署|年金事務所|消防|保健所|警察",
        2.0, 0.5, 0.0,
        r"(?:役所|役場|[都道府県]庁|社会福祉協議会|包括支援センター|税務署|年金事務所|消防(?:署|本部|局)|保健所|警察署?|本部)"
        r"[^\n。0-9「」]{0,12}\n?[ (]{0,2}(?:電話(?:番号)?|tel|直通|代表|☎)?[ :(]{0,3}$",
    ),
    (
        "発信元|発信者|着信|表示|送信元|差出人|送り主",
        -2.5, -1.0, -2.5, r"(?:発信元|発信者|着信|表示(?:番号)?(?:例)?|送信元|差出人|送り主)[^\n]{0,8}$",
    ),
    (
        "折り返し|折返|連絡先として|同じ文面|同じ番号|同じグループ|問い合わせ先として|文面|本文|書かれ",
        -2.5, -1.0, -1.0, "",
    ),
    ("本日中|至急|未納|滞納|身辺調査|最終通告|法的|裁判|訴訟", -1.5, -1.0, -1.5, ""),
    ("whatsapp|telegram|text me|call me", -1.0, -2.5, -1.0, ""),
    ("名乗|騙|かたる|かたり|かたっ|なりすま", -1.5, -1.0, -1.5, ""),
    ("名乗|騙|かた|装", -2.0, -0.5, 0.0, r"(?:名乗|騙|かた[るりっ]|装[いうっ])(?!.{0,30}(?:場合|とき|時|たら))[^\n。]{0,30}$"),
)  # fmt: skip
AFTER: tuple[Cue, ...] = (  # directly behind the number
    (
        "代表|代)|総合受付|受付時間|年中無休|平日|土日|無料|営業時間|24時間|午前|:|時",
        2.0, 2.0, 0.0,
        r"[ ]?\(?(?:大?代表|代\)|総合受付|受付時間|年中無休|平日|土日|通話(?:料)?無料|無料|営業時間|24時間|午前|[0-9]{1,2}[:時])",
    ),
    (
        "公式|正規の|本物|カードの|会社の番号|センターの",
        2.5, 2.0, 0.0, r"[^\n。]{0,24}(?:(?:公式|正規の|本物)(?![^\n。]{0,8}(?:ではな|ではあり|ではあ?りえ|じゃな|でな|にはな|には無|とは[異違別]))|カードの|会社の番号|センターの(?:電話)?番号|使われる公式)",
    ),
    ("fax|ファク|ファックス", 1.5, 1.5, 0.0, r"[ /」』|\n]{0,3}(?:fax|ファ(?:クス|ックス|クシミリ))"),
    ("直通|内線", 1.0, 1.0, 0.0, r"[ ]?\(?(?:直通|内線)"),
    ("表示|出て|出る|書かれ|書いて", -2.0, -0.5, -0.5, r"[」』】)]{0,2}[がとも](?:画面に)?(?:大きく)?(?:表示|出て|出る|書かれ|書いて)"),
    (
        "問い合わせ|問い合せ|問合わせ|問合せ|相談",
        1.0, 1.0, 0.0, r"[」』】)]?(?:へ|に|まで)?(?:お?問い?合わ?せ|ご?相談)",
    ),
    (
        "から",
        -3.0, -1.0, -2.0,
        r"[ 」』】)]{0,2}から(?:の|は|、)?[^\n。]{0,12}(?:着信|電話|sms|ショート|不審|料金|詐欺|請求|連絡|名乗|県警|警察|出頭)",
    ),
    (
        "勧誘|営業電話|セールス|迷惑電話|ワン切り",
        -3.0, -1.0, -1.0, r"[」』】)]?[はが][^。\n]{0,16}(?:勧誘|営業電話|セールス|迷惑電話|ワン切り)",
    ),
    (
        "scam|fraud|fake|spam",
        -3.5, -2.0, -2.0, r"[ )]{0,2}(?:is|are|was) (?:an? )?(?:known )?(?:scam|fraud|fake|spam)",
    ),
    (
        "詐欺|架空|迷惑|不審|危険|怪しい|違う会社",
        -3.5, -2.0, -3.0, r"[」』】)]?[はが](?:、)?(?:詐欺|架空|迷惑|不審|危険|怪しい|違う会社)",
    ),
    (
        "折り返|折返|電話|連絡|かけ",
        -1.5, 0.0, -0.5, r"[」』】)]{0,2}[ ]?(?:に|へ|まで)[^\n。]{0,6}(?:折り?返|電話|連絡|かけ)",
    ),
    (
        "かける|かけた|すると|したら",
        -2.0, -1.0, -1.0, r"[」』】)]?に(?:電話|連絡)?(?:かける|かけた|すると|したら)",
    ),
    (
        "担当|を名乗|まで連絡|かけないこと|上記まで",
        -1.5, -0.5, -1.0, r"[ 」』】)\n]{0,3}[^\n]{0,12}(?:担当|を名乗|まで連絡|かけないこと|上記まで)",
    ),
    ("について|からの|って|は誰|も確認", -1.5, -0.5, -0.5, r"[」』】)]{0,2}(?:について|からの|って|は誰|も確認)"),
)  # fmt: skip


def weights(text: str, start: int, end: int, column: int) -> list[float]:
    """The weights of the rows that hold for a number at ``start:end``, in the order of the tables; ``column``: 0 page,
    1 mail, 2 message. One pass finds the words; only rows with a word near are looked at."""
    automaton, row_of, rows = _tables()
    floor = max(0, start - REACH)
    near = text[floor : end + REACH]
    start, end = start - floor, end - floor
    found = {
        row_of[word]
        for word, first, last in automaton.find_matches_as_indexes(near, overlapping=True)
        if (last <= start if row_of[word] < len(BEFORE) else first >= end)
    }
    kept: list[float] = []
    for row in sorted(found):
        pattern, given = rows[row]
        if pattern is None or (pattern.search(near, 0, start) if row < len(BEFORE) else pattern.match(near, end)):
            kept.append(given[column])
    return kept


@lru_cache(maxsize=1)
def _tables() -> tuple[AhoCorasick, list[int], list[tuple[re.Pattern[str] | None, tuple[float, float, float]]]]:
    """What finds the words of both tables, the row of each word, and the rows: pattern and weights."""
    import ahocorasick_rs

    both = BEFORE + AFTER
    words = [(word, row) for row, cue in enumerate(both) for word in cue[0].split("|")]
    rows = [(re.compile(cue[4]) if cue[4] else None, cue[1:4]) for cue in both]
    return ahocorasick_rs.AhoCorasick([word for word, _ in words]), [row for _, row in words], rows
