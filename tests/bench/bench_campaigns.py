"""Does recognising a known text take longer when there are more reports? ``bench_campaigns.py [SMALL LARGE]``

Two databases of invented messages, half of them variants of a few texts and half all different; the same texts are looked
up in both. Printed: microseconds of processor time per look-up, and the ratio, which should stay near 1.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from repdb import campaigns
from repdb.db import Database, open_database
from repdb.ingest import know_sources, save_raw
from repdb.setup import initialise

TODAY = date(2026, 11, 21)
WORDS = (
    "会員 料金 請求 契約 確認 荷物 連絡 本日 至急 手続 口座 利用 停止 再開 登録 案内 窓口 担当 書類 返送 "
    "更新 期限 追加 変更 発送 到着 予約 受付 精算 明細"
).split()
KNOWN = (
    "【料金窓口{n}】ご契約中の動画サービスの精算が終わっていません。本日中に 03-9999-{n:04d} の担当まで。",
    "お荷物{n}の受け取りが確認できません。三日以内に下のページで日時を選んでください http://h{n}.example/",
    "会員番号{n}の更新期限を過ぎました。利用の再開には登録の変更が要ります。窓口 050-9999-{n:04d}",
)


def message(draw: random.Random, n: int) -> str:
    return draw.choice(KNOWN).format(n=n % 10_000) if n % 2 else "".join(draw.choices(WORDS, k=24))


def fill(db: Database, count: int) -> None:
    draw = random.Random(7)
    know_sources(db, ["bench"])
    for start in range(0, count, 2000):
        rows = [
            {
                "number": f"050-9999-{n % 10_000:04d}",
                "message": message(draw, n),
                "reported_on": "2026-11-01",
                "ref": str(n),
            }
            for n in range(start, min(count, start + 2000))
        ]
        with db.transaction():
            save_raw(db, rows, {"source": "bench"}, TODAY)


def cost(count: int, asked: int = 600) -> float:
    """Microseconds per look-up in a database of ``count`` reports."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "bench.db")
        initialise(path, TODAY, with_seed=False)
        with open_database(path, write=True) as db:
            fill(db, count)
            draw = random.Random(8)
            texts = [message(draw, n) for n in range(asked)]
            found = sum(campaigns.find(db, text) is not None for text in texts)
            started = time.process_time()
            for text in texts:
                campaigns.find(db, text)
            spent = (time.process_time() - started) / asked * 1e6
    print(f"{count:>7} reports: {spent:,.0f} µs per look-up, {found} of {asked} texts known")
    return spent


def main(small: int, large: int) -> int:
    less, more = cost(small), cost(large)
    print(f"ratio {more / less:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:3])) if len(sys.argv) > 2 else main(1000, 10_000))
