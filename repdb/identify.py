"""Any written query → what it may identify (floor 0). One way in for look-ups, reports and the web."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from repdb import company, domain, phone, sender
from repdb.records import Identifier, Text, Unreadable

MAX_QUERY = 2048

_ERRORS = {
    "empty": Text("何も入力されていません。", "Nothing was given."),
    "too_long": Text(
        "長すぎます。文章全体を調べるには「repdb check」を使ってください。",
        "That is too long. To check a whole message use: repdb check",
    ),
    "unrecognised": Text(
        "「{query}」は電話番号・ドメイン・メールアドレスのどれにも読めず、登録された会社名・送信者名にもありません。"
        "名前として調べるには --kind company か --kind sender_id を付けてください。",
        "'{query}' does not read as a phone number, domain or e-mail address, and is no company or sender name on the "
        "register. To look it up as a name, add --kind company or --kind sender_id.",
    ),
    "several": Text(
        "番号やアドレスと、ほかの言葉が一緒に書かれています。全体を調べるには「repdb check」を使うか、1 つずつ調べてください。",
        "This holds a number or an address beside other things. Check the whole with: repdb check. Or look each up by itself.",
    ),
    "message": Text(
        "名前ではなく文章のようです。文章を調べるには「repdb check」を使ってください。これがそのまま名前なら --kind company を付けてください。",
        "This reads as a message, not as a name. To check a message use: repdb check. If it is a name as it stands, add "
        "--kind company.",
    ),
    "no_number": Text(
        "「{query}」は、{meaning}という表示です。番号が無いので、調べることも折り返すこともできません。出なくて大丈夫です。"
        "大事な用なら、相手は留守番電話に残すか、番号を出してかけ直します。出てお金や個人情報の話になったら、切って 188（消費者ホットライン）か #9110（警察相談）へ。",
        "'{query}' is what a telephone shows {meaning}. There is no number to look up or call back. You need not answer: who "
        "has something to say leaves a message or calls again with a number. If you did and it was about money or personal "
        "data, hang up and ask 188 (consumer hotline) or #9110 (police advice).",
    ),
    "general": Text(
        "「{query}」だけでは、どの会社か決まりません。名乗られた名前をそのまま入れるか、電話番号・リンクを入れてください。メッセージなら「repdb check」で調べられます。",
        "'{query}' alone names nobody. Enter the whole name that was given, or the number or link. To check a message use: "
        "repdb check",
    ),
    "bad_kind": Text(
        "種類「{query}」はありません。使える種類: {known}", "There is no kind '{query}'. Known kinds: {known}"
    ),
}

_READERS: dict[str, Callable[[str], Identifier]] = {
    "phone": phone.read,
    "domain": domain.read,
    "sender_id": sender.read,
    "company": company.read,
}
# The kinds that a person may ask for, and the reader that answers.
READER_OF: dict[str, str] = {
    "phone": "phone",
    "number": "phone",
    "masked_phone": "phone",
    "short_number": "phone",
    "displayed_id": "phone",
    "domain": "domain",
    "url": "domain",
    "email": "domain",
    "sender_id": "sender_id",
    "sender": "sender_id",
    "company": "company",
}

_SHORT_CODE = re.compile("[2-9][0-9]{4,5}")
_HIDDEN = Text("発信者が番号を隠している", "when the caller hides the number")
_PAYPHONE = Text("公衆電話からかけている", "when the call comes from a payphone")
_NOT_PASSED = Text(
    "海外や一部の電話会社からで番号が届かない", "when the number was not passed on, as from abroad or by some carriers"
)
# What telephones show in place of a number: the services of Japan's carriers tell these three reasons apart.
NO_NUMBER: dict[str, Text] = {
    **dict.fromkeys(("非通知", "番号非通知", "非通知設定", "非通知着信", "ユーザー非通知", "private number", "withheld", "anonymous", "no caller id"), _HIDDEN),
    **dict.fromkeys(("公衆電話", "公衆", "payphone", "pay phone", "coin line"), _PAYPHONE),
    **dict.fromkeys(("表示圏外", "通知不可能", "通知不可", "サービス競合", "unavailable", "out of area", "number unavailable"), _NOT_PASSED),
}  # fmt: skip
_NAMES_NOBODY = frozenset(
    "株 有 IP電話 電話 固定電話 携帯電話 携帯 スマホ 国際電話 フリーダイヤル 番号 電話番号 会社名 詐欺 詐欺電話 迷惑電話 迷惑メール SMS ショートメール 日本 東京都 大阪府 京都府 "
    "北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山 石川 福井 山梨 長野 岐阜 静岡 愛知 三重 滋賀 京都 大阪 兵庫 奈良 和歌山 鳥取 島根 岡山 広島 山口 "
    "徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分 宮崎 鹿児島 沖縄 横浜 名古屋 神戸 札幌 仙台".split()
)

_PLAIN_NUMBER = re.compile(r"[0-9+#(\s][0-9\-()\s+#*]*\Z")
# A number as people write it into a sentence: 110番, 局番なし188, 電話番号は050-9999-0001です, 050-9999-0001さん.
_WRAPPED = re.compile(
    r"(?:(?:この|その|発信元|着信|携帯|固定|電話|番号|局番なし|ナンバー|フリーダイヤル|の|で|は|が|:|「| )){0,6}"
    r"(?P<number>[0-9+#*(][0-9\-() +#*.x○●〇]{1,40}?)"
    r"(?:番号?|です|でした|さん|さま|様|から|より|の|着信|電話|という|とは|って|だれ|誰|何|は|が|に|へ|「|」|。|、|\?| ){0,6}",
    re.IGNORECASE,
)
# Codes that say "this has not the shape of one"; any other says what is wrong with what was meant to be one.
_NO_SHAPE = frozenset({"not_a_number", "not_a_domain", "no_public_suffix", "public_suffix", "too_long"})

# What may be a number of some length, or an address: only then are the readers of whole texts asked.
_HOLDS = re.compile(r"[0-9〇零○+(][0-9〇零○一二三四五六七八九*x\-() .・の]{6}|[.@]|://")
_CONTACTS = frozenset({"phone", "masked_phone", "displayed_id", "domain", "email"})
_JAPANESE = r"[ぁ-ゖァ-ヺー一-鿿々]"
_LETTER = r"[ァ-ヺー一-鿿々A-Za-z0-9)」』】]"
# What sentences have and names have not: something behind a full stop or a heading, a verb that ends, somebody addressed,
# a particle that makes the name part of a sentence, a demand. Names do have の, は, が and から: 若鶏から揚げ, 森を守る会.
# No compiled pattern: most queries are numbers and addresses, and never get here.
_SENTENCE = (
    r"[。】][\s」』】)]{0,3}[^\s」』】)]|(?<=[ぁ-ゖァ-ヺー一-鿿々])、[^\s]|\A件名"
    r"|(?:未納|滞納)(?:料金|金|税)|の(?:お知らせ|お願い|ご案内|ご連絡|ご請求|お支払い?)"
    r"|(?:ます|ません|ました|です|でした|ください|下さい|くださいませ)[かよね]{0,2}(?:[。!?、\s」』】)]|\Z)"
    r"|(?:様|さま)[\s、,!]{1,3}[^\s]"
    rf"|(?<={_LETTER})(?:から|より)(?!揚|あげ)(?:[一-鿿ァ-ヺA-Za-z0-9「の]|[お御]|\s|\Z)"
    r"|(?:を|と)名乗|を(?:かた[るっ]|騙|装[うっ]|支?払|請求|要求|[ごお]|クリック|タップ|入力)"
    r"|(?:は|って)[\s、]?(?:詐欺|本物|本当|実在|怪し|あやし|安全|大丈夫|何|誰|だれ|どこ|どう|偽)"
)


def unrecognised(query: str) -> Unreadable:
    """What to raise when no register knows any of the names that the query may be."""
    if "." in query:
        try:
            domain.read(query)
        except Unreadable as error:
            if error.code != "not_a_domain":
                return error
    return _error("general" if _names_nobody(query.strip()) else "unrecognised", query)


def _names_nobody(name: str) -> bool:
    """Whether a name is a kind of body, of service or a place: 銀行, サポートセンター, 東京."""
    from repdb.text import manner, name_shape

    plain = unicodedata.normalize("NFKC", name)
    if plain in _NAMES_NOBODY or manner.is_general(plain):
        return True
    return not plain[:1].isdecimal() and name_shape.generic(plain.lower())  # 77銀行 is one


def _error(code: str, query: str = "", **more: Text) -> Unreadable:
    # Control and direction characters would act on the reader's terminal.
    shown = "".join(char if char.isprintable() else "\ufffd" for char in query[:60])
    return Unreadable(code, _ERRORS[code].format(query=shown, known=", ".join(READER_OF), **more))


def candidates(query: str, kind: str | None = None) -> tuple[Identifier, ...]:
    """What the query may mean, likeliest first. A bare Latin word, and one that names a kind of body, give names that only
    a register can confirm: these carry the flag ``if_registered``.

    Raises Unreadable when it can be nothing, with the reason of the reader that came nearest.
    """
    if len(query) > MAX_QUERY:
        raise _error("too_long")
    if not query.strip():
        raise _error("empty")
    if kind is not None:
        if kind not in READER_OF:
            raise _error("bad_kind", kind)
        return (_READERS[READER_OF[kind]](query),)
    if _PLAIN_NUMBER.match(query):
        try:
            return (phone.read(query),)
        except Unreadable:
            plain = unicodedata.normalize("NFKC", query)
            if found := _short_code(plain.strip()):
                return found
            _refuse_mixed(plain)
            raise
    return _guess(query)


def _guess(query: str) -> tuple[Identifier, ...]:
    plain = unicodedata.normalize("NFKC", query).strip()
    if meaning := NO_NUMBER.get(" ".join(plain.casefold().split())):
        raise _error("no_number", plain, meaning=meaning)
    if (wrapped := _WRAPPED.fullmatch(plain)) and not _asks_by_digits(plain):
        query = plain = wrapped["number"]
    try:
        return (phone.read(query),)
    except Unreadable as error:
        if found := _short_code(plain):
            return found
        nearest = error
    if company.legal_form(plain) and not plain.isascii() and "/" not in plain and "@" not in plain:
        _refuse_mixed(plain)
        return (company.read(query),)  # 合同会社DMM.com is no host, whatever its letters
    try:
        return (domain.read(query),)
    except Unreadable as error:
        _refuse_mixed(plain)
        if "://" in plain:
            raise
        if not any(char.isdigit() for char in plain) or "." in plain:
            nearest = error
    if nearest.code not in _NO_SHAPE:
        raise nearest
    # Plain Latin words, and what has the signs of an address, are names only if a register has them: JPCERT/CC, @nifty.
    if plain.isascii() or "/" in plain or "@" in plain:
        return _names(query)
    digits, letters = sum(char.isdigit() for char in plain), sum(char.isalpha() for char in plain)
    if digits > letters or not letters:
        raise nearest
    name = company.read(query)
    return (name._replace(flags=name.flags | {"if_registered"}) if _names_nobody(plain) else name,)


def _asks_by_digits(plain: str) -> bool:
    """Whether the question marks at the end stand for digits: 03-6709-02??, but not 188??"""
    try:
        return plain.endswith("??") and phone.read(plain).kind == "masked_phone"
    except Unreadable:
        return False


def _short_code(plain: str) -> tuple[Identifier, ...]:
    """Five or six digits and nothing else are what a telephone shows as the sender of a company's SMS: 243056."""
    return (sender.read(plain),) if _SHORT_CODE.fullmatch(plain) else ()


def _refuse_mixed(plain: str) -> None:
    """Raises Unreadable (``several``, ``message``) for what holds a contact beside other words, or is a sentence: as a
    name nobody would have reported it."""
    if _HOLDS.search(plain) and _holds_contact(plain):
        raise _error("several")
    if not plain.isascii() and re.search(_SENTENCE, plain):
        raise _error("message")


def _holds_contact(plain: str) -> bool:
    """Whether a number or an address stands in the text beside another one or beside words."""
    from repdb.text import hosts, numbers
    from repdb.text.fold import fold

    folded = fold(plain, lower=True)
    shown, closed = folded.text, bytearray(len(folded.text) + 1)
    hits = [hit for hit in hosts.find(folded, plain) if not _in_name(shown, hit.start, hit.end)]
    for hit in hits:
        closed[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    hits += [hit for hit in numbers.find(folded, plain, closed) if hit.found.kind in _CONTACTS]
    if len({hit.found.key for hit in hits}) != 1:
        return bool(hits)
    return company.fold(f"{shown[: hits[0].start]}ン{shown[hits[-1].end :]}") != "ン"


def _in_name(text: str, start: int, end: int) -> bool:
    """A host that may be part of a name: 合同会社DMM.com and Booking.com B.V., not リボーン債権回収 example.com. Latin names
    are answered only if a register has them."""
    around = text[start - 1 : start] + text[end : end + 1]
    return (text.isascii() or bool(re.search(_JAPANESE, around))) and not any(sign in text[start:end] for sign in "/@")


def _names(query: str) -> tuple[Identifier, ...]:
    found = []
    for reader in (company.read, sender.read):
        try:
            name = reader(query)
        except Unreadable:
            continue
        found.append(name._replace(flags=name.flags | {"if_registered"}))
    if not found:
        raise unrecognised(query)
    return tuple(found)
