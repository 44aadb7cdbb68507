"""An ingest that is killed at any moment leaves a sound database, and the next run of the same file completes it."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import unmeasured
from seeded_fixtures import TODAY
from storage_fixtures import counts, recounted

from repdb.db import Database, open_database

ROWS = 16_000
KILLS = 30
BATCH = 400
CATEGORIES = ("fake_billing", "delivery", "silent_call")

# The flow that ``repdb ingest`` runs, in a process of its own and with one that reads ahead, with batches small enough
# to be killed between and in.
INGEST = f"""
import sys
from datetime import date
from repdb import reading
from repdb.db import open_database
from repdb.ingest import Options, ingest
from repdb.tabular import open_table
reading.AHEAD = 0
db, table = open_database(sys.argv[1], write=True), open_table(sys.argv[2])
print("ready", flush=True)
ingest(db, table, Options({{"source": "crowd"}}, batch={BATCH}), date({TODAY.year}, {TODAY.month}, {TODAY.day}))
"""


def table(path: Path) -> Path:
    """Reports on 3 000 invented numbers, some twice, some unreadable, some naming a company as well."""
    rng = random.Random(7)
    lines = ["date,number,company,category,note"]
    for n in range(ROWS):
        number = f"050-9999-{rng.randrange(3000):04d}" if n % 97 else "hello"
        company = "山吹債権回収" if n % 11 == 0 else ""
        day = f"2026-{rng.randint(1, 10):02d}-{rng.randint(1, 28):02d}"
        lines.append(f"{day},{number},{company},{rng.choice(CATEGORIES)},{'出たら切れた' if n % 5 == 0 else ''}")
    lines += lines[1:200]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@contextmanager
def ingesting(db: Path, file: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that takes the file in, about to begin."""
    command = [sys.executable, "-c", INGEST, str(db), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=unmeasured()) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        yield run


def content(db: Database) -> dict[str, Any]:
    """All that the file brought: reports, mentions, counts and rejects, and how many rows were what."""
    rejects = db.all("SELECT file, line, code, content FROM rejects ORDER BY line")
    last = db.one("SELECT state, rows_read, rows_stored, rows_duplicate, rows_rejected FROM runs WHERE state = 'done'")
    links = [db.all(f"SELECT * FROM {name} ORDER BY 1, 2") for name in ("report_numbers", "report_companies")]
    return {
        "reports": db.all("SELECT * FROM reports ORDER BY report_id"),
        "links": links,
        "counts": counts(db),
        "rejects": rejects,
        "run": last,
    }


def doctor(db: Path) -> None:
    """``repdb doctor`` finds nothing wrong: pages, foreign keys, counts against a recount, schema."""
    command = [sys.executable, "-m", "repdb", "doctor", "--db", str(db)]
    environment = {**unmeasured(), "REPDB_TODAY": TODAY.isoformat()}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_killed_at_thirty_moments_nothing_is_lost_or_doubled(seeded_file: Path, tmp_path: Path) -> None:
    file = table(tmp_path / "reports.csv")
    whole = tmp_path / "whole.db"
    shutil.copy(seeded_file, whole)
    with ingesting(whole, file) as run:
        start = time.monotonic()
        assert run.wait(timeout=120) == 0
        duration = time.monotonic() - start
    with closing(open_database(str(whole))) as db:
        expected = content(db)
    assert expected["run"][:2] == ("done", ROWS + 199)

    rng = random.Random(20261121)
    kills = behind = rounds = 0
    while kills < KILLS:
        rounds += 1
        victim = tmp_path / f"victim{rounds}.db"
        shutil.copy(seeded_file, victim)
        finished = False
        while not finished:
            with ingesting(victim, file) as run:
                if kills < KILLS:
                    time.sleep(rng.uniform(0, duration / 3))
                    run.kill()
                ended = run.wait(timeout=120)
            finished = ended == 0
            assert finished or (ended == -signal.SIGKILL and kills < KILLS), "it failed, and nobody killed it"
            kills += not finished
            doctor(victim)
            with closing(open_database(str(victim), write=True)) as db:
                row = db.one("SELECT COUNT(*) FROM reports WHERE source = 'crowd'")
                behind += bool(row and 0 < row[0] < len(expected["reports"]) and not finished)
                assert counts(db) == recounted(db, TODAY)
        with closing(open_database(str(victim))) as db:
            assert content(db) == expected
    assert kills == KILLS
    assert behind > KILLS // 3, "most kills should fall between the first batch and the last"
