from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text import hosts, numbers
from repdb.text.fold import fold

KEY = "+815099990001"


def found(text: str) -> list[tuple[str, str, str]]:
    folded = fold(text, lower=True)
    closed = bytearray(len(folded.text) + 1)
    for hit in hosts.find(folded, text):
        closed[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    hits = sorted(numbers.find(folded, text, closed), key=lambda hit: hit.at)
    return [(hit.found.kind, hit.found.key, text[hit.at : hit.to]) for hit in hits]


WRITTEN = [
    "050-9999-0001", "05099990001", "０５０－９９９９－０００１", "050‑9999‐0001", "050ー9999ー0001", "050ｰ9999ｰ0001", "050 – 9999 – 0001",
    "050\u30009999\u30000001", "(050)9999-0001", "（０５０）９９９９－０００１", "(050) 9999-0001", "050・9999・0001", "050.9999.0001",
    "+81-50-9999-0001", "+81 50 9999 0001", "+815099990001", "+81-(0)50-9999-0001", "0081-50-9999-0001", "010-81-50-9999-0001",
    "186-050-9999-0001", "050\u200b-9999-\u200b0001", "〇五〇九九九九〇〇〇一", "O5O-9999-OOO1", "0 5 0 9 9 9 9 0 0 0 1", "⓪⑤⓪⑨⑨⑨⑨⓪⓪⓪①",
    "050の9999の0001",
]  # fmt: skip
FRAMES = [
    "{}",
    "TEL{}",
    "ご利用料金の件で{}までご連絡下さい",
    "【{}】からの着信",
    "連絡先：{}（担当 見本）",
    "{}は詐欺です。",
    "**{}**",
    "★{}★",
    "{}？",
    "- {}\n",
    "tel:{}",
]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("written", WRITTEN)
def test_every_written_form_in_every_frame(written: str, frame: str) -> None:
    if written[0] == "〇" and frame.startswith("{}？"):
        frame = "{}"
    assert [(kind, key) for kind, key, _ in found(frame.format(written))] == [("phone", KEY)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("03-9999-00** です", [("masked_phone", "+81399990" + "0**", "03-9999-00**")]),
        ("050-9999-00×× と", [("masked_phone", "+8150999900**", "050-9999-00××")]),
        ("090-○○○○-1234 と", [("masked_phone", "+8190****1234", "090-○○○○-1234")]),
        ("「0120…110」", [("masked_phone", "+81120***110", "0120…110")]),
        ("050-****-**** まで", [("masked_phone", "+8150********", "050-****-****")]),
        ("+1800335814321 から", [("displayed_id", "+1800335814321", "+1800335814321")]),
        ("本日中に06-9***-0***NTT見本へ", [("masked_phone", "+8169***0***", "06-9***-0***")]),
        ("050-9999-0001NTT見本まで", [("phone", KEY, "050-9999-0001")]),
        ("電話番号(833-555-0123)に連絡", [("phone", "+18335550123", "833-555-0123")]),
        (
            "一般:0570-999-001English:0570-999-002",
            [("phone", "+81570999001", "0570-999-001"), ("phone", "+81570999002", "0570-999-002")],
        ),
        ("+1-808-555-0123x", [("phone", "+18085550123", "+1-808-555-0123")]),
        ("【120999001】からの着信", [("phone", "+81120999001", "120999001")]),
        ("570999001は詐欺", [("phone", "+81570999001", "570999001")]),
        ("電話 81-50-9999-0001", [("phone", KEY, "81-50-9999-0001")]),
        ("0005-1234 から", [("short_number", "jp:00051234", "0005-1234")]),
        ("消費者ホットライン188へ", [("short_number", "jp:188", "188")]),
        ("#188 消費者ホットライン", [("short_number", "jp:188", "188")]),
        ("188（局番なし）", [("short_number", "jp:188", "188")]),
        ("警察（♯9110）や", [("short_number", "jp:#9110", "♯9110")]),
        ("＃8000 へ", [("short_number", "jp:#8000", "＃8000")]),
        ("（「188」で最寄りの窓口へ）", [("short_number", "jp:188", "188")]),
        ("消費生活センター（「188」）", [("short_number", "jp:188", "188")]),
        ("迷ったら「188」番", [("short_number", "jp:188", "188")]),
        ("警察110番、不審な場合110番", [("short_number", "jp:110", "110")] * 2),
        ("警察相談 #9110、110番へ", [("short_number", "jp:#9110", "#9110"), ("short_number", "jp:110", "110")]),
        (
            "03-9999-0001/03-9999-0002",
            [("phone", "+81399990001", "03-9999-0001"), ("phone", "+81399990002", "03-9999-0002")],
        ),
        (
            "050-9999-0001・050-9999-0002",
            [("phone", KEY, "050-9999-0001"), ("phone", "+815099990002", "050-9999-0002")],
        ),
        (
            "TEL/0120-999-001 / FAX/03-9999-0001",
            [("phone", "+81120999001", "0120-999-001"), ("phone", "+81399990001", "03-9999-0001")],
        ),
        ("2026-11-21 10:00 050-9999-0001", [("phone", KEY, "050-9999-0001")]),
        ("〒060-0001 050-9999-0001", [("phone", KEY, "050-9999-0001")]),
        (
            "①050-9999-0001 ②050-9999-0002",
            [("phone", KEY, "050-9999-0001"), ("phone", "+815099990002", "050-9999-0002")],
        ),
        ("電話番号：0637299991", [("phone", "+81637299991", "0637299991")]),
    ],
)
def test_what_is_a_number(text: str, want: list[tuple[str, str, str]]) -> None:
    assert found(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "第30179999号", "2-40-20", "07:00~23:00", "162.158.○○○.○○○", "162.158.10.10", "〒100-0001", "2026年11月21日", "2018-06-12 18:54:56",
        "30,000円", "¥05099990001", "05099990001円", "No.E051390017410889999", "T9011001029999", "978-4-86456-999-1", "207444-20180612-00138999",
        "番号：0637299991", "注文番号 05099990001", "口座番号 7760000", "https://example.com/05099990001", "05099990001@example.com", "03-XXXX-XXXX",
        "XX-XXXX-XXXX", "通販110の", "110番地", "本日18時〜20時", "1,919,659 2,357,511", "id=05099990001", "abc05099990001", "0120456789abcdef",
        "050-9999-0001-5", "815099990001", "5700000000", "ISBN 978-4", "(0(0(0(0", "0-0-0-0-0-0-0-0-0-0-0", "188円", "電話帳に1882件", "相談は188件", "見本の人権110番へ", "カード110番", "注文番号 833-555-0123", "03-9999-0001a", "code:0120-999-001", "〇〇〇〇〇〇〇〇〇〇〇",
    ],
)  # fmt: skip
def test_what_only_looks_like_one(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet="0158-+() 〇一五〇x*…#番円:・.\nあa@/", max_size=60))
def test_hits_are_disjoint_and_inside(text: str) -> None:
    folded = fold(text, lower=True)
    hits = sorted(numbers.find(folded, text, bytearray(len(folded.text) + 1)), key=lambda hit: hit.at)
    assert all(0 <= hit.at < hit.to <= len(text) for hit in hits)
    assert all(one.to <= two.at for one, two in zip(hits, hits[1:], strict=False))


def test_in_a_crowd_of_failures_every_number_is_found() -> None:
    near = "03-1234-567 " * 60
    text = f"{near}050-9999-0001 {near}050-9999-0002 03-9999-0001 {near}"
    assert [key for _, key, *_ in found(text)] == ["+815099990001", "+815099990002", "+81399990001"]
