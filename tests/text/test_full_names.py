from __future__ import annotations

import pytest

from repdb.text import full_names, person_words

NAMES = (
    "山田花子 やまだはなこ ヤマダハナコ 鈴木一郎 佐藤健太 田中誠 山田はなこ 高橋よし子 佐々木蓮 長谷川直人 Hanako,Yamada yamada-hanako yamada_hanako Hattori.Ryosuke "
    "Sato.Junko Satou.Kyouko"
).split() + ["林 健太郎", "スズキ イチロウ", "イチロウ スズキ", "タロウ・ヤマダ", "Yamada, Hanako", "John Smith"]
FIRMS = (
    "ヤマダデンキ スズキ 山本旅行 鈴木矯正歯科 マツモトキヨシ MatsumotoKiyoshi 中村屋 本田技研工業 タナカ貴金属 村田製作所 松屋 山田 山田さん 森永乳業 高島屋 小林製薬 大塚商会 "
    "山口県 千葉 田中電子 上田信用 中村代行 石川島 サクラ ヤマト 一二三四"
).split() + [
    "Yamada Denki",
    "Matsumoto Kiyoshi",
    "Hello Work",
    "Honda Cars",
    "Paul Stuart",
    "ヤマダ デンキ",
    "ヤマト 運輸",
    "Hanako",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_family_name_and_a_given_one_are_a_person(name: str) -> None:
    assert full_names.is_full_name(name)


@pytest.mark.parametrize("name", FIRMS)
def test_firms_and_places_are_nobody(name: str) -> None:
    assert not full_names.is_full_name(name)


@pytest.mark.parametrize("name", ["山田", "ヤマダ", "長谷川"])
def test_a_family_name_alone_is_one_where_a_person_is_expected(name: str) -> None:
    assert full_names.is_full_name(name, surname=True)
    assert not full_names.is_full_name(name)


@pytest.mark.parametrize("name", ["千葉", "ヤマト運輸", "山田屋", "マツモトキヨシ", "サービス"])
def test_no_family_name_alone(name: str) -> None:
    assert not full_names.is_full_name(name, surname=True)


@pytest.mark.parametrize(
    "name",
    [
        "鈴木一郎の会社",
        "鈴木の店",
        "ヤマダの会社",
        "新宿区 鈴木一郎",
        "見本運輸(鈴木一郎)",
        "見本商店 72歳",
        "45才",
        "山田花子",
        "woman, 45 years old",
    ],
)
def test_a_person_among_other_words(name: str) -> None:
    assert full_names.names_person(name)


@pytest.mark.parametrize(
    "name", ["僕の会社", "日本年金機構", "Amazon Japan", "東京 ガス", "見本電機の店", "天才商会", "3才児"]
)
def test_no_person_among_other_words(name: str) -> None:
    assert not full_names.names_person(name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Facebookの山田花子から", ["山田花子"]),
        ("本人 山田 花子、関 一郎", ["山田 花子", "関 一郎"]),
        ("口座はヤマダ ハナコへ、ヤマダデンキで", ["ヤマダ ハナコ"]),
        ("Dear Hanako Yamada, see #yamada_hanako", ["Hanako Yamada", "yamada_hanako"]),
        ("山本旅行と村田製作所、Yamada Denki", []),
    ],
)
def test_names_in_a_text_without_any_cue(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in full_names.find(text)] == found


def test_latin_spellings() -> None:
    assert person_words.latin("サトウ") == {"satou", "sato", "satoh"}
    assert person_words.latin("リョウスケ") == {"ryousuke", "ryosuke"}
    assert person_words.latin("ハットリ") == {"hattori"}
    assert all(name.isascii() for names in person_words.latin_names() for name in names)
