"""A full disk and a read-only database through the command line: exit 3, one line, and a sound database behind it."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from seeded_fixtures import TODAY
from storage_fixtures import bound_by_permissions, counts, recounted

from repdb.db import open_database
from repdb.doctor import examine, sound

ROWS = 4_000


def may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    probe = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


own_mounts = pytest.mark.skipif(not may_mount(), reason="this machine does not let a test mount a disk of its own")


def table(path: Path) -> Path:
    note = "折り返すように言われた" * 20
    lines = ["number,date,note", *(f"050-9999-{n:04d},2026-10-01,{note} {n}" for n in range(ROWS))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def repdb(*words: object, most: int = 0, before: str = "", bound: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the command, optionally with files limited to ``most`` bytes, behind a shell line ``before`` it, or ``bound`` by
    the permissions of files even where root runs it."""
    command = [sys.executable, "-m", "repdb", *map(str, words)]
    if before:
        command = ["unshare", "-rm", "sh", "-c", f'{before} && exec "$@"', "sh", *command]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    environment = {**os.environ, "REPDB_TODAY": TODAY.isoformat(), "TMPDIR": "/tmp"}
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
        preexec_fn=limit if most else bound_by_permissions if bound else None,
    )


def says(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert done.returncode == 3, done.stderr
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def sound_still(path: Path) -> int:
    """How many of the file's reports are stored; the database must be sound and its counts right."""
    with closing(open_database(str(path), write=True)) as db:
        assert sound(examine(db, TODAY))
        assert counts(db) == recounted(db, TODAY)
        return int(db.all("SELECT COUNT(*) FROM reports WHERE source = 'import'")[0][0])


def test_a_file_that_may_not_grow(seeded: Path, tmp_path: Path) -> None:
    file = table(tmp_path / "reports.csv")
    says(repdb("ingest", file, most=seeded.stat().st_size + 200_000), "The disk is full")
    assert sound_still(seeded) < ROWS
    again = repdb("ingest", file)
    assert again.returncode == 0, again.stderr
    assert sound_still(seeded) == ROWS


@own_mounts
def test_a_disk_that_is_full(seeded: Path, tmp_path: Path) -> None:
    file, disk = table(tmp_path / "reports.csv"), tmp_path / "disk"
    disk.mkdir()
    kilobytes = seeded.stat().st_size // 1024 + 600
    keep = tmp_path / "after.db"
    mount = f"mount -t tmpfs -o size={kilobytes}k tmpfs {disk} && cp {seeded} {disk}/r.db && cd {disk}"
    # The disk is gone with the process, so what it leaves is copied before: shell, not exec, runs the command.
    script = f'{mount}; "$@"; code=$?; cp r.db {keep}; [ ! -f r.db-wal ] || cp r.db-wal {keep}-wal; exit $code'
    command = [sys.executable, "-m", "repdb", "ingest", "--db", str(disk / "r.db"), str(file)]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", *command], capture_output=True, text=True, timeout=120, check=False
    )
    says(done, "The disk is full")
    assert sound_still(keep) < ROWS


def test_a_database_that_may_not_be_written(seeded: Path, tmp_path: Path) -> None:
    seeded.chmod(0o444)
    says(repdb("ingest", table(tmp_path / "reports.csv"), bound=True), "cannot be written")
    assert sound_still(seeded) == 0


@own_mounts
def test_a_database_on_a_read_only_disk(seeded: Path, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    path = Path(shutil.copy(seeded, folder / "r.db"))
    mount = f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder}"
    file = table(tmp_path / "reports.csv")
    says(repdb("ingest", "--db", path, file, before=mount), "cannot be written")
    says(repdb("report", "number", "050-9999-0001", "-c", "other", "--db", path, before=mount), "cannot be written")
    asked = repdb("lookup", "--db", path, "050-3198-3490", before=mount)
    assert asked.returncode == 1, asked.stderr
    assert sound_still(path) == 0


@pytest.mark.parametrize(
    "words",
    [
        ("report", "number", "050-9999-0001", "-c", "other"),
        ("review", "--list"),
        ("stats",),
        ("stats", "--rejects"),
        ("doctor",),
        ("doctor", "--repair"),
        ("init",),
        ("publish", "again.db"),
    ],
    ids=" ".join,
)
def test_a_snapshot_is_no_working_database(
    seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert repdb("publish", "public.db").returncode == 0
    before = Path("public.db").read_bytes()
    says(repdb(*words, "--db", "public.db"), "is a published snapshot, for lookup, check, extract and serve")
    assert Path("public.db").read_bytes() == before
    assert repdb("lookup", "050-3198-3490", "--db", "public.db").returncode == 1
    assert repdb("check", "未納料金が発生しています", "--db", "public.db").returncode in (0, 1)


@pytest.mark.parametrize(
    ("lang", "said"), [("ja", "使用中です。終わるのを待っています"), ("en", "waiting for it to finish")]
)
def test_waiting_for_another_process_is_told(seeded: Path, lang: str, said: str) -> None:
    holder = sqlite3.connect(seeded, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    command = [sys.executable, "-m", "repdb", "--lang", lang, "report", "number", "050-9999-0001", "-c", "other"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    assert process.stderr and process.stdout
    line = process.stderr.readline().decode()
    assert said in line and str(seeded) in line and process.poll() is None
    holder.execute("ROLLBACK")
    holder.close()
    _, more = process.communicate(timeout=60)
    assert (process.returncode, more) == (0, b""), "told once, then done"
