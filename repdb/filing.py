"""From reports to the rows that store them, a batch at a time (floor 1). Pure: what the database holds is not asked.

The work is split off from ``store`` so that it can be done elsewhere, and before the database is locked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from repdb.records import Report
from repdb.subjects import SUBJECT_OF, SUBJECTS
from repdb.tally import counts
from repdb.votes import strength

# As ``Filed.reports`` has them: Report's own fields without ``mentions``, behind id and digest.
REPORT_COLUMNS = ("report_id", "digest", "source", *Report._fields[2:])
_SOURCE = REPORT_COLUMNS.index("source")
_SPOKEN = itemgetter(*map(REPORT_COLUMNS.index, ("source", "stance", "reported_on", "weight", "reporter", "status")))


class Described(NamedTuple):
    """A report with the descriptions of the subjects it may be the first to mention.

    ``describe`` runs parallel to ``report.mentions``: the values of ``Subject.describe`` as text. ``content`` is the
    free text as the source wrote it, for the report's identity only: better redaction must not make a new report. So are
    ``ref`` and ``reporter``, where they are not what the report has.
    """

    report: Report
    describe: tuple[tuple[str, ...], ...]
    content: str
    ref: str = ""
    reporter: str = ""


# Plain tuples: they go from one process to another by the ten thousand.
ReportRow = tuple[Any, ...]
MentionRow = tuple[str, str, str, float]  # key, report, role, strength
Vote = tuple[str, str, str, int, int, str, str, float, float]  # key, source, reporter, and on as ``votes.Voice``


@dataclass(slots=True)
class Mentions:
    """What a batch says of one kind of subject, in the order of keys. ``described`` has key and description of each
    subject.
    """

    rows: list[MentionRow]
    described: list[tuple[str, ...]]


@dataclass(slots=True)
class Filed:
    """A batch of reports as rows: ``reports`` in the order of their ids, each once, and ``mentions`` by kind of subject.

    ``given`` is how many reports there were, repeated ones too.
    """

    given: int
    reports: list[ReportRow]
    mentions: dict[str, Mentions]

    def without(self, report_ids: Collection[str]) -> Filed:
        if not report_ids:
            return self
        kept = {row[0]: row for row in self.reports if row[0] not in report_ids}
        mentions = {}
        for kind, some in self.mentions.items():
            rows = [row for row in some.rows if row[1] in kept]
            keys = {row[0] for row in rows}
            mentions[kind] = Mentions(rows, [words for words in some.described if words[0] in keys])
        return Filed(self.given, [*kept.values()], mentions)

    def renamed(self, kind: str, names: Mapping[str, str]) -> Mentions:
        """The mentions of a kind with other keys for some; a report that so names a subject twice does it once."""
        some = self.mentions[kind]
        rows: dict[tuple[str, str], MentionRow] = {}
        for key, *rest in some.rows:
            row: MentionRow = (names.get(key, key), *rest)  # type: ignore[assignment]
            rows.setdefault(row[:2], row)
        ordered = [rows[at] for at in sorted(rows)]
        described = {key: (key, *words) for name, *words in some.described for key in (names.get(name, name),)}
        return Mentions(ordered, [*described.values()])

    def sources(self) -> set[str]:
        return {row[_SOURCE] for row in self.reports}


def file(batch: Iterable[Described], as_of: date) -> Filed:
    """The rows of a batch. Of two reports with one id the first counts, as of two mentions of one subject in a report."""
    # No vote is stronger than one of today: the middle of a year that has just begun lies in the future.
    today = {kind: strength(kind, as_of.isoformat()) for kind in SUBJECTS}
    given = 0
    reports: dict[str, ReportRow] = {}
    found: dict[str, list[MentionRow]] = {kind: [] for kind in SUBJECTS}
    described: dict[str, dict[str, tuple[str, ...]]] = {kind: {} for kind in SUBJECTS}
    for item in batch:
        given += 1
        report = item.report
        report_id, digest = identity(item)
        if report_id in reports:
            continue
        reports[report_id] = (report_id, digest, report[0], *report[2:])
        told: set[tuple[str, str]] = set()
        for (written, key, role, *_), words in zip(report.mentions, item.describe, strict=True):
            kind = SUBJECT_OF[written]
            if (kind, key) not in told:
                told.add((kind, key))
                found[kind].append((key, report_id, role, min(strength(kind, report.reported_on), today[kind])))
                described[kind].setdefault(key, words)
    mentions = {}
    for kind, rows in found.items():
        if rows:
            rows.sort()
            words_of = described[kind]
            mentions[kind] = Mentions(rows, [(key, *words_of[key]) for key in sorted(words_of)])
    return Filed(given, [reports[report_id] for report_id in sorted(reports)], mentions)


def votes(rows: Iterable[MentionRow], reports: Iterable[ReportRow]) -> list[Vote]:
    """What these mentions, in the order of keys, add up to for each source and reporter: as ``tally.voices`` has it."""
    spoken = {row[0]: _SPOKEN(row) for row in reports}
    voices: dict[tuple[str, str, str], Vote] = {}
    for key, report_id, role, strong in rows:
        source, stance, on, weight, reporter, status = spoken[report_id]
        if not counts(status, stance, role):
            continue
        if stance == "adverse":
            vote = key, source, reporter, weight, 0, on, on, strong, 0.0
        else:
            vote = key, source, reporter, 0, weight, "", "", 0.0, strong
        voice = key, source, reporter
        voices[voice] = _together(voices[voice], vote) if voice in voices else vote
    return sorted(voices.values())


def _together(one: Vote, other: Vote) -> Vote:
    """Two votes of one voice on one subject: counts add up, days span, and the strongest counts."""
    days = [vote[5] for vote in (one, other) if vote[5]]
    return (
        *one[:3],
        one[3] + other[3],
        one[4] + other[4],
        min(days, default=""),
        max(one[6], other[6]),
        max(one[7], other[7]),
        max(one[8], other[8]),
    )


def identity(item: Described) -> tuple[str, str]:
    """(report_id, digest). The id is the day and a hash of what identifies the statement; the digest of all of it.

    A statement with the source's own reference is that reference: when the source changes it, it stays the same
    report with another digest; elsewhere the digest is in the id, and empty. The day in front keeps ids of one time
    together, in the index and for the reader.
    """
    report = item.report
    mentions = [f"{kind}\x1f{key}\x1f{role}" for kind, key, role, *_ in report.mentions]
    if len(mentions) > 1:
        mentions.sort()
    said = "\x1e".join(mentions)
    content = (
        f"{report.source}\x1d{report.reported_on}\x1d{report.category}\x1d{report.stance}\x1d{report.weight}"
        f"\x1d{item.reporter or report.reporter}\x1d{said}\x1d{item.content}"
    )
    digest = _hash(content)
    if ref := item.ref or report.ref:
        return f"ref-{_hash(report.source + chr(29) + ref)}", digest
    return f"{report.reported_on.replace('-', '') or 'undated'}-{digest}", ""


def _hash(content: str) -> str:
    """64 bits in 16 hex digits: in one day's reports a chance meeting is out of sight (10⁶ a day: 3 · 10⁻⁸)."""
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
