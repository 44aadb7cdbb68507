from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from repdb.text.similarity import BANDS, SIZE, bands, fingerprint, pack, similarity, skeleton, unpack

ONE = "見本動画の会費が未納です。今日のうちに03-9999-0001へお電話下さい。手続きは株式会社ミホン企画 見本太郎様 https://a.example/x"
TWO = "見本動画の会費が未納です。今日のうちに０５０－９９９９－０００２へお電話ください。手続きはサンプル債権回収 例示花子様 http://b.example"
OTHER = "明日の会議は午後三時から第二会議室で行います。資料は前日までに共有フォルダへ入れておいてください。"


def test_numbers_names_and_links_do_not_count() -> None:
    assert skeleton(ONE) == skeleton(TWO)
    assert skeleton("２０２６年11月21日 10:00 〇円") == "ⓓ円"
    assert similarity(fingerprint(ONE), fingerprint(TWO)) == 1.0


def test_a_reworded_message_is_near_and_another_far() -> None:
    near = fingerprint(ONE.replace("今日のうちに", "本日中に必ず"))
    assert 0.4 < similarity(fingerprint(ONE), near) < 1.0
    assert set(bands(fingerprint(ONE))) & set(bands(near))
    assert similarity(fingerprint(ONE), fingerprint(OTHER)) < 0.15
    assert not set(bands(fingerprint(ONE))) & set(bands(fingerprint(OTHER)))


def test_too_little_wording_is_never_the_same() -> None:
    assert fingerprint("050-9999-0001") == () and bands(()) == ()
    assert similarity((), ()) == 0.0 and similarity(fingerprint(ONE), ()) == 0.0


def test_keys_are_the_same_on_every_machine() -> None:
    assert bands(fingerprint(ONE))[:2] == BAND_KEYS
    code = "from repdb.text.similarity import *; import sys; print(*bands(fingerprint(sys.argv[1])))"
    fresh = subprocess.run(
        [sys.executable, "-c", code, ONE], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"}
    )  # fmt: skip
    assert tuple(fresh.stdout.split()) == bands(fingerprint(ONE))


@given(st.text(alphabet="あいうえおかきくけこさしすせそ", min_size=20, max_size=60), st.integers(1, 6))
def test_shared_wording_is_estimated(text: str, cut: int) -> None:
    whole, part = fingerprint(text), fingerprint(text[cut:])
    assert not whole or len(whole) == SIZE and len(bands(whole)) == BANDS
    assert unpack(pack(whole)) == whole
    if whole and part:
        assert similarity(whole, whole) == 1.0 and 0.0 <= similarity(whole, part) <= 1.0


BAND_KEYS = ("00:68179db9", "01:46b982bd")
