from __future__ import annotations

import pytest

from repdb.company import fold as key_of
from repdb.text.fold import fold
from repdb.text.name_longer import is_longer, own_body, poses
from repdb.text.register import Register

NAMES = {
    "アマゾン": "amazon",
    "みずほ": "みずほ銀行",
    "au": "au",
    "nhk": "nhk",
    "東京ガス": "東京ガス",
    "西日本シティ": "x",
    "西日本シティ銀行": "y",
}
OTHERS = [
    ("アマゾン", "引越センター"),
    ("アマゾン", "川水族館"),
    ("アマゾン", "パイ工房"),
    ("アマゾン", "リリー"),  # katakana goes on: another word
    ("アマゾン", "商会株式会社"),
    ("アマゾン", "ホーム横浜支店"),
    ("みずほ", "台クリニック"),
    ("みずほ", "通り整骨院"),
    ("au", "ショップ青葉台"),
    ("nhk", "文化センター"),
    ("nhk", "ob会"),
    ("東京ガス", "ライフバル"),
    ("西日本シティ銀行", "友の会"),
]
POSING = [
    ("アマゾン", "サポートセンター"),
    ("アマゾン", "センター"),
    ("アマゾン", "プレミアム会員事務局"),
    ("アマゾン", "カード"),
    ("アマゾン", "宅配センター"),
    ("アマゾン", "合同お客様センター"),
    ("nhk", "受信料管理"),
    ("東京ガス", "未納料金センター"),
]


@pytest.mark.parametrize(("name", "rest"), OTHERS)
def test_a_body_of_its_own_is_not_the_brand(name: str, rest: str) -> None:
    text = fold(f"{name}{rest}です", lower=True).text
    assert is_longer(text, len(name))
    assert own_body(name[-1], rest) and not poses(name[-1], rest)
    key = key_of(name + rest)
    assert not poses(key[len(key_of(name)) - 1], key[len(key_of(name)) :])
    assert not Register(NAMES).find(text, bytearray(len(text) + 1))[0]


@pytest.mark.parametrize(("name", "rest"), POSING)
def test_who_poses_as_a_brand_uses_words_of_its_services(name: str, rest: str) -> None:
    text = f"{name}{rest}です"
    assert not is_longer(text, len(name)) and poses(name[-1], rest)
    key = key_of(name + rest)
    assert poses(key[len(key_of(name)) - 1], key[len(key_of(name)) :])
    assert Register(NAMES).find(text, bytearray(len(text) + 1))[0][0] == (0, len(name), NAMES[name])


@pytest.mark.parametrize(
    "text", ["アマゾン", "アマゾンです", "アマゾンの歯科", "アマゾン 歯科", "アマゾン台帳", "アマゾン渋谷店"]
)
def test_nothing_follows_that_makes_another_name(text: str) -> None:
    assert not is_longer(text, 4)


def test_a_word_that_says_nothing_neither_hides_the_brand_nor_accuses() -> None:
    assert not own_body("ン", "経済圏") and not poses("ン", "経済圏") and poses("ン", "")


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("アマゾン醤油味噌です", True),
        ("アマゾン醤油味噌 <a@b>", True),
        ("アマゾン三太郎の家より", True),
        ("アマゾン醤油味噌の話", False),
        ("アマゾン会員証です", False),
        ("アマゾン検品課です", False),
        ("アマゾン緊急便です", False),
        ("アマゾン2です", False),
        ("東京ガスネットワークです", True),
        ("東京ガスネットです", False),
    ],
)
def test_a_whole_that_is_given_as_a_name_is_one(text: str, longer: bool) -> None:
    assert is_longer(text, 4) == longer
