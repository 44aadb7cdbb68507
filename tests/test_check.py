"""Whole messages from reading to the answer, on the seed rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seeded_fixtures import TODAY

from repdb import seed
from repdb.categories import CATEGORIES, VERDICTS
from repdb.check import MAX_LOOKUPS, MAX_TEXT, Checker, CheckResult
from repdb.check_answers import is_adverse, summary, to_json, unique_claims, unique_mentions
from repdb.db import Database, open_database
from repdb.ingest import know_sources, save_raw
from repdb.records import Unreadable
from repdb.text.mail import read_mail

# The documented trick, in our own words: an unpaid video fee, a threat, a number with hidden digits, a made-up name.
EXAMPLE = (
    "アマゾンマーケティングサービスです。有料動画の未納料金がまだ支払われていません。"
    "本日中に電話がない場合は法的手続きに移行いたします。連絡先 03-6709-02**"
)


@pytest.fixture(scope="module")
def db(seeded_file: Path) -> Iterator[Database]:
    with closing(open_database(str(seeded_file))) as opened:
        yield opened


@pytest.fixture(scope="module")
def checker(db: Database) -> Checker:
    return Checker(db, TODAY)


def found(result: CheckResult) -> set[str]:
    return {finding.code for finding in result.findings}


def advised(result: CheckResult) -> list[str]:
    return [step.code for step in result.advice]


def test_the_documented_example(checker: Checker) -> None:
    result = checker.check(EXAMPLE)
    assert (result.verdict, result.category) == ("dangerous", "fake_billing")
    name = unique_claims(result)[0]
    assert (name.name, name.status, name.abuses) == ("アマゾンマーケティングサービス", "fictitious", "Amazon")
    assert {"message_name_fictitious", "reported_contact", "phrase"} <= found(result)
    assert advised(result)[0] == "do_not_call" and "consult_188" in advised(result)
    assert "実在しません" in summary(result).ja


def test_a_reminder_of_a_genuine_company_through_its_own_site_is_not_dangerous(checker: Checker) -> None:
    result = checker.check(
        "【アコム】お支払いの確認ができておりません。至急ご確認ください。https://www.acom.co.jp/ 応じない場合は法的手続きに移行します",
        "sms",
    )
    assert result.verdict in ("official", "unreported", "suspicious")
    assert "official_contacts" in found(result)
    assert {"verify_by_official_site", "do_not_ignore_real_debt"} <= set(advised(result))


@pytest.mark.parametrize(
    "text",
    [
        "【楽天カード】お支払いの確認ができておりません。0570-999-999 へご連絡ください。",
        "佐藤歯科です。明日十時のご予約をお待ちしております。変更は 03-9999-1111 まで",
        "母です。今日帰りに牛乳買ってきて",
        "自治会費の集金に伺いましたがご不在でした。また伺います。組長 加藤",
        "【佐川急便】本日お伺いしましたがご不在でした。不在票をポストに入れております。",
        "ごめん、財布落とした。千円だけ貸してくれない?",
        "【メルカリ】認証番号：123456 この番号は三十分間有効です",
        "田中工務店の田中です。見積りの件でご連絡しました。090-9999-2222 まで折り返しお願いします。",
        "水道料金のお支払い期限が過ぎています。水道局 料金課 03-9999-4444 へお問い合わせください。",
        "サンプル商事です。請求書番号 A-1 のご入金の確認が取れておりません。行き違いの場合はご容赦ください。",
        "青空市です。「医療費の還付金があるのでATMへ」という電話が相次いでいます。すぐに切って警察に相談してください。",
        "「会社の金を使い込んだ。今日中に三百万円必要」という電話は詐欺です。",
        "ソフトバンクです。料金のお支払いが確認できないため利用停止となります。お手元の請求書で至急お支払いください。",
        "青空学童です。延長料金が未納になっています。次回お持ちください。",
        "青木様 ご注文の品のお受け取りは本日19時までです。花の店 03-9999-5555",
        "番号が変わりました。新しいのは 070-9999-6666 です。登録お願いします。健太",
        "スマホ壊れて機種変したよ。LINE の友だち追加お願い。さき",
        "会費五千円、まだの人は今週中に口座へお願いします!",
        "ご予約の変更は https://aozora-yoyaku.example/a から承ります。",
        "ログインするには 730158 を入力してください (Uber)。",
        "通知は、企業とLINEに登録された電話番号が一致した場合に届きます。",
    ],
)
def test_ordinary_messages_are_not_accused(checker: Checker, text: str) -> None:
    result = checker.check(text)
    assert result.verdict == "unreported" and not is_adverse(result)
    assert "安全という意味ではありません" in summary(result).ja and "not mean safe" in summary(result).en
    assert advised(result)[0] == "not_safe_because_unreported"
    assert result.category == "other"


@pytest.mark.parametrize(
    "text",
    [
        "【NTTドコモ】お支払いが確認できません。11/25までにお支払いがない場合ご利用停止となります。 https://www.docomo.ne.jp/mydocomo/",
        "【ソフトバンク】お支払いが確認できません。ご利用停止となります。 https://my.softbank.jp/",
        "【PlayStation】新しいデバイスからサインインがありました。パスワードを変更してください。 https://my.account.sony.com/",
        "コンビニ受取：お荷物をお預かりしています。払込票番号 1234567890123 Amazon.co.jp",
    ],
)
def test_dunning_and_alarms_with_the_company_s_own_link_are_its_own(checker: Checker, text: str) -> None:
    assert checker.check(text, "sms").verdict == "official"


@pytest.mark.parametrize(
    "text",
    [
        "【見本クローゼット】ご注文の商品を佐川急便にて発送しました。お荷物の確認はこちら https://mihon-closet.example/",
        "【見本家計簿】三井住友カードとの連携が切れました。アプリから再認証してください。 https://mihon-kakei.example/",
        "ヘアサロンです。支払いはPayPay、クレジットカード可。前日までにお支払いください。予約はこちら https://hair.example/",
        "東京電力エリアの皆様へ。見本電気に切り替えで電気代がお得に https://mihon-denki.example/ 0120-999-111",
        "居酒屋見本：本日PayPay10%還元！ご予約は03-9999-1111 https://izakaya.example/",
        "【見本工房】本日ヤマト運輸の宅急便で発送しました。ショップはこちら https://kobo.example/",
        "会費2,400円が未納の方にお送りしています。ゆうちょ銀行 10000-12345671 へお振込みください。PTA会計",
        "友達から聞いたんだけど「お荷物をお届けにあがりましたが不在の為持ち帰りました」ってSMSのリンク押しちゃダメだって",
        "自動車税が未納です。差押えを行うことがありますので、至急納付してください。見本県自動車税管理事務所 045-999-7110",
        "iCloudストレージがいっぱいです。バックアップできません。 https://www.icloud.com/settings/",
    ],
)
def test_who_only_makes_use_of_a_company_is_not_its_impostor(checker: Checker, text: str) -> None:
    assert checker.check(text).verdict in ("unreported", "official")


@pytest.mark.parametrize(
    "text",
    [
        "【見本クローゼット】佐川急便よりお荷物のお届けにあがりましたが不在でした https://bait.example/",
        "三井住友カードご利用可能枠の確認が必要です https://bait.example/",
        "三井住友カードの利用規約が改定されました。ご確認ください https://bait.example/",
        "見本配送：佐川急便で発送しました。お荷物の確認はこちら https://mihon-haiso.xyz/",
        "PayPayがご利用いただけません。本人確認はこちら https://bait.example/",
        "【重要】三井住友カードのご利用を停止しました https://bait.example/",
    ],
)
def test_but_who_speaks_for_it_is(checker: Checker, text: str) -> None:
    assert checker.check(text).verdict in ("dangerous", "suspicious")


def test_a_reply_that_calls_it_a_fraud_is_not_the_fraud(checker: Checker) -> None:
    scam = "> アマゾンです。未納料金があります。本日中に050-9999-1234へ連絡なき場合は法的措置\n> https://amazon-pay.example/\n"
    head = "差出人: 見本 <a@city.mihon.lg.jp>\n件名: Re: Amazonから\n\n"
    warns = checker.check(
        f"{head}それは詐欺です。開かないでください。042-999-1188 へご相談ください。\n\n{scam}", "mail"
    )
    asks = checker.check(f"{head}これは詐欺でしょうか。\n\n{scam}", "mail")
    assert (warns.verdict, asks.verdict) == ("unreported", "dangerous")
    keys = {seen.mention.key for seen in asks.case.seen}
    assert "quotes_fraud" in found(warns) and keys <= {seen.mention.key for seen in warns.case.seen}


def test_a_carrier_s_mailbox_is_anybody_s(checker: Checker) -> None:
    result = checker.check("【NTTドコモ】お支払いが確認できません。ご利用停止となります。", "sms", "taro@docomo.ne.jp")
    assert result.verdict != "official" and "official_sender" not in found(result)


@pytest.mark.parametrize(
    "text",
    [
        "Telegram code: 12345 You can also tap on this link to log in: https://t.me/login/12345",
        "123456 is your Facebook password reset code or reset your password here: https://fb.com/l/9ft",
        "弁護士法人青空法律事務所です。NTTドコモ様のご利用料金の件でご連絡いたしました。03-9999-8260",
    ],
)
def test_a_messenger_s_own_code_and_a_law_firm_s_client(checker: Checker, text: str) -> None:
    result = checker.check(text, "sms")
    assert result.verdict == "unreported"
    assert found(result).isdisjoint({"foreign_messenger", "link_mismatch", "callback_mismatch"})


def test_what_cannot_be_confirmed_is_not_called_nothing(checker: Checker) -> None:
    """A collector's genuine name, a number that is on no list, kind words: no verdict, but not silence either."""
    text = "【リボーン債権回収株式会社】お支払いの確認が取れておりません。お手元の請求書をご確認のうえ、03-9999-1111 までご連絡ください。"
    result = checker.check(text, "sms")
    assert result.verdict in ("unreported", "suspicious")
    assert "見つかりませんでした" not in summary(result).ja
    assert "own_channel" not in {finding.code for finding in result.findings}


def test_who_asks_about_a_name_that_is_nobodys_is_told(checker: Checker) -> None:
    result = checker.check("民事訴訟管理センターからはがきが来たけど本物?")
    assert result.verdict == "unreported" and "nothing_found" not in found(result)
    assert "実在しない名前" in summary(result).ja and "nobody" in summary(result).en
    assert "fictitious" in {claim.status for claim in result.case.claims}


@pytest.mark.parametrize(
    ("text", "verdict", "category"),
    [
        ("【ヤマト運輸】不在のため荷物を持ち帰りました。再配達 http://yamato-re.example.top/", "dangerous", "delivery"),
        ("【三井住友銀行】口座を一時制限しました。解除 https://smbc-aozora.xyz/login", "dangerous", "bank_phishing"),
        ("【三井住友カード】ご利用を確認してください https://vpass-aozora.xyz/", "dangerous", "card_phishing"),
        ("国税庁です。税金の未納により差し押さえます https://nta-aozora.top/", "dangerous", "tax_or_public_office"),
        ("サポートセンターです。利用料金が未納です。本日中に 03-9999-0001 へ", "suspicious", "fake_billing"),
        (
            "警視庁です。あなた名義の口座が犯罪に使われています。逮捕状が出ています",
            "suspicious",
            "police_impersonation",
        ),
        (
            "リボーン債権回収です。債権を譲り受けました。090-9999-0001 へ至急連絡を",
            "suspicious",
            "impersonated_collector",
        ),
        ("簡単な副業で高収入。LINEを追加してください", "suspicious", "job_offer"),
        ("商品レビューを書くだけで1件800円。応募はテレグラム @aozora_hr へ", "suspicious", "job_offer"),
        ("先生の推奨銘柄を無料で公開。月利三割、LINE登録 ID: aozora_kabu", "suspicious", "investment"),
        ("お荷物の住所に不備があり配達できません https://h7.example.top/", "suspicious", "delivery"),
        ("関税が未払いのため小包は税関で止まっています https://is.gd/aozora", "suspicious", "delivery"),
        ("投資詐欺の被害金を全額取り戻します。着手金のみ 0120-999-555", "suspicious", "refund"),
        ("こちらは総務省です。二時間後に電話が止まります。九番を押してください", "suspicious", "utility"),
        (
            "Your parcel is on hold: unpaid customs fee, pay within 12 hours https://p.example.top/",
            "suspicious",
            "delivery",
        ),
        ("【Yahoo】IDの利用を制限しました https://id-aozora.top/", "dangerous", "account_phishing"),
        (
            "県警捜査二課の山田です。犯人があなた名義の通帳を持っていました。預金を確認し、あとで返します",
            "suspicious",
            "police_impersonation",
        ),
        (
            "Your visa has been cancelled. You will be deported unless you call 050-9999-9911.",
            "suspicious",
            "police_impersonation",
        ),
        (
            "【重要】国勢調査の回答がまだです。罰金が科されます。 https://kokusei-aozora.example/",
            "suspicious",
            "tax_or_public_office",
        ),
        ("画面とカメラの映像を録画した。2日以内にビットコインで支払え", "suspicious", "fake_billing"),
        ("捜査用保全口座へ送金すれば国が守ります", "suspicious", "police_impersonation"),
        ("市役所の保険課です。累積医療費の件です。どちらの銀行をお使いですか", "suspicious", "refund"),
        ("这里是大使馆。您有包裹，请缴纳滞纳金，否则取消在留资格", "suspicious", "police_impersonation"),
        ("Cảnh sát đây. Bạn bị điều tra, hãy cung cấp mật khẩu", "suspicious", "police_impersonation"),
        ("Imigração: o senhor será levado sob custódia.", "suspicious", "police_impersonation"),
        (
            "至急 +1 212 999 0100 までお電話ください。身辺調査を開始します。ギフト券の番号を",
            "suspicious",
            "fake_billing",
        ),
    ],
)
def test_frauds_are_recognised_with_their_kind(checker: Checker, text: str, verdict: str, category: str) -> None:
    result = checker.check(text)
    assert (result.verdict, result.category) == (verdict, category)
    assert is_adverse(result) and "consult_188" in advised(result)


def test_a_company_s_own_helpline_in_a_scam_is_not_held_against_it(checker: Checker) -> None:
    result = checker.check("困ったときは消費者ホットライン 188 へ。【佐川急便】荷物 http://sagawa-aozora.top/")
    helpline = next(seen for seen in result.case.seen if seen.mention.key == "jp:188")
    assert helpline.mention.role == "official" and helpline not in result.case.working
    assert helpline.answer.verdict == "official"


def test_working_mentions_come_first_and_once(checker: Checker) -> None:
    result = checker.check("188 か 03-9999-0001 へ至急お電話ください。03-9999-0001 です")
    keys = [seen.mention.key for seen in unique_mentions(result)]
    assert keys[0] == "+81399990001" and keys.count("+81399990001") == 1


@pytest.mark.parametrize("verdict", sorted(VERDICTS))
def test_every_verdict_has_its_steps(verdict: str) -> None:
    rows = [row for row in seed.advice()["message"] if verdict in row["verdicts"]]
    assert verdict == "disputed" or any("any" in row["when"] for row in rows)
    assert {row["step"] for row in seed.advice()["message"]} <= seed.advice()["steps"].keys()


def test_the_answer_as_json(checker: Checker) -> None:
    shown = to_json(checker.check(EXAMPLE), "ja")
    assert {"verdict", "score", "category", "mentions", "companies", "reasons", "campaign", "advice"} <= shown.keys()
    mention = next(m for m in shown["mentions"] if m["kind"] == "masked_phone")
    assert EXAMPLE[mention["start"] : mention["end"]] == mention["written"] == "03-6709-02**"
    assert mention["lookup"]["key"] == mention["key"] == "+813670902**" and mention["role"] == "callback"
    assert shown["companies"][0]["status"] == "fictitious" and shown["campaign"] is None
    helpline = next(step for step in shown["advice"] if step["code"] == "consult_188")
    assert [contact["number"] for contact in helpline["contacts"]] == ["188"]
    assert json.loads(json.dumps(shown)) == shown
    assert to_json(checker.check(EXAMPLE), "en")["summary"].isascii()


def test_who_reads_english_is_told_names_in_latin_letters(checker: Checker) -> None:
    parcel = checker.check(
        "Your parcel from Japan Post could not be delivered. Pay 300 yen: https://jp-post.example/pay"
    )
    assert "Japan Post 日本郵便" in summary(parcel).en and "Japan Post" not in summary(parcel).ja
    texts = {finding.code: finding.text for finding in parcel.findings}
    assert "claims to be Japan Post 日本郵便, but" in texts["link_mismatch"].en
    assert "Japan" not in texts["link_mismatch"].ja
    centre = checker.check("法務省管轄支局 国民訴訟お客様管理センター 訴訟最終告知 本日中に 03-9999-1234 へ連絡を")
    texts = {finding.code: finding.text for finding in centre.findings}
    assert "the genuine Ministry of Justice 法務省" in texts["message_name_abuses"].en
    assert to_json(parcel, "en")["companies"][0]["name_en"] == "Japan Post"


def test_advice_holds_no_contact_of_the_message(checker: Checker) -> None:
    shown = to_json(checker.check("消費生活センター 03-9999-0001 に至急お電話を。http://bait.example/"), "ja")
    assert "9999-0001" not in json.dumps(shown["advice"]) and "bait.example" not in json.dumps(shown["advice"])


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [("  \n", "", "empty"), ("あ" * (MAX_TEXT + 1), "", "too_long"), ("至急", "telegram", "bad_kind")],
)
def test_what_cannot_be_checked(checker: Checker, text: str, kind: str, code: str) -> None:
    with pytest.raises(Unreadable) as error:
        checker.check(text, kind)
    assert error.value.code == code


def test_a_sender_is_part_of_the_message(checker: Checker) -> None:
    result = checker.check("【佐川急便】荷物をお届けします", "sms", "+44 20 7946 0018")
    assert [seen.mention.role for seen in result.case.senders] == ["sender"]
    assert "sender_number_odd" in found(result)


def test_many_identifiers_are_looked_up_up_to_a_limit(checker: Checker) -> None:
    text = "\n".join(f"03-9999-{n:04d} へ電話" for n in range(2 * MAX_LOOKUPS))
    assert len({seen.mention.key for seen in checker.check(text).case.seen}) == MAX_LOOKUPS


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=200))
def test_any_text_has_an_answer(checker: Checker, text: str) -> None:
    if text.strip():
        result = checker.check(text)
        assert result.verdict in VERDICTS and 0 <= result.score <= 1 and result.category in CATEGORIES
        json.dumps(to_json(result, "en"))


def test_the_same_text_has_the_same_answer(checker: Checker, db: Database) -> None:
    assert to_json(checker.check(EXAMPLE), "ja") == to_json(Checker(db, TODAY).check(EXAMPLE), "ja")


def test_a_new_number_in_a_reported_text(seeded_db: Database) -> None:
    rows = [
        {
            "callback_number": f"03-9999-10{n:02d}",
            "message": f"会員の皆様へ。前年度に登録された学習サイトの精算が終わっていません。03-9999-10{n:02d} 担当まで本日中に。",
            "category": "fake_billing",
            "source": source,
            "reported_on": f"2026-11-{n:02d}",
        }
        for n, source in ((3, "board-a"), (9, "board-b"))
    ]
    know_sources(seeded_db, ["board-a", "board-b"])
    with seeded_db.transaction():
        save_raw(seeded_db, rows, {}, TODAY)
    fresh = rows[0]["message"].replace("03-9999-1003", "03-9999-7777")
    result = Checker(seeded_db, TODAY).check(fresh)
    known = result.case.campaign
    assert known and (known.report_count, known.source_count) == (2, 2)
    assert (known.first_reported_on, known.last_reported_on) == ("2026-11-03", "2026-11-09")
    assert result.verdict == "dangerous" and {"known_campaign", "anonymous_demand"} <= found(result)
    shown = to_json(result, "ja")["campaign"]
    assert shown["id"] == known.campaign and shown["similarity"] > 0.9


CLINIC = (
    "さくら歯科クリニックです。明日11月23日10時のご予約のお知らせです。ご変更の場合は050-9999-3344までお電話ください。"
    "お気をつけてお越しください。"
)


@pytest.mark.parametrize("sources", [("local",), ("web",), ("local", "web", "web", "web")])
def test_the_crowd_convicts_no_honest_text_by_reporting_it(seeded_db: Database, sources: tuple[str, ...]) -> None:
    rows = [
        {"callback_number": "050-9999-3344", "message": CLINIC, "category": "fake_billing", "source": source,
         "reporter": f"r{n}", "reported_on": "2026-11-20"}
        for n, source in enumerate(sources)
    ]  # fmt: skip
    with seeded_db.transaction():
        save_raw(seeded_db, rows, {}, TODAY)
    result = Checker(seeded_db, TODAY).check(CLINIC)
    assert result.case.campaign and not result.case.backing.proven and not result.case.backing.apart
    assert result.verdict == "suspicious", "as its number is, and no worse"
    weights = {f.code: f.weight for f in result.findings if f.code in ("reported_contact", "reported_campaign")}
    assert weights == {"reported_contact": 2.1, "reported_campaign": 0.0}
    elsewhere = Checker(seeded_db, TODAY).check(CLINIC.replace("050-9999-3344", "050-9999-5566"))
    assert elsewhere.verdict != "dangerous"


# --- mail

PHISHING = """From: "=?utf-8?b?5qW95aSp44Kr44O844OJ?=" <info@rk.example>
Reply-To: someone@gmail.com
Return-Path: <bounce@mailer.example>
Authentication-Results: mx.example.net; spf=fail; dkim=none; dmarc=fail
Subject: =?utf-8?b?44GU5Yip55So56K66KqN?=
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>楽天カードをご利用いただきありがとうございます。カードの利用を一時停止しました。</p>
<p><a href="https://bait.example/login">https://www.rakuten-card.co.jp/</a></p>
"""


def test_a_phishing_mail(checker: Checker) -> None:
    result = checker.check_mail(read_mail(PHISHING.encode()))
    assert {"auth_failed", "reply_elsewhere", "link_text_differs", "sender_mismatch"} <= found(result)
    assert (result.verdict, result.category) == ("dangerous", "card_phishing")
    assert "official_contacts" not in found(result)
    assert "do_not_open_link" in advised(result)


def test_a_confirmed_mail_of_the_company_itself(checker: Checker) -> None:
    honest = (
        PHISHING.replace("info@rk.example", "info@rakuten-card.co.jp")
        .replace("Reply-To: someone@gmail.com\n", "")
        .replace("bounce@mailer.example", "bounce@rakuten-card.co.jp")
        .replace("spf=fail; dkim=none; dmarc=fail", "spf=pass; dkim=pass; dmarc=pass")
        .replace("https://bait.example/login", "https://www.rakuten-card.co.jp/e-navi/")
        .replace("カードの利用を一時停止しました。", "今月のご請求額が確定しました。")
    )
    result = checker.check_mail(read_mail(honest.encode()))
    assert {"official_contacts", "official_sender"} <= found(result)
    assert result.verdict == "official"
    assert "address_can_be_spoofed" in advised(result)


def test_a_mail_that_only_shows_official_links_is_not_official(checker: Checker) -> None:
    pasted = "差出人: 楽天カード\n件名: ご確認\n\n楽天カードの利用を制限しました。24時間以内に確認を https://www.rakuten-card.co.jp/"
    result = checker.check(pasted, "mail")
    assert result.verdict == "suspicious" and "official_contacts" not in found(result)


def test_html_is_judged_by_what_a_reader_sees(checker: Checker) -> None:
    html = (
        "<html><body><p>楽天カードの利用を<!-- 安全 -->一時停止<b>しました</b>。</p>"
        '<a href="https://bait.example/">https://www.rakuten-card.co.jp/</a></body></html>'
    )
    result = checker.check(html)
    assert {"link_text_differs", "link_mismatch", "phrase"} <= found(result)
    assert result.verdict == "dangerous"
    link = next(seen.mention for seen in result.case.seen if seen.mention.key == "bait.example")
    assert html[link.start : link.end] == "https://bait.example/"


@pytest.mark.parametrize(
    ("checks", "failed"),
    [
        ("spf=fail; dkim=pass", False),
        ("spf=softfail", True),
        ("spf=fail; dmarc=pass", False),
        ("dkim=pass; dmarc=fail", True),
        ("spf=none", False),
    ],
)
def test_which_checks_of_a_mail_count(checker: Checker, checks: str, failed: bool) -> None:
    mail = PHISHING.replace("spf=fail; dkim=none; dmarc=fail", checks)
    assert ("auth_failed" in found(checker.check_mail(read_mail(mail.encode())))) is failed
