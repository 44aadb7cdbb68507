"""One run of one source: fetch every page, read and check all of them, store all in one transaction, or say why not."""

from __future__ import annotations

import gc
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from traceback import extract_tb

from repdb import bundled, ingest
from repdb.contracts import Page, Request, Scraper
from repdb.db import Database
from repdb.fetch import Fetcher, FetchError
from repdb.file_error import FileError, shown_name
from repdb.records import RepdbError, Text
from repdb.scrape.errors import ScrapeError
from repdb.scrape.memory import Memory, Seen
from repdb.scrape.plan import Plan
from repdb.scrape.sink import Sink

MAX_PAGES = 10_000
MAX_BAD_SHARE = 0.05  # of the rows; a few bad rows are never a reason
_FEW = 3
MIN_KEPT_SHARE = 0.6  # of the rows that the same page had last time
_LARGE = 20  # a page of fewer rows may change as it likes

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Result:
    """What became of a source. ``state``: ``done`` or ``failed``; ``error`` says why, in both languages.

    ``fetched`` pages came anew, ``unchanged`` ones were confirmed by the server, ``skipped`` were read by an earlier
    run already. ``rows`` counts all rows of the source's pages, skipped ones included; ``pending`` those stored now that
    wait for a person's review, because a program has read them from prose; ``retired`` companies that a newer edition of
    a register no longer has.
    """

    name: str
    state: str = "done"
    pages: int = 0
    fetched: int = 0
    unchanged: int = 0
    skipped: int = 0
    bytes: int = 0
    rows: int = 0
    pending: int = 0
    retired: int = 0
    seconds: float = 0.0
    summary: ingest.Summary = field(default_factory=lambda: ingest.Summary(""))
    code: str = ""
    error: Text = Text("", "")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page that can be read when its turn comes: only its name is kept in memory."""

    url: str
    content_type: str
    fetched_on: str
    sha256: str
    content: Callable[[], bytes]
    final_url: str = ""

    def page(self) -> Page:
        return Page(self.url, self.content(), self.content_type, self.fetched_on, self.final_url)


def scrape(
    db: Database | None,
    scraper: Scraper,
    fetcher: Fetcher | None,
    plan: Plan,
    today: date,
    progress: Progress = lambda stage, count: None,
) -> Result:
    """Run one source to its end. A failure is in the result, never raised, so that other sources go on.

    Without a database (or with ``plan.dry_run``) everything is read and checked, and nothing stored. All records are
    stored in one transaction together with what the next run has to know, so a kill at any moment loses nothing: the
    pages are in the raw store, and the next run reads those that no finished run has read.
    """
    began = time.monotonic()
    summary = ingest.Summary(scraper.spec.name)
    run = _Run(scraper, plan, Memory(db, scraper.spec.name), Result(scraper.name, summary=summary), progress)
    writing = None if plan.dry_run else db
    if writing:
        _close_interrupted(writing, scraper)
        summary.run = ingest.start_run(writing, "scrape", scraper.name, f"scrape:{scraper.spec.name}")
    try:
        leaves = list(run.files(today) if plan.files else run.fetched(fetcher))
        with _seldom_collecting(), Sink(writing, scraper.spec, today, summary) as sink:
            pages = run.read(leaves, sink)
            progress("store", summary.read - summary.rejected)
            with writing.transaction() if writing else nullcontext():
                sample = plan.limit or plan.files or plan.state.since or run.result.skipped
                sink.store(whole=not plan.limit, complete=not sample)
                run.result.retired = sink.retired
                if writing and not plan.limit and not plan.files:
                    run.memory.save(writing, pages, sink.cursor)
    except Exception as error:  # whatever it is, the other sources go on
        run.failed(error)
    run.result.pending = summary.stored if scraper.spec.review else 0
    if writing:
        ingest.finish_run(writing, summary, run.result.state, run.result.error.en)
    run.result.seconds = round(time.monotonic() - began, 3)
    return run.result


@dataclass(frozen=True, slots=True)
class _Run:
    """The steps of a run and what they share."""

    scraper: Scraper
    plan: Plan
    memory: Memory
    result: Result
    progress: Progress

    def files(self, today: date) -> Iterator[_Leaf]:
        for path in self.plan.files:
            if not path.is_file():
                raise FileError("file_missing", str(path))
            self.result.pages += 1
            yield _Leaf(shown_name(path.name), "", today.isoformat(), "", path.read_bytes)

    def fetched(self, fetcher: Fetcher | None) -> Iterator[_Leaf]:
        """Fetch what the scraper asks for and what its pages lead to. Raises ``FetchError``, ``LayoutChanged``."""
        assert fetcher is not None
        asked: set[str] = set()
        for first in self.scraper.pages(replace(self.plan.state, cursor=self.memory.cursor)):
            waiting = [first]
            while waiting:
                request = waiting.pop()
                if request.url in asked:
                    continue
                asked.add(request.url)
                if len(asked) > MAX_PAGES:
                    raise ScrapeError("too_many_pages", self.scraper.name, f"> {MAX_PAGES}")
                try:
                    leaf = self._fetch(fetcher, request)
                except FetchError as error:
                    missing = request.last_if_missing and error.code in ("not_found", "not_stored")
                    # A page that was there once is no end of the list: what comes after it would never be asked for.
                    if missing and request.url not in self.memory.pages:
                        return
                    raise
                yield leaf
                waiting += reversed(list(self.scraper.follow(leaf.page())))

    def _fetch(self, fetcher: Fetcher, request: Request) -> _Leaf:
        got = fetcher.get(request.url, expect=request.expect, headers=request.headers, robots=request.robots)
        result, sha256 = self.result, got.sha256
        result.pages += 1
        result.fetched += not got.from_cache
        result.unchanged += got.from_cache
        result.bytes += 0 if got.from_cache else len(got.content)
        self.progress("fetch", result.pages)
        content = partial(_kept, fetcher, sha256)
        return _Leaf(request.url, got.content_type, got.fetched_at[:10], sha256, content, got.final_url)

    def read(self, leaves: list[_Leaf], sink: Sink) -> dict[str, Seen]:
        """Parse the pages into the sink. Returns what to remember of them. Raises ``LayoutChanged``, ``ScrapeError``."""
        plan, result = self.plan, self.result
        reader = f"{zlib.crc32(bundled.text(f'{self.scraper.name}.py', 'repdb.scrapers').encode()):08x}"
        skipped = self._skipped(leaves, reader)
        pages: dict[str, Seen] = {}
        for leaf in leaves:
            if leaf.url in skipped:
                result.skipped += 1
                result.rows += self.memory.pages[leaf.url].rows
                continue
            before, bad = sink.summary.read, sink.summary.rejected
            page = leaf.page()
            for record in self.scraper.parse(page):
                sink.take(page, record)
                if plan.limit and sink.summary.read >= plan.limit:
                    break
            rejected = sink.summary.rejected - bad
            pages[leaf.url] = Seen(leaf.sha256, reader, sink.summary.read - before - rejected, rejected)
            result.rows += pages[leaf.url].rows
            self.progress("read", sink.summary.read)
            if plan.limit and sink.summary.read >= plan.limit:
                return pages
            self._check_page(self.memory.pages.get(leaf.url), pages[leaf.url])
        self._check()
        return pages

    def _skipped(self, leaves: list[_Leaf], reader: str) -> set[str]:
        """The pages that a finished run has read as they are, with the scraper as it is."""
        seen = ((leaf, self.memory.pages.get(leaf.url)) for leaf in leaves)
        known = {leaf.url for leaf, old in seen if old and (old.sha256, old.reader) == (leaf.sha256, reader)}
        stale = self.plan.again or (self.scraper.spec.whole and len(known) < len(leaves))
        return set() if stale else known

    def _check_page(self, old: Seen | None, new: Seen) -> None:
        if old and old.rows >= _LARGE and new.rows < MIN_KEPT_SHARE * old.rows and not self.plan.accept:
            raise ScrapeError("rows_gone", self.scraper.name, f"{old.rows:,} → {new.rows:,}")

    def _check(self) -> None:
        rows, summary = self.result.rows, self.result.summary
        if summary.rejected > max(_FEW, MAX_BAD_SHARE * (rows + summary.rejected)):
            example = summary.examples[0]
            share = f"{summary.rejected:,} / {rows + summary.rejected:,}"
            where = f"{example.file}:{example.line}: {example.reason}"
            raise ScrapeError("too_many_rejects", self.scraper.name, f"{share}; {where}")
        if self.plan.accept or self.plan.files or self.plan.state.since:
            return
        fewest, most = self.scraper.spec.rows
        if rows < fewest:
            raise ScrapeError("too_few_rows", self.scraper.name, f"{rows:,} < {fewest:,}")
        if rows > most:
            raise ScrapeError("too_many_rows", self.scraper.name, f"{rows:,} > {most:,}")

    def failed(self, error: Exception) -> None:
        """Why the run came to nothing, of which nothing was stored."""
        known = error if isinstance(error, RepdbError) else _unforeseen(self.scraper, error)
        result, summary = self.result, self.result.summary
        result.state, result.code, result.error = "failed", known.code, known.text
        summary.stored = summary.changed = summary.duplicates = 0


def _unforeseen(scraper: Scraper, error: Exception) -> ScrapeError:
    if isinstance(error, OSError | sqlite3.Error):
        return ScrapeError("disk", scraper.name, getattr(error, "strerror", None) or error)
    *_, last = extract_tb(error.__traceback__)
    return ScrapeError(
        "broken", scraper.name, f"{type(error).__name__}: {error}, {Path(last.filename).name}:{last.lineno}"
    )


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Rows make no reference cycles, so looking for some among a batch of them costs a third of the time for nothing."""
    before = gc.get_threshold()
    gc.set_threshold(500_000, 10, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _kept(fetcher: Fetcher, sha256: str) -> bytes:
    content = fetcher.store.read(sha256)
    if content is None:
        raise FetchError("not_stored", str(fetcher.store.path(sha256)))
    return content


def _close_interrupted(db: Database, scraper: Scraper) -> None:
    """A run still marked as running was killed: scrapes hold a lock, so no other one is."""
    with db.transaction():
        db.execute(
            "UPDATE runs SET state = 'interrupted', finished_at = ? WHERE signature = ? AND state = 'running'",
            (ingest.now(), f"scrape:{scraper.spec.name}"),
        )
