"""Roads that a text names in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text.roads import asks_more, other_road


@pytest.mark.parametrize(
    ("text", "road"),
    [
        ("未納料金があります。折り返しは零九零の一二三四の五六七八へ", "五六七八"),
        ("代金は7日以内に現金書留で大阪の吉田宛に送ってください", "現金書留で"),
        ("代金をレターパックで送れ", "レターパックで"),
        ("送料は青空ペイで送金", "青空ペイで"),
        ("送料は青空ペイの aozora88 に送ってください", "aozora88 に"),
        ("詳しくは「再配達 確認」で検索して一番上を開いてください", "」で検索"),
        ("aozora・top にて料金をお支払いください", "aozora・top"),
        ("お電話はゼロサン一二三四へ", "一二三四へ"),
        ("代金を職員に渡してください", "職員に"),
        ("料金について、" + "見本、" * 300 + "吉田宛に送ってください", "吉田宛に"),
    ],
)
def test_another_road_is_seen(text: str, road: str) -> None:
    assert (other_road(text, ()) or "").endswith(road)


@pytest.mark.parametrize(
    "text",
    [
        "再配達は こちら へご連絡ください。",
        "料金は12月27日までに口座へご入金ください。",
        "代金は現金またはカードでお支払いください。",
        "ご不明点はお近くの営業所までお電話ください。",
        "お支払いがない場合は停止しますので、お早めにお支払いください。",
        "払込票によりコンビニ等でお支払いください。",
        "駅前の喫茶店で待っています。",
        "期限は18:00までです。料金を確かめてください。",
    ],
)
def test_a_day_a_till_and_a_page_are_none(text: str) -> None:
    assert other_road(text, ()) is None


@pytest.mark.parametrize(
    ("text", "road"),
    [
        ("ご不明点は、ぜろごーぜろの、きゅうきゅうきゅうきゅう、いちにさんよん", "ぜろごーぜろの"),
        ("折り返しは 五〇九九九九一二三四 の前に〇", "五〇九九九九一二三四"),
        ("call zero five zero, nine nine nine nine, zero zero zero one", "zero five zero"),
        ("電話はゼロサンー9999ー0001", "ゼロサン"),
        ("折り返しは ゼロキュウゼロの9999の0001", "ゼロキュウゼロ"),
        ("aozora ドット com を開く", "aozora ドット com"),
        ("aozora(ドット)com", "aozora(ドット)com"),
        ("aozora。pw", "aozora。pw"),
        ("あおぞら.com を開く", "ら.com"),
    ],
)
def test_what_is_spelled_out_is_a_road(text: str, road: str) -> None:
    assert (other_road(text, ()) or "").startswith(road)


@pytest.mark.parametrize(
    "text",
    [
        "二〇二六年十一月二十二日",
        "第一二三回",
        "ご一緒にさんぽしましょう",
        "polka dot dress",
        "ドットコム商会",
        "です。net",
    ],
)
def test_what_only_looks_spelled_out_is_none(text: str) -> None:
    assert other_road(text, ()) is None


@pytest.mark.parametrize(
    "text",
    [
        "お手元にキャッシュカードをご準備ください",
        "検索窓に青空と入れてください",
        "青空窓口をググってください",
        "この番号に名前と住所を送信",
        "お問い合わせはDMで",
        "連絡は @aozora_help へ",
        "現金を封筒に入れてお待ちの上、渡してください",
        "Please buy a card",
        *(
            f"電話 {number}"
            for number in (
                "0*5*0*9999*0001",
                "050の九九九九の0001",
                "050|9999|0001",
                "050★9999★0001",
                "050→9999→0001",
                "050ｘ9999ｘ0001",
                "050_9999_0001",
                "050,9999,0001",
                "0⑤0-9999-0001",
                "050-9999-壱弐参四",
                "050 9999\n0001",
                "05099990001",
            )
        ),
    ],
)
def test_who_asks_more_than_firms_do_is_noticed(text: str) -> None:
    assert asks_more(text)


@pytest.mark.parametrize(
    "text",
    [
        "代金をドライバーにお支払いください。",
        "公式アプリからご確認いただきますようお願いいたします。",
        "今後ともよろしくお願いいたします。",
        "お気をつけてお越しください。",
        "暗証番号は誰にも教えないでください",
        "お近くの営業所までご連絡をお願いします",
        "12月1日までにお申し込みください",
        "Please check your balance. Please do not reply",
        "荷物が届きました。明日伺います",
        "受付 09:00~18:00 12/24まで、伝票番号 0123-4567-8901",
        "注文番号 250-1234567-1234567、金額 10,000,000円",
        "令和8年01月02日 03時04分 005",
    ],
)
def test_what_firms_ask_of_customers_is_usual(text: str) -> None:
    assert asks_more(text) is None


def test_a_confirmed_number_is_nothing_more() -> None:
    text = "お問い合わせは 0120-999-001 へ"
    assert asks_more(text) and asks_more(text, [(8, 20)]) is None


def test_what_is_confirmed_is_no_other_road() -> None:
    assert other_road("料金は見本堂へ", ())
    assert other_road("料金は見本堂へ", [(3, 6)]) is None
    assert other_road("見本.comです", ()) and other_road("見本.comです", [(0, 6)]) is None


@given(st.text(alphabet="料金は青空へ宛でまに送電話。「」 ", max_size=80))
def test_a_road_is_a_part_of_the_text(text: str) -> None:
    road = other_road(text, ())
    assert road is None or road in text
