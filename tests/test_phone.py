from __future__ import annotations

import csv
import json
import random
import re
import subprocess
import sys
import unicodedata
from importlib.resources import files

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers.data.region_JP import PHONE_METADATA_JP
from phonenumbers_jp._data import CARRIER_SELECTORS, PREFIXES

from repdb import phone, phone_plan
from repdb.invisible import INVISIBLE
from repdb.phone_text import INVISIBLE_MARK, KANJI_DIGITS
from repdb.records import Unreadable

E164, NATIONAL = phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.NATIONAL


def code_of(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        phone.read(text)
    assert caught.value.text.ja and caught.value.text.en
    return caught.value.code


# --- written forms -------------------------------------------------------------------------------------------------

IP = "+815099993490"
TOKYO = "+81367990234"
FREE = "+81120999456"

SPELLINGS = {
    IP: """
        05099993490 050-9999-3490 ０５０－９９９９－３４９０ ０５０９９９９３４９０ 050‐9999‐3490 050‑9999‑3490
        050‒9999‒3490 050–9999–3490 050—9999—3490 050―9999―3490 050−9999−3490 050ー9999ー3490 050ｰ9999ｰ3490
        050〜9999〜3490 050～9999～3490 050~9999~3490 050・9999・3490 050･9999･3490 050·9999·3490 050.9999.3490
        050．9999．3490 050/9999/3490 050／9999／3490 050─9999─3490 050⁻9999⁻3490 050﹣9999﹣3490 050=9999=3490
        050,9999,3490 050、9999、3490 050。9999。3490 050｜9999｜3490 (050)9999-3490 （０５０）９９９９-３４９０
        【050】9999【3490】 「050-9999-3490」 『050』9999-3490 〈050〉9999-3490 [050]9999-3490 {050}9999-3490
        <050-9999-3490> “050-9999-3490” 〇五〇九九九九三四九〇 〇五〇－九九九九－三四九〇 零五零九九九九参肆玖零
        ０五〇九九九九三四九〇 〇五〇の九九九九の三四九〇 050の9999の3490 ０５０一９９９９一３４９０ ⓪⑤⓪⑨⑨⑨⑨③④⑨⓪
        ⁰⁵⁰⁹⁹⁹⁹³⁴⁹⁰ ₀₅₀₉₉₉₉₃₄₉₀ ٠٥٠٩٩٩٩٣٤٩٠ ०५०९९९९३४९० 𝟎𝟓𝟎𝟗𝟗𝟗𝟗𝟑𝟒𝟗𝟎 𝟶𝟻𝟶-𝟿𝟿𝟿𝟿-𝟹𝟺𝟿𝟶
        0️⃣5️⃣0️⃣9️⃣9️⃣9️⃣9️⃣3️⃣4️⃣9️⃣0️⃣ 🄌❺🄌❾❾❾❾❸❹❾🄌 O5O-9999-349O ｏ５ｏ-9999-349ｏ О5О-9999-349О
        ○5○-9999-349○ 050_9999_3490 050*9999*3490 +815099993490 +81-50-9999-3490 ＋８１５０９９９９３４９０
        +81(0)5099993490 +81-(0)50-9999-3490 +81(O)50-9999-3490 (+81)50-9999-3490 +81.50.9999.3490
        +8105099993490 0081-50-9999-3490 008105099993490 010815099993490 010-81-50-9999-3490
        001-010-81-50-9999-3490 815099993490 81-50-9999-3490 81-050-9999-3490 5099993490 50-9999-3490
        186-050-9999-3490 18405099993490 184-050-9999-3490 0033-050-9999-3490 186-0077-050-9999-3490
        TEL:050-9999-3490 Tel.050-9999-3490 ℡050-9999-3490 ☎050-9999-3490 ☎️050-9999-3490 📞050-9999-3490
        電話：050-9999-3490 電話番号:050-9999-3490 お問い合わせ先:050-9999-3490 お電話番号：050-9999-3490 携帯050-9999-3490 tel:+81-50-9999-3490 TEL/FAX:050-9999-3490
        (TEL)050-9999-3490 050-9999-3490内線12 050-9999-3490（内線123） 050-9999-3490ext.5 050-9999-3490x12
        050-9999-3490#12 tel:+81-50-9999-3490;ext=12 050-9999-3490（代表） 050-9999-3490(代) 050-9999-3490？
        050-9999-3490。 ●050-9999-3490 ※050-9999-3490 T:050-9999-3490 callto:05099993490
    """,
    TOKYO: """
        03-6799-0234 (03)6799-0234 03(6799)0234 ０３（６７９９）０２３４ 0367990234 〇三六七九九〇二三四
        +81367990234 +81-3-6799-0234 03-67990234 036799-0234 0-3-6-7-9-9-0-2-3-4 3-6799-0234 367990234
        0081367990234
    """,
    FREE: """
        0120-999-456 0120-99-9456 0120-9994-56 0120(999)456 120999456 120-999-456 ０１２０ー９９９ー４５６
        フリーダイヤル0120-999-456 0120-999-456(通話無料) O12O-999-456 0I20-999-456 0l2o-999-456
    """,
}
SPACED = {
    IP: (
        "050 9999 3490",
        "050\u30009999\u30003490",
        "050\u00a09999\u00a03490",
        "050\u20099999\u20093490",
        "050 – 9999 – 3490",
        "050\u200b-9999-\u200b3490",
        "\u202d050-9999-3490\u202c",
        "050\u00ad99993490",
        "0\u200d5\u200d0\u200d99993490",
        "\ufeff05099993490",
        "0 5 0 9 9 9 9 3 4 9 0",
        "  050-9999-3490\n",
        "+81 50 9999 3490",
        "+81 (0)50 9999 3490",
        "+ 81 50 9999 3490",
        "00 81 50 9999 3490",
        "184 050 9999 3490",
        "TEL : 050 9999 3490",
        "電話番号 ： 050-9999-3490",
        "050-9999-3490 内線 12",
        "050-9999-3490 ext. 12",
        "050 (9999) 3490",
        "0\u03365\u03360\u033699993490",
        "℡ 050-9999-3490 (直通)",
        "電話 050-9999-3490",
        "> 050-9999-3490",
        ": 050-9999-3490",
        "050\t9999\t3490",
        "050-9999-3490\u3164",
        "050-\n9999-3490",
        "050-9999-3490 ?!",
    ),
}
CASES = [
    (text, key)
    for key in SPELLINGS
    for text in (*SPELLINGS[key].split(), *SPACED.get(key, ()))
]  # fmt: skip


@pytest.mark.parametrize(("text", "key"), CASES)
def test_every_spelling_reads_as_one_key(text: str, key: str) -> None:
    found = phone.read(text)
    assert (found.kind, found.key, found.display) == ("phone", key, phone.display(key))


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("186-050-9999-3490", "caller_id_prefix"),
        ("0033-03-6799-0234", "carrier_prefix"),
        ("0091-20-03-6799-0234", "carrier_prefix"),
        ("001-010-1-808-693-3888", "carrier_prefix"),
        ("050-9999-3490 内線 3", "extension"),
        ("050\u200b-9999-3490x", None),
        ("0\u200b50-9999-3490", "invisible_characters"),
        ("O50-9999-3490", "letter_digits"),
        ("○5○-9999-3490", "circle_zeros"),
        ("90-9999-0000", "leading_zero_added"),
        ("81-90-9999-0000", "plus_added"),
        ("050-9999-3490", None),
    ],
)
def test_flags_say_what_the_reading_assumed(text: str, flag: str | None) -> None:
    if text.endswith("x"):
        assert code_of(text) == "too_long"
        return
    assert phone.read(text).flags == (frozenset({flag}) if flag else frozenset())


# ␣ stands for a space.
MASKED = {
    "+813670902**": """
        03-6709-02** 03-6709-02＊＊ 03-6709-02×× 03-6709-02xx 03-6709-02XX 03-6709-02○○ 03-6709-02〇〇
        03-6709-02●● 03-6709-02?? 03-6709-02？？ 03-6709-02## 03-6709-02＃＃ 03-6709-02__ 03-6709-02✕✕
        03-6709-02OO 03670902** ０３－６７０９－０２＊＊ +81-3-6709-02** +81(0)3-6709-02** 0081-3-6709-02**
        010-81-3-6709-02** 81-3-6709-02** 186-03-6709-02** TEL␣03-6709-02** 03-6709-02■■
    """,
    "+8190****1234": """
        090-○○○○-1234 090-OOOO-1234 090OOOO1234 090-〇〇〇〇-1234
    """,
    "+813****0234": "03-****-0234",
    "+81120***110": "0120…110",
    "+8136709****": "03-6709-…",
    "+81509999****": "050-9999-…",
    "+815099993*9*": "050-9999-3*9*",
    "+8180*1234567": "080*-123-4567",
    "+8112099*456": "0120-99*-456",
    "+814*1234567": "04*-123-4567",
    "+180869338**": "+1-808-693-38**",
    "+4420794609**": "+44␣20␣7946␣09xx",
}


@pytest.mark.parametrize(
    ("text", "key"), [(text.replace("␣", " "), key) for key, texts in MASKED.items() for text in texts.split()]
)
def test_masked_numbers_keep_one_star_per_hidden_digit(text: str, key: str) -> None:
    found = phone.read(text)
    assert (found.kind, found.key) == ("masked_phone", key)
    assert phone.hidden(key) == key.count("*") == found.display.count("*")
    assert phone.display(key) == found.display


REFUSED = {
    "not_a_number": [
        "",
        " ",
        "hello",
        "リボーン債権回収",
        "050-9999-3490まで",
        "110番",
        "03-6709-0234 / 山田",
        "162.158.1.1",
        "81.123.234.112",
        "162.158.○○○.○○○",
        "lol",
        "IIO",
        "07:00~23:00",
        "+",
        "++815099993490",
        "xx",
        "O",
        "第30170027号",
        "050-9999-3490@x",
        "https://x.jp/0312345678",
    ],
    "placeholder": [
        "+99-****-56**",
        "+80-****-****",
        "03-XXXX-XXXX",
        "03-xxxx-xxxx",
        "XX-XXXX-XXXX",
        "090-XXXX-XXXX",
        "+8190XXXXXXXX",
        "050-****-****",
        "0120-***-***",
        "000-0000-0000",
        "***-****-1234",
        "0176-**-****",
        "○○○-○○○○-○○○○",
        "03-…",
        "03-…-…",
        "+**-1234-5678",
    ],
    "hash_left_out": ["9110", "８０００", "7119"],
    "too_short": [
        "+1234567",
        "+8610086",
        "+86 95588",
        "+86 12345",
        "+81 3 3502 111",
        "0120-12345",
        "03-1234",
        "050-9999-349",
        "0800-12-4567",
        "+81110",
        "+123456",
        "00123",
        "12345",
        "03-6709-0*",
    ],
    "too_long": [
        "03-1234-56789",
        "050-9999-34901",
        "0" * 201,
        "+" + "1" * 18,
        "1" * 18,
        "03-6709-02***",
        "03-1234-5678/03-1234-5679",
    ],
    "hidden_start": [
        "0X0-9999-3490",
        "0*0-9999-3490",
        "05*-9999-3490",
        "05X-9999-3490",
        "06X-1234-5678",
        "*50-9999-3490",
    ],
    "impossible_number": [
        "021-234-5678",
        "050-0123-4567",
        "090-0123-4567",
        "103",
        "123",
        "000-1234-5678",
        "021-234-56**",
        "+1-808-693-388812**",
        "+4420**",
        "0005-5-10005-12*4",
        "#91100",
        "#123",
        "#123456",
        "#1110",
        "0000-5678-1234",
    ],
    "no_prefix": ["2024-01-15", "1-808-693-3888", "8445550123", "4111-1111-1111-1111", "12345678"],
    "ambiguous": [
        "808-693-3888",
        "010-1234-5678",
        "01012345678",
        "0077-7804-1234",
        "0077-24-1234",
        "0070-800-111222",
        "00777-050-9999-3490",
        "0034-12-1234",
    ],
}


@pytest.mark.parametrize(("text", "code"), [(text, code) for code, texts in REFUSED.items() for text in texts])
def test_what_is_no_number_is_refused_with_a_reason(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("text", "kind", "key", "display"),
    [
        ("110", "short_number", "jp:110", "110"),
        ("１１０", "short_number", "jp:110", "110"),
        ("一一〇", "short_number", "jp:110", "110"),
        ("188", "short_number", "jp:188", "188"),
        ("#9110", "short_number", "jp:#9110", "#9110"),
        ("＃９１１０", "short_number", "jp:#9110", "#9110"),
        ("♯9110", "short_number", "jp:#9110", "#9110"),
        ("電話 #9110", "short_number", "jp:#9110", "#9110"),
        ("#7119", "short_number", "jp:#7119", "#7119"),
        ("0005-1234", "short_number", "jp:00051234", "00051234"),
        ("0005123456", "short_number", "jp:0005123456", "0005123456"),
        ("0037-80-013-113", "short_number", "jp:003780013113", "0037-8001-3113"),
        ("0077-7012", "short_number", "jp:00777012", "0077-7012"),
        ("0088-21-1234", "short_number", "jp:0088211234", "0088-211-234"),
        ("+1 808 693 3888", "phone", "+18086933888", "+1 808-693-3888"),
        ("001-1-808-693-3888", "phone", "+18086933888", "+1 808-693-3888"),
        ("(844) 555-0123", "phone", "+18445550123", "+1 844-555-0123"),
        ("18445550123", "phone", "+18445550123", "+1 844-555-0123"),
        ("+8085550110", "displayed_id", "+8085550110", "+8085550110"),
        ("+800 555 0110", "displayed_id", "+8005550110", "+8005550110"),
        ("+081-50-9999-3490", "phone", IP, "050-9999-3490"),
        ("081-50-9999-3490", "phone", IP, "050-9999-3490"),
        ("1-800-555-0123", "phone", "+18005550123", "+1 800-555-0123"),
        ("010-1-808-693-3888", "phone", "+18086933888", "+1 808-693-3888"),
        ("0018086933888", "phone", "+18086933888", "+1 808-693-3888"),
        ("005345-010-86-24-3333-3333", "phone", "+862433333333", "+86 24 3333 3333"),
        ("+44 (0)20 7946 0958", "phone", "+442079460958", "+44 20 7946 0958"),
        ("+1800335814321", "displayed_id", "+1800335814321", "+1800335814321"),
        ("010-1800335814321", "displayed_id", "+1800335814321", "+1800335814321"),
        ("001800335814321", "displayed_id", "+1800335814321", "+1800335814321"),
        ("+81 50 0123 4567", "displayed_id", "+815001234567", "+815001234567"),
        ("+0012345678", "displayed_id", "+0012345678", "+0012345678"),
        ("+0312345678", "phone", "+81312345678", "03-1234-5678"),
        ("+09099993490", "phone", "+819099993490", "090-9999-3490"),
        ("+0081 50 9999 3490", "phone", IP, "050-9999-3490"),
        ("+52 1 55 1234 5678", "phone", "+525512345678", "+52 55 1234 5678"),
        ("+9991234567", "displayed_id", "+9991234567", "+9991234567"),
        ("+999-1234-56**", "masked_phone", "+999123456**", "+999123456**"),
        ("+80****0110", "masked_phone", "+80****0110", "+80****0110"),
        ("+804-XXXX-0110", "masked_phone", "+804****0110", "+804****0110"),
        ("0032069000", "short_number", "jp:0032069000", "0032069000"),
        ("03-六七九九-〇二三四", "phone", TOKYO, "03-6799-0234"),
        ("03-六七九九-02〇〇", "masked_phone", "+813679902**", "03-6799-02**"),
        ("03-六七九〇-〇〇〇4", "masked_phone", "+8136790***4", "03-6790-***4"),
        ("〇三ー六七九九ー〇二○○", "masked_phone", "+813679902**", "03-6799-02**"),
        ("〇三ー六七九九ー〇二〇〇", "phone", "+81367990200", "03-6799-0200"),
        ("0200-12345-67890", "phone", "+812001234567890", "0200-12345-67890"),
    ],
)
def test_other_kinds(text: str, kind: str, key: str, display: str) -> None:
    found = phone.read(text)
    assert (found.kind, found.key, found.display) == (kind, key, display)
    assert phone.display(key) == display


# --- the numbering plan, held to phonenumbers ----------------------------------------------------------------------

# Japanese numbers on which we differ on purpose: text → what phonenumbers makes of it, what we make of it, and why.
DIFFERENCES = {
    "110": ("+81110", "jp:110"),  # a short number has no E.164 form
    "188": ("+81188", "jp:188"),
    "117": ("+81117", "jp:117"),
    "#9110": ("+819110", "jp:#9110"),
    "184-050-9999-3490": ("+8118405099993490", IP),  # caller-ID prefixes are no part of the number
    "186-050-9999-3490": ("+8118605099993490", IP),
    "0033-03-6799-0234": ("+8100330367990234", TOKYO),  # nor are carrier prefixes
    "0066-03-6799-0234": ("+8100660367990234", TOKYO),
    "0180-993-333": ("+81180993333", "+81180993333"),  # mass calling: in the plan, invalid to phonenumbers
    "0200-12345-67890": ("+812001234567890", "+812001234567890"),  # 14-digit M2M, likewise
    "0077-7012": ("+8100777012", "jp:00777012"),  # carrier freephone: cannot be dialled from abroad
    "0005-1234": ("+8100051234", "jp:00051234"),
}
EXTRA_HEADS = re.compile("180......|200..........")


@pytest.mark.parametrize("text", DIFFERENCES)
def test_differences_from_phonenumbers_are_these(text: str) -> None:
    theirs, ours = DIFFERENCES[text]
    parsed = phonenumbers.parse(text, "JP")
    assert phonenumbers.format_number(parsed, E164) == theirs
    assert phone.read(text).key == ours
    assert theirs != ours or not phonenumbers.is_valid_number(parsed)


def test_whole_plan_reads_as_phonenumbers_reads_it() -> None:
    """Every four-digit head at both lengths: valid there if and only if read here, with its key and its grouping."""
    dice = random.Random(815)
    valid = 0
    for head in range(1100, 10000):  # 010… dials abroad
        for length in (9, 10):
            national = f"{head}{dice.randrange(10 ** (length - 4)):0{length - 4}}"
            number = phonenumbers.PhoneNumber(country_code=81, national_number=int(national))
            if not phonenumbers.is_valid_number(number):
                if not EXTRA_HEADS.fullmatch(national):
                    assert code_of("0" + national) in ("impossible_number", "too_short", "too_long")
                continue
            valid += 1
            found = phone.read("0" + national)
            assert (found.key, found.display) == ("+81" + national, phonenumbers.format_number(number, NATIONAL))
            assert phone.display(found.key) == found.display
            assert phone.read(found.display) == found
            assert phonenumbers.parse(found.display, "JP") == number
    assert valid > 7000


@pytest.mark.slow
def test_every_area_code_groups_as_phonenumbers_groups_it() -> None:
    """All 690 000 six-digit heads of landlines, against the patterns of libphonenumber's own metadata."""
    fixed = re.compile(PHONE_METADATA_JP.fixed_line.national_number_pattern)
    formats = [
        (re.compile(rule.leading_digits_pattern[-1] if rule.leading_digits_pattern else ""), re.compile(rule.pattern))
        for rule in PHONE_METADATA_JP.number_format
    ]
    heads = 0
    for head in range(100_000, 1_000_000):
        national = f"{head}000"
        known = phone_plan.service("0" + national)
        if not fixed.fullmatch(national):
            assert known is None or known[0] != "fixed"
            continue
        heads += 1
        lengths = next(
            tuple(map(len, found.groups()))
            for leading, pattern in formats
            if leading.match(national) and (found := pattern.fullmatch(national))
        )
        assert known == ("fixed", (lengths[0] + 1, *lengths[1:]))
    assert heads == 690_000


def test_number_services_match_the_published_table() -> None:
    names = {"ip": "voip"}
    with files("repdb.data").joinpath("number_services.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 12
    for row in rows:
        digits = row["prefix"].ljust(int(row["length"]), "1")
        groups = tuple(map(int, row["groups"].split("-")))
        assert phone_plan.service(digits) == (names.get(row["kind"], row["kind"]), groups), row


def test_short_numbers_and_carrier_prefixes_cover_those_of_phonenumbers_jp() -> None:
    shorts = {prefix for prefix, row in PREFIXES.items() if row["t"] == "特番"}
    assert shorts - phone_plan.SHORT.keys() == {"12"}  # no number of the plan
    for prefix in CARRIER_SELECTORS:
        found = phone_plan.CARRIER_PREFIX.match(prefix + "0367990234")
        assert found is not None and found[0] == prefix


def test_carrier_freephone_pattern_is_that_of_the_metadata() -> None:
    theirs = re.compile(PHONE_METADATA_JP.toll_free.national_number_pattern)
    dice = random.Random(37)
    for head in (
        "0037",
        "0066",
        "0078",
        "00777",
        "007770",
        "007771",
        "007775",
        "007778",
        "008821",
        "008823",
        "00771",
        "0088",
    ):
        for length in range(8, 19):
            number = head + "".join(dice.choices("123456789", k=length - len(head)))
            assert bool(phone_plan.CARRIER_FREEPHONE.fullmatch(number)) == bool(theirs.fullmatch(number)), number
            if theirs.fullmatch(number):
                assert phone.read(number).key == "jp:" + number
                assert phone.display("jp:" + number).replace("-", "") == number


@given(st.sampled_from(["050", "070", "080", "090"]), st.integers(1, 9), st.integers(0, 9_999_999), st.data())
def test_any_writing_of_a_number_reads_back(prefix: str, first: int, rest: int, data: st.DataObject) -> None:
    digits = f"{prefix}{first}{rest:07}"
    separator = data.draw(st.sampled_from(["", "-", "－", "ー", "‑", " ", "\u3000", "・", "\u200b", ".", ") ", "【"]))
    zero = data.draw(st.sampled_from([ord("0"), ord("０"), 0x660, 0x1D7CE, 0x1D7F6]))
    written = separator.join((digits[:3], digits[3:7], digits[7:])).translate(
        {ord("0") + n: zero + n for n in range(10)}
    )
    assert phone.read(written).key == "+81" + digits[1:]


# --- folding -------------------------------------------------------------------------------------------------------


@given(st.text())
def test_fold_keeps_the_length_and_is_stable(text: str) -> None:
    folded = phone.fold(text)
    assert len(folded) == len(text)
    assert phone.fold(folded) == folded


def test_fold_of_every_character() -> None:
    folded = phone.fold("".join(map(chr, range(0x110000))))
    assert len(folded) == 0x110000
    for code, char in enumerate(folded):
        digit = unicodedata.digit(chr(code), None)
        assert digit is None or char == str(digit)
        assert (char == INVISIBLE_MARK) == (code in INVISIBLE)


def test_fold_names_each_class() -> None:
    assert phone.fold("０５０－３１９８ー・／，【】＋＃＊○×") == "050-3198-・/,()+#*○*"
    assert phone.fold("〇一二ОＯΙｘ\u200d\u3000") == "〇一2OOIx\u200b "
    assert phone.fold(KANJI_DIGITS).isdecimal()


# --- robustness ----------------------------------------------------------------------------------------------------

NUMBERISH = st.text(
    alphabet="0123456789０９〇一五九○●×xX*＊#?_…+＋-ー－()（） \u200bOolI内線extTEL:;=.,/の番18４６", max_size=40
)


@given(st.one_of(st.text(max_size=300), NUMBERISH))
def test_nothing_but_unreadable_is_raised(text: str) -> None:
    try:
        found = phone.read(text)
    except Unreadable:
        return
    assert found.kind in ("phone", "masked_phone", "short_number", "displayed_id")
    assert phone.display(found.key) == found.display
    again = phone.read(found.display)
    assert (again.kind, again.key) == (found.kind, found.key)
    facts = phone.facts(found.key)
    assert facts["line_type"] in phone.LINE_TYPES
    json.dumps(facts)
    assert not phone.covers(found.key, "")


def test_ordinary_numbers_cost_no_import_of_phonenumbers() -> None:
    program = (
        "import sys; from repdb import phone\n"
        "for text in ('050-9999-3490', '0367990234', '045-999-4567', '090-9999-1234', '0120999456', '0800-999-1234',\n"
        "             '0570-999-123', '03-6709-02**', '188', '#9110', '＋８１ ３ ６７９９ ０２３４', '021-234-5678'):\n"
        "    try: phone.line_type(phone.read(text).key)\n"
        "    except ValueError: pass\n"
        "print(sorted({'phonenumbers', 'phonenumbers_jp'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- keys ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "line_type", "area", "country", "national"),
    [
        ("+81367990234", "fixed", "東京", None, "0367990234"),
        ("+81459994567", "fixed", "横浜", None, "0459994567"),
        ("+813670902**", "fixed", "東京", None, "03670902**"),
        ("+81997**2345", "fixed", None, None, "0997**2345"),
        (IP, "voip", None, None, "05099993490"),
        ("+819099993490", "mobile", None, None, "09099993490"),
        ("+81601234567", "personal", None, None, "0601234567"),
        (FREE, "toll_free", None, None, "0120999456"),
        ("+818009991234", "toll_free", None, None, "08009991234"),
        ("+8180*1234567", "mobile", None, None, "080*1234567"),
        ("+81570999123", "shared_cost", None, None, "0570999123"),
        ("+81990999123", "premium", None, None, "0990999123"),
        ("+81180999123", "mass_calling", None, None, "0180999123"),
        ("+812099991234", "m2m", None, None, "02099991234"),
        ("+18086933888", "international", None, "US", None),
        ("+80012345678", "international", None, None, None),
        ("+180869338**", "international", None, None, None),
        ("+1800335814321", "outside_plan", None, None, None),
        ("+815001234567", "outside_plan", None, None, None),
        ("jp:#9110", "short", None, None, "#9110"),
        ("jp:#7000", "short", None, None, "#7000"),
        ("jp:00051234", "sms_short_code", None, None, "00051234"),
        ("jp:00777012", "toll_free", None, None, "00777012"),
    ],
)
def test_facts(key: str, line_type: str, area: str | None, country: str | None, national: str | None) -> None:
    found = phone.facts(key)
    assert (found["line_type"], found["area"], found["country"], found["national"]) == (
        line_type,
        area,
        country,
        national,
    )
    assert phone.line_type(key) == line_type
    assert phone.national(key) == (national if key.startswith("+81") else None)


def test_short_numbers_say_what_they_are_for() -> None:
    assert phone.facts("jp:188")["service"] == "消費者ホットライン"
    assert phone.facts("jp:#9110")["service_en"] == "police advice line (not urgent)"
    assert "service" not in phone.facts("jp:#7000")


def test_masks_of_a_number() -> None:
    assert phone.mask_candidates("+81367090234") == (
        "+8136709023*", "+813670902**", "+81367090***", "+8136709****", "+813670*****", "+81367******",
    )  # fmt: skip
    assert phone.mask_candidates("jp:188") == phone.mask_candidates("+813670902**") == ()
    assert phone.mask_range("+813670902**") == ("+81367090200", "+81367090299")
    assert phone.mask_range("+8190****1234") is None
    assert phone.mask_range("+813****02**") is None
    assert phone.mask_range("+81367090234") is None


@given(st.integers(0, 99_999_999), st.sets(st.integers(4, 11), min_size=1))
def test_a_mask_covers_what_it_was_made_from(number: int, places: set[int]) -> None:
    key = f"+813{number:08}"
    masked = "".join("*" if at in places else char for at, char in enumerate(key))
    assert phone.covers(masked, key) and phone.hidden(masked) == len(places)
    assert not phone.covers(masked, key + "0") and not phone.covers(masked, "+819" + key[4:])
    bounds = phone.mask_range(masked)
    assert bounds is None or bounds[0] <= key <= bounds[1]
    assert all(phone.covers(candidate, key) for candidate in phone.mask_candidates(key))
