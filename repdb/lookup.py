"""Looking one thing up: gather what is stored, let the signals look, judge, advise (floor 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from repdb import identify, phone, score, signals
from repdb.db import Database
from repdb.records import Answer, Evidence, Identifier, Tally, Unreadable
from repdb.signals.base import Case, Mask, Name, Notice, Official
from repdb.subjects import SUBJECT_OF, SUBJECTS

MAX_EVIDENCE = 5
MAX_NAMES = 5

_COUNTS = (
    "report_count, source_count, first_reported_on, last_reported_on, adverse, benign, benign_count, note, note_en"
)
_EVIDENCE_SQL = {
    s.kind: f"""
SELECT r.report_id, r.source, s.title, r.reported_on, r.category, r.stance, m.role, r.note, r.note_en, r.url, r.title,
       s.title_en
FROM {s.link} m JOIN reports r ON r.report_id = m.report_id JOIN sources s ON s.source = r.source
WHERE m.{s.key} = ? AND r.status = 'accepted' AND m.role NOT IN ('official', 'advertiser')
ORDER BY r.reported_on DESC, r.report_id LIMIT {MAX_EVIDENCE}"""
    for s in SUBJECTS.values()
}
_CATEGORIES_SQL = {
    s.kind: f"""
SELECT r.category, SUM(r.weight) FROM {s.link} m JOIN reports r ON r.report_id = m.report_id
WHERE m.{s.key} = ? AND r.status = 'accepted' AND r.stance = 'adverse' AND m.role NOT IN ('official', 'advertiser')
GROUP BY r.category ORDER BY 2 DESC, 1"""
    for s in SUBJECTS.values()
}
_NAMES_SQL = {
    s.kind: f"""
SELECT c.name, c.status, c.licence, c.company FROM {s.link} m JOIN reports r ON r.report_id = m.report_id
JOIN report_companies rc ON rc.report_id = r.report_id JOIN companies c ON c.company = rc.company
WHERE m.{s.key} = ? AND r.status = 'accepted' AND r.stance = 'adverse' AND rc.role = 'claimed'
GROUP BY c.company, c.name, c.status, c.licence ORDER BY COUNT(*) DESC, 1 LIMIT {MAX_NAMES}"""
    for s in SUBJECTS.values()
    if s.kind != "company"
}
_OFFICIAL_SQL = """
SELECT o.company, c.name, o.label, o.label_en, o.shared, o.checked_on, o.url
FROM official_channels o JOIN companies c ON c.company = o.company WHERE o.kind = ? AND o.key = ? ORDER BY c.name"""
_MASKED = "FROM masked_numbers WHERE report_count > 0 AND masked_number IN (?, ?, ?, ?, ?, ?)"
_MASKS_SQL = f"SELECT masked_number, display, hidden, last_reported_on {_MASKED}"
_NEIGHBOURS_SQL = "SELECT COUNT(*) FROM numbers WHERE number >= ? AND number <= ? AND number <> ? AND report_count > 0"
# One question for the counts of a subject and for what else is known of its key: most often, nothing is.
_SUBJECT_SQL = {
    s.kind: f"""
SELECT {_COUNTS}, (SELECT COUNT(*) FROM disputes d WHERE d.kind = ? AND d.key = ? AND d.status = 'verified'),
       (SELECT COUNT(*) FROM official_channels o WHERE o.kind = ? AND o.key = ?)"""
    + (f", (SELECT COUNT(*) {_MASKED}), ({_NEIGHBOURS_SQL})" if s.kind == "phone" else "")
    + f" FROM (SELECT 1 AS one) x LEFT JOIN {s.table} k ON k.{s.key} = ?"
    for s in SUBJECTS.values()
}
_BLOCK_SQL = "SELECT carrier, prefix_to FROM number_blocks WHERE prefix_from <= ? ORDER BY prefix_from DESC LIMIT 1"
_NOTICES_SQL = "SELECT notice, issuer, title, published_on, note, note_en FROM notices WHERE kind = ? AND key = ?"
_ABUSERS_SQL = """
SELECT DISTINCT kind, subject, display FROM company_abusers WHERE company = ? ORDER BY kind DESC, subject LIMIT 20"""
_CHANNELS_SQL = """
SELECT kind, key, label, label_en, url, checked_on FROM official_channels WHERE company = ? ORDER BY kind DESC, key"""
_REGISTER_SQL = "SELECT name, status, licence, name_en, url, checked_on, note, note_en FROM companies WHERE company = ?"


class Lookup:
    """Look-ups in one open database as of one day. Reuse it for many queries."""

    def __init__(self, db: Database, as_of: date) -> None:
        self.db = db
        self.as_of = as_of
        self._kinds_with_blocks: frozenset[str] | None = None
        self._officials: frozenset[str] | None = None
        self._blocks: dict[str, tuple[str | None, bool | None]] = {}

    def answer(self, query: str, kind: str | None = None) -> Answer:
        """The answer to one query. Raises Unreadable when it cannot be read, StorageError when the database fails."""
        return self.identified(query, self._choose(query, identify.candidates(query, kind)))

    def identified(self, query: str, found: Identifier) -> Answer:
        """The answer on an identifier that was read already."""
        case, categories = self._gather(found, query)
        findings = signals.observe(case)
        verdict, points = score.judge(findings, case.tally.source_count if case.known else 0)
        reported = bool(case.tally.report_count or case.benign_count)
        return Answer(
            query=query,
            kind=found.kind,
            key=case.key,
            display=case.display,
            known=case.known,
            verdict=verdict,
            score=points,
            tally=case.tally,
            as_of=self.as_of.isoformat(),
            model=score.MODEL,
            facts=self._facts(case),
            claimed_companies=tuple(name.name for name in case.claimed),
            categories=categories,
            findings=findings,
            evidence=self._evidence(case) if reported else (),
            advice=advice_for(verdict, found.kind),
        )

    def _choose(self, query: str, found: Sequence[Identifier]) -> Identifier:
        """The first candidate, or the first that the register knows where only it can tell."""
        for candidate in found:
            if "if_registered" not in candidate.flags:
                return candidate
            if candidate.kind == "company":
                key = self._resolve(candidate.key)
                if self.db.one("SELECT 1 FROM companies WHERE company = ?", (key,)):
                    return candidate
            elif self.db.one("SELECT 1 FROM sender_ids WHERE sender_id = ?", (candidate.key,)) or self.db.one(
                "SELECT 1 FROM official_channels WHERE kind = 'sender_id' AND key = ?", (candidate.key,)
            ):
                return candidate
        raise identify.unrecognised(query)

    def _resolve(self, key: str) -> str:
        row = self.db.one("SELECT company FROM company_aliases WHERE alias = ?", (key,))
        return str(row[0]) if row else key

    def _gather(self, found: Identifier, query: str) -> tuple[Case, dict[str, int]]:
        """Everything that is stored about the subject, and its adverse reports by category."""
        kind = SUBJECT_OF[found.kind]
        key = self._resolve(found.key) if kind == "company" else found.key
        case = Case(found.kind, key, kind, found.display, self.as_of, found.flags, query=query)
        near = _near(key) if kind == "phone" else ()
        row = self.db.one(_SUBJECT_SQL[kind], (kind, key, found.kind if kind == "phone" else kind, key, *near, key))
        assert row is not None
        if row[0] is not None:
            case.tally = Tally(*row[:6], *row[9:10] if row[0] else ())
            case.benign_count = row[6]
        if row[10] and kind != "company":
            official_kind = found.kind if kind == "phone" else kind
            case.official = tuple(Official(*r) for r in self.db.all(_OFFICIAL_SQL, (official_kind, key)))
        if kind == "phone":
            case.neighbours = row[12]
            case.masks = tuple(Mask(*r) for r in self.db.all(_MASKS_SQL, near[:6])) if row[11] else ()
        _GATHER[kind](self, case)
        categories: dict[str, int] = {}
        if case.tally.report_count:
            categories = {code: int(count) for code, count in self.db.all(_CATEGORIES_SQL[kind], (key,))}
            case.category = next(iter(categories), "other")
            if kind != "company":
                case.claimed = tuple(Name(*row) for row in self.db.all(_NAMES_SQL[kind], (key,)))
        return case, categories

    def _gather_number(self, case: Case) -> None:
        case.line_type = phone.line_type(case.key)
        case.carrier, case.block_allocated = self._block(case)

    def _gather_masked(self, case: Case) -> None:
        case.line_type = phone.line_type(case.key)
        case.carrier, case.block_allocated = self._block(case)
        if (span := phone.mask_range(case.key)) is not None:
            row = self.db.one(_NEIGHBOURS_SQL, (*span, ""))
        else:
            pattern = case.key.replace("*", "_")
            row = self.db.one("SELECT COUNT(*) FROM numbers WHERE number LIKE ? AND report_count > 0", (pattern,))
        case.covered = int(row[0]) if row else 0

    def _gather_domain(self, case: Case) -> None:
        from repdb import domain

        case.flags = case.flags | domain.flags_of(case.key)
        case.shared = domain.is_shared(case.key)
        if not case.official and not case.shared:
            case.lookalike = domain.lookalike(_host(case), self._official_domains())

    def _gather_company(self, case: Case) -> None:
        row = self.db.one(_REGISTER_SQL, (case.key,))
        if row is not None:
            case.register = Name(str(row[0]), str(row[1]), str(row[2]), case.key)
        else:
            from repdb.company import nearest

            names: dict[str, str] = dict(
                self.db.all("SELECT company, name FROM companies WHERE status <> 'unverified'")
            )
            if near := nearest(case.key, list(names)):
                case.near_name = (names[near[0]], near[1])
        case.notices = tuple(Notice(*r) for r in self.db.all(_NOTICES_SQL, ("company", case.key)))

    def _official_domains(self) -> frozenset[str]:
        if self._officials is None:
            rows = self.db.all("SELECT key FROM official_channels WHERE kind = 'domain'")
            self._officials = frozenset(key for (key,) in rows)
        return self._officials

    def _block(self, case: Case) -> tuple[str | None, bool | None]:
        """(carrier, allocated) of the number's block; allocated is None where the tables do not cover its kind."""
        digits = phone.national(case.key)
        if digits is None:
            return None, None
        prefix = digits.partition("*")[0][:7]
        if prefix not in self._blocks:
            if len(self._blocks) > 100_000:
                self._blocks.clear()
            self._blocks[prefix] = self._find_block(prefix)
        return self._blocks[prefix]

    def _find_block(self, prefix: str) -> tuple[str | None, bool | None]:
        if self._kinds_with_blocks is None:
            kinds = self.db.all("SELECT DISTINCT kind FROM number_blocks")
            self._kinds_with_blocks = frozenset(kind for (kind,) in kinds)
        if len(prefix) < 7 or not prefix.startswith(tuple(self._kinds_with_blocks)):
            return None, None
        row = self.db.one(_BLOCK_SQL, (prefix,))
        return (row[0], True) if row and row[1][:7] >= prefix else (None, False)

    def _facts(self, case: Case) -> dict[str, Any]:
        return _FACTS[case.subject_kind](self, case)

    def _number_facts(self, case: Case) -> dict[str, Any]:
        found = phone.facts(case.key)
        return {**found, "carrier": case.carrier, "block_allocated": case.block_allocated}

    def _domain_facts(self, case: Case) -> dict[str, Any]:
        from repdb import domain

        found = domain.facts(case.key)
        return {**found, "official_of": [official.name for official in case.official]}

    def _sender_facts(self, case: Case) -> dict[str, Any]:
        return {"official_of": [official.name for official in case.official]}

    def _company_facts(self, case: Case) -> dict[str, Any]:
        row = self.db.one(_REGISTER_SQL, (case.key,)) or ("", "unverified", "", "", "", "", "", "")
        names = ("name", "status", "licence", "name_en", "url", "checked_on", "note", "note_en")
        channels = ("kind", "key", "label", "label_en", "url", "checked_on")
        abusers = ("kind", "key", "display")
        return {
            **dict(zip(names, row, strict=True)),
            "official_channels": [dict(zip(channels, r, strict=True)) for r in self.db.all(_CHANNELS_SQL, (case.key,))],
            "abusers": [dict(zip(abusers, r, strict=True)) for r in self.db.all(_ABUSERS_SQL, (case.key,))],
            "notices": [n._asdict() for n in case.notices],
        }

    def _evidence(self, case: Case) -> tuple[Evidence, ...]:
        return tuple(Evidence(*row) for row in self.db.all(_EVIDENCE_SQL[case.subject_kind], (case.key,)))


def _host(case: Case) -> str:
    """The whole host that was asked for: a brand's name may stand in front of the part that one party controls."""
    from repdb import domain

    try:
        return domain.host_of(case.query)
    except Unreadable:
        return case.key


def _near(key: str) -> tuple[str, ...]:
    """What a number is looked for beside itself: the masks that cover it, the hundred it lies in, and itself."""
    if not key.startswith("+"):
        return ("",) * 9
    return (*phone.mask_candidates(key), key[:-2] + "00", key[:-2] + "99", key)


_GATHER: dict[str, Callable[[Lookup, Case], None]] = {
    "phone": Lookup._gather_number,
    "masked_phone": Lookup._gather_masked,
    "domain": Lookup._gather_domain,
    "sender_id": lambda lookup, case: None,
    "company": Lookup._gather_company,
}
_FACTS = {
    "phone": Lookup._number_facts,
    "masked_phone": Lookup._number_facts,
    "domain": Lookup._domain_facts,
    "sender_id": Lookup._sender_facts,
    "company": Lookup._company_facts,
}


def advice_for(verdict: str, kind: str) -> tuple[Any, ...]:
    """The next steps for a verdict on this kind of subject."""
    from repdb import seed

    return _advice(seed, verdict, kind)


_ADVICE: dict[tuple[str, str], tuple[Any, ...]] = {}


def _advice(seed: Any, verdict: str, kind: str) -> tuple[Any, ...]:
    if (verdict, kind) not in _ADVICE:
        _ADVICE[verdict, kind] = seed.for_verdict(verdict, kind)
    return _ADVICE[verdict, kind]
