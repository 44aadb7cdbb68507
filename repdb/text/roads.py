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
_SHOWN = 24  # characters of a request that are told
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

# A number or host that is spelled out, so that only people read it.
_TLD = "(?:com|net|org|jp|info|biz|top|xyz|shop|site|online|club|vip|icu|cc|pw|cn|tk|ru)(?![a-z])"
_TLD_ONLY = "(?:com|net|jp|top|xyz|pw|cn|vip|icu)(?![a-z])"  # that are no words
_SPOKEN = "ゼロ|レイ|イチ|ニ|サン|ヨン|シ|ゴ|ロク|ナナ|シチ|ハチ|キュウ|キュー|ク|ぜろ|れい|いち|に|さん|よん|し|ご|ろく|なな|しち|はち|きゅう|きゅー|く"
_SPELLED = re.compile(
    rf"(?:[〇零一二三四五六七八九][のー・ -]?){{9,15}}|(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b[ ,.-]{{0,3}}){{9,15}}|(?:(?:{_SPOKEN})[のー・、 -]{{0,2}}){{9,15}}|"
    rf"(?:ゼロ|ぜろ)(?:[のー・、 -]{{0,2}}(?:{_SPOKEN}|[0-9])){{1,3}}[のー・、 -]{{0,2}}[0-9]{{3,4}}[のー・、 -]{{0,2}}[0-9]{{4}}(?![0-9])|"
    rf"(?<![a-z0-9-])[a-z0-9-]{{2,63}}(?:[ (\[]{{0,2}}(?:ドット|どっと|dot)[ )\]]{{0,2}}{_TLD}|[。・‥][ ]?{_TLD_ONLY})",
    re.IGNORECASE,
)
_FOREIGN = re.compile(rf"[ぁ-ゖァ-ヺー一-鿿]\.{_TLD}", re.IGNORECASE)  # 青空.com is as often a shop's name
# Ten or eleven digits from a 0 on, whatever stands between them but the colon of a time.
_AS_DIGITS = str.maketrans("〇零一壱二弐三参四五六七八九", "00112233456789")
_IN_PIECES = re.compile(r"(?<![0-9])0(?:(?:[^0-9a-zぁ-ゖァ-ヺ一-鿿:]{0,3}|[のx])[0-9]){9,10}(?![0-9])", re.IGNORECASE)
_REQUEST = re.compile(
    r"ください|下さい|お願い(?=し|いた|致|申)|願います|\bplease (?:also )?(?P<verb>[a-z]{2,12})\b", re.IGNORECASE
)
# What firms ask of their customers, by the verb's end.
_ACTS = (
    "確認|利用|了承|注意|了解|理解|承知|入金|更新|変更|予約|登録|手続き?|問い?合わ?せ|連絡|電話|来店|来場|来館|返却|返送|持参|相談|参照|検討|設定|保管|"
    "削除|破棄|無視|協力|回答|応募|参加|起動|提示|依頼|対応|遠慮|容赦|留意|愛顧|安心|査収|選択|支払い?|申し?込み?|受け?取り?|ログイン|ダウンロード|"
    "アクセス|クリック|タップ|払っ|見|待っ|押し|開い|選ん|申し?込ん|受け?取っ|使っ|尋ね|寄せ|お越し|覧|待ち|控え|期待|楽しみ|使い|選び|越し|持ち|求め|納め"
)
_USUAL = re.compile(
    rf"(?:(?:{_ACTS})(?:を|の|ほど|し|いただ[きけ]|頂[きけ]){{0,3}}[てで]?(?:いただき|頂き)?(?:ますよう)?|よろしく|宜しく|何卒|な(?:い(?:で|よう(?:に)?)|さらぬよう))$"
)
_USUAL_EN = frozenset(
    "allow be check choose collect confirm contact call do download go ignore keep log manage note open pay refer review see select sign "
    "track update use visit wait".split()
)
_ASIDE = re.compile(
    r"ググ[っるりれ]|検索(?:窓|欄|エンジン|サイト)|(?<![a-z])dm(?=[でにへま])|ダイレクトメッセージ|(?<![\w.])@[a-z0-9_]{3,}(?![\w.])|この番号(?:に|へ|まで|宛)",
    re.IGNORECASE,
)


def asks_more(text: str, known: Iterable[tuple[int, int]] = ()) -> str | None:
    """The first thing that the text asks of its reader besides what firms ask of customers, as written: a road aside, what
    may be a telephone number in pieces, or something that it wants done. For what is to be called official; friends ask for
    all sorts. ``known``: where its confirmed contacts stand."""
    shown = unicodedata.normalize("NFKC", text)
    pieces = _IN_PIECES.search(unicodedata.normalize("NFKC", _without(text, known)).translate(_AS_DIGITS))
    if aside := pieces or _ASIDE.search(shown):
        return aside[0]
    for found in _REQUEST.finditer(shown):
        asked = re.split("[。!\n]", shown[max(0, found.start() - _SHOWN) : found.start()])[-1]
        usual = found["verb"].lower() in _USUAL_EN if found["verb"] else _USUAL.search(asked)
        if not usual:
            return f"{asked}{found[0]}".strip()
    return None


def _without(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in these places."""
    marked = list(text)
    for start, end in places:
        marked[start:end] = " " * (end - start)
    return "".join(marked)


def spelled_out(text: str) -> str | None:
    """The first number or host that is written in words, so that only people read it."""
    found = _SPELLED.search(unicodedata.normalize("NFKC", text))
    return found[0] if found else None


def other_road(text: str, known: Iterable[tuple[int, int]]) -> str | None:
    """The first other road that the text names, as written; ``known``: where its confirmed contacts and their names stand."""
    places = tuple(known)
    marked = _without(text, places)
    if spelled := spelled_out(text):
        return spelled
    names = {text[start:end] for start, end in places}
    for foreign in _FOREIGN.finditer(text):
        if not any(name.endswith(foreign[0]) for name in names):
            return foreign[0]
    for start, end in sentences(marked):
        sentence = unicodedata.normalize("NFKC", marked[start:end])
        if not _ABOUT.search(sentence):
            continue
        if found := _SEARCH.search(sentence):
            return found[0]
        for found in _ROAD.finditer(sentence):
            if not _INNOCENT.search((found[1] or found[2]).rstrip()):
                return found[0]
    return None
