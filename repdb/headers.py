"""The header words of tables: which column is which field, which are left alone, and which may be about the person who
asked for help (floor 3).

Offices keep the complainant's own telephone and mail beside the caller's. Such a column is never read as the caller's
on a guess: it is left out, and the caller of this module can tell which and under which name it would be read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from repdb.brands import category_of


def _words(words: str, *products: tuple[str, str]) -> tuple[str, ...]:
    """Header words, and each beginning with each ending of the products."""
    made = [head + tail for heads, tails in products for head in heads.split() for tail in tails.split()]
    return tuple(dict.fromkeys([*words.split(), *made]))


# Canonical field → the header words that mean it, folded by ``fold_header``. The first is what we write ourselves; of
# several columns of one field that holds one value, the word that stands first here is asked first. Whose number, which
# site's URL or which of many days a column has is told by how its word begins: never is an ending alone enough.
FIELDS: dict[str, tuple[str, ...]] = {
    "source": _words("source 情報源 出典"),
    "reported_on": _words(
        "reported_on date datetime reported_at created_date 日付 報告日 受信日 受信日時 着信日 着信日時 年月日 公表日 相談日 相談日時 "
        "相談年月日 受付日 受付日時 受付年月日 日時 date_time date/time date_received received received_at received_on call_date date_of_call "
        "report_date date_reported timestamp last_reported last_reported_at last_report_date last_seen first_seen submission_time submitted_at submitted_on created_at posted posted_at posted_on",
        (
            "投稿 書込 書き込み 発生 発信 着信 受信 受電 入電 通話 架電 検知 観測 確認 公表 公開 掲載 相談 相談受付 受付 受理 報告 通報 申告 届出 登録",
            "日 日時 年月日 時刻",
        ),
        ("最終 最新 直近の 直近", "報告日 報告日時 通報日 相談日 確認日 確認日時 着信日 着信日時 受信日 検知日"),
    ),
    "category": _words(
        "category type 分類 種別 カテゴリ カテゴリー 手口 内容区分 相談区分 相談分類 詐欺の手口 犯行手口 手口名 scam_type",
        ("迷惑 被害 相談 詐欺 手口", "種別 分類"),
    ),
    "stance": _words("stance 立場 判定 判定結果 安全性 verdict judgement judgment"),
    # Whether a row is a fraud at all, yes or no; and what else may say so, among much that does not.
    "flag": _words(
        "flag is_scam is_spam is_fraud is_phishing is_malicious scam_flag spam_flag fraud_flag malicious phishing scam spam fraud label ラベル 迷惑 詐欺",
        ("迷惑 迷惑電話 詐欺 不審", "フラグ か 該当 判定"),
    ),
    "rating": _words("rating 評価 口コミ評価 総合評価 ユーザー評価"),
    "state": _words(
        "state status 状態 ステータス classification class 結果 調査結果 確認結果 真偽 result disposition outcome",
    ),
    # The other way round: whether it is somebody's true number or site.
    "genuine": _words("genuine official legit legitimate is_official is_genuine is_legit whitelisted 公式 正規 本物 正当 公式か 正規か 本物か"),
    "number": _words(
        "number phone phone_number tel telephone 電話番号 番号 電話 電話no tel番号 phone_no phonenumber tel_no telephone_no "
        "telephone_number scam_number scammer_number reported_number",
        ("相手 相手の 相手方 相手方の 相手先 相手先の 業者 業者の 事業者 事業者の 加害者 犯人", "電話番号 番号 電話"),
        ("不審 不審な 迷惑 詐欺 詐欺の 架空請求 悪質業者 偽 偽の ニセ にせ なりすまし", "電話番号 番号"),
        ("fake scam phishing", "_number _phone"),
    ),
    "sender_number": _words(
        "sender_number from_number caller caller_id caller_number calling_number",
        ("発信 発信者 発信元 送信元 着信 着信元", "番号 電話番号"),
        ("発信者 発信元", "電話"),
    ),
    "callback_number": _words(
        "callback_number callback",
        ("折り返し先 折返し先 折返先", "番号 電話番号"),
        ("折り返し 折返し", "先 番号"),
        ("連絡先", "番号"),
        ("業者 業者の 相手 相手の 相手方 相手方の 相手先", "連絡先"),
    )
    + ("折返先",),
    "domain": _words(
        "domain host hostname ドメイン ホスト ドメイン名 ホスト名 domain_name fqdn",
        ("フィッシング 偽 偽の 偽サイト 詐欺 詐欺サイト 不審 不審な 悪性 誘導先 リンク先", "ドメイン"),
        ("fake scam phishing", "_domain _host"),
    ),
    "url": _words(
        "url link リンク リンク先 誘導先 phishing_url malicious_url fake_url scam_url 偽サイト 詐欺サイト フィッシングサイト",
        (
            "フィッシング フィッシングサイト 偽 偽の 偽サイト 詐欺 詐欺サイト 不審 不審な 不審サイト 悪性 短縮 サイト リンク リンク先 誘導先 アクセス先 "
            "遷移先 転送先",
            "url",
        ),
    ),
    "email": _words(
        "email mail e_mail from_address メール メールアドレス",
        ("差出人 送信者 送信元", "アドレス メールアドレス ドメイン"),
    ),
    "sender_id": _words("sender_id sender from sender_name 送信者 送信者名 送信元 送信元名 差出人 差出人名 発信元 発信者 発信者名"),
    "company": _words(
        "company company_name brand claimed claimed_company 会社 会社名 事業者名 業者名 名称 ブランド 自称業者名 自称 名乗った名前 名乗り "
        "ブランド名 brand_name company_claimed impersonated_brand impersonated_company なりすまし先",
        ("名乗った 騙られた かたられた 詐称された", "会社 会社名 業者 業者名 事業者 事業者名 企業 企業名 ブランド ブランド名 名称"),
    ),
    "role": _words("role 役割"),
    "count": _words(
        "count reports report_count weight 件数 報告数 number_of_reports", ("申告 相談 通報 報告 届出 被害 受付", "件数")
    ),
    "title": _words("title 件名 題名 見出し"),
    "note": _words(
        "note comment memo description 備考 メモ コメント 内容 説明 概要 相談概要 相談内容 notes comments remarks details 摘要 特記事項 詳細 補足 "
        "相談詳細"
    ),
    "note_en": ("note_en",),
    "message": _words(
        "message text body 本文 文面 メッセージ message_text message_body sms_text", ("sms メール メッセージ", "本文 文面 内容")
    ),
    "page_url": _words("page_url source_url evidence_url 出典url 掲載url"),
    # A line's own number (No.) is none: the next edition of a list counts its lines anew.
    "ref": _words(
        "ref id reference report_id 整理番号 case_id case_number case_no reference_number ticket_id", ("受付 管理 案件 相談 受理", "番号")
    ),
    "reporter": ("reporter",),
}  # fmt: skip
FIELD_OF = {word: name for name, words in FIELDS.items() for word in words}
ORDER = {word: place for place, word in enumerate(FIELD_OF)}
# Fields that hold one value: of several columns the first that is filled counts.
SINGLE = frozenset(("reported_on", "category", "stance", "flag", "rating", "state", "genuine", "role", "count"))
# Fields that say whom a report is about, one of which every table has.
SUBJECT_FIELDS = frozenset(
    ("number", "sender_number", "callback_number", "domain", "url", "email", "sender_id", "company")
)
IGNORE = "ignore"  # what a mapping may say instead of a field

# Words for the way to reach somebody, which do not say whom. Without a person in the table it is whom the table is about.
_CONTACT = frozenset("連絡先番号 メール メールアドレス mail email e_mail".split())
_NUMBER = frozenset(
    "number phone phone_number tel telephone 電話番号 番号 電話 電話no tel番号 phone_no phonenumber tel_no telephone_no "
    "telephone_number".split()
)
# Even alone they are as often the complainant's; what they would be read as is what the user is told.
_NEVER = {"連絡先": "callback_number", "連絡先電話番号": "callback_number", "携帯番号": "number", "携帯電話": "number", "携帯電話番号": "number"}  # fmt: skip
# Columns that tell of a person, and what makes any other word one of a person's.
_PERSON = frozenset(
    "氏名 名前 お名前 姓名 姓 名 フリガナ ふりがな カナ氏名 氏名カナ 住所 居住地 市区町村 郵便番号 年齢 年代 性別 職業 生年月日 "
    "name full_name first_name last_name address age gender sex birthday date_of_birth customer victim consumer".split()
)
_ANYBODY = frozenset(("name", "address"))  # a caller's as often
_TRAIT = re.compile(
    r"(?:年[齢代]|性別|職業|生年月日|市区町村|郵便番号|age|gender|sex|birthday|date_of_birth)$"
)  # nobody's name
_WHOSE = re.compile(
    r"(?:ご?(?:相談|契約|被害|申出|申告|通報|届出|情報提供|受信|着信|利用|当事)者|申出人|届出人|報告者|ご?本人|お?客様|顧客|ご?家族|消費者|自宅|自分|勤務先|"
    r"(?:victim|customer|consumer|complainant|home|my)(?:_|'s|$))"
)
_REACHED = re.compile("電話|連絡|携帯|tel|phone")
_OTHERS = re.compile(r"(?:相手方?|業者|事業者|会社|発信[者元]|送信[者元]|差出人|加害者|caller|sender)(?:の?側|先)?")
_GROUP = re.compile(rf"(?:{_WHOSE.pattern}|{_OTHERS.pattern})(?:の?情報|欄|に関する情報|について)?")
_BRACKETS = re.compile(r"[(\[【〔「<](.{0,30}?)[)\]】〕」>]")
_CLOSE = re.compile(r" (?=[()\[\]<>\x80-\U0010ffff])|(?<=[()\[\]<>\x80-\U0010ffff]) ")
_COUNTED = re.compile(r"_?(?:no\.?)?[0-9]{1,2}$")


class Shape(NamedTuple):
    """A file layout known by its exact header, whose words mean something else than usual."""

    columns: Mapping[str, str]
    defaults: Mapping[str, str]
    category_of: Callable[[str], str]  # of the claimed name


# JPCERT/CC's phishurl-list: https://github.com/JPCERTCC/phishurl-list, ``description`` is the impersonated brand.
SHAPES: dict[frozenset[str], Shape] = {
    frozenset(("date", "url", "description")): Shape(
        {"date": "reported_on", "url": "url", "description": "company"},
        {"source": "jpcert-phishurl"},
        category_of,
    ),
}


@dataclass(slots=True)
class Columns:
    """Canonical field → positions of its columns, first asked first. ``unknown`` are columns that no word tells,
    ``personal`` those that may be the complainant's own, with the field as which they could be mapped."""

    plan: dict[str, list[int]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    personal: dict[str, str] = field(default_factory=dict)


class _Word(NamedTuple):
    """A column's name: folded as a ``mapping`` has it, without brackets and numbering, and what the brackets say."""

    name: str
    plain: str
    whose: bool  # a person's: the complainant's
    others: bool  # the other side's

    @property
    def person(self) -> bool:
        return self.whose or self.plain in _PERSON


def fold_header(name: str) -> str:
    """A column's name for comparison: blanks and line breaks mean nothing beside Japanese and brackets, elsewhere _."""
    blanks = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return _CLOSE.sub("", blanks).replace(" ", "_").replace("-", "_")


def _word(written: str) -> _Word:
    name = fold_header(written)
    said = " ".join(_BRACKETS.findall(name))
    plain = _COUNTED.sub("", _BRACKETS.sub("", name).strip("_.:*※")) or name
    others = bool(said and _OTHERS.search(said))
    whose = plain not in FIELD_OF and bool(_WHOSE.match(plain)) or bool(said and not others and _WHOSE.search(said))
    return _Word(name, plain, whose, others)


def whose(group: str) -> bool:
    """Whether a cell above several columns says whose they are: 相手方, 相談者情報."""
    return bool(_GROUP.fullmatch(fold_header(group)))


def columns(header: Sequence[str], mapping: Mapping[str, str], shape: Shape | None) -> Columns:
    """Which column is which field. ``mapping`` (folded name → field, or ``IGNORE``) goes before the words."""
    words = [_word(name) for name in header]
    if shape is not None:
        named = [shape.columns.get(word.name, "") for word in words]
    else:
        named = [given or _field(word) for given, word in zip(_mapped(words, mapping), words, strict=True)]
    mapped = [shape is not None or bool(given) for given in _mapped(words, mapping)]
    doubtful = _doubtful(words, named, mapped)
    found = Columns()
    for at in sorted(range(len(words)), key=lambda at: (not mapped[at], ORDER.get(words[at].plain, 0))):
        if named[at] and not doubtful[at] and named[at] in SINGLE:
            found.plan.setdefault(named[at], []).append(at)
    for at, field_name in enumerate(named):
        if field_name == IGNORE:
            continue
        if doubtful[at]:
            found.personal[header[at]] = field_name
        elif not field_name:
            found.unknown += [header[at]] if header[at] else []
        elif field_name not in SINGLE:
            found.plan.setdefault(field_name, []).append(at)
    return found


def _mapped(words: Sequence[_Word], mapping: Mapping[str, str]) -> list[str]:
    """The field that a mapping gives each column. A name without brackets means the only column that is so called."""
    if not mapping:
        return [""] * len(words)
    names, plain = {word.name for word in words}, Counter(word.plain for word in words)
    return [
        mapping.get(word.name)
        or (mapping.get(word.plain, "") if word.plain not in names and plain[word.plain] == 1 else "")
        for word in words
    ]


def unmatched(header: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    """The names in a mapping, as written there, that no column has."""
    words = [_word(name) for name in header]
    return [name for name, field in mapping.items() if not any(_mapped(words, {fold_header(name): field}))]


def _field(word: _Word) -> str:
    return FIELD_OF.get(word.name) or FIELD_OF.get(word.plain) or _NEVER.get(word.plain, "")


def _doubtful(words: Sequence[_Word], named: Sequence[str], mapped: Sequence[bool]) -> list[bool]:
    """Of each column whether it may be the complainant's way to be reached.

    A bare number is theirs beside a column that names the caller's outright, and right behind one of a person: that is
    how a person's particulars are listed. Where the table names people it may be theirs wherever it stands, unless
    another column holds their telephone.
    """
    person = any(word.person for word in words)
    called = any(word.plain.startswith("発信") for word in words)  # beside it, a 着信番号 is where the call came to
    contact = any(
        word.plain in _NEVER or word.plain == "連絡先番号" or (word.whose and _REACHED.search(word.name))
        for word in words
    )
    people = not contact and any(word.person and not _TRAIT.search(word.plain) for word in words)
    outright = any(
        not word.whose and (word.others or given or word.plain not in _NUMBER | _CONTACT | _NEVER.keys())
        for word, field_name, given in zip(words, named, mapped, strict=True)
        if field_name in ("number", "sender_number", "callback_number")
    )
    doubtful = []
    for at, (word, field_name) in enumerate(zip(words, named, strict=True)):
        behind = bool(at) and words[at - 1].person and words[at - 1].name not in _ANYBODY and not contact
        theirs = (
            word.whose
            or (called and word.plain.startswith("着信") and field_name == "sender_number")
            or (word.plain in _NEVER and not word.others)
            or (
                person
                and not word.others
                and (word.plain in _CONTACT or (word.plain in _NUMBER and (outright or behind or people)))
            )
        )
        doubtful.append(bool(field_name) and not mapped[at] and theirs)
    return doubtful
