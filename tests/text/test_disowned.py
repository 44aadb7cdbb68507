"""Contacts that a text calls fakes, and those that fraudsters would like to pass for such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text.disowned import is_posed, spared

LINK = "http://aozora.top"


def places(text: str) -> list[tuple[int, int]]:
    return [(at, at + len(LINK)) for at in range(len(text)) if text.startswith(LINK, at)]


@pytest.mark.parametrize(
    "text",
    [
        "偽サイトの例：{} 開かないこと",
        "{} の運営者は公式サイトとは無関係だ。",
        "ﾆｾｻｲﾄ {} を見た",
        "{} は偽サイトです。見つけたらお知らせください",
        "リンク先が {} のメールは当社からのものではありません",
        "青空急便を名乗る偽SMS({})が出回っています。開かないで削除してください。",
        "青空急便を騙るフィッシングサイト {} を確認しております。",
        "父さんへ。{} みたいなリンクは絶対に押さないで",
        "リンク {} は開かないでください。",
        "{} などのURLはクリックやタップをしないようお願いします。",
        "当行が {} のようなURLをお送りすることはありません。",
        "当行では {} のようなURLをお送りしておりません。",
        "Phishing mails pretending to be us hold the link {}. Do not click.",
        "偽サイト {} に注意してください",
        "偽サイト {} はお客様の情報を盗みます。そのサイトで入力しないでください",
        "{} is a phishing site. Do not open it, never use it",
        "偽サイト {} について警察に通報してください",
        "偽サイト {} に入力してしまった方は窓口に連絡してください",
        "偽サイト {} には絶対にアクセスしないようお願いします",
        "当社を装い {} へ誘導するメールが届いています。",
        "フィッシングサイト({})に誘導し、カード番号を入力させる手口です。",
        "Phishing mails pretending to be us hold the link {}. Please do not open the link or reply.",
        "{} is a phishing site. It is not ours",
        "They use the fake site {}",
        "リンク({})は絶対にクリックせず、削除をお願いします。",
        "青空急便を装うメールが届いています。\nリンク: {}\n上記リンクにはアクセスしないでください。",
        "{} は偽物。正しくは公式アプリから",
        "{} は当社とは一切関係ありません",
        "当社とは関係のないサイト: {}",
        "{} は偽サイトだと判明しました。",
    ],
)
def test_what_a_warning_quotes_works_on_nobody(text: str) -> None:
    shown = text.format(LINK)
    assert spared(shown, places(shown)) == {start for start, _ in places(shown)} != set()


@pytest.mark.parametrize(
    "text",
    [
        "再配達はこちら {} (偽サイトではありません)",
        "{} は詐欺ではないのでご安心ください",
        "偽サイトにご注意ください {} で再配達",
        "青空急便を名乗る偽SMSにご注意。正しくは {} で再配達",
        "青空急便を名乗る偽SMSにご注意、正しくは {} です",
        "青空急便を名乗るメール({})をご確認ください",
        "{} 以外のリンクは開かないでください",
        "{} 他のサイトは当社とは関係ありません",
        "お客様を {} へ誘導いたします",
        "偽サイト {} が見つかりました。削除の申請はそのページで。",
        "フィッシングサイト {} にあなたのカード番号が掲載されています。",
        "{} は偽サイト。というデマが流れています",
        "{} は開かないでください、とブラウザが警告する場合は詳細から進んでください",
        "{} を開かないでご放置の場合は返送します",
        "{} を開かないでください（18歳未満）",
        "The fake site {} shows your card. Remove it there now.",
        "{} is a phishing site. Your data is on it. Open it and delete your data.",
        "偽サイト {} で停止の手続きをお願いします",
        "詐欺サイト {} から口座が使われました。上記から停止してください",
        "不審なリンク {} にログインし、停止の申請が必要です",
        "Report the fake site {} by signing in",
        "{} を本日中に開かないと返送します",
        "{} を開かないことには確認できません",
        "{} で確認するまでアプリは開かないでください",
        "This is not a scam: {} Verify. Do not click links in mails",
        "Beware of fake mails. Verify at {}. Do not click others.",
        "Phishing alert on your account {} do not click anything else",
        "We blocked a scam payment {}. Do not open it on a computer, use your phone.",
        "{} は偽サイトです、と表示されてもそのまま進んでください",
        "{} は偽サイトだと警告が出ますが、問題ありません",
        "青空急便をかたる偽SMS({})にご注意ください。身に覚えのある方は上記より再配達をお申し込みください。",
        "詐欺メールの例 {} 未納があります。本日中に上記よりお支払いください",
        "弊社の再配達受付 {} は24時間受付ではありません。",
        "当社からのご案内 {} 詐欺とは関係ありません。",
        "{} を開かずにご放置の場合は口座を止めます",
        "{} が開かないようでしたらパソコンからどうぞ",
        "{} を開かないことがあります",
    ],
)
def test_what_a_fraud_wants_opened_stays(text: str) -> None:
    shown = text.format(LINK)
    assert places(shown) and spared(shown, places(shown)) == frozenset()


def test_a_forbidden_link_is_spared_only_where_no_other_is_left_and_no_click_is_wanted() -> None:
    forbidden = f"青空急便を名乗るSMSのリンク {LINK} は開かないでください。"
    both = f"{forbidden}再配達は {LINK} へ"
    assert spared(forbidden, places(forbidden)) and not spared(forbidden, places(forbidden), presses=True)
    assert not spared(both, places(both))


def test_a_fake_is_one_whatever_else_there_is() -> None:
    text = f"{LINK} は偽サイトです。再配達は {LINK} へ"
    assert spared(text, places(text)) == {0}


@pytest.mark.parametrize(
    ("text", "posed"),
    [
        ("青空急便を名乗るSMS", True),
        ("青空急便」をかたる電話", True),
        ("青空急便を装った通知", True),
        ("青空急便です", False),
        ("青空急便を利用", False),
    ],
)
def test_names_that_others_go_by(text: str, posed: bool) -> None:
    assert is_posed(text, 0, 4) is posed


def test_names_that_others_go_by_in_english() -> None:
    quoted = "「青空電話です。未納料金があります」という自動音声の電話が増えています"
    assert is_posed(quoted, 1, 5) and not is_posed("「青空電話」です。未納料金があります。自動音声の電話です", 1, 5)
    assert is_posed("a call claiming to be from Aozora", 27, 33) and not is_posed("a call from Aozora", 12, 18)


@given(st.text(alphabet="偽サイトは開かないでください。http:/ a", max_size=80), st.integers(0, 80), st.integers(0, 20))
def test_any_place_has_an_answer(text: str, start: int, size: int) -> None:
    assert spared(text, [(start, start + size)]) <= {start}
