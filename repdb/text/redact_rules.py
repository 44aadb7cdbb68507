"""What redaction looks for besides names that a title follows, as one table of patterns (floor 0)."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """``what`` is a key of ``redact.TOKENS``; group 1 of ``pattern``, if any, is the target. A folded text in lower case
    without any of ``needs`` holds none, nor does one in which ``sign`` finds nothing; without ``needs`` the screen of
    ``redact`` knows the rule.
    """

    what: str
    pattern: str
    needs: tuple[str, ...] = ()
    sign: str = ""


KANJI = "一-鿿㐀-䶿々〆ヶ"
KANA = "ぁ-ゖァ-ヺー"
_IS = r"[ \t]{0,3}(?:は|が|:|=|#|\|)?[ \t]{0,3}[「『\"]?"  # what stands between a label and its value
_NUM = "[0-9〇一二三四五六七八九十]"
_WARD = rf"[{KANJI}{KANA}]{{1,8}}[市区町村郡]"
_ROOM = rf"(?:[ ]?[{KANJI}{KANA}A-Z0-9]{{1,20}}(?:号室|階|F\b))?"

_IDS = (
    "会員 お?客様? 契約者? 利用者? 顧客 注文 予約 管理 受付 請求書? 伝票 問い?合わ?せ 追跡 荷物 "
    "照会 登録 発行 証券 保険者?証? 免許証? パスポート 旅券 個人 カード 整理 通知 事件 届け 認証 確認 "
    "年金 暗証 ユーザー? アカウント 処理 申込 取引 送り状 社員 学籍 患者 診察券?"
)
EN_IDS = (
    "member customer client order invoice reference ref tracking booking account card case ticket policy passport user "
    "transaction confirmation"
)
_ID_LABEL = (
    rf"(?:(?:{_IDS.replace(' ', '|')})(?:番号|No\.?|ID|コード)|マイナンバー|下4桁|"
    rf"\b(?:{EN_IDS.replace(' ', '|')})[ ]?(?:numbers?|no\.?|id|code)?)"
)
_ERA = "(?:明治|大正|昭和|平成|令和)?"
_PATH = r"((?:(?![<>\"])[!-~]){1,2000})"
_LOCAL = "[!#-'*+./0-9=?A-Z^-~-]"
# Whose number is a private one, behind 「の」 or in brackets.
KIN = (
    "母|父|兄|姉|祖母|祖父|婆|爺|嫁|孫|妻|夫|弟|妹|娘|息子|両親|母親|父親|義母|義父|叔母|叔父|伯母|伯父|家内|主人|旦那|家族|親戚|友人|友達|知人|同僚|"
    "隣人|近所|被害者"
)
OURS = "自宅|実家|私|自分|本人|職場|勤務先|家"
STREETS = "(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct)"
_GIVEN = "(?-i:(?!(?:Mr|Ms|Mrs|Miss|Dr)\\b)[A-Z][A-Za-z'’-]{1,20}(?: [A-Z][A-Za-z'’-]{1,20}){0,2})"
_FULL = "(?-i:[A-Z][a-z]{1,20}(?: (?:[A-Z]['’])?[A-Z][a-z]{1,20}(?:-[A-Z][a-z]{1,20})?){1,2})"
_NAME_LABEL = (
    r"(?:氏名|お?名前|宛名|宛先|受取人|名義人?|フリガナ|ふりがな|\b(?:full )?name)[ \t]{0,3}(?:は|:|=|\|)[ \t]{0,3}"
)

# Rule by rule, surest first; what an earlier rule has taken is closed to later ones.
_KNOWN: tuple[tuple[str, str], ...] = (
    ("userinfo", r"(?:h..ps?|ftp):/{1,3}([!-.0-;=?A-~]{1,200})@"),
    (
        "url",
        r"\b(?:h..ps?|ftp):/{1,3}(?:[〔省略〕]{1,200}@)?[^\s/?#<>\"、。「」〔〕]{1,255}(?:[/](?=[!-~])|(?=[?#]))"
        + _PATH,
    ),
    ("url", r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\[?\.\]?){1,6}[a-z]{2,18}(?::\d{1,5})?[/](?=[!-~])" + _PATH),
    (
        "email",
        rf"(?<!{_LOCAL}){_LOCAL}{{1,64}}(?:@|\[at\]|\(at\))[A-Z0-9.-]{{1,253}}(?:[ ]?[\[(][ ]?dot[ ]?[\])][ ]?[A-Z0-9.-]{{1,60}}){{0,3}}",
    ),
    (
        "birth",
        rf"(?:生年月日|誕生日|生まれ|date of birth|birth ?da(?:y|te)|\bborn(?: on)?|\bdob){_IS}"
        rf"((?:{_ERA}|[MTSHR](?=\d)|[a-z]{{3,9}} (?=\d{{1,2}},? \d{{4}}))[ ]?\d{{1,8}}(?:[ ]?[-/.年月, ]の?[ ]?(?:\d{{1,4}}|[a-z]{{3,9}})){{0,3}}日?)",
    ),
    (
        "birth",
        rf"((?:(?<![A-Z])[MTSHR](?=\d{{1,2}}[-/.])|{_ERA})\d{{1,4}}[-/.年][ ]?\d{{1,2}}[-/.月][ ]?\d{{1,2}}日?)[ ]?日?生(?![活産命死])",
    ),
    (
        "account",
        r"(?:口座番号|口座No\.?|(?:普通|当座|貯蓄)(?:預金|口座)?|account (?:number|no\.?)|\biban)"
        + _IS
        + r"([A-Z]{0,2}\d[\d -]{2,30}\d)",
    ),
    ("account", r"記号" + _IS + r"(\d{4,6}[ \t\n、,-]{0,3}番号" + _IS + r"\d{1,8})"),
    ("number", r"(?<![\d+-])\d{4}(?:[ -]\d{4}){3}(?![\d-])|(?<![\d+-])3[47]\d\d[ -]\d{6}[ -]\d{5}(?![\d-])"),
    ("number", r"(?<![\d+])[2-6]\d{13,15}(?!\d)"),
    ("number", _ID_LABEL + _IS + r"(?:第|No\.?[ ]?)?(?=[A-Z0-9_/*-]{0,20}[0-9])([A-Z0-9][A-Z0-9_/*-]{1,40})"),
    ("address", r"〒[ ]?\d{3}[- ]?\d{4}"),
    (
        "address",
        rf"(?:北海道|東京都|大阪府|京都府|[{KANJI}]{{2,3}}県)[ ]?(?:{_WARD}){{1,2}}[{KANJI}{KANA} ]{{0,20}}"
        rf"{_NUM}{{1,5}}(?:[ ]?(?:-|ー|の|丁目|番地|番|号)[ ]?{_NUM}{{0,5}}){{0,4}}{_ROOM}",
    ),
    (
        "address",
        rf"{_WARD}[{KANJI}{KANA}]{{0,12}}"
        rf"(?:\d{{1,4}}(?:-\d{{1,4}}){{1,3}}|{_NUM}{{1,4}}(?:丁目|番地)(?:[0-9〇一二三四五六七八九十番地号 -]{{0,12}}[0-9番地号])?){_ROOM}",
    ),
    ("address", rf"(?<![\w-])\d{{1,5}} (?:[A-Z][a-z]{{1,20}} ){{1,4}}{STREETS}\b"),
    (
        "phone",
        rf"(?:自宅の?|実家の?|うちの|職場の|勤務先の|私の|わたしの|わたくしの|僕の|ぼくの|俺の|おれの|当方の|自分の|本人の|登録の?(?=お?電話|携帯)|届け?先の?|相談者の|(?<![{KANJI}])家[はの]|お客様の(?=お?電話|携帯)|"
        rf"(?<![{KANJI}])(?:{KIN})(?:さん|の家)?の|\bmy (?:[a-z]{{2,12}}'s )?(?:home |own |mobile |cell )?)"
        rf"(?:お?電話|固定|携帯|連絡先|番号|tel|phone|number|is| ){{0,6}}{_IS}([+0][\d() -]{{7,18}}\d)",
    ),
    (
        "phone",
        rf"([+0][\d()-][\d -]{{6,17}}\d)[ ]?(?:\((?:{OURS}|{KIN})(?:の[^()\n]{{0,6}})?\)|[はが](?:{OURS}|{KIN})の)",
    ),
    (
        "phone",
        r"(?<![\d+.-])((?:(?:\+|00|010-?)81[ -]?(?:\(0\))?[ -]?|\(?0)(?!80[ .・()ー一-]{0,2}0)[6-9]0(?:[ .・()ー一-]{0,2}\d){8}|0 [6-9] 0(?: \d){8})(?!\d)",
    ),
    (
        "name",
        rf"{_NAME_LABEL}([{KANJI}]{{1,6}}[ ]?[{KANJI}{KANA}]{{0,6}}|[{KANA}]{{1,8}}[ ]?[{KANA}]{{1,8}}|{_GIVEN})",
    ),
    (
        "name",
        rf"\b(?:(?:dear|hi|hello)[ ](?:(?:mr|ms|mrs|miss)\.?[ ])?|(?:mr|ms|mrs)\.?[ ])({_GIVEN})\b",
    ),
)

_TEL = "[〇零一二三四五六七八九]"
_DAYS = "[〇元一二三四五六七八九十]"
_UNITS = "件人名社回日月年時円歳度位台個枚分番号"
_BUILDINGS = "メゾン|ハイツ|コーポ|マンション|アパート|レジデンス|ハイム|団地|ヴィラ|シャトー|荘"
_HOSTLIKE = (
    r"[a-z0-9.-]{1,60}\.(?:com|jp|net|org|info|biz|top|xyz|cn|shop|site|online|cc|vip|club|icu|me|io|co|example)\b"
)
# Numbers that are a person's own, where 番号 was left out; networks on which people have names.
_OWNED = "注文|顧客|会員|契約|患者|予約|年金手帳|お客様"
_NETWORKS = "インスタグラム|インスタ|instagram|twitter|ツイッター|x\\(旧twitter\\)|tiktok|facebook|フェイスブック|discord|telegram|テレグラム|カカオトーク|カカオ|kakao|skype|スカイプ|wechat|whatsapp|line"
_TITLES = ("様", "さま", "殿", "さん")
_TITLE = rf"(?:{'|'.join(_TITLES)})(?![々子式相態方])"
# Told by a sign of their own, and asked for only where it stands.
_SIGNED = (
    Rule("name", r"(?:^|(?<=\n))(?:to|cc|bcc|宛先|宛て先)[ ]?:[ ]{0,3}[\"']?([^<>\n\"〔〕\s][^<>\n\"〔〕]{0,59})[\"']?[ ]?<", ("to:", "to :", "cc:", "cc :", "宛先", "宛て先")),
    Rule("account", rf"[(\s](?:普通?|当座?|貯蓄?|総合?)\){_IS}(\d{{6,8}})(?![\d円-])", ("普", "当", "貯", "総"), r"\)[^0-9]{0,7}\d{6}"),
    Rule("account", r"(?:ゆうちょ(?:銀行)?|郵貯)[^\d\n]{0,10}(\d{5}(?:-\d)?-\d{2,8})(?![\d-])", ("ゆうちょ", "郵貯")),
    Rule("number", rf"(?<![A-Z])IP(?:[ ]?(?:アドレス|address))?{_IS}(\d{{1,3}}(?:\.\d{{1,3}}){{3}}|(?=[0-9A-F]{{0,4}}:)(?:[0-9A-F]{{0,4}}:){{2,7}}[0-9A-F]{{1,4}})(?![\w.:])", ("ip",), r"[.:][0-9A-Fa-f]{0,4}[.:]"),
    Rule("address", rf"(?:緯度|経度|北緯|東経|\b(?:latitude|longitude)){_IS}(-?\d{{1,3}}(?:[.°度][ ]?\d{{1,12}}){{1,3}})", ("緯", "経", "itude")),
    Rule("line", r"(?<![\w.@/〔〕+-])(?:@|#(?=[A-Z0-9]{2,20}_))(?!(?:nifty|cosme|freed|type|press|home|tcom)\b)(?=[0-9_]{0,29}[A-Z])([A-Z0-9_]{3,30}+)(?![.@/-]?\w)", ("@", "#"), r"[@#][A-Za-z0-9_]{3}"),
    Rule("address", rf"(?:(?:勤務先|勤め先|職場|学校|母校|通学先)(?:の|は|:|[ ])|通(?:う|っている|ってる))[ ]?([{KANJI}{KANA}A-Z]{{1,14}}(?:小学校|中学校|高校|高等学校|大学|学園|幼稚園|保育園|こども園|病院|工場|支店|市役所|区役所|役場|商店))", ("勤務先", "勤め先", "職場", "学校", "母校", "通学先", "通う", "通って")),
    Rule("address", rf"[{KANJI}{KANA}]{{0,10}}(?:{_BUILDINGS})[{KANJI}{KANA}]{{0,10}}[ ]?(?:[A-Z]-?)?[1-9]\d{{2,3}}(?:号室?)?(?![\d{_UNITS}-])", tuple(_BUILDINGS.lower().split("|")), rf"(?:{_BUILDINGS})[{KANJI}{KANA}]{{0,10}}[ ]?(?:[A-Z]-?)?[1-9]\d{{2}}"),
    Rule("address", rf"住所{_IS}([{KANJI}{KANA}]{{1,12}}[ ]?{_NUM}{{1,4}}(?:(?:-|の|丁目|番地?|号)[ ]?{_NUM}{{0,4}}){{1,5}})", ("住所",)),
    Rule("account", r"支店[ ]?(\d{7})(?![\d円-])", ("支店",)),
    Rule("account", r"記号番号[ :は]{0,3}(\d{5}-\d{2,8})(?![\d-])", ("記号番号",)),
    Rule("address", rf"(?:大字|小字|(?<![{KANJI}])字)[{KANJI}{KANA}]{{1,12}}{_NUM}{{1,5}}(?:番地?|-)(?:[ ]?の?{_NUM}{{0,4}}){_ROOM}", ("字",), rf"字[{KANJI}{KANA}]{{1,12}}{_NUM}"),
    Rule("address", r"(?:緯度|北緯|latitude)[^\d\n]{0,4}〕{4,20}[ ]?[,、][ ]?(-?\d{1,3}\.\d{1,12})", ("緯", "itude")),
    Rule("number", r"\b((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})\b", ("mac",)),
    Rule("number", rf"(?:暗証|\bPIN)(?:番号|コード| ?code)?{_IS}(\d{{4,8}})(?!\d)", ("暗証", "pin")),
    Rule("number", r"(?:(?<![ァ-ヺー])パス|\bpass|\bpw|\bpwd)(?:[ ]{0,2}[:=は][ ]{0,2}|[ ])(?=[!-~]{0,30}\d)([!-~]{4,40})", ("パス", "pass", "pw")),
    Rule("number", rf"(?:{_OWNED})[ ]?[:#]?[ ]?#?(?!0|(?:19|20)\d\d-?\d\d-?\d\d(?!\d))(\d[\d-]{{5,30}}\d)(?![\d円人件名])", tuple(_OWNED.split("|")), rf"(?:{_OWNED})[ :#]{{0,3}}\d[\d-]{{5}}"),
    Rule("line", rf"(?:{_NETWORKS})(?:の)?[ ]?(?:(?:ID|アカウント|account)[ ]?[:=は]?|[:=は])?[ ]{{0,2}}(?!h..ps?:|www\.|{_HOSTLIKE})(?=[A-Z0-9.-]{{0,30}}[0-9_])(?=[0-9_.-]{{0,30}}[A-Z])([A-Z0-9][A-Z0-9._-]{{2,30}}+)(?![@:/])", tuple(_NETWORKS.lower().replace("\\", "").split("|"))),
    Rule("email", r"(?<![\w.+-])([a-z0-9][\w.+-]{1,63}[☆★◆◎][a-z0-9-]{1,63}(?:\.[a-z0-9-]{2,30}){1,3})", ("☆", "★", "◆", "◎")),
    Rule("birth", rf"({_ERA}{_DAYS}{{1,4}}年{_DAYS}{{1,3}}月{_DAYS}{{1,3}}日)[ ]?生(?![活産命死])", ("日生", "日 生")),
    Rule("number", rf"(?:マイナンバー|個人番号){_IS}(\d{{4}}[ -]\d{{4}}[ -]\d{{4}})(?!\d)", ("マイナンバー", "個人番号")),
    Rule("account", rf"保険者?証の?[ ]?(記号{_IS}\d{{1,8}}[ 、,・-]{{0,3}}番号{_IS}\d{{1,8}})", ("保険証", "保険者証")),
    Rule("account", rf"口座{_IS}(\d{{6,8}})(?![\d円-])", ("口座",)),
    Rule("number", rf"免許証?(?:の?番号)?{_IS}第?[ ]?(\d{{12}})(?!\d)", ("免許",)),
    Rule("number", rf"(?:パスポート|旅券|passport)(?:の?番号)?{_IS}([A-Z]{{2}}\d{{7}})(?!\d)", ("パスポート", "旅券", "passport")),
    Rule(
        "number",
        r"(?:パスワード|パスコード|password|passcode)[ \t]{0,3}(?:は|が|:|=|is|[ \t「『])[ \t]{0,3}[「『\"]?(?=[!-~]{0,30}\d)([!-~]{4,40})",
        ("パスワード", "パスコード", "password", "passcode"),
    ),
    Rule(
        "number",
        r"有効期限[ :は]{0,3}(\d{1,2}/\d{2,4}[ 、,/]{0,3}(?:CVV|CVC|セキュリティ(?:コード)?)2?[ :は]{0,3}\d{3,4})(?!\d)",
        ("cvv", "cvc", "セキュリティ"),
    ),
    Rule("number", rf"(?:CVV|CVC|セキュリティコード)2?{_IS}(\d{{3,4}})(?!\d)", ("cvv", "cvc", "セキュリティコード")),
    Rule(
        "number",
        rf"(?:ログイン|ユーザー?|アカウント)(?:ID|名){_IS}(?!(?:and|or|is|pass[a-z]{{0,4}}|id|mail|e-?mail)\b|{_HOSTLIKE})([A-Z0-9_+-]{{1,40}}(?:\.[A-Z0-9_+-]{{1,40}}){{0,3}}+)(?<=...)(?![\w.@/:])",
        ("ログインid", "ユーザーid", "ユーザid", "アカウントid", "ユーザー名", "ユーザ名", "アカウント名"),
    ),
    Rule(  # without a digit, too, where no sentence goes on
        "number",
        r"(?:(?:パスワード|パスコード)[ \t]{0,3}(?:は|が|:|=|[ \t])|(?:password|passcode)[ \t]{0,3}[:=])[ \t]{0,3}"
        r"(?!(?:reset|change|manager|required|and|or|is|id|the|your|please)\b|h..ps?:|www\.)([A-Z0-9_!#$%&*+?-]{4,40}+)(?![.@/:])",
        ("パスワード", "パスコード", "password", "passcode"),
    ),
    Rule("line", rf"LINE[ ]?の?[ ]?ID{_IS}([A-Z0-9][A-Z0-9._-]{{2,30}}+)", ("line",)),
    Rule("number", rf"[{KANJI}]{{1,4}}[ ]?\d{{2,3}}[ ]?[ぁ-ゖ][ ]?\d{{1,2}}-\d{{2}}(?![\d-])", ("-",), r"\d[ ]?[ぁ-ゖ][ ]?\d"),
    Rule("address", rf"[{KANJI}]{{2,8}}+(?<![電話番号携帯年月日時金額令和平成昭])[ ]?[1-9]\d?-(?:\d{{1,3}}-\d{{1,4}}|\d{{1,2}}-\d{{1,2}}-\d{{1,4}})(?![\d-]){_ROOM}", ("-",), rf"[{KANJI}][ ]?[1-9]\d?-\d{{1,3}}-\d"),
    Rule("address", rf"{_WARD}[{KANJI}{KANA}]{{0,12}}{_NUM}{{1,4}}の{_NUM}{{1,4}}(?:の{_NUM}{{1,4}})?(?![{_UNITS}])", ("市", "区", "町", "村", "郡"), rf"{_NUM}の{_NUM}"),
    Rule("address", rf"{_WARD}[{KANJI}{KANA}]{{0,10}}[町村]\d{{1,4}}(?![\d{_UNITS}-]){_ROOM}", ("町", "村"), r"[町村]\d"),
    Rule("address", rf"[{KANJI}{KANA}A-Z]{{0,15}}[ ]?\d{{1,4}}号室", ("号室",)),
    Rule("address", r"\b(?:at|in|of) (\d{1,2}-\d{1,3}(?:-\d{1,4})?,? (?-i:[A-Z])[a-z]{2,20}(?:-(?:ku|shi|cho|machi|gun))?)\b", ("-",), r"\d-\d{1,4},? [A-Z]"),
    Rule("phone", rf"([〇零][六七八九][〇零](?:[ ー・-]?{_TEL}){{8}})(?!{_TEL})", ("〇", "零")),
    Rule("address", rf"(?:郵便番号|\b(?:zip|postal) ?code){_IS}(\d{{3}}[- ]?\d{{4}})(?![\d-])", ("郵便番号", "zip", "postal")),
    Rule("address", rf"(?:[{KANJI}]{{1,6}}[市区町村郡]){{0,2}}[東西南北]?{_NUM}{{1,2}}条(?:[東西南北]?{_NUM}{{1,2}}丁目|[東西南北]{_NUM}{{1,2}})(?:[0-9番地号 -]{{0,12}}[0-9番地号])?{_ROOM}", ("条東", "条西", "条南", "条北", "丁目"), rf"条[東西南北]?{_NUM}"),
    Rule("address", rf"(?:[{KANJI}]{{1,8}}[がのノ]?[{KANJI}]{{0,6}})?{_NUM}{{1,3}}丁目[ ]?{_NUM}{{1,4}}(?:番地?(?:[ ]?の?{_NUM}{{1,4}}号?)?|-{_NUM}{{1,4}}){_ROOM}", ("丁目",), rf"丁目[ ]?{_NUM}"),
    Rule("name", rf"[【「『(\[〈《](?!株式|有限|合同|一般)([{KANJI}]{{1,6}}[ ]?[{KANJI}{KANA}]{{0,6}}|[ァ-ヺー]{{2,10}}[ ]?[ァ-ヺー]{{0,10}})[】」』)\]〉》][ ]?{_TITLE}", _TITLES, rf"[】」』)\]〉》][ ]?{_TITLE}"),
    Rule("name", rf"([{KANJI}]{{1,6}}[ ]?[{KANJI}]{{0,4}})[ ]?\((?:[ァ-ヺー ・]{{2,20}}|[ぁ-ゖ ]{{2,20}}|〔氏名〕|〕{{2,20}})\)[ ]?{_TITLE}", _TITLES, rf"\)[ ]?{_TITLE}"),
    Rule("name", r"〕[ ]?\(([ァ-ヺー]{2,10}[ ・]{0,2}[ァ-ヺー]{0,10}|[ぁ-ゖ]{2,8}[ ]{0,2}[ぁ-ゖ]{0,8})\)"),  # behind what another rule took
    Rule("name", r"(?<![ァ-ヺー])(?!オキャク|ミナ|オク|オツカレ|ゴクロウ|ナニ)([ァ-ヺー]{2,10}[ ・]?[ァ-ヺー]{0,10}?)[ ]?サマ(?![ァ-ヺー])", ("サマ",)),
    Rule("name", rf"名義人?{_IS}(?!カブシキ|ユウゲン|ゴウドウ|[カユド]\))([ァ-ヺー]{{2,8}}[ ]?[ァ-ヺー]{{2,8}})(?![ァ-ヺー])", ("名義",)),
    Rule("name", rf"\b(?:my name is|this is (?:mr|ms|mrs)\.?|name's) (?:(?:dr|mr|ms|mrs)\.?[ ]?)?({_GIVEN})\b", ("my name is", "this is m", "name's")),
    Rule("name", rf"\b(?:asked for|asking for|spoke to|spoke with|i am|i'm) ({_FULL})\b", ("asked for", "asking for", "spoke ", "i am ", "i'm ")),
    Rule(
        "email",
        r"(?<![\w.+-])([a-z0-9][\w.+-]{1,63}[ ]?(?:[\[({<][ ]?(?:at|アット(?:マーク)?|あっと(?:まーく)?|@)[ ]?[\])}>]|(?:アット|あっと)(?:マーク|まーく)?)[ ]?"
        r"[a-z0-9-]{1,63}(?:[ ]?(?:\.|[\[({<][ ]?(?:dot|ドット|\.)[ ]?[\])}>]|ドット|どっと)[ ]?[a-z0-9-]{2,30}){1,3})",
        ("アット", "あっと", "[ at", "[at", "( at", "(at", "{at", "<at"),
        r"[A-Za-z0-9][ ]?(?:アット|あっと|[\[({<][ ]?(?:[Aa][Tt]|アット|あっと))",
    ),
    Rule(
        "email",
        r"(?:^|[^\w ]|[^\x00-\x7f]|\b(?:is|to|me|mail|email|address):?)[ ]?"
        r"(?!(?:look|site|page|website|click|visit|found|hosted|login|link|available|here|us|me|is)\b)"
        r"([a-z0-9][a-z0-9._-]{1,40}) at (?=[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,3}\.(?:jp|com|net|org|example)\b)",
        (" at ",),
        r" at [A-Za-z0-9-]{1,40}\.",
    ),
)  # fmt: skip
_FIRST = 4  # of the known rules: what is of the web or a mail address
RULES = (
    *(Rule(what, pattern) for what, pattern in _KNOWN[:_FIRST]),
    *(rule for rule in _SIGNED if rule.what != "address"),
    *(Rule(what, pattern) for what, pattern in _KNOWN[_FIRST:]),
    *(rule for rule in _SIGNED if rule.what == "address"),  # the shorter ones, of what the fuller have left
)
