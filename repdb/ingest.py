"""Taking files of reports in: streaming, idempotent, resumable, nothing dropped silently (floor 3)."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from repdb import admission, header_check, running, store
from repdb.db import Database
from repdb.filing import identity
from repdb.intake import Intake
from repdb.reading import Batch, Task, batches
from repdb.records import RawReport, Reject, RepdbError, Source, Text
from repdb.storage_error import StorageError
from repdb.tabular import Table

# Rows stored and committed at a time, at most (``reading.FIRST``): a commit writes every page that was touched, in bulk most of the indexes, so large
# batches are better; twice as many would be no faster and take 320 MB. Of a pipe fewer, so that rows are not held back.
BATCH = 50_000
BATCH_PIPED = 25_000

_RUNNING = Text(
    "{file} は別の repdb が取り込んでいる最中です。終わるのを待って、もう一度実行してください。",
    "{file} is being taken in by another repdb at this moment. Wait for it to finish, then run this again.",
)


@dataclass(slots=True)
class Summary:
    """What became of the rows of one input: ``read = stored + duplicates + rejected`` (a dry run stores nothing).

    ``skipped`` of the ``read`` were taken in by an earlier run that did not finish; their fate is in the counts.
    ``position`` is how many bytes of a file have been read.
    ``reasons`` counts rejects by code; ``examples`` has the first reject of each, ``explained`` its sentence.
    ``ignored`` are the columns that were not read: column → the field it might be, but for the complainant's own sake was
    not taken for; empty where no word tells.
    """

    file: str
    read: int = 0
    stored: int = 0
    duplicates: int = 0
    rejected: int = 0
    changed: int = 0
    skipped: int = 0
    position: int = 0
    run: str = ""
    reasons: dict[str, int] = field(default_factory=dict)
    examples: list[Reject] = field(default_factory=list)
    explained: dict[str, Text] = field(default_factory=dict)
    ignored: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """How to read an input: defaults for canonical fields, column mapping, whether to store anything, how many rows to store
    at a time (0: as many as are good for the input), and which sources rows may name although they are reserved.
    """

    defaults: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    batch: int = 0
    allowed: tuple[str, ...] = ()


def now() -> str:
    """UTC to the millisecond: runs that follow each other within a second keep their order."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def start_run(db: Database, command: str, name: str, signature: str) -> str:
    """Note the start of a run; returns its id."""
    with db.transaction():
        return _begin(db, command, name, signature)


def _begin(db: Database, command: str, name: str, signature: str, message: str = "") -> str:
    run = f"{now()}-{secrets.token_hex(3)}"
    db.execute(
        "INSERT INTO runs (run, command, input, signature, started_at, state, message)"
        " VALUES (?, ?, ?, ?, ?, 'running', ?)",
        (run, command, name, signature, now(), message),
    )
    return run


def finish_run(db: Database, summary: Summary, state: str = "done", message: str = "") -> None:
    with db.transaction():
        _note_progress(db, summary)
        db.execute(
            "UPDATE runs SET state = ?, finished_at = ?, message = ? WHERE run = ?",
            (state, now(), message, summary.run),
        )


def _note_progress(db: Database, summary: Summary) -> None:
    db.execute(
        "UPDATE runs SET rows_read = ?, rows_stored = ?, rows_duplicate = ?, rows_rejected = ? WHERE run = ?",
        (summary.read, summary.stored, summary.duplicates, summary.rejected, summary.run),
    )


def ingest(
    db: Database | None,
    table: Table,
    options: Options,
    today: date,
    progress: Callable[[Summary], None] = lambda summary: None,
) -> Summary:
    """Take in one table. Rows are committed in batches with their counts, their rejects and the run's position, so a
    killed run leaves a sound database and the next run of the same file goes on behind the last batch. Without a
    database, or with ``dry_run``, rows are read and checked and that is all.

    Raises Unreadable (``no_column``) when the header tells nothing, RepdbError ``ingest_running`` while another process
    takes in the same file, StorageError when the database fails.
    """
    intake = Intake(options.defaults, today.isoformat(), options.mapping)
    summary = Summary(table.name)
    header_check.check(table, intake, options.mapping)
    if db is None or options.dry_run:
        _run(None, table, options, today, summary, progress)
        return summary
    with _noted(db, table, options, summary):
        know_sources(db, [intake.given.get("source", admission.NOBODY)])
        _run(db, table, options, today, summary, progress)
    return summary


def _run(
    db: Database | None,
    table: Table,
    options: Options,
    today: date,
    summary: Summary,
    progress: Callable[[Summary], None],
) -> None:
    size = options.batch or (BATCH if table.path else BATCH_PIPED)
    with db.transaction() if db is not None else contextlib.nullcontext():
        terms = admission.of_files(db, "source" in options.defaults, options.allowed)
    task = Task(options.defaults, options.mapping, today, summary.read, size, terms)
    with batches(table, task) as stream:
        for batch in stream:
            with db.transaction() if db is not None else contextlib.nullcontext():
                _take(db, summary, batch, today, options.allowed)
            del batch  # not to be held while the next is read
            progress(summary)
    if db is not None:
        finish_run(db, summary)
    progress(summary)


@contextlib.contextmanager
def _noted(db: Database, table: Table, options: Options, summary: Summary) -> Iterator[None]:
    """Note the run, and that it is at work. What ends early is left to be continued; a pipe never can be."""
    content = repr(
        (table.signature, sorted(options.defaults.items()), sorted(options.mapping.items()), *options.allowed)
    )
    signature = hashlib.blake2b(content.encode(), digest_size=16).hexdigest() if table.signature else ""
    if not signature:
        summary.run = start_run(db, "ingest", table.name, "")
    with running.at_work(db, signature or summary.run) as alone:
        if not alone:
            raise RepdbError("ingest_running", _RUNNING.format(file=table.name))
        if signature:
            _resume(db, table, signature, summary)
        try:
            yield
        except BaseException:
            if not signature:
                with contextlib.suppress(StorageError):
                    finish_run(db, summary, "interrupted")
            raise


def _resume(db: Database, table: Table, signature: str, summary: Summary) -> None:
    """Start a run; where earlier ones of the same unchanged file did not finish, go on behind the one that came furthest.

    The caller is the only one at work on the file, so all of them are dead.
    """
    # One transaction: a run killed before its first batch must not forget where the one before it had come to.
    with db.transaction():
        stopped = db.one(
            "SELECT rows_read, rows_stored, rows_duplicate, rows_rejected FROM runs"
            " WHERE signature = ? AND state = 'running' ORDER BY rows_read DESC LIMIT 1",
            (signature,),
        )
        # While it runs, the message says which file it is: whether that has changed since can be told later.
        summary.run = _begin(db, "ingest", table.name, signature, table.signature)
        if stopped is not None:
            summary.read, summary.stored, summary.duplicates, summary.rejected = stopped
            summary.skipped = summary.read
            _note_progress(db, summary)
            db.execute(
                "UPDATE runs SET state = 'interrupted', finished_at = ?, message = ?"
                " WHERE signature = ? AND state = 'running' AND run <> ?",
                (now(), f"continued by {summary.run}", signature, summary.run),
            )


def _take(db: Database | None, summary: Summary, batch: Batch, today: date, allowed: Collection[str]) -> None:
    """Count a batch, and store it in the caller's transaction."""
    summary.read += batch.size
    summary.position = batch.position
    summary.rejected += len(batch.rejects)
    for reject in batch.rejects:
        if reject.code not in summary.reasons:
            summary.examples.append(reject)
        summary.reasons[reject.code] = summary.reasons.get(reject.code, 0) + 1
    summary.explained = batch.explained | summary.explained
    summary.ignored |= batch.ignored
    if db is None:
        return
    # Who only a file names may be anybody, and be made up: all of them together are one voice until an operator knows them.
    unknown = _unknown_sources(db, batch.reports.sources())
    store.save_sources(db, [s if s.source in allowed else replace(s, kind="contributor") for s in unknown])
    saved = store.save_filed(db, batch.reports, today)
    store.save_rejects(db, summary.run, batch.rejects)
    summary.stored += saved.stored
    summary.duplicates += saved.duplicates
    summary.changed += saved.changed
    _note_progress(db, summary)


def know_sources(db: Database, names: Iterable[str]) -> None:
    """Sources that the operator names for the first time start modestly: half a vote, not for redistribution."""
    if unknown := _unknown_sources(db, names):
        with db.transaction():
            store.save_sources(db, unknown)


def _unknown_sources(db: Database, names: Iterable[str]) -> list[Source]:
    unknown = set(names) - {name for (name,) in db.all("SELECT source FROM sources")}
    return [Source(name, name, "partner") for name in sorted(unknown)]


def save_raw(
    db: Database, rows: Sequence[RawReport], defaults: Mapping[str, str], today: date
) -> tuple[Summary, list[str]]:
    """Store a few rows given by canonical fields, as forms and seeds do, in the caller's transaction.

    Returns the summary and the ids of the reports, stored now or before. Raises Unreadable for the first bad row.
    """
    intake = Intake(defaults, today.isoformat(), admission=admission.of_ours(db))
    batch = [intake.report(row) for row in rows]
    store.save_sources(db, _unknown_sources(db, {item.report.source for item in batch}))
    saved = store.save_reports(db, batch, today)
    summary = Summary("", read=len(rows), stored=saved.stored, duplicates=saved.duplicates, changed=saved.changed)
    return summary, [identity(item)[0] for item in batch]
