"""From reports to the rows that store them, a batch at a time (floor 1). Pure: what the database holds is not asked.

The work is split off from ``store`` so that it can be done elsewhere, and before the database is locked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from repdb import tally
from repdb.records import Report
from repdb.subjects import SUBJECT_OF, SUBJECTS
from repdb.votes import strength

# As ``Filed.reports`` has them: Report's own fields without ``mentions``, behind id and digest.
REPORT_COLUMNS = ("report_id", "digest", "source", *Report._fields[2:])
_SOURCE = REPORT_COLUMNS.index("source")


class Described(NamedTuple):
    """A report with the descriptions of the subjects it may be the first to mention.

    ``describe`` runs parallel to ``report.mentions``: the values of ``Subject.describe`` as text. ``content`` is the
    free text as the source wrote it, for the report's identity only: better redaction must not make a new report.
    """

    report: Report
    describe: tuple[tuple[str, ...], ...]
    content: str


# Plain tuples: they go from one process to another by the ten thousand.
ReportRow = tuple[Any, ...]
MentionRow = tuple[str, str, str, float]  # key, report, role, strength
Vote = tuple[str, str, str, int, int, str, str, float, float]  # key, source, reporter, and on as ``votes.Voice``


@dataclass(slots=True)
class Mentions:
    """What a batch says of one kind of subject, in the order of keys. ``votes`` runs parallel to ``rows`` (None: no
    vote); ``described`` has key and description of each subject.
    """

    rows: list[MentionRow] = field(default_factory=list)
    votes: list[Vote | None] = field(default_factory=list)
    described: list[tuple[str, ...]] = field(default_factory=list)

    def without(self, report_ids: Collection[str]) -> Mentions:
        kept = [n for n, row in enumerate(self.rows) if row[1] not in report_ids]
        rows = [self.rows[n] for n in kept]
        keys = {row[0] for row in rows}
        return Mentions(rows, [self.votes[n] for n in kept], [words for words in self.described if words[0] in keys])

    def renamed(self, names: Mapping[str, str]) -> Mentions:
        """With other keys for some; a report that so names a subject twice does it once."""
        pairs: dict[tuple[str, str], tuple[MentionRow, Vote | None]] = {}
        for (key, *rest), vote in zip(self.rows, self.votes, strict=True):
            row: MentionRow = (names.get(key, key), *rest)  # type: ignore[assignment]
            pairs.setdefault(row[:2], (row, vote and (row[0], *vote[1:])))
        ordered = [pairs[at] for at in sorted(pairs)]
        described = {key: (key, *words) for name, *words in self.described for key in (names.get(name, name),)}
        return Mentions([row for row, _ in ordered], [vote for _, vote in ordered], [*described.values()])


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
        kept = [row for row in self.reports if row[0] not in report_ids]
        return Filed(self.given, kept, {kind: some.without(report_ids) for kind, some in self.mentions.items()})

    def sources(self) -> set[str]:
        return {row[_SOURCE] for row in self.reports}


def file(batch: Iterable[Described], as_of: date) -> Filed:
    """The rows of a batch. Of two reports with one id the first counts, as of two mentions of one subject in a report."""
    # No vote is stronger than one of today: the middle of a year that has just begun lies in the future.
    today = {kind: strength(kind, as_of.isoformat()) for kind in SUBJECTS}
    given = 0
    reports: dict[str, ReportRow] = {}
    found: dict[tuple[str, str, str], tuple[str, float, Vote | None]] = {}
    described: dict[str, dict[str, tuple[str, ...]]] = {}
    for item in batch:
        given += 1
        report = item.report
        report_id, digest = identity(item)
        if report_id in reports:
            continue
        reports[report_id] = (report_id, digest, report[0], *report[2:])
        for (written, key, role, *_), words in zip(report.mentions, item.describe, strict=True):
            kind = SUBJECT_OF[written]
            if (kind, key, report_id) not in found:
                strong = min(strength(kind, report.reported_on), today[kind])
                found[kind, key, report_id] = role, strong, _vote(report, key, role, strong)
                described.setdefault(kind, {}).setdefault(key, words)
    mentions = {
        kind: Mentions(described=[(key, *words[key]) for key in sorted(words)]) for kind, words in described.items()
    }
    for kind, key, report_id in sorted(found):
        role, strong, vote = found[kind, key, report_id]
        mentions[kind].rows.append((key, report_id, role, strong))
        mentions[kind].votes.append(vote)
    return Filed(given, [reports[report_id] for report_id in sorted(reports)], mentions)


def _vote(report: Report, key: str, role: str, strong: float) -> Vote | None:
    source, _, _, stance, on, weight, *_, reporter, status = report
    if not tally.counts(status, stance, role):
        return None
    if stance == "adverse":
        return key, source, reporter, weight, 0, on, on, strong, 0.0
    return key, source, reporter, 0, weight, "", "", 0.0, strong


def identity(item: Described) -> tuple[str, str]:
    """(report_id, digest). The id is the day and a hash of what identifies the statement; the digest of all of it.

    A statement with the source's own reference is that reference: when the source changes it, it stays the same
    report with another digest; elsewhere the digest is in the id, and empty. The day in front keeps ids of one time
    together, in the index and for the reader.
    """
    report = item.report
    mentions = "\x1e".join(sorted([f"{m[0]}\x1f{m[1]}\x1f{m[2]}" for m in report.mentions]))
    content = (
        f"{report.source}\x1d{report.reported_on}\x1d{report.category}\x1d{report.stance}\x1d{report.weight}"
        f"\x1d{report.reporter}\x1d{mentions}\x1d{item.content}"
    )
    digest = _hash(content)
    if report.ref:
        return f"ref-{_hash(report.source + chr(29) + report.ref)}", digest
    return f"{report.reported_on.replace('-', '') or 'undated'}-{digest}", ""


def _hash(content: str) -> str:
    """64 bits in 16 hex digits: in one day's reports a chance meeting is out of sight (10⁶ a day: 3 · 10⁻⁸)."""
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
