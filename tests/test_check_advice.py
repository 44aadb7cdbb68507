"""What an answer on a message advises: 架空請求, 不当請求 and one click told apart, by words and by what is on record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from repdb.check import Checker, CheckResult
from repdb.check_answers import claim, summary, to_json
from repdb.db import open_database

TODAY = date(2026, 11, 21)
FAKE = "動画サイトの料金が未納のままです。今日のうちに電話がないときは裁判の手続きを始めます。050-9999-0004"
ONE_CLICK = "登録が完了しました。料金98,000円を3日以内にお支払いください。退会希望の方は050-9999-0005へお電話を"
UNJUST = [
    "お試し価格でお申込みの商品は4回の継続が条件です。受取拒否の場合は違約金29,800円を請求します。本日中に050-9999-0001へご連絡ください。",
    "ご契約の中途解約には違約金として全額をお支払いいただきます。クーリング・オフの対象外です。期日までに下記口座へお振込みください。",
    "先日の水漏れ修理の作業代38万円が未払いです。追加料金が加算されています。本日中に指定口座へお振り込みください。050-9999-0002",
    "利用規約に同意された時点で契約は成立しており、お支払い義務があります。延長料金は1日ごとに加算されます。050-9999-0003",
    "【最終通告】サプリ定期購入の代金が未納です。初回価格との差額23,000円を本日中にお支払いください。http://pay.example.top/",
]
ORDINARY = [
    "【見本健康食品】定期コースのご継続ありがとうございます。次回お届けは12月5日です。休止・解約は発送の10日前までにマイページからお手続きください。",
    "見本モバイルです。ご契約期間中に解約される場合は、契約解除料が発生します。くわしくはマイページの契約内容をご確認ください。",
    "【ホテル見本】ご予約を承りました。キャンセル料は前日50%、当日100%を申し受けます。ご来館をお待ちしております。",
    "見本設備です。修理は15時ごろ伺います。追加料金が発生する場合は、作業前に必ずお見積りをお出しします。",
    "見本スクールです。中途解約の場合は、法に基づき、受講済み分と解約手数料を差し引いた残額を返金します。",
    "見本不動産です。賃貸借契約が成立しましたのでお知らせします。請求書を郵送しますので、期日までにお支払いください。",
    "クーリング・オフについて：契約書面を受け取った日から8日以内は、書面で契約の解除ができます。見本エステ",
]


@pytest.fixture(scope="module")
def checker(seeded_file: Path) -> Iterator[Checker]:
    with closing(open_database(str(seeded_file))) as db:
        yield Checker(db, TODAY)


def steps(result: CheckResult) -> list[str]:
    return [step.code for step in result.advice]


@pytest.mark.parametrize("text", UNJUST)
def test_an_unjust_bill_is_not_just_ignored(checker: Checker, text: str) -> None:
    result = checker.check(text)
    assert (result.verdict, result.category) == ("suspicious", "unjust_billing")
    assert steps(result)[0] in ("do_not_pay", "do_not_open_link")
    assert {"do_not_pay", "keep_evidence", "unjust_not_just_ignore", "consult_188"} <= set(steps(result))
    assert {"do_not_call", "do_not_reply"}.isdisjoint(steps(result))
    assert "弁護士" in summary(result).ja and "lawyer" in summary(result).en


def test_a_bill_for_nothing_is_ignored(checker: Checker) -> None:
    result = checker.check(FAKE)
    assert result.category == "fake_billing"
    assert {"do_not_call", "do_not_pay", "do_not_reply", "consult_188"} <= set(steps(result))
    assert "unjust_not_just_ignore" not in steps(result)


def test_one_click_is_no_contract(checker: Checker) -> None:
    result = checker.check(ONE_CLICK)
    assert result.category == "one_click" and {"one_click_no_contract", "do_not_pay"} <= set(steps(result))
    told = claim(result)
    assert told and "契約は成立していない" in told.ja and "no contract" in told.en


def test_each_says_what_tells_it_from_the_other(checker: Checker) -> None:
    fake, unjust = (to_json(checker.check(text), "ja")["claim"] for text in (FAKE, UNJUST[1]))
    assert (fake["code"], unjust["code"]) == ("fake_billing", "unjust_billing")
    assert "不当請求" in fake["text"] and "架空請求" in unjust["text"]
    english = to_json(checker.check(UNJUST[1]), "en")
    assert english["claim"]["text"].isascii() and "keep records" in english["claim"]["text"]
    assert to_json(checker.check("母です。牛乳を買ってきて"), "ja")["claim"] is None


def test_no_contract_binds_to_a_company_that_does_not_exist(checker: Checker) -> None:
    text = f"アマゾンマーケティングサービスです。{UNJUST[1]}"
    assert checker.check(text).category == "fake_billing"


@pytest.mark.parametrize("text", ORDINARY)
@pytest.mark.parametrize("kind", ["sms", "mail"])
def test_terms_of_an_ordinary_contract_are_no_fraud(checker: Checker, text: str, kind: str) -> None:
    result = checker.check(text, kind)
    assert (result.verdict, claim(result)) == ("unreported", None)


@pytest.mark.parametrize(
    "text",
    [
        "東京地方裁判所 支払督促 令和8年(ロ)第123号 異議があるときは2週間以内に督促異議の申立てをしてください",
        "簡易裁判所 期日呼出状及び答弁書催告状 第1回口頭弁論期日 令和8年12月10日午前10時 当庁301号法廷",
    ],
)
def test_a_court_paper_may_be_genuine_and_has_a_time_limit(checker: Checker, text: str) -> None:
    result = checker.check(text, "postcard")
    assert steps(result)[:3] == ["court_paper_do_not_ignore", "court_paper_check", "court_paper_deadline"]
    assert "do_not_pay" not in steps(result) and "do_not_reply" not in steps(result)


def test_a_threat_with_the_words_of_courts_says_how_genuine_papers_come(checker: Checker) -> None:
    result = checker.check(
        "訴状が提出されました。本日中に連絡なき場合は差し押さえます。国民訴訟管理センター 03-9999-1234"
    )
    assert result.verdict in ("suspicious", "dangerous") and steps(result)[0] == "do_not_call"
    assert "consult_188" in steps(result)[:5] and {"court_paper_do_not_ignore", "court_paper_check"} <= set(
        steps(result)
    )
    assert len(steps(result)) == len(set(steps(result)))
    assert "court_paper_check" in steps(checker.check("I got a court summons by post in Tokyo. Is it real?"))
    assert "court_paper_check" not in steps(checker.check("裁判所の前で10時に待ち合わせね"))


def test_who_poses_as_family_is_asked_on_the_number_that_was_known(checker: Checker) -> None:
    result = checker.check(
        "母さん、俺だけど。携帯落として番号変わった。今日中に会社に100万円払わないといけない。助けて"
    )
    assert (result.verdict, result.category) == ("suspicious", "family_impersonation")
    assert steps(result)[0] == "call_person_you_know"
    told = claim(result)
    assert told is not None and "前からの番号" in told.ja


def test_who_missed_a_call_is_told_not_to_call_back(checker: Checker) -> None:
    for result in (
        checker.check("050-5374-1540 から電話がありました"),
        checker.check("未納料金があります", sender="050-5374-1540"),
    ):
        assert result.verdict in ("past", "suspicious") and steps(result)[0] == "do_not_call"


def test_a_new_number_of_somebody_in_the_family_is_asked_about_whatever_the_verdict(checker: Checker) -> None:
    result = checker.check("Hi mom, this is my new number. My phone broke. Call me 080-9999-1234")
    assert result.verdict in ("unreported", "suspicious") and "call_person_you_know" in steps(result)[:2]
    assert "call_person_you_know" not in steps(checker.check("母です。帰りに牛乳を買ってきて"))
