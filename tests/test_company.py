"""Company names: one key for the spellings of one name, and only for those. Invented names beside household ones."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from repdb import bundled, company, letters
from repdb.records import Text, Unreadable

SAME = [
    # key, spellings
    (
        "リボーン債権回収",
        "リボーン債権回収株式会社 ﾘﾎﾞｰﾝ債権回収(株) ㈱リボーン債権回収 りぼーん債権回収 リボーン債權回收 リボ一ン債権回収㍿",
    ),
    (
        "アマゾンカード",
        "アマゾンカード アマゾン力ード ｱﾏｿﾞﾝｶｰﾄﾞ アマゾンカ一ド アマゾンカ－ド アマゾン・カード アマゾ\u200bンカード",
    ),
    ("ucカード", "UCカード ＵＣカード UCカ一ド ＵＣカ―ド"),
    ("ヤマト運輸", "ヤマト運輸 ヤマ卜運輸 ﾔﾏﾄ運輸株式会社 やまと運輸"),
    ("ローソン", "ローソン 口ーソン ロ－ソン ㈱ローソン"),
    ("口コミ窓口", "口コミ窓口 口コミ窓ロ ロコ三窓口"),
    ("ニトリ", "ニトリ 二トリ ニ卜リ 二卜リ"),
    ("東京電力", "東京電力 東京電カ 東京電力株式会社"),
    ("東京電力サービス", "東京電力サービス 東京電カサービス"),
    ("日本人工工業", "日本人工工業 日本人エエ業"),
    ("八十二銀行", "八十二銀行 ハ十ニ銀行"),
    ("渡辺証券", "渡辺証券 渡邊證券 渡邉証券"),
    ("高島屋", "高島屋 髙島屋 高嶋屋"),
    ("キヤノン", "キヤノン キャノン ｷｬﾉﾝ"),
    ("バンク", "バンク ハ゛ンク ﾊﾞﾝｸ"),
    ("amazon", "Amazon ＡＭＡＺＯＮ Аmazоn amaᴢon ámazon"),
    ("e-tax".replace("-", ""), "e-Tax ｅ－Ｔａｘ e‑Tax eTax"),
]


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, names in SAME for name in names.split()])
def test_spellings_of_one_name_share_a_key(key: str, name: str) -> None:
    assert company.read(name).key == key


FORMS = [
    ("株式会社パーセル", "パーセル", "株式会社"),
    ("パーセル 株式会社 御中", "パーセル", "株式会社"),
    ("カブシキガイシャ パーセル", "パーセル", "株式会社"),
    ("ｶ)ﾊﾟｰｾﾙ", "パーセル", "株式会社"),
    ("ﾊﾟｰｾﾙ(ｶ", "パーセル", "株式会社"),
    ("㈲パーセル", "パーセル", "有限会社"),
    ("パーセル合同会社様", "パーセル様", "合同会社"),
    ("パーセル合同会社 様", "パーセル", "合同会社"),
    ("(一社)パーセル協会", "パーセル協会", "一般社団法人"),
    ("独立行政法人 国民生活センター", "国民生活センター", "独立行政法人"),
    ("Parcel Desk Co., Ltd.", "parceldesk", "Co., Ltd."),
    ("Parcel Desk, Inc.", "parceldesk", "Inc."),
    ("Parcel Desk G.K.", "parceldesk", "合同会社"),
    ("K.K. Parcel Desk", "parceldesk", "株式会社"),
    ("Parcel Desk LLC", "parceldesk", "LLC"),
    ("Parcelinc", "parcelinc", None),
    ("LLC", "llc", None),
    ("Kkona", "kkona", None),
    ("パーセル 御中", "パーセル", None),
    ("餃子の王様", "餃子ノ王様", None),
]


@pytest.mark.parametrize(("name", "key", "form"), FORMS)
def test_legal_forms_and_honorifics_are_no_part_of_the_key(name: str, key: str, form: str | None) -> None:
    found = company.read(name)
    assert (found.key, company.legal_form(name)) == (key, form)
    assert {flag for flag in found.flags if flag.startswith("legal_form:")} == (
        {f"legal_form:{form}"} if form else set()
    )


@pytest.mark.parametrize(
    ("name", "flagged"),
    [
        ("メル\u2061カリ", True),
        ("Ama\u200bzon", True),
        ("A\u0336mazon", True),
        ("\ufeffメルカリ\u200e", False),
        ("メルカリ\t商会", False),
        ("葛\U000e0100城商会", False),
    ],
)
def test_invisible_characters_inside_a_word_are_flagged(name: str, flagged: bool) -> None:
    assert ("invisible_characters" in company.read(name).flags) == flagged


@pytest.mark.parametrize(
    ("name", "spelling", "disguised"),
    [
        ("アマゾン力ード", "アマゾンカード", True),
        ("東京電カ", "東京電力", True),
        ("Аmazon", "Amazon", True),
        ("ＡＭＡＺＯＮ株式会社", "Amazon", False),
        ("あまぞん", "アマゾン", False),
        ("ｱﾏｿﾞﾝ", "アマゾン", False),
        ("アマゾンカ-ド", "アマゾンカード", False),
        ("髙島屋 様", "高島屋", False),
        ("Nestle", "Nestlé", False),
        ("プラスα", "プラスα", False),
    ],
)
def test_look_alikes_of_a_spelling_are_a_disguise(name: str, spelling: str, disguised: bool) -> None:
    assert company.fold(name) == company.fold(spelling)
    assert company.disguised(name, [spelling]) == disguised
    assert not company.disguised(name, [spelling, name])


@pytest.mark.parametrize(
    "name", ["三井住友カード", "千葉銀行", "口コミ窓口", "第一生命", "ニトリ", "Амур", "国民生活センター", "えきねっと"]
)
def test_an_honest_name_carries_no_flag(name: str) -> None:
    assert company.read(name).flags == frozenset()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "not_a_name"),
        ("株式会社", "not_a_name"),
        ("株式・会社", "not_a_name"),
        ("（株）！", "not_a_name"),
        ("・・・", "not_a_name"),
        ("○○運輸", "masked_name"),
        ("日本**管理", "masked_name"),
        ("あ" * 201, "too_long"),
    ],
)
def test_what_is_no_name_says_why(name: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        company.read(name)
    assert caught.value.code == code
    assert caught.value.text.ja
    assert caught.value.text.en


@pytest.mark.parametrize(
    "name",
    [
        "ヤマダハナコ",
        "Hanako Yamada",
        "スズキ イチロウ",
        "鈴木一郎の会社",
        "新宿区 鈴木一郎（45歳）",
        "山田花子",
        "鈴木さん",
        "サトウ様",
        "株式会社青葉 鈴木一郎",
        "株式会社鈴木（45歳）",
        "山田 健太",
        "佐藤",
    ],
)
def test_a_person_is_no_company(name: str) -> None:
    with pytest.raises(Unreadable) as caught:
        company.read_claimed(name)
    assert caught.value.code == "personal_name"


@pytest.mark.parametrize(
    "name",
    [
        "株式会社山田花子",
        "(株)山田太郎",
        "有限会社 鈴木 一郎",
        "さとう整骨院",
        "Yamada Denki",
        "ヤマダデンキ",
        "マツモトキヨシ",
        "Hello Work",
        "佐川急便",
        "ヤマト運輸さん",
        "千葉銀行",
    ],
)
def test_a_company_is_called_after_whom_it_likes(name: str) -> None:
    assert company.read_claimed(name).kind == "company"


def test_one_star_is_part_of_a_name() -> None:
    assert company.read("E*TRADE証券").key == "etrade証券"


def test_display_is_the_name_as_written_but_visible() -> None:
    assert company.read("  リボーン\u200b債権回収　株式会社 ").display == "リボーン債権回収 株式会社"


SISTERS = [
    ("三井住友カード", "三井住友銀行"),
    ("三井住友銀行", "三井住友信託銀行"),
    ("楽天銀行", "楽天証券"),
    ("みずほ銀行", "みずほ証券"),
    ("みずほ銀行", "みずほ信託銀行"),
    ("NTT東日本", "NTT西日本"),
    ("JAカード", "JALカード"),
    ("DCカード", "UCカード"),
    ("東日本高速道路サービスエリア運営事務所", "西日本高速道路サービスエリア運営事務所"),
    ("第一法規情報サービスセンター東京支店", "第二法規情報サービスセンター東京支店"),
    ("三菱UFJ銀行", "三菱UFJ信託銀行"),
    ("ローソン銀行", "ローソン"),
    ("アビリオ債権回収", "オリーブ債権回収"),
    ("消費生活センター", "国民生活センター"),
]


@pytest.mark.parametrize(
    ("one", "other"), [("三丼住友力ード", "三井住友カード"), ("日夲郵便", "日本郵便"), ("イオソカード", "イオンカード")]
)
def test_look_alikes_that_are_letters_of_names_are_near_not_the_same(one: str, other: str) -> None:
    key = company.fold(other)
    assert company.nearest(company.fold(one), ["楽天", key]) == (key, 1.0)
    assert company.nearest(key, [key]) is None and company.nearest("天丼", ["天井"]) is None


@pytest.mark.parametrize(("one", "other"), SISTERS)
def test_sister_companies_are_not_near(one: str, other: str) -> None:
    assert company.fold(one) != company.fold(other)
    assert company.nearest(company.fold(one), [company.fold(other)]) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("消費者生活センター", "消費生活センター"),
        ("アマゾンマーケッティングサービス", "アマゾンマーケティングサービス"),
        ("リボーンズ債権回収", "リボーン債権回収"),
    ],
)
def test_a_name_one_letter_off_is_near_and_never_the_same(one: str, other: str) -> None:
    key, target = company.fold(one), company.fold(other)
    assert key != target
    near = company.nearest(key, [company.fold("消費者庁"), target, key])
    assert near is not None
    assert near[0] == target
    assert company.NEAR_THRESHOLD <= near[1] < 1


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        ("リボーン債権回収株式会社", True),
        ("全国債權回收センター", True),
        ("日本サービサー㈱", True),
        ("債券回収", True),
        ("債権回収ニュース社", False),
        ("ヤマト運輸", False),
        ("", False),
    ],
)
def test_who_claims_to_collect_debts(name: str, claims: bool) -> None:
    assert company.claims_collection(name) is claims


TABLES = {"kanji_variants.csv": (0,), "confusables.csv": (0, 1), "legal_forms.csv": (0, 1)}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_sorted_unique_and_says_where_it_comes_from(name: str) -> None:
    text = bundled.text(name)
    assert "Origin: " in text
    assert "Licence: " in text
    keys = [tuple(row[place] for place in TABLES[name]) for row in bundled.rows(name)]
    assert keys == sorted(set(keys))


def test_a_variant_folds_in_one_step() -> None:
    variants = letters.kanji_variants()
    assert not set(variants.values()) & set(variants)
    assert all(len(old) == len(new) == 1 for old, new in variants.items())
    assert all(unicodedata.normalize("NFKC", old) == old for old in variants), "NFKC has these already"


PIECES = st.sampled_from(
    "株式会社 (株) ㈱ 有限 会社 カ 力 ロ 口 ト 卜 ニ 二 一 ー － ― - エ 工 千 三 電力 ﾊ ﾞ ゛ ﾟ が ヴ ヮ 髙 﨑 邉 證 amazon А а о Inc. co., ltd kk k.k. "
    "様 御中 ( ) カ) (カ ・ 　 \u200b \u2061 ○ * İ ß ſ ǆ é e\u0301 ½ ㋿ ㌀ ℡ \ud800 \x00 〜 ~ １ ٣".split(" ")
)
NAMES = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=12).map(" ".join)
)


@settings(max_examples=2000, deadline=None)
@given(NAMES)
@example("株式" * 60 + "会社" * 60)
@example("İ" * 300)
def test_folding_is_idempotent_and_any_text_reads_or_is_unreadable(name: str) -> None:
    key = company.fold(name)
    assert company.fold(key) == key
    assert len(key) <= company.MAX_NAME
    company.claims_collection(name)
    company.legal_form(name)
    try:
        found = company.read(name)
    except Unreadable:
        return
    assert found.key
    assert company.read(found.key).key == found.key
    assert company.read(found.display).key == found.key


@settings(max_examples=500, deadline=None)
@given(
    st.text(alphabet="アマゾンドサ電東京業ー" + "カロトニエハタチミオヌ" + "力口卜二工八夕千三才又一", max_size=12),
    st.data(),
)
def test_the_glyph_chosen_never_changes_the_key(name: str, data: st.DataObject) -> None:
    swap = {means: written for written, means in letters.tables().kana.items()}
    swap |= letters.tables().kana
    other = "".join(swap[char] if char in swap and data.draw(st.booleans()) else char for char in name)
    assert company.fold(other) == company.fold(name)


@pytest.mark.parametrize("name", ["@TCOM", "@nifty", "Hello Work", "さくらインターネット"])
def test_a_brand_in_the_shape_of_a_handle_or_a_name_is_a_company(name: str) -> None:
    assert company.read_claimed(name).kind == "company"


@pytest.mark.parametrize(
    ("name", "name_en", "shown"),
    [
        ("日本郵便", "Japan Post", "Japan Post 日本郵便"),
        ("Amazon", "Amazon", "Amazon"),
        ("LINE", "LINE messenger", "LINE"),
        ("見本商事", "", "見本商事"),
        ("ａｕ", "ａｕ", "ａｕ"),
    ],
)
def test_a_name_for_readers_of_either_language(name: str, name_en: str, shown: str) -> None:
    assert company.named(name, name_en) == Text(name, shown)
