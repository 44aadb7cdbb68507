"""Looking one thing up: gather what is stored, let the signals look, judge, advise (floor 3)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, lru_cache

from repdb import identify, phone, score, seed, signals, tally
from repdb.advice import demand
from repdb.company import claims_collection
from repdb.db import Database, Row
from repdb.phone_plan import MAX_HIDDEN
from repdb.records import Advice, Answer, Identifier, Tally, Unreadable
from repdb.reported import Reported, reported
from repdb.signals.base import Case, Mask, Name, Notice, Official
from repdb.subjects import SUBJECT_OF, SUBJECTS

_COUNTS = "report_count, source_count, first_reported_on, last_reported_on, adverse, benign"
_OFFICIAL_SQL = """
SELECT o.company, c.name, o.label, o.label_en, o.shared, o.checked_on, o.url, c.name_en
FROM official_channels o JOIN companies c ON c.company = o.company WHERE o.kind = ? AND o.key = ? ORDER BY c.name"""
_MASKS_SQL = """
SELECT masked_number, display, hidden, last_reported_on FROM masked_numbers
WHERE report_count > 0 AND masked_number IN (?, ?, ?, ?, ?, ?)"""
# Masks of a country's or an area's numbers that lie inside a mask, or that it lies inside of: ``_`` takes a digit and a *.
_OVERLAPS_SQL = """
SELECT masked_number, display, hidden, last_reported_on FROM masked_numbers
WHERE masked_number >= ? AND masked_number < ? AND masked_number <> ? AND report_count > 0
AND (masked_number LIKE ? OR ? LIKE REPLACE(masked_number, '*', '_')) ORDER BY masked_number LIMIT 20"""
_NEIGHBOURS_SQL = "SELECT COUNT(*) FROM numbers WHERE number >= ? AND number <= ? AND number <> ? AND report_count > 0"
# One question for the counts of a subject and for what else is known of its key: most often, nothing is. Whether a mask
# lies anywhere in the range of those that may cover a number is asked first: the six themselves take as long as the rest.
_SUBJECT_SQL = {
    s.kind: f"""
SELECT {_COUNTS}, (SELECT COUNT(*) FROM disputes d WHERE d.kind = ? AND d.key = ? AND d.status = 'verified'),
       benign_count, (SELECT COUNT(*) FROM official_channels o WHERE o.kind = ? AND o.key = ?)"""
    + (
        f", EXISTS (SELECT 1 FROM masked_numbers WHERE masked_number >= ? AND masked_number < ?), ({_NEIGHBOURS_SQL})"
        if s.kind == "phone"
        else ""
    )
    + f" FROM (SELECT 1 AS one) x LEFT JOIN {s.table} k ON k.{s.key} = ?"
    for s in SUBJECTS.values()
}
_AREA = len("+8150")
_BLOCKS_SQL = "SELECT prefix_from, prefix_to, kind, carrier FROM number_blocks ORDER BY prefix_from"
_NOTICES_SQL = "SELECT notice, issuer, title, published_on, note, note_en FROM notices WHERE kind = ? AND key = ?"
_ABUSERS_SQL = """
SELECT DISTINCT kind, subject, display FROM company_abusers WHERE company = ? ORDER BY kind DESC, subject LIMIT 20"""
_DISPUTE = ("opened_on", "verified_on", "statement")
_DISPUTES_SQL = f"""
SELECT {", ".join(_DISPUTE)} FROM disputes WHERE kind = ? AND key = ? AND status = 'verified' ORDER BY opened_on, dispute"""
_SENDER_SQL = """
SELECT 1 FROM sender_ids WHERE sender_id = ? UNION ALL
SELECT 1 FROM official_channels WHERE kind = 'sender_id' AND key = ?"""
_CHANNELS = ("kind", "key", "label", "label_en", "url", "checked_on")
_CHANNELS_SQL = f"SELECT {', '.join(_CHANNELS)} FROM official_channels WHERE company = ? ORDER BY kind DESC, key"
_REGISTER = ("name", "status", "licence", "name_en", "url", "checked_on", "note", "note_en", "legal_form")
_SPELLINGS_SQL = """
SELECT name FROM companies WHERE company = ? UNION ALL SELECT name FROM company_aliases WHERE company = ?"""
_GRAVEST = ("official", "unreported", "past", "disputed", "suspicious", "dangerous")
_REGISTER_SQL = f"SELECT {', '.join(_REGISTER)} FROM companies WHERE company = ?"


class Lookup:
    """Look-ups in one open database as of one day. Reuse it for many queries."""

    def __init__(self, db: Database, as_of: date) -> None:
        self.db = db
        self.as_of = as_of

    def answer(self, query: str, kind: str | None = None) -> Answer:
        """The answer to one query. Raises Unreadable when it cannot be read, StorageError when the database fails."""
        found = [one for one in identify.candidates(query, kind) if self._is_known(one)]
        if not found:
            raise identify.unrecognised(query)
        # Where a word is a company's name and a sender ID, the answer is on what is worse.
        return max([self.identified(query, one) for one in found], key=lambda answer: _GRAVEST.index(answer.verdict))

    def identified(self, query: str, found: Identifier) -> Answer:
        """The answer on an identifier that was read already."""
        case, told = self._gather(found, query)
        findings = signals.observe(case)
        verdict, points = score.judge(findings, case.tally.source_count if case.known else 0)
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
            facts=case.facts,
            claimed_companies=tuple([name.name for name in case.claimed]),
            categories=told.categories,
            findings=findings,
            evidence=told.evidence,
            advice=advice_for(verdict, _advised(found.kind, case), demand(verdict, told.categories, case.facts)),
        )

    def _is_known(self, candidate: Identifier) -> bool:
        """Whether a candidate stands; the register tells where only it can."""
        if "if_registered" not in candidate.flags:
            return True
        if candidate.kind == "company":
            return bool(self.db.one("SELECT 1 FROM companies WHERE company = ?", (self._resolve(candidate.key),)))
        return bool(self.db.one(_SENDER_SQL, (candidate.key, candidate.key)))

    def _resolve(self, key: str) -> str:
        row = self.db.one("SELECT company FROM company_aliases WHERE alias = ?", (key,))
        return str(row[0]) if row else key

    def _gather(self, found: Identifier, query: str) -> tuple[Case, Reported]:
        """Everything that is stored about the subject, and what the reports on it say."""
        kind = SUBJECT_OF[found.kind]
        key = self._resolve(found.key) if kind == "company" else found.key
        case = Case(found.kind, key, kind, found.display, self.as_of, found.flags, query)
        official_kind = found.kind if kind == "phone" else kind
        near = _near(key) if kind == "phone" else ()
        row = self.db.one(_SUBJECT_SQL[kind], (kind, key, official_kind, key, *near, key))
        assert row is not None
        if row[0] is not None:
            case.tally = Tally._make(row[:7]) if row[0] else Tally(*row[:6])
            case.benign_count = row[7]
        if row[8] and kind != "company":
            case.official = tuple([Official._make(r) for r in self.db.all(_OFFICIAL_SQL, (official_kind, key))])
        if kind == "phone":
            case.neighbours = row[10]
            masks = self.db.all(_MASKS_SQL, phone.mask_candidates(key)) if row[9] else ()
            case.masks = tuple([Mask._make(mask) for mask in masks])
        _GATHER[kind](self, case)
        if row[6]:
            case.facts["disputes"] = [
                dict(zip(_DISPUTE, one, strict=True)) for one in self.db.all(_DISPUTES_SQL, (kind, key))
            ]
        told = reported(self.db, kind, key) if row[0] or row[7] else Reported()
        case.category = next(iter(told.categories), "other")
        case.claimed = told.claimed
        return case, told

    def _gather_number(self, case: Case) -> None:
        case.facts = phone.facts(case.key)
        case.line_type = str(case.facts["line_type"])
        case.facts["carrier"], case.block_allocated = self._blocks.of(phone.national(case.key))
        case.facts["block_allocated"] = case.block_allocated

    def _gather_masked(self, case: Case) -> None:
        self._gather_number(case)
        if (span := phone.mask_range(case.key)) is not None:
            row = self.db.one(_NEIGHBOURS_SQL, (*span, ""))
        else:
            pattern = case.key.replace("*", "_")
            row = self.db.one("SELECT COUNT(*) FROM numbers WHERE number LIKE ? AND report_count > 0", (pattern,))
        case.covered = int(row[0]) if row else 0
        stem = case.key.partition("*")[0][:_AREA]
        found = self.db.all(_OVERLAPS_SQL, (stem, stem + ":", case.key, case.key.replace("*", "_"), case.key))
        case.masks = tuple([Mask._make(mask) for mask in found])

    def _gather_domain(self, case: Case) -> None:
        from repdb import domain

        case.flags = case.flags | domain.flags_of(case.key)
        case.shared = domain.is_shared(case.key)
        if not case.official and not case.shared:
            case.lookalike = domain.lookalike(_host(case), self._official_domains)
        case.facts = {**domain.facts(case.key), "official_of": [official.name for official in case.official]}

    def _gather_sender(self, case: Case) -> None:
        from repdb.company import fold

        case.facts = {"official_of": [official.name for official in case.official]}
        if row := self.db.one(_REGISTER_SQL, (self._resolve(fold(case.display)),)):
            case.register = Name(str(row[0]), str(row[1]), str(row[2]), case.key, str(row[3]))

    def _gather_company(self, case: Case) -> None:
        row = self.db.one(_REGISTER_SQL, (case.key,))
        if row is not None:
            case.register = Name(str(row[0]), str(row[1]), str(row[2]), case.key, str(row[3]))
            if row[1] == "genuine" and self._is_disguised(case):
                case.flags |= {"look_alikes"}
            if row[1] == "unverified":
                case.office = tally.offices(self.db, [case.key]).get(case.key)
        else:
            from repdb.company import nearest

            names: dict[str, str] = dict(
                self.db.all("SELECT company, name FROM companies WHERE status <> 'unverified'")
            )
            if near := nearest(case.key, list(names)):
                case.near_name = (names[near[0]], near[1])
        notices = self.db.all(_NOTICES_SQL, ("company", case.key))
        case.notices = tuple(Notice._make((*row, self._name_en(str(row[1])))) for row in notices)
        channels, abusers = self.db.all(_CHANNELS_SQL, (case.key,)), self.db.all(_ABUSERS_SQL, (case.key,))
        case.facts = {
            **dict(zip(_REGISTER, row or ("", "unverified", "", "", "", "", "", "", ""), strict=True)),
            "official_channels": [dict(zip(_CHANNELS, channel, strict=True)) for channel in channels],
            "abusers": [dict(zip(("kind", "key", "display"), abuser, strict=True)) for abuser in abusers],
            "notices": [notice._asdict() for notice in case.notices],
        }

    def _name_en(self, name: str) -> str:
        from repdb.company import fold

        row = self.db.one(_REGISTER_SQL, (fold(name),))
        return str(row[3]) if row else ""

    def _is_disguised(self, case: Case) -> bool:
        from repdb.company import disguised

        spellings = [name for (name,) in self.db.all(_SPELLINGS_SQL, (case.key, case.key))]
        return disguised(case.display, spellings)

    @cached_property
    def _official_domains(self) -> frozenset[str]:
        return frozenset(key for (key,) in self.db.all("SELECT key FROM official_channels WHERE kind = 'domain'"))

    @cached_property
    def _blocks(self) -> _Blocks:
        return _Blocks(self.db.all(_BLOCKS_SQL))


class _Blocks:
    """All number blocks: a table of some dozen rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.starts = [row[0] for row in rows]
        self.kinds = tuple({row[2] for row in rows})

    def of(self, digits: str | None) -> tuple[str | None, bool | None]:
        """(carrier, allocated) of a national number's block; allocated is None where the table does not cover its kind."""
        prefix = digits.partition("*")[0][:7] if digits else ""
        if len(prefix) < 7 or not prefix.startswith(self.kinds):
            return None, None
        place = bisect_right(self.starts, prefix) - 1
        _, last, _, carrier = self.rows[place] if place >= 0 else ("", "", "", None)
        return (carrier, True) if last[:7] >= prefix else (None, False)


def _host(case: Case) -> str:
    """The whole host that was asked for: a brand's name may stand in front of the part that one party controls."""
    from repdb import domain

    try:
        return domain.host_of(case.query)
    except Unreadable:
        return case.key


def _near(key: str) -> tuple[str, ...]:
    """What a number is looked for beside itself: the range of the masks that cover it, the hundred it lies in, itself."""
    if not key.startswith("+"):
        return ("",) * 5
    return key[:-MAX_HIDDEN] + "*" * MAX_HIDDEN, key, key[:-2] + "00", key[:-2] + "99", key


_GATHER: dict[str, Callable[[Lookup, Case], None]] = {
    "phone": Lookup._gather_number,
    "masked_phone": Lookup._gather_masked,
    "domain": Lookup._gather_domain,
    "sender_id": Lookup._gather_sender,
    "company": Lookup._gather_company,
}


def _advised(kind: str, case: Case) -> str:
    """What kind of subject the next steps are for: collectors have a list that tells the licensed ones."""
    collects = kind == "company" and (case.facts.get("licence") or claims_collection(case.display))
    return "collector" if collects else kind


@lru_cache(maxsize=256)
def advice_for(verdict: str, kind: str, category: str = "") -> tuple[Advice, ...]:
    """The next steps for a verdict on this kind of subject, with which something of this category is demanded."""
    return seed.for_verdict(verdict, kind, category)
