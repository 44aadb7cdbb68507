"""How a message speaks: by a name or without, as firms do or as friends do (floor 0)."""

from __future__ import annotations

import re
import unicodedata

_SAYS_NAME = re.compile(
    r"(?:^|[。!！\n])(?:こちらは、?|私は?、)?[「【]?([^。、!！\nがをはに]{2,30}?)(?:です|と申し|でございます|より(?:ご連絡|お知らせ|ご案内|[:：、 　])|から(?:の)?(?:ご連絡|お知らせ|ご案内))"
)


def introduces(text: str) -> bool:
    """Whether somebody says a name at the beginning, be it unknown (青空工務店の青木です), knows the reader's (青木様), or signs
    with a department and its number (水道局 料金課 03-…)."""
    if _ADDRESSED.match(text) or _DEPARTMENT.search(text):
        return True
    found = _SAYS_NAME.match(text) or _SAYS_NAME.search(text[:40])
    return bool(found and _PROPER.search(found[1]) and found[1][-1] not in "者方" and not is_general(found[1]))


def addresses_person(text: str) -> bool:
    """Whether it addresses somebody by name at the head of a line: 山田 太郎 様."""
    addressed = _TO_A_PERSON.findall(text)
    if not addressed:
        return False
    from repdb.text.persons import is_name  # its rules take long to make ready, and few messages need them

    return any(is_name(name.strip()) for name in addressed)


# Behind a line's beginning, or who writes: 青空ファイナンス: 山田太郎様、…
_TO_A_PERSON = re.compile(
    r"(?:^|[\n:：])[ 　]*([一-鿿々ぁ-ゖァ-ヶ]{1,6}[ 　]?[一-鿿々ぁ-ゖァ-ヶ]{0,6}?)[ 　]?(?:様|さま)(?=[ 　]*(?:[\n、,]|$))"
)


def gives_name(text: str) -> bool:
    """Whether a person says from which house and who (ヤマト運輸の辻です), as drivers and clerks do, or gives the driver's
    own number."""
    return bool(_PERSON.search(text[:40]) or _DRIVER.search(text))


_PERSON = re.compile(r"[一-鿿ァ-ヶーa-zA-Z]{2,14}の[一-鿿]{1,3}(?:です|と申し|でございます)")
_DRIVER = re.compile(r"(?:ドライバー|配達員|担当者?)の?(?:直通|携帯)")
_ADDRESSED = re.compile(
    r"(?!お客|会員|皆|貴|奥|各位|関係者|利用者|契約者|名義人|ご?本人)[一-鿿]{1,4}[ 　]?(?:様|さま)(?![方々宛])"
)
_DEPARTMENT = re.compile(
    r"[一-鿿]{2}(?:局|課|係|署|役所|役場|病院|医院|支店|営業所|事務所)[ 　:：(（]{1,2}(?:電話|TEL|Tel|tel|℡)?[:：. ]{0,2}[0０][0-9０-９]"
)
_PROPER = re.compile(r"[一-鿿ァ-ヶ]{2}|[A-Za-z]{3}")
_GENERAL = re.compile(
    r"(?:カスタマー|ユーザー|お?客様?|お?客さま|ご?利用|会員|契約|料金|未納|支払い?|滞納|請求|確認|重要|大切|大事|至急|緊急|最終|通知|連絡|お知らせ|ご?案内|"
    r"サポート|サービス|センター|デスク|ヘルプ|コール|窓口|担当者?|係|受付|相談|管理|事務局|部|課|室|当社|弊社|運営|配送|宅配便?|荷物|"
    r"給付金|支援金|補助金|還付金?|返金|税金|通関|郵便|不在|再配達|お届け|本人|認証|アカウント|セキュリティ|警告|注意|急募|募集|求人|当選|おめでとうございます|"
    r"ポイント|キャンペーン|速報|限定|無料|公式|登録|完了|自動|配信|送信|再送|メール|メッセージ|システム|本日|サイト|"
    r"インフォメーション|コンテンツ|お|ご|の|い|な|・|ー|\s)+",
    re.IGNORECASE,
)


def is_general(name: str) -> bool:
    """True for a name made of words that name nobody: サポートセンター, ご利用確認サポート, 給付金."""
    return bool(_GENERAL.fullmatch(unicodedata.normalize("NFKC", name)))


def is_formal(text: str) -> bool:
    """Whether it writes as firms and offices do to customers, not as friends do."""
    return bool(_FORMAL.search(text))


_FORMAL = re.compile(
    r"ください|下さい|手続き?[がは]?必要|必要です|受取は|期限は|完了です|はこちら|致し|いたし|ござい|お知らせ|[ごお](?:確認|利用|案内|連絡|手続|支払|届け|荷物|客|登録|請求|本人)|(?:され|完了し|確定し|発生し)まし|"
    r"\b(?:your (?:account|payment|parcel|package|order|card)|verify|click|confirm)\b",
    re.IGNORECASE,
)


def is_casual(text: str) -> bool:
    """Whether it writes as friends and family do, and in no sentence as firms do to customers."""
    return bool(_CASUAL.search(text)) and not _POLITE.search(text) and not is_formal(text)


_CASUAL = re.compile(
    r"(?:(?:とい|てお?い|っとい)て|てきて|くれる|もらえる|たよ|だよ|るよ|いよ|だね|たね|るね|てね|かな|だって|よろしく|からさ|けどさ)(?=[。、!！?？〜～…\s]|$)"
)
_POLITE = re.compile(r"です|ます|ました|ません|でした|ましょう")


def is_denied(text: str, end: int) -> bool:
    """Whether what ends there is named only to keep the reader from it: カード裏面の番号ではなく, 公式アプリは使えません."""
    return _DENIED.match(text, end) is not None


_DENIED = re.compile(
    r"[」』)）]?(?:の(?:電話)?(?:番号|窓口|お?電話))?(?:から|より|にて|に|へ|で)?(?:は|も|を)?(?:現在|今回)?(?:"
    r"(?:で)?(?:は)?な(?:く|い)|じゃな[くい]|以外|[ごお]?(?:利用|使用|使|確認|対応|手続き?|受付|回答)[^。、\n]{0,6}(?:ませ|かね|ない|ず)|"
    r"お?(?:電話|かけ|連絡)[^。、\n]{0,3}(?:ない|ず)|つなが[^。、\n]{0,4}(?:ませ|ない)|せず|しな[いか])"
)


_HEADED = re.compile(r"(?:^|\n)[^\n]{0,12}[【\[［]$|(?:^|[。\n])[ 　]*(?:こちらは|私(?:ども|共)?は)、?$")
_NOT_OWN = re.compile(
    r"(?:^|\n)[ 　]*[・•*●○]{1,2}[^\n]{0,24}$|(?:差出人|差し?出し?人|送り主|送信者|発信元|名義|相手)(?:の名前)?[はが][ 「]?$"
)
_DESK = r"[一-鿿々ぁ-んァ-ヶー]{0,12}(?:部門?|課|係|室|局|班|窓口|担当|センター)(?:です|でござ|と申|より|まで|[ 　\n\d:：(（]|$)"
_SIGNING = re.compile(
    r"[ 　】\])）］>]{0,3}(?:$|\n|です(?!か)|でござ|と申|より(?!も)|まで|にて|宛|へ(?:の)?[おご御]|に[おご御](?:電話|連絡|問|相談)|"
    rf"から(?:の)?(?:お知らせ|ご?案内|重要|最終)|[+☎℡\d]|[(（]\d|tel|電話[ :：番\d]|https?:|〒|東京都|お問|取り?下げ|受付|{_DESK})|"
    r"[」』](?:です(?!か)|より|と申|まで)",
    re.IGNORECASE,
)


def signs(text: str, start: int, end: int) -> bool:
    """Whether the name at that place stands as that of who writes: in brackets at the head, at an end, before です, a number, an
    address or a desk of its own; not in a list, nor as what is said to stand on somebody else's paper."""
    before = text[max(0, start - 40) : start]
    return bool(not _NOT_OWN.search(before) and (_HEADED.search(before) or _SIGNING.match(text, end)))
