"""The verdict model among honest reporters, noise, recycled numbers and an attacker. ``simulate.py [--seed N]``

An invented town of numbers is reported for three years, stored and judged by the real code. Printed: precision and
recall of ``dangerous`` and of ``suspicious`` or worse on the numbers that are scammers' today, what becomes of recycled
and of innocent numbers, and how many identities in how many sources it takes to smear one innocent number.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from dataset import number

from repdb import store
from repdb.db import Database, open_database
from repdb.intake import Intake
from repdb.lookup import Lookup
from repdb.records import Source
from repdb.setup import initialise

TODAY = date(2026, 11, 21)
SCAMMERS, RECYCLED, INNOCENT = 600, 400, 4_000
ACTIVE_DAYS = 60  # a scammer's number is used for so long, until today or, if recycled, until years ago
CALLS = 6.0  # mean number of people who report one scammer's number
NOISE = 0.03  # share of innocent numbers that somebody reports by mistake, each by one or two people
DEFENDED = 0.3  # share of wrongly reported numbers that somebody calls harmless
SOURCES = (
    Source("notice", "notice", "official", trust=1.4),
    Source("article", "article", "article", trust=1.0),
    *(Source(f"board{n}", f"board{n}", "board", trust=0.5) for n in range(1, 9)),
)
# How often an honest report comes through which source: public bodies and papers name few numbers.
CHANNELS = {"notice": 1, "article": 2, "board1": 12, "board2": 8, "board3": 5}
IDENTITIES = (1, 2, 3, 5, 10, 30, 100, 1000)

Row = Mapping[str, str]


def row(told: str, source: str, reporter: str, day: date, stance: str = "adverse") -> Row:
    return {"number": told, "source": source, "reporter": reporter, "reported_on": day.isoformat(), "stance": stance,
            "category": "fake_billing", "role": "callback"}  # fmt: skip


def honest(rng: random.Random, told: str, until: date, people: int, stance: str = "adverse") -> Iterator[Row]:
    """Reports by so many different people, each in one source, on days while the number was in use."""
    for source in rng.choices(list(CHANNELS), list(CHANNELS.values()), k=people):
        reporter = f"person{rng.randrange(10**9)}" if source.startswith("board") else ""
        yield row(told, source, reporter, until - timedelta(days=rng.randrange(ACTIVE_DAYS)), stance)


def town(rng: random.Random) -> tuple[dict[str, str], list[Row]]:
    """(number → what it is today, all reports)."""
    kinds = ["scammer"] * SCAMMERS + ["recycled"] * RECYCLED + ["innocent"] * INNOCENT
    truth = {number(serial): kind for serial, kind in enumerate(kinds)}
    reports: list[Row] = []
    for told, kind in truth.items():
        if kind != "innocent":
            ended = TODAY - timedelta(days=rng.randrange(730, 1400) if kind == "recycled" else rng.randrange(30))
            reports += honest(rng, told, ended, int(rng.expovariate(1 / CALLS)))
        elif rng.random() < NOISE:
            reports += honest(rng, told, TODAY - timedelta(days=rng.randrange(365)), rng.choice((1, 1, 2)))
            if rng.random() < DEFENDED:
                reports += honest(rng, told, TODAY, 1, "benign")
    return truth, reports


def save(db: Database, reports: Iterable[Row]) -> None:
    intake = Intake({}, TODAY.isoformat())
    with db.transaction():
        store.save_reports(db, [intake.report(report) for report in reports], TODAY)


def print_quality(db: Database, truth: Mapping[str, str], reports: list[Row]) -> None:
    lookup = Lookup(db, TODAY)
    found = Counter((kind, lookup.answer(told).verdict) for told, kind in truth.items())
    reported = {report["number"] for report in reports}
    seen = sum(kind == "scammer" and told in reported for told, kind in truth.items())
    print(
        f"{len(truth):,} numbers, {len(reports):,} reports; {seen} of {SCAMMERS} scammers' numbers were reported at all\n"
    )
    print("| verdict | precision | recall of reported scammers |\n|---|---|---|")
    for name, verdicts in (("dangerous", {"dangerous"}), ("suspicious or worse", {"dangerous", "suspicious"})):
        flagged = sum(count for (_, verdict), count in found.items() if verdict in verdicts)
        right = sum(found["scammer", verdict] for verdict in verdicts)
        print(f"| {name} | {right / flagged:.3f} ({right} of {flagged}) | {right / seen:.3f} ({right} of {seen}) |")
    verdicts = ("dangerous", "suspicious", "past", "unreported")
    print("\n| today | " + " | ".join(verdicts) + " |\n|---|---|---|---|---|")
    for kind in ("scammer", "recycled", "innocent"):
        print(f"| {kind} | " + " | ".join(str(found[kind, verdict]) for verdict in verdicts) + " |")


def print_smear(db: Database, rng: random.Random, defenders: int) -> None:
    """The verdict on an innocent number that so many identities in so many crowd sources report today."""
    print("\n| sources | " + " | ".join(f"{n:,} identities" for n in IDENTITIES) + " |")
    print("|---|" + "---|" * len(IDENTITIES))
    lookup = Lookup(db, TODAY)
    cost: dict[str, tuple[int, int]] = {}
    for sources in (1, 2, 3, 4, 8):
        cells = []
        for identities in IDENTITIES:
            if identities < sources:
                cells.append("")
                continue
            told = number(rng.randrange(10_000_000, 60_000_000))
            lies = [row(told, f"board{n % sources + 1}", f"false{n}", TODAY) for n in range(identities)]
            save(db, [*lies, *honest(rng, told, TODAY, defenders, "benign")])
            answer = lookup.answer(told)
            cells.append(f"{answer.verdict} {answer.score:.2f}")
            cost[answer.verdict] = min(cost.get(answer.verdict, (identities, sources)), (identities, sources))
        print(f"| {sources} | " + " | ".join(cells) + " |")
    for verdict in ("suspicious", "dangerous"):
        price = "{} identities in {} source(s)".format(*cost[verdict]) if verdict in cost else "not to be had"
        print(f"cost of {verdict}: {price}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20261121)
    rng = random.Random(parser.parse_args().seed)
    with tempfile.TemporaryDirectory(prefix="repdb-simulate-") as folder:
        path = Path(folder) / "town.db"
        initialise(str(path), TODAY, with_seed=False)
        with closing(open_database(str(path), write=True)) as db:
            with db.transaction():
                store.save_sources(db, SOURCES)
            truth, reports = town(rng)
            save(db, reports)
            print_quality(db, truth, reports)
            print("\nSmearing one innocent number, nobody objecting (crowd sources of trust 0.5):")
            print_smear(db, rng, defenders=0)
            print("\nThe same when three honest people call it harmless:")
            print_smear(db, rng, defenders=3)


if __name__ == "__main__":
    main()
