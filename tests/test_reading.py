"""Reading ahead in a process of its own gives what reading here gives, and ends with the one that asked."""

from __future__ import annotations

import gc
import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import PIPE

import pytest
from conftest import unmeasured
from storage_fixtures import TODAY

from repdb import reading
from repdb.reading import Batch, Task, batches
from repdb.records import RepdbError
from repdb.tabular import open_table

ROWS = 700


@pytest.fixture(params=["reports.csv", "reports.csv.gz", "reports.jsonl"])
def table(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Reports of which some are given twice and some cannot be read, in a shape of file each."""
    rows = [(f"050-9999-{n % 500:04d}" if n % 50 else "hello", f"2026-10-{n % 28 + 1:02d}") for n in range(ROWS)]
    path = tmp_path / request.param
    if path.suffix == ".jsonl":
        text = "".join(f'{{"number": "{number}", "date": "{day}"}}\n' for number, day in rows) + "{broken\n"
    else:
        text = "number,date\n" + "".join(f"{number},{day}\n" for number, day in rows) + "a,b,too many\n"
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def read(path: Path, skip: int = 0) -> list[Batch]:
    task = Task({"source": "board"}, {}, TODAY, skip, 200)
    with closing(open_table(str(path))) as opened, batches(opened, task) as stream:
        return list(stream)


@pytest.mark.parametrize("skip", [0, 450])
def test_another_process_reads_the_same(table: Path, skip: int, monkeypatch: pytest.MonkeyPatch) -> None:
    here = read(table, skip)
    monkeypatch.setattr(reading, "AHEAD", 0)
    there = read(table, skip)
    assert there == here
    assert sum(batch.size for batch in there) == ROWS + 1 - skip
    assert {code for batch in there for code in batch.explained} >= {"not_a_number"}
    assert [batch.position for batch in there] == sorted(batch.position for batch in there)
    assert there[-1].position == table.stat().st_size


def test_a_file_of_some_size_is_read_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("number,note\n" + "".join(f"050-9999-{n:04d},{'あ' * 60}\n" for n in range(9999)))
    assert path.stat().st_size < reading.AHEAD
    asked: list[object] = []
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **more: asked.append(args) or real(*args, **more))
    assert sum(batch.size for batch in read(path)) == 9999 and not asked
    path.write_text(path.read_text() + "050-9999-9999,x\n" * 10)
    monkeypatch.setattr(reading, "AHEAD", path.stat().st_size)
    assert sum(batch.size for batch in read(path)) == 10009 and len(asked) == 1


@pytest.mark.parametrize(
    "child",
    ["pass", "import sys; sys.stdout.buffer.write(b'\\x80\\x05half a pick')", "import os; os.kill(os.getpid(), 9)"],
)
def test_when_the_reader_dies_it_is_said(tmp_path: Path, child: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("number\n050-9999-0001\n")
    monkeypatch.setattr(reading, "AHEAD", 0)
    monkeypatch.setattr(reading, "_CHILD", child)
    with pytest.raises(RepdbError) as caught:
        read(path)
    assert caught.value.code == "reader_ended" and "reports.csv" in caught.value.text.en
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (None, "file_missing", "There is no file"),
        ("", "file_empty", "is empty"),
        ("number\n050-9999-0002\n050-9999-0003\n", "file_changed", "Run this again"),
    ],
)
def test_a_file_that_has_become_another_is_not_read_as_the_first(
    tmp_path: Path,
    content: str | None,
    code: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("number\n050-9999-0001\n")
    monkeypatch.setattr(reading, "AHEAD", 0)
    with closing(open_table(str(path))) as opened:
        path.unlink()
        if content is not None:
            path.write_text(content)
        with batches(opened, Task({}, {}, TODAY, 0, 200)) as stream, pytest.raises(RepdbError) as caught:
            next(stream)
    assert caught.value.code == code and said in caught.value.text.en and "reports.csv" in caught.value.text.ja
    assert caught.value.exit_code == 2, "other files are still taken in"
    assert capfd.readouterr().err == "", "no traceback of the reader beside the sentence"


def test_ctrl_c_while_the_reader_starts_is_let_alone_too(tmp_path: Path) -> None:
    package = tmp_path / "repdb"
    package.mkdir()
    (package / "__init__.py").write_text("import signal\nprint(signal.getsignal(signal.SIGINT), flush=True)\n")
    (package / "reading.py").write_text("def serve(*pipes): pass\n")
    command = [sys.executable, "-P", "-c", reading._CHILD, str(tmp_path), *sys.path]
    started = subprocess.run(command, capture_output=True, text=True, timeout=30)
    # Where coverage is measured, it imports the package once more.
    assert set(started.stdout.split()) == {str(signal.SIG_IGN)}, started.stderr


@pytest.mark.parametrize("asked", [b"", b"\x80\x05half a pick"])
def test_who_is_asked_for_nothing_says_nothing(asked: bytes) -> None:
    """Ctrl-C that falls between the start of the reader and its task."""
    command = [sys.executable, "-P", "-c", reading._CHILD, *sys.path]
    done = subprocess.run(command, input=asked, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


ASK = """
import os, signal, sys
from datetime import date
from repdb import reading
from repdb.tabular import open_table
reading.AHEAD = 0
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background begins with it ignored
with reading.batches(open_table(sys.argv[1]), reading.Task({}, {}, date(2026, 11, 21), 0, 10)) as stream:
    next(stream)
    children = open(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read()
    print(children, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process in the middle of a file, and the process that reads for it."""
    if not Path("/proc/self/task").exists():
        pytest.skip("needs /proc to see processes")
    path = tmp_path / "reports.csv"
    path.write_text("number\n" + "".join(f"050-9999-{n:04d}\n" for n in range(9999)))
    command = [sys.executable, "-c", ASK, str(path)]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True, env=unmeasured()) as asker:
        assert asker.stdout is not None
        yield asker, int(asker.stdout.readline())
        asker.kill()


def gone(pid: int) -> bool:
    """Whether a process has ended, given ten seconds. One that nobody has waited for yet is a zombie: ended too."""
    for _ in range(200):
        status = Path(f"/proc/{pid}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_reader_does_not_outlive_the_one_that_asked(
    asking: tuple[subprocess.Popen[str], int], how: signal.Signals
) -> None:
    asker, reader = asking
    assert Path(f"/proc/{reader}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    asker.send_signal(how)
    asker.wait(timeout=10)
    assert gone(reader)
    assert asker.stderr is not None
    assert how == signal.SIGINT or asker.stderr.read() == "", "the reader complained of its end"


def test_ctrl_c_is_for_the_one_that_asked(asking: tuple[subprocess.Popen[str], int]) -> None:
    """The terminal sends it to both; a reader that fell over it would print a traceback beside ours."""
    asker, reader = asking
    os.kill(reader, signal.SIGINT)
    time.sleep(0.2)
    assert Path(f"/proc/{reader}").exists()
    assert asker.stdin is not None
    asker.stdin.close()
    assert asker.wait(timeout=10) == 0
    assert gone(reader)
