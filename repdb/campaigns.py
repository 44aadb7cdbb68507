"""Campaigns: near-identical messages under one id, and an index that finds them (floor 1).

A report that has a message joins the campaign whose wording is nearest, or founds one. Numbers, names and dates are
masked before comparing (``text.similarity``), so a new number in a known text is recognised. Candidates share one of 16
band keys: the time of a look-up depends on the number of campaigns that share a key, not on the number of reports.
Only accepted adverse reports count; the sample is a report's redacted message.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from repdb.db import Database, lots
from repdb.subjects import SUBJECT_OF, SUBJECTS
from repdb.text.similarity import Fingerprint, bands, fingerprint, pack, similarity, unpack
from repdb.votes import CROWD

# Estimated share of common shingles from which two texts are one campaign. The estimate of 48 hashes has a standard
# error of 0.07; different texts of one topic stay below 0.35.
SAME = 0.55
MAX_CANDIDATES = 32
MAX_SAMPLE = 400


class Match(NamedTuple):
    """A campaign and how near a text is to it. ``source_count`` takes all sources of the crowd together for one."""

    campaign: str
    similarity: float
    category: str
    sample: str
    report_count: int
    source_count: int
    first_reported_on: str
    last_reported_on: str


class Backing(NamedTuple):
    """What stands behind a campaign. ``proven``: an office knows it, or two sources that are not of the crowd do.
    ``apart``: some of its reports name none of the contacts that were asked about."""

    proven: bool = False
    apart: bool = True


_CANDIDATES_SQL = """
SELECT c.campaign, c.fingerprint FROM campaign_bands b JOIN campaigns c ON c.campaign = b.campaign
WHERE b.band IN ({marks}) GROUP BY c.campaign, c.fingerprint ORDER BY COUNT(*) DESC, c.campaign LIMIT {most}"""
_MATCH_SQL = """
SELECT category, sample, report_count, source_count, first_reported_on, last_reported_on
FROM campaigns WHERE campaign = ?"""
_COUNTED = "campaign = campaigns.campaign AND status = 'accepted' AND stance = 'adverse'"
_CROWD = ", ".join(f"'{kind}'" for kind in sorted(CROWD))
_COUNT_SQL = f"""
UPDATE campaigns SET
 report_count = COALESCE((SELECT SUM(weight) FROM reports WHERE {_COUNTED}), 0),
 source_count = (SELECT COUNT(DISTINCT CASE WHEN source IN (SELECT source FROM sources
  WHERE kind IN ({_CROWD})) THEN '' ELSE source END) FROM reports WHERE {_COUNTED}),
 first_reported_on = COALESCE((SELECT MIN(reported_on) FROM reports WHERE {_COUNTED} AND reported_on <> ''), ''),
 last_reported_on = COALESCE((SELECT MAX(reported_on) FROM reports WHERE {_COUNTED}), ''),
 category = COALESCE((SELECT category FROM reports WHERE {_COUNTED} GROUP BY category
                      ORDER BY SUM(weight) DESC, category LIMIT 1), category)"""


def find(db: Database, text: str) -> Match | None:
    """The campaign that the text belongs to, or ``None``. The text need not be redacted; it is not kept."""
    mark = fingerprint(text)
    found = _nearest(db, mark)
    row = db.one(_MATCH_SQL, (found[0],)) if found else None
    if not found or row is None or not row[2]:
        return None
    return Match(found[0], round(found[1], 2), *row)


_KINDS_SQL = """
SELECT DISTINCT r.source, s.kind FROM reports r JOIN sources s ON s.source = r.source
WHERE r.campaign = ? AND r.status = 'accepted' AND r.stance = 'adverse'"""
_APART_SQL = """
SELECT 1 FROM reports r WHERE r.campaign = ? AND r.status = 'accepted' AND r.stance = 'adverse'{named} LIMIT 1"""


def backing(db: Database, campaign: str, source_count: int, contacts: Iterable[tuple[str, str]]) -> Backing:
    """Who knows a campaign, and whether from other reports than those on ``contacts`` (kind, key).

    A snapshot holds no reports of sources that may not be published: of three sources, two are not of the crowd.
    """
    checked = [kind for _, kind in db.all(_KINDS_SQL, (campaign,)) if kind not in CROWD]
    proven = source_count > 2 or len(checked) > 1 or "official" in checked
    named, keys = "", []
    for kind, key in contacts:
        subject = SUBJECTS[SUBJECT_OF[kind]]
        named += (
            f" AND NOT EXISTS (SELECT 1 FROM {subject.link} m WHERE m.report_id = r.report_id AND m.{subject.key} = ?)"
        )
        keys.append(key)
    return Backing(proven, db.one(_APART_SQL.format(named=named), (campaign, *keys)) is not None)


def _nearest(db: Database, mark: Fingerprint) -> tuple[str, float] | None:
    if not mark:
        return None
    keys = bands(mark)
    sql = _CANDIDATES_SQL.format(marks=", ".join("?" * len(keys)), most=MAX_CANDIDATES)
    scored = [(similarity(mark, unpack(stored)), campaign) for campaign, stored in db.all(sql, keys)]
    best = max(scored, default=(0.0, ""))
    return (best[1], best[0]) if best[0] >= SAME else None


def touched(db: Database, report_ids: Sequence[str]) -> frozenset[str]:
    """The campaigns of these reports: ask before removing reports, and ``count`` them afterwards."""
    found: set[str] = set()
    for some, marks in lots(report_ids):
        rows = db.all(
            f"SELECT DISTINCT campaign FROM reports WHERE campaign IS NOT NULL AND report_id IN ({marks})", some
        )
        found.update(campaign for (campaign,) in rows)
    return frozenset(found)


def follow(db: Database, report_ids: Sequence[str]) -> None:
    """Let the campaigns follow these reports, stored or changed, inside the caller's transaction: accepted adverse ones
    with a message join one, others leave."""
    changed = set(touched(db, report_ids))
    for some, marks in lots(report_ids):
        db.execute(
            "UPDATE reports SET campaign = NULL WHERE (status <> 'accepted' OR stance <> 'adverse')"
            f" AND campaign IS NOT NULL AND report_id IN ({marks})",
            some,
        )
        rows = db.all(
            "SELECT report_id, message, category FROM reports WHERE status = 'accepted' AND stance = 'adverse'"
            f" AND campaign IS NULL AND message <> '' AND report_id IN ({marks}) ORDER BY report_id",
            some,
        )
        for report_id, message, category in rows:
            if campaign := _join(db, message, category):
                changed.add(campaign)
                db.execute("UPDATE reports SET campaign = ? WHERE report_id = ?", (campaign, report_id))
    count(db, changed)


def _join(db: Database, message: str, category: str) -> str | None:
    """The campaign of a message, founded if there is none; ``None`` for texts too short to compare."""
    mark = fingerprint(message)
    if not mark:
        return None
    known = _nearest(db, mark)
    if known:
        return known[0]
    stored = pack(mark)
    campaign = f"c{hashlib.blake2b(stored.encode(), digest_size=6).hexdigest()}"
    db.execute(
        "INSERT INTO campaigns (campaign, category, sample, fingerprint) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (campaign, category, message[:MAX_SAMPLE], stored),
    )
    db.many(
        "INSERT INTO campaign_bands (band, campaign) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(band, campaign) for band in bands(mark)],
    )
    return campaign


def count(db: Database, campaigns: Iterable[str]) -> None:
    """Count these campaigns again and drop those that no report is left of, inside the caller's transaction."""
    for campaign in sorted(campaigns):
        db.execute(f"{_COUNT_SQL} WHERE campaign = ?", (campaign,))
        if not db.one("SELECT 1 FROM reports WHERE campaign = ?", (campaign,)):
            db.execute("DELETE FROM campaign_bands WHERE campaign = ?", (campaign,))
            db.execute("DELETE FROM campaigns WHERE campaign = ?", (campaign,))


def recount(db: Database) -> None:
    """Count all campaigns again from the reports, inside the caller's transaction."""
    db.execute(_COUNT_SQL)
