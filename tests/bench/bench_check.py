"""How many SMS per second does ``repdb check`` judge in one process? ``bench_check.py [SECONDS]``, aim: 500.

The texts are ours: templates in which numbers, sums, names and hosts change, so that no cache answers for the work.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from repdb.check import Checker
from repdb.db import open_database
from repdb.setup import initialise

TODAY = date(2026, 11, 21)
TEMPLATES = (
    "【料金センター】ご利用料金 {n} 円が未納です。本日中に 03-9999-{k:04d} へご連絡ください。",
    "【ヤマト運輸】お荷物 {n} のお届けに伺いましたが不在のため持ち帰りました。http://yamato{n}.example/r",
    "Amazon をご利用のお客様へ。お支払い方法 {n} を承認できません。https://amazon-{k}.example.top/verify",
    "【三井住友カード】{k}円のご利用を確認しました。心当たりのない場合はアプリをご確認ください。",
    "民事訴訟 第{n}号 最終通告。取り下げの相談は 050-9999-{k:04d} 担当 山田 まで。",
    "明日 {k} 時に駅前で待ち合わせでいいですか。遅れるときは 090-9999-{k:04d} に電話してください。",
    "【NTTドコモ】{n} 円のお支払いが確認できておりません。https://www.docomo.ne.jp/mydocomo/",
    "荷物をお預かりしています。住所をご確認ください http://h{n}.duckdns.org",
)


# A whole check does more than extraction: names masked, claims weighed, sentences judged.
HOSTILE = ("アマゾン ", "お支払い。", "お客様のカードを停止。", "を装ったメールに注意。", "050-9999-0001 ")
SHORT, LONG = 100_000, 1_000_000


def hostile(checker: Checker) -> None:
    """How the time of one message grows with its length: ten times as long, ten times the time."""
    for unit in HOSTILE:
        taken = []
        for size in (SHORT, LONG):
            text = (unit * (size // len(unit) + 1))[:size]
            started = time.process_time()
            checker.check(text, "mail")
            taken.append(time.process_time() - started)
        print(
            f"{unit.strip():<12} {SHORT:,} → {LONG:,} characters: {taken[1]:.2f} s, {taken[1] / taken[0]:.1f} x the time"
        )


def main(seconds: float) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "bench.db")
        initialise(path, TODAY)
        with open_database(path) as db:
            started = time.perf_counter()
            checker = Checker(db, TODAY)
            print(f"register read in {time.perf_counter() - started:.3f} s")
            count = 0
            verdicts: dict[str, int] = {}
            started, worked = time.perf_counter(), time.process_time()
            while time.perf_counter() - started < seconds:
                text = TEMPLATES[count % len(TEMPLATES)].format(n=10_000 + count * 7, k=count % 10_000)
                verdict = checker.check(text, "sms").verdict
                verdicts[verdict] = verdicts.get(verdict, 0) + 1
                count += 1
            rate = count / (time.perf_counter() - started)
            own = count / (time.process_time() - worked)
            hostile(checker)
    print(f"{count} SMS, {rate:,.0f}/s = {rate / 500:.2f} x the aim of 500/s; verdicts {verdicts}")
    print(f"per second of processor time, whatever else runs here: {own:,.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0))
