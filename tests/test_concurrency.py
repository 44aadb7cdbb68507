"""Eight processes write at once: nothing is lost, nothing is doubled, and every count is right afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from seeded_fixtures import TODAY
from storage_fixtures import counts, recounted

from repdb.db import open_database
from repdb.doctor import examine, sound

FILES = 5
ROWS = 3_000
REPORTERS = 3
EACH = 4


def repdb(*words: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "REPDB_TODAY": TODAY.isoformat()}
    command = [sys.executable, "-m", "repdb", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def table(path: Path, part: int) -> Path:
    """Rows of which the first half is the same in every file, and all are on the same five hundred numbers."""
    lines = ["number,date,note"]
    for n in range(ROWS):
        told = n if n < ROWS // 2 else part * ROWS + n
        lines.append(f"050-9999-{n % 500:04d},2026-10-{n % 28 + 1:02d},通知 {told}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
def test_eight_processes_write_at_once(seeded: Path, tmp_path: Path) -> None:
    files = [table(tmp_path / f"part{part}.csv", part) for part in range(FILES)]
    with closing(open_database(str(seeded))) as db:
        before = db.all("SELECT COUNT(*) FROM reports")[0][0]

    def report(reporter: int) -> list[subprocess.CompletedProcess[str]]:
        return [
            repdb("report", "number", f"050-9999-{n:04d}", "-c", "delivery", "-n", f"reporter {reporter}")
            for n in range(EACH)
        ]

    with ThreadPoolExecutor(FILES + REPORTERS) as pool:
        ingests = [pool.submit(repdb, "ingest", "--source", "crowd", file) for file in files]
        reports = [pool.submit(report, n) for n in range(REPORTERS)]
        done = [future.result() for future in ingests] + [one for future in reports for one in future.result()]
    assert [(one.returncode, one.stderr) for one in done if one.returncode != 0] == []

    with closing(open_database(str(seeded), write=True)) as db:
        rows = dict(db.all("SELECT source, COUNT(*) FROM reports WHERE source IN ('crowd', 'local') GROUP BY source"))
        assert rows == {"crowd": ROWS // 2 + FILES * (ROWS // 2), "local": REPORTERS * EACH}
        assert db.all("SELECT COUNT(*) FROM reports")[0][0] == before + sum(rows.values())
        stored = db.one(
            "SELECT SUM(rows_read), SUM(rows_stored), SUM(rows_duplicate) FROM runs WHERE command = 'ingest'"
        )
        assert stored == (FILES * ROWS, rows["crowd"], (FILES - 1) * (ROWS // 2))
        assert counts(db) == recounted(db, TODAY)
        assert sound(examine(db, TODAY))
