"""Rows of a file as batches of reports ready to be stored (floor 3).

A file of some size is read by a process of its own, one batch ahead of the one that is being stored: reading is our
work and storing is the database's, and two cores do both at once. The two speak through a pipe, in pickles; when one
ends, the other does.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import IO, NamedTuple

from repdb import cells, company, domain, phone, sender
from repdb.admission import Admission, is_personal
from repdb.categories import read_category, read_flag, read_genuine, read_rating, read_role, read_stance, read_state
from repdb.dates import read_date
from repdb.file_error import FileError
from repdb.filing import Described, Filed, file
from repdb.intake import Intake
from repdb.records import Reject, RepdbError, Text, Unreadable
from repdb.tabular import PAUSE, Row, Table, open_table
from repdb.text.redact import TOKENS, redact

# Rows of the first batch: each further one has twice as many, so that who stores need not wait for long.
FIRST = 5_000
# Bytes from which a second process is worth its start, about a tenth of a second.
AHEAD = 2_000_000

_PROBLEMS = {
    "too_many_columns": Text("見出しより列が多い行です。", "The row has more columns than the header."),
    "bad_csv": Text(
        "CSV として読めない行です（引用符が閉じていないか、欄が長すぎます）。",
        "The row cannot be read as CSV (a quote is not closed, or a field is too long).",
    ),
    "bad_json": Text("JSON のオブジェクトとして読めない行です。", "The line is not a JSON object."),
    "truncated": Text("ファイルが途中で切れています。", "The file ends in the middle."),
}
_ENDED = Text(
    "{file} を読む処理が途中で終わりました。もう一度実行すると、続きから進みます。",
    "The process that read {file} ended early. Run this again; it continues.",
)
_CHANGED = Text(
    "{file} は読み始めるときに変わりました。もう一度実行してください。",
    "{file} changed while it was being opened. Run this again.",
)


@dataclass(slots=True)
class Batch:
    """Some rows of an input, read: reports to store, rejects to keep, and the sentence of each reason.

    ``position`` is how many bytes of the file had been read; ``ignored`` are the columns that were not, as in ``Summary``.
    """

    reports: Filed
    rejects: list[Reject]
    explained: dict[str, Text]
    position: int
    ignored: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return self.reports.given + len(self.rejects)


class Task(NamedTuple):
    """How to read a table: defaults and mapping as ``Intake`` takes them, the day, the rows to leave out in front
    because they were taken in before, how many rows make a batch, and on what terms they are taken."""

    defaults: Mapping[str, str]
    mapping: Mapping[str, str]
    today: date
    skip: int
    size: int
    admission: Admission = Admission()


@contextlib.contextmanager
def batches(table: Table, task: Task) -> Iterator[Iterator[Batch]]:
    """The rows of a table, batch by batch; the last is not empty. Raises RepdbError ``reader_ended``."""
    with _no_cycles():
        if table.path and table.size >= AHEAD and sys.executable:
            with _ahead(table, task) as stream:
                yield stream
        else:
            yield _read(table, task)


def _read(table: Table, task: Task) -> Iterator[Batch]:
    intake = Intake(task.defaults, task.today.isoformat(), task.mapping, task.admission)
    rows = islice(table.rows, task.skip, None)
    size = min(FIRST, task.size)
    while (batch := _next(rows, intake, table, task.today, size)).size:
        yield batch
        del batch  # nowhere is one held while the next is made
        size = min(2 * size, task.size)


def _next(rows: Iterator[Row], intake: Intake, table: Table, today: date, size: int) -> Batch:
    """The next rows, ``size`` at most, and fewer when a pipe has no more for the moment; none at the end."""
    rejects: list[Reject] = []
    explained: dict[str, Text] = {}

    def described() -> Iterator[Described]:
        taken = 0
        for row in rows:
            if row is PAUSE:
                if taken:
                    return
                continue
            taken += 1
            try:
                if row.problem:
                    raise Unreadable(row.problem, _PROBLEMS[row.problem])
                read = intake.read(row.header, row.values)
            except Unreadable as error:
                kept = _impersonal(row, table.header, intake)
                said = _unsaid(error.text, row, kept)
                explained.setdefault(error.code, said)
                rejects.append(Reject(table.name, row.line, error.code, redact(said.en), kept.shown()))
            else:
                yield read
            if taken == size:
                return

    return Batch(file(described(), today), rejects, explained, table.position(), dict(intake.ignored))


def _impersonal(row: Row, header: tuple[str, ...], intake: Intake) -> Row:
    """A row as it may be kept: columns that are not read hide their value, the others are redacted, the number that the
    row was about too; of what a column cannot mean only the length is kept, as it may be anything, a name for one. File
    and line lead back to the original. Where columns cannot be told, none is shown that may be such.
    """
    names = row.header or header
    shown = intake.open(names) if names else frozenset[int]()
    if row.problem:
        shown = frozenset(range(len(row.values))) if len(shown) == len(names) else frozenset()
    hidden = TOKENS["url"]
    fields = {} if row.problem or not names else _fields(intake, names)
    return replace(
        row,
        values=[_kept(v, fields.get(at, "")) if at in shown else v and hidden for at, v in enumerate(row.values)],
    )


@lru_cache(maxsize=8)
def _fields(intake: Intake, names: tuple[str, ...]) -> dict[int, str]:
    return {at: field for field, several in intake.columns(names).plan.items() for at in several}


# Fields that hold no free text, and what reads them: nothing, zero or an error is what it cannot read.
_CLOSED: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("number", "sender_number", "callback_number"), phone.read),
    **dict.fromkeys(("domain", "url", "email"), domain.read),
    "sender_id": sender.read,
    "company": company.read_claimed,
    "category": read_category,
    "stance": read_stance,
    "flag": read_flag,
    "genuine": read_genuine,
    "rating": read_rating,
    "state": read_state,
    "role": read_role,
    "reported_on": read_date,
    "count": cells.read_count,
    "source": lambda name: not is_personal(name),
}
_LETTER = re.compile(r"[^\W\d_年月日時分秒件]")


def _kept(written: str, field: str) -> str:
    """A cell as it may be kept. Numbers and dates that are wrong stay, to be seen; words that are wrong do not, nor what
    has all digits of somebody's number.
    """
    read = _CLOSED.get(field)
    if read is not None and (_LETTER.search(written) or sum(map(str.isdecimal, written)) > 10):
        try:
            known = bool(written.strip() in cells.NO_NAME or read(written))
        except Unreadable:
            known = False
        if not known:
            return _SHAPE.format(len(written))
    return redact(written)


_SHAPE = "〔{}字〕"


def _unsaid(text: Text, row: Row, kept: Row) -> Text:
    """The sentence of an error without the cells that may not be kept."""
    for written, shown in zip(row.values, kept.values, strict=True):
        said = written.strip()[:60]
        if shown != written and len(said) > 1:
            text = Text(text.ja.replace(said, shown), text.en.replace(said, shown))
    return text


@contextlib.contextmanager
def _no_cycles() -> Iterator[None]:
    """Nothing here makes reference cycles, so looking for them among a batch's objects would be time lost."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


# The child sees the modules that we see, from wherever we were started. Ctrl-C is for who asked, who then ends the child.
_CHILD = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.path[:] = sys.argv[1:]; "
    "from repdb.reading import serve; serve(sys.stdin.buffer, sys.stdout.buffer)"
)


@contextlib.contextmanager
def _ahead(table: Table, task: Task) -> Iterator[Iterator[Batch]]:
    command = [sys.executable, "-P", "-c", _CHILD, *sys.path]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None and child.stdout is not None
    try:
        with contextlib.suppress(BrokenPipeError), child.stdin:
            pickle.dump((table.path, table.signature, task), child.stdin, pickle.HIGHEST_PROTOCOL)
        yield _received(child.stdout, table.name)
    finally:
        child.stdout.close()
        child.kill()
        child.wait()


def _received(stream: IO[bytes], name: str) -> Iterator[Batch]:
    try:
        while (batch := pickle.load(stream)) is not None:
            if not isinstance(batch, Batch):
                raise Unreadable(*batch)
            yield batch
            del batch
    except (EOFError, pickle.UnpicklingError) as error:
        raise RepdbError("reader_ended", _ENDED.format(file=name)) from error


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """The process that reads: a task from one pipe, its batches and then ``None`` into the other; a file that is no
    longer the one that was asked for gives the code and sentence of an error."""
    gc.disable()
    try:
        path, signature, task = pickle.load(asked)
    except (EOFError, pickle.UnpicklingError):  # who asked was interrupted before saying what it wants
        return
    try:
        for answer in _answers(path, signature, task):
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
            del answer
    except BrokenPipeError:  # who asked was killed; the interpreter's own last flush must not complain of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), answers.fileno())


def _answers(path: str, signature: str, task: Task) -> Iterator[Batch | tuple[str, Text] | None]:
    try:
        table = open_table(path, task.mapping)
    except FileError as error:
        yield error.code, error.text
        return
    if table.signature != signature:
        yield "file_changed", _CHANGED.format(file=table.name)
        return
    yield from _read(table, task)
    yield None
