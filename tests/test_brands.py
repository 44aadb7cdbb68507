"""Which kind of fraud a brand's impersonation is: the register's word, and of unknown names the words in them."""

from __future__ import annotations

import pytest

from repdb import bundled
from repdb.brands import category_of


def test_the_register_tells_of_every_company() -> None:
    assert {row[0]: category_of(row[0]) for row in bundled.rows("companies.csv")} == {
        row[0]: row[3] for row in bundled.rows("companies.csv")
    }


@pytest.mark.parametrize(
    ("category", "names"),
    {
        "tax_or_public_office": "税関 裁判所 財務省 消防庁 法務省 国税庁 東京都 大阪国税局 関東運輸局 見本市役所 法務局",
        "police_impersonation": "警察庁 警視庁 検察庁 見本県警察本部 見本地方検察庁",
        "bank_phishing": "野村證券 大和証券 SBI証券 ＡＮＺ さくら銀行 見本信用金庫 見本バンク Wells-Fargo Sample-Bank",
        "card_phishing": "オリコ orico 三井住友カード 見本カード 見本CARD",
        "delivery": "福山通運 ヤマト運輸 クロネコヤマト Yamato佐川 UPS Royal-Mail 見本郵便局",
        "utility": "NTT東日本 東邦ガス 見本ガス 大阪市水道局 見本でんき",
        "impersonated_collector": "リボーン債権回収 リボーン債権回収株式会社",
        "account_phishing": "purchase Startups 日本電気 ラスベガス ガスト オリコン SoftBank bitbank 任天堂 省エネ工房 薬局 visage groups",
    }.items(),
)
def test_the_kind(category: str, names: str) -> None:
    assert {name: category_of(name) for name in names.split()} == dict.fromkeys(names.split(), category)
