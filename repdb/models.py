"""The tables as SQLModel classes: types, keys and what every column means, in Japanese and English (floor 1).

The truth of the schema is ``schema/migrations``; a test compares these classes with the migrated database on SQLite
and PostgreSQL. They are for documents, typed tools and people who like an ORM: look-ups and ingest never import them.
A description reads ``日本語 | English``.
"""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy
from sqlmodel import Field, SQLModel

from repdb.records import Text
from repdb.views import VIEWS, About


def _column(sa_type: Any, description: str, default: object, to: str, null: bool, key: bool, private: bool) -> Any:
    more: dict[str, Any] = {"info": {"private": private}}
    if default is not None:
        more["server_default"] = sqlalchemy.text(repr(default))
    options: dict[str, Any] = {"foreign_key": to} if to else {}
    if default is not None or null:
        options["default"] = default
    return Field(
        sa_type=sa_type, description=description, nullable=null, primary_key=key, sa_column_kwargs=more, **options
    )


def _key(description: str, to: str = "", default: str | None = None, sa_type: Any = sqlalchemy.Text) -> Any:
    return _column(sa_type, description, default, to, null=False, key=True, private=False)


def _text(
    description: str, default: str | None = None, *, to: str = "", null: bool = False, private: bool = False
) -> Any:
    return _column(sqlalchemy.Text, description, default, to, null, key=False, private=private)


def _whole(description: str, default: int | None = None) -> Any:
    return _column(sqlalchemy.Integer, description, default, "", null=False, key=False, private=False)


def _real(description: str, default: float | None = None) -> Any:
    return _column(sqlalchemy.Double, description, default, "", null=False, key=False, private=False)


class _Dated(SQLModel):
    report_count: int = _whole("報告の件数（情報源が示す件数の合計） | Reports, as counted by their sources", 0)
    first_reported_on: str = _text(
        "最初の報告の日付（年や年月だけの場合あり） | First report: a day, month or year", ""
    )
    last_reported_on: str = _text("最後の報告の日付（年や年月だけの場合あり） | Last report: a day, month or year", "")


class _Counted(_Dated):
    benign_count: int = _whole("問題ないという報告の件数 | Reports that say it is harmless", 0)
    source_count: int = _whole("不審と報告した情報源の数 | Sources that report it", 0)
    adverse: float = _real("不審の票の合計（基準日 2020-01-01 の強さ） | Sum of adverse votes, as of 2020-01-01", 0)
    benign: float = _real("問題なしの票の合計（同上） | Sum of benign votes, as of 2020-01-01", 0)
    score: float = _real("評価点 0〜1（集計した日の値。高いほど不審） | Score 0 to 1 when last counted; high is bad", 0)
    verdict: str = _text("判定（集計した日の値） | Verdict when last counted", "unreported")
    note: str = _text("説明（日本語） | Note in Japanese", "")
    note_en: str = _text("説明（英語） | Note in English", "")


class Meta(SQLModel, table=True):
    __tablename__ = "meta"
    ABOUT: ClassVar[About] = About(
        Text("このデータベースについて", "About this database"),
        Text("版、作成日などの値。", "Version, date of making and other values."),
    )
    key: str = _key("項目 | Name of the value")
    value: str = _text("値 | The value")


class SchemaMigration(SQLModel, table=True):
    __tablename__ = "schema_migrations"
    ABOUT: ClassVar[About] = About(
        Text("スキーマの版", "Schema versions"),
        Text("適用した移行の記録。", "Which migrations were applied, and when."),
    )
    version: int = _key("版の番号 | Version number", sa_type=sqlalchemy.Integer)
    name: str = _text("移行の名前 | Name of the migration")
    applied_at: str = _text("適用した日時 | When it was applied")


class Source(SQLModel, table=True):
    __tablename__ = "sources"
    ABOUT: ClassVar[About] = About(
        Text("情報源", "Sources"),
        Text(
            "報告や事実の出どころと、その利用条件。", "Where reports and facts come from, and the terms of their use."
        ),
    )
    source: str = _key("情報源の識別名 | Name of the source")
    title: str = _text("題名（日本語） | Title in Japanese")
    title_en: str = _text("題名（英語） | Title in English", "")
    kind: str = _text("種類（official, feed, article, board など） | Kind: official, feed, article, board …")
    url: str = _text("アドレス | Address", "")
    licence: str = _text("利用許諾 | Licence", "")
    redistributable: int = _whole("1: 再配布できる | 1 if its rows may be passed on", 0)
    terms: str = _text("利用条件の要点 | Its terms, in short", "")
    trust: float = _real("1 つの票の重み（最大 1.4） | Weight of its vote, 1.4 at most", 0.5)


class Number(_Counted, table=True):
    __tablename__ = "numbers"
    ABOUT: ClassVar[About] = About(
        Text("電話番号", "Phone numbers"),
        Text(
            "報告された電話番号と集計。載っていない番号が安全とは限りません。",
            "Reported phone numbers and what the reports add up to. A number that is not here is not thereby safe.",
        ),
    )
    number: str = _key("番号（E.164。短い番号は jp:188 の形） | Number in E.164; short numbers as jp:188")
    kind: str = _text("種類（phone, short_number, displayed_id） | Kind: phone, short_number, displayed_id")
    display: str = _text("表示用の番号 | Number as it is written in Japan")
    line_type: str = _text("回線の種類（固定、携帯、IP 電話など） | Line type: fixed, mobile, voip …", "unknown")


class MaskedNumber(_Counted, table=True):
    __tablename__ = "masked_numbers"
    ABOUT: ClassVar[About] = About(
        Text("一部を伏せた電話番号", "Masked numbers"),
        Text(
            "一部の数字を伏せて公表された番号。当てはまるどの番号についても、手がかりにすぎません。",
            "Numbers published with hidden digits: a hint on every number that fits, proof against none.",
        ),
    )
    masked_number: str = _key("番号（E.164。伏せた数字は *） | Number in E.164, one * for each hidden digit")
    display: str = _text("表示用の番号 | Number as it is written in Japan")
    hidden: int = _whole("伏せた数字の数 | How many digits are hidden")


class NumberBlock(SQLModel, table=True):
    __tablename__ = "number_blocks"
    ABOUT: ClassVar[About] = About(
        Text("番号帯の指定", "Number blocks"),
        Text(
            "番号帯と指定を受けた事業者。かけてきた人を示すものではありません。",
            "Blocks of numbers and the carrier they are designated to. This does not say who called.",
        ),
    )
    prefix_from: str = _key("最初の番号帯（国内表記の先頭） | First prefix of the run, national digits")
    prefix_to: str = _text("最後の番号帯 | Last prefix of the run")
    kind: str = _text("番号の種類（050, 0120 など） | Kind of number: 050, 0120 …")
    carrier: str = _text("指定事業者 | Designated carrier")
    source: str = _text("情報源 | Source", to="sources.source")


class Domain(_Counted, table=True):
    __tablename__ = "domains"
    ABOUT: ClassVar[About] = About(
        Text("ドメイン", "Domains"),
        Text(
            "報告されたリンク先と送信元のドメイン。共用サービスは、その利用者 1 人の単位で扱います。",
            "Reported domains of links and senders, at the level that one party controls.",
        ),
    )
    domain: str = _key("ドメイン（小文字の ASCII） | Domain, lower-case ASCII")
    display: str = _text("表示用のドメイン | Domain as shown")
    shared: int = _whole("1: 多くの人が共用（判定しない） | 1 if many people share it: never judged", 0)


class SenderId(_Counted, table=True):
    __tablename__ = "sender_ids"
    ABOUT: ClassVar[About] = About(
        Text("SMS の送信者名", "Sender IDs"),
        Text("報告された英数字の送信者名。だれでも名乗れます。", "Reported alphanumeric senders. Anybody can use any."),
    )
    sender_id: str = _key("送信者名（小文字に統一） | Sender ID, case folded")
    display: str = _text("表示用の送信者名 | Sender ID as shown")


class Company(_Counted, table=True):
    __tablename__ = "companies"
    ABOUT: ClassVar[About] = About(
        Text("名乗られた会社名", "Companies"),
        Text(
            "メッセージが名乗った名前。実在の会社は、名前を使われた被害者です。",
            "Names that messages claim. A genuine company is the victim of those who use its name.",
        ),
    )
    company: str = _key("会社名（表記を統一した鍵） | Folded name, the key")
    name: str = _text("名前 | Name")
    name_en: str = _text("英語名 | English name", "")
    status: str = _text("実在（genuine）・架空（fictitious）・未確認 | genuine, fictitious or unverified", "unverified")
    licence: str = _text("許可・登録番号 | Licence or registration number", "")
    legal_form: str = _text("法人の種類 | Legal form", "")
    url: str = _text("公式サイト | Official site", "")
    source: str | None = _text("情報源 | Source of these facts", to="sources.source", null=True)
    checked_on: str = _text("確認した日 | Date of the check", "")


class CompanyAlias(SQLModel, table=True):
    __tablename__ = "company_aliases"
    ABOUT: ClassVar[About] = About(
        Text("会社名の別の書き方", "Company aliases"),
        Text("同じ会社を指す別名。", "Other names of the same company."),
    )
    alias: str = _key("別名（表記を統一した鍵） | Folded alias, the key")
    name: str = _text("別名 | Alias as written")
    company: str = _text("会社 | Company", to="companies.company")


class OfficialChannel(SQLModel, table=True):
    __tablename__ = "official_channels"
    ABOUT: ClassVar[About] = About(
        Text("公式の連絡先", "Official channels"),
        Text(
            "会社や公的機関が本当に使う番号・ドメイン・送信者名。発信元の表示は偽装できます。",
            "Numbers, domains and sender IDs that companies and public bodies really use. Caller IDs can be forged.",
        ),
    )
    kind: str = _key("種類（phone, domain, sender_id） | Kind: phone, domain, sender_id")
    key: str = _key("番号・ドメイン・送信者名 | Number, domain or sender ID")
    company: str = _key("使う会社・機関 | Who uses it", "companies.company")
    label: str = _text("用途（日本語） | Purpose in Japanese", "")
    label_en: str = _text("用途（英語） | Purpose in English", "")
    shared: int = _whole("1: 一般の利用者も使う | 1 if the public uses it too", 0)
    url: str = _text("確認したページ | Page that shows it", "")
    source: str = _text("情報源 | Source", to="sources.source")
    checked_on: str = _text("確認した日 | Date of the check", "")


class Campaign(_Dated, table=True):
    __tablename__ = "campaigns"
    ABOUT: ClassVar[About] = About(
        Text("手口（似た文面のまとまり）", "Campaigns"),
        Text(
            "番号や名前を変えながら使われる、ほぼ同じ文面。",
            "Near-identical messages seen with changing numbers and names.",
        ),
    )
    campaign: str = _key("識別名 | Name of the campaign")
    category: str = _text("分類 | Category", "other")
    sample: str = _text("文面の例（個人情報は除く） | Sample text, redacted", "")
    fingerprint: str = _text("文面の指紋（MinHash、16 進数） | Fingerprint of the wording (MinHash, hexadecimal)", "")
    source_count: int = _whole(
        "報告した情報源の数（だれでも書ける情報源は合わせて 1） | Sources that report it, all that anybody can write to as one",
        0,
    )


class CampaignBand(SQLModel, table=True):
    __tablename__ = "campaign_bands"
    ABOUT: ClassVar[About] = About(
        Text("手口の索引", "Campaign index"),
        Text("文面の指紋の一部から手口を引く索引。", "Finds campaigns by parts of their fingerprint."),
    )
    band: str = _key("指紋の一部 | Part of the fingerprint")
    campaign: str = _key("手口 | Campaign", "campaigns.campaign")


class Report(SQLModel, table=True):
    __tablename__ = "reports"
    ABOUT: ClassVar[About] = About(
        Text("報告", "Reports"),
        Text(
            "1 つの情報源による 1 件の申し立て。事実と確かめられたものではありません。",
            "One statement by one source each. A report says that something was reported, not that it is so.",
        ),
        "accepted",
    )
    report_id: str = _key("報告の識別名（日付と内容のハッシュ） | Day and hash of the content")
    source: str = _text("情報源 | Source", to="sources.source")
    reported_on: str = _text("報告の日付（年や年月だけの場合あり） | Day, month or year of the report", "")
    category: str = _text("分類 | Category")
    stance: str = _text("立場（adverse, benign, dispute） | Stance: adverse, benign, dispute", "adverse")
    weight: int = _whole("情報源が示す件数 | How many reports the source says it stands for", 1)
    title: str = _text("題名 | Title", "")
    note: str = _text("説明（日本語） | Note in Japanese", "")
    note_en: str = _text("説明（英語） | Note in English", "")
    message: str = _text("メッセージの文面（個人情報は除く） | Text of the message, redacted", "")
    url: str = _text("根拠のページ | Page it stands on", "")
    ref: str = _text("情報源が付けた番号 | The source's own id of the statement", "")
    reporter: str = _text("報告者（鍵付きハッシュ、非公開） | Reporter: a keyed hash, private", "", private=True)
    status: str = _text("状態（pending, accepted, rejected, withdrawn） | State of its review", "accepted")
    digest: str = _text("内容のハッシュ（非公開） | Hash of the content, private", private=True)
    campaign: str | None = _text("手口 | Campaign", to="campaigns.campaign", null=True)


class _Mentioned(SQLModel):
    report_id: str = _key("報告 | Report", "reports.report_id")
    role: str = _text("役割（sender, callback, link, claimed など） | Role: sender, callback, link, claimed …")
    strength: float = _real(
        "1 票の強さ: 2^(2020-01-01 からの日数 / 半減期) | One vote: 2^(days since 2020-01-01 / half-life)"
    )


def _mentions(ja: str, en: str) -> About:
    return About(
        Text(f"報告に出てくる{ja}", f"{en} in reports"),
        Text(
            f"どの報告に、どの{ja}が、どの役割で出るか。",
            f"Which {en.lower()} each report mentions, and in which role.",
        ),
        "accepted",
    )


class ReportNumber(_Mentioned, table=True):
    __tablename__ = "report_numbers"
    ABOUT: ClassVar[About] = _mentions("電話番号", "Phone numbers")
    number: str = _key("番号 | Number", "numbers.number")


class ReportMaskedNumber(_Mentioned, table=True):
    __tablename__ = "report_masked_numbers"
    ABOUT: ClassVar[About] = _mentions("一部を伏せた番号", "Masked numbers")
    masked_number: str = _key("一部を伏せた番号 | Masked number", "masked_numbers.masked_number")


class ReportDomain(_Mentioned, table=True):
    __tablename__ = "report_domains"
    ABOUT: ClassVar[About] = _mentions("ドメイン", "Domains")
    domain: str = _key("ドメイン | Domain", "domains.domain")


class ReportSenderId(_Mentioned, table=True):
    __tablename__ = "report_sender_ids"
    ABOUT: ClassVar[About] = _mentions("送信者名", "Sender IDs")
    sender_id: str = _key("送信者名 | Sender ID", "sender_ids.sender_id")


class ReportCompany(_Mentioned, table=True):
    __tablename__ = "report_companies"
    ABOUT: ClassVar[About] = _mentions("会社名", "Company names")
    company: str = _key("会社 | Company", "companies.company")


class Voice(SQLModel, table=True):
    __tablename__ = "voices"
    ABOUT: ClassVar[About] = About(
        Text("票（非公開）", "Voices (private)"),
        Text(
            "情報源または報告者ごとの 1 票。報告からいつでも数え直せます。",
            "One vote per source or reporter on a subject. It can be recounted from the reports at any time.",
        ),
        "no",
    )
    kind: str = _key("対象の種類 | Kind of subject")
    key: str = _key("対象の鍵 | Key of the subject")
    source: str = _key("情報源 | Source", "sources.source")
    reporter: str = _key("報告者（鍵付きハッシュ） | Reporter: a keyed hash", default="")
    report_count: int = _whole("不審という報告の件数 | Adverse reports")
    benign_count: int = _whole("問題ないという報告の件数 | Benign reports")
    first_reported_on: str = _text("最初の報告 | First report")
    last_reported_on: str = _text("最後の報告 | Last report")
    adverse: float = _real("最も強い不審の票 | Its strongest adverse vote")
    benign: float = _real("最も強い問題なしの票 | Its strongest benign vote")


class Notice(SQLModel, table=True):
    __tablename__ = "notices"
    ABOUT: ClassVar[About] = About(
        Text("公的な注意喚起", "Notices"),
        Text("役所や会社が名指しで出した注意喚起。", "Warnings in which a public body or company names a subject."),
    )
    notice: str = _key("識別名 | Name of the notice")
    issuer: str = _text("発表者 | Issuer")
    title: str = _text("題名 | Title")
    published_on: str = _text("発表日 | Date of publication", "")
    law: str = _text("根拠の法令 | Law it rests on", "")
    url: str = _text("アドレス | Address", "")
    kind: str = _key("対象の種類 | Kind of subject")
    key: str = _key("対象の鍵 | Key of the subject")
    note: str = _text("要点（日本語） | Gist in Japanese", "")
    note_en: str = _text("要点（英語） | Gist in English", "")
    source: str = _text("情報源 | Source", to="sources.source")


class Phrase(SQLModel, table=True):
    __tablename__ = "phrases"
    ABOUT: ClassVar[About] = About(
        Text("詐欺に多い言い回し", "Phrases"),
        Text("詐欺の文面によく出る言葉と、その意味。", "Words that fraudulent messages use often, and what they do."),
    )
    phrase: str = _key("言い回し | Phrase")
    topic: str = _text("ねらい（urgency, legal_threat など） | What it does: urgency, legal_threat …")
    weight: float = _real("重み | Weight")
    category: str = _text("分類 | Category", "")
    gloss: str = _text("意味（日本語） | Meaning in Japanese")
    gloss_en: str = _text("意味（英語） | Meaning in English")


class AdviceContact(SQLModel, table=True):
    __tablename__ = "advice_contacts"
    ABOUT: ClassVar[About] = About(
        Text("相談窓口", "Where to get advice"),
        Text("困ったときに相談できる公的な窓口など。", "Public bodies and others that help."),
    )
    contact: str = _key("識別名 | Name of the contact")
    name: str = _text("名称（日本語） | Name in Japanese")
    name_en: str = _text("名称（英語） | Name in English")
    number: str = _text("電話番号 | Telephone", "")
    url: str = _text("アドレス | Address", "")
    about: str = _text("相談できること（日本語） | What it helps with, in Japanese", "")
    about_en: str = _text("相談できること（英語） | What it helps with, in English", "")
    source: str = _text("情報源 | Source", to="sources.source")
    checked_on: str = _text("確認した日 | Date of the check", "")


class Dispute(SQLModel, table=True):
    __tablename__ = "disputes"
    ABOUT: ClassVar[About] = About(
        Text("持ち主の異議", "Disputes"),
        Text("報告に対する持ち主の申し立て。", "Objections of owners to what is reported about them."),
        "accepted",
    )
    dispute: str = _key("識別名 | Name of the dispute")
    kind: str = _text("対象の種類 | Kind of subject")
    key: str = _text("対象の鍵 | Key of the subject")
    opened_on: str = _text("申し立ての日 | Date it was opened")
    status: str = _text("状態 | State", "open")
    statement: str = _text("申し立ての内容（本人と確かめた後に公開） | What the owner says, public once verified", "")
    contact: str = _text("連絡先（非公開） | How to reach the owner, private", "", private=True)
    verified_on: str = _text("本人と確かめた日 | Date the owner was verified", "")
    closed_on: str = _text("終わった日 | Date it was closed", "")


class Run(SQLModel, table=True):
    __tablename__ = "runs"
    ABOUT: ClassVar[About] = About(
        Text("取り込みの記録（非公開）", "Runs (private)"),
        Text("取り込みや収集を 1 回ごとに記録。", "Each ingest or scrape: what it read and what became of it."),
        "no",
    )
    run: str = _key("識別名 | Name of the run")
    command: str = _text("コマンド | Command")
    input: str = _text("入力 | Input")
    signature: str = _text("入力の指紋（再開に使う） | Fingerprint of the input, to resume by")
    started_at: str = _text("開始日時 | Start")
    finished_at: str = _text("終了日時 | End", "")
    state: str = _text("状態 | State")
    rows_read: int = _whole("読んだ行 | Rows read", 0)
    rows_stored: int = _whole("保存した行 | Rows stored", 0)
    rows_duplicate: int = _whole("すでにあった行 | Rows that were there already", 0)
    rows_rejected: int = _whole("使えなかった行 | Rows that could not be used", 0)
    message: str = _text("メッセージ | Message", "")


class Reject(SQLModel, table=True):
    __tablename__ = "rejects"
    ABOUT: ClassVar[About] = About(
        Text("使えなかった行（非公開）", "Rejects (private)"),
        Text("読めなかった行と、その理由。", "Rows that could not be used, with the reason."),
        "no",
    )
    reject: str = _key("行のハッシュ | Hash of the row")
    run: str = _text("取り込み | Run", to="runs.run")
    file: str = _text("ファイル | File")
    line: int = _whole("行番号（見出しを含め 1 から） | Line, counted from 1 with the header")
    code: str = _text("理由の符号 | Code of the reason")
    reason: str = _text("理由 | Reason")
    content: str = _text("元の行 | The row as it was")


class AuditEntry(SQLModel, table=True):
    __tablename__ = "audit_log"
    ABOUT: ClassVar[About] = About(
        Text("確認作業の記録（非公開）", "Audit log (private)"),
        Text("報告と異議について、だれが何を、なぜ決めたか。", "Who decided what about a report or dispute, and why."),
        "no",
    )
    entry: str = _key("識別名 | Name of the entry")
    at: str = _text("日時 | When")
    actor: str = _text("決めた人 | Who decided")
    action: str = _text("決めたこと（accept, reject など） | What was decided: accept, reject …")
    kind: str = _text(
        "対象の種類（report, dispute。copy は同じ報告の 2 通目以降） | What it is about: report or dispute; copy for a report that was there already"
    )
    subject: str = _text("対象の識別名 | Name of the report or dispute")
    before: str = _text("前の状態 | State before")
    after: str = _text("後の状態 | State after")
    reason: str = _text("理由の符号 | Code of the reason", "")
    remark: str = _text("理由の補足 | The reason in words", "")
    decision: str = _text("一度に決めたまとまり | What was decided in one step")
    undone_by: str = _text("取り消した記録 | Decision that undid it", "")


class Receipt(SQLModel, table=True):
    __tablename__ = "receipts"
    ABOUT: ClassVar[About] = About(
        Text("受付番号（非公開）", "Receipts (private)"),
        Text("報告した人が状態を見たり取り下げたりするための番号。", "Codes by which a contributor follows a report."),
        "no",
    )
    receipt: str = _key("受付番号のハッシュ | Hash of the code")
    kind: str = _text("対象の種類（report, dispute） | What it is about: report or dispute")
    subject: str = _text("対象の識別名 | Name of the report or dispute")
    created_on: str = _text("受け付けた日 | Date it was given out")


class Moderator(SQLModel, table=True):
    __tablename__ = "moderators"
    ABOUT: ClassVar[About] = About(
        Text("確認する人（非公開）", "Moderators (private)"),
        Text("報告を確認する人と、その鍵のハッシュ。", "Who may decide about reports, with a hash of the token."),
        "no",
    )
    moderator: str = _key("名前 | Name")
    token: str = _text("鍵のハッシュ | Hash of the token")
    added_on: str = _text("加えた日 | Date it was added")
    revoked_on: str = _text("外した日 | Date it was revoked", "")


# By table name, in the order of the migrations.
MODELS: dict[str, type[SQLModel]] = {
    str(model.__tablename__): model
    for model in list(globals().values())
    if isinstance(model, type) and issubclass(model, SQLModel) and hasattr(model, "__table__")
}


def description(table: str, column: str) -> Text:
    """What a column of a table or view means. Raises KeyError for one that is not described."""
    if table in VIEWS:
        view = VIEWS[table]
        owner = next((t for t in view.of if column in MODELS[t].__table__.columns), "")  # type: ignore[attr-defined]
        return _split(view.columns[column]) if column in view.columns else description(owner, column)
    return _split(str(MODELS[table].model_fields[column].description))


def private_columns(table: str) -> frozenset[str]:
    """The columns of a published table that stay in the working database."""
    columns = MODELS[table].__table__.columns  # type: ignore[attr-defined]
    return frozenset(column.name for column in columns if column.info.get("private"))


def about(table: str) -> About:
    found: About = VIEWS[table].about if table in VIEWS else MODELS[table].ABOUT  # type: ignore[attr-defined]
    return found


def _split(text: str) -> Text:
    ja, _, en = text.partition(" | ")
    return Text(ja, en)
