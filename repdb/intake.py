"""One raw row → one report, read, checked and redacted (floor 3). The only way in for files, forms and scrapers.

Reading never guesses: what cannot be used raises Unreadable with a code and a sentence, and the caller keeps the row
with that reason.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from repdb import categories, cells, company, domain, headers, page_address, phone, sender
from repdb.admission import NOBODY, Admission
from repdb.categories import INNOCENT_ROLES
from repdb.dates import read_date
from repdb.filing import Described
from repdb.free_text import as_given, kept, tidy
from repdb.headers import SHAPES, Columns, Shape, fold_header
from repdb.intake_errors import refuse
from repdb.records import Identifier, Mention, Report, Unreadable


def _sender(written: str) -> Identifier:
    """Whom a table names as the sender: a sender ID, or a number or an e-mail address in the same column."""
    for reader in (domain.read, sender.read, phone.read) if "@" in written else (sender.read, phone.read):
        with contextlib.suppress(Unreadable):
            return reader(written)
    return sender.read(written)


_BASE = {"source": NOBODY, "category": "other", "stance": "adverse"}

# Field → (reader, role when the row names none). A company is claimed, whatever the role of the row's numbers.
_IDENTIFIERS: dict[str, tuple[Callable[[str], Identifier], str]] = {
    "number": (phone.read, "reported"),
    "sender_number": (phone.read, "sender"),
    "callback_number": (phone.read, "callback"),
    "domain": (domain.read, "link"),
    "url": (domain.read, "link"),
    "email": (domain.read, "sender"),
    "sender_id": (_sender, "sender"),
    "company": (company.read_claimed, "claimed"),
}
_TAKES_ROLE = frozenset({"number", "domain", "url"})
_TEXTS = ("title", "note", "note_en", "message", "page_url")
_NO_TEXT = "\x1d" * (len(_TEXTS) - 1)
MAX_IGNORED = 50  # names of columns that are told; JSON Lines can have a new one in each row
MORE = "…"  # stands for all others
OLDEST = "1990"  # nobody reported a message earlier; a date of birth or a wrong era
_BROKEN = re.compile("[\ufffd\ud800-\udfff]")  # what a decoder could not read, half a surrogate pair


class Intake:
    """Reads rows of one input. ``defaults`` are canonical fields for what a row leaves empty; ``mapping`` is
    column name → canonical field and goes before the header words; ``today`` (ISO) bounds dates; ``admission``: in
    whose names rows may speak, and how their reporters are hidden. Raises Unreadable (``bad_text``, ``personal_source``) for
    defaults that cannot be used.
    """

    def __init__(
        self,
        defaults: Mapping[str, str],
        today: str,
        mapping: Mapping[str, str] | None = None,
        admission: Admission = Admission(),  # noqa: B008 - immutable
    ) -> None:
        if _BROKEN.search("".join(defaults.values())):
            raise refuse("bad_text")
        given = defaults.get("source", "")
        admission.source(given, given)
        self.given = defaults
        self.today = today
        self.admission = admission
        self.mapping = {fold_header(name): field for name, field in (mapping or {}).items()}
        self._header: tuple[str, ...] | None = None
        self.ignored: dict[str, str] = {}  # column → the field it might be, were it not perhaps the complainant's own
        self._open: frozenset[int] = frozenset()
        self._single: list[tuple[str, int]] = []
        self._several: list[tuple[str, list[int]]] = []
        self._identifying: list[str] = []
        self._cleaned: list[tuple[str, Callable[[str], str]]] = []
        self._defaults: Mapping[str, str] = {**_BASE, **defaults}
        self._shape: Shape | None = None

    def columns(self, header: Sequence[str]) -> Columns:
        """Which column is which field. Those left out are ignored, and remembered in ``ignored`` with what could be done."""
        shape = SHAPES.get(frozenset(map(fold_header, header))) if not self.mapping else None
        self._shape = shape if "category" not in self.given else None
        self._defaults = {**_BASE, **(shape.defaults if shape else {}), **self.given}
        found = headers.columns(header, self.mapping, shape)
        for column, field in [*dict.fromkeys(found.unknown, "").items(), *found.personal.items()]:
            full = len(self.ignored) >= MAX_IGNORED and column[:200] not in self.ignored
            self.ignored.setdefault(MORE if full else column[:200], "" if full else field)
        return found

    def open(self, header: tuple[str, ...]) -> Collection[int]:
        """Make ready for rows with this header; gives the positions of the columns that are read and may be shown."""
        if header is not self._header:
            if header != self._header:
                plan = self.columns(header).plan
                # Who reported is read, and never shown.
                self._open = frozenset([at for field, several in plan.items() if field != "reporter" for at in several])
                self._single = [(field, at[0]) for field, at in plan.items() if len(at) == 1]
                self._several = [(field, at) for field, at in plan.items() if len(at) > 1]
                self._identifying = [field for field in _IDENTIFIERS if field in plan]
                self._cleaned = [(field, clean) for field, clean in cells.CLEANERS.items() if field in plan]
            self._header = header
        return self._open

    def read(self, header: tuple[str, ...], values: Sequence[str]) -> Described:
        """The report of one row. Raises Unreadable."""
        self.open(header)
        row = {field: values[at] for field, at in self._single if values[at]}
        for field, positions in self._several:
            clean = cells.CLEANERS.get(field, str)
            if given := [said for at in positions if (said := clean(values[at]))]:
                row[field] = given[0] if field in headers.SINGLE else " | ".join(given)
        for field, clean in self._cleaned:
            if field in row:
                row[field] = clean(row[field])
        if self._shape is not None and "company" in row:
            row["category"] = self._shape.category_of(row["company"])
        return self.report(row, self._identifying)

    def report(self, row: Mapping[str, str], fields: Collection[str] = _IDENTIFIERS.keys()) -> Described:
        """The report of one row given by canonical fields; ``fields`` may name the identifiers. Raises Unreadable."""
        defaults = self._defaults
        source = self.admission.source(_word(row.get("source", "")), defaults["source"])
        ref, ref_as_given = "", _word(row.get("ref", ""))
        reporter, reporter_known = self.admission.reporter(row.get("reporter", ""))
        mentions, describe = _mentions(row, fields)
        keep = frozenset([m.key for m in mentions])
        public = source in self.admission.public
        content, texts = _texts(row, keep, public)
        if ref_as_given:
            ref = page_address.reference(ref_as_given, public, keep)
        # Two URLs on one host are two statements; only their host is kept, but the identity knows them apart.
        identity = f"{content}\x1c{row['url'].strip()}" if "url" in row else content
        title, note, note_en, message, page_url = texts
        reported_on = self._date(row.get("reported_on") or defaults.get("reported_on", ""))
        known_as = self.admission.reference(ref_as_given, source, reported_on, keep)
        return Described(
            Report(
                source,
                mentions,
                _code("category", row.get("category") or defaults["category"]),
                _stance(row) or _code("stance", defaults["stance"]),
                reported_on,
                _count(row.get("count", "")),
                title,
                note,
                note_en,
                message,
                page_url,
                ref,
                reporter or defaults.get("reporter", ""),
                defaults.get("status", "accepted"),
            ),
            describe,
            identity,
            known_as,
            reporter_known,
        )

    def _date(self, written: str) -> str:
        reported_on = read_date(written)
        if reported_on > self.today:
            raise refuse("future_date", reported_on)
        if reported_on and reported_on < OLDEST:
            raise refuse("old_date", reported_on)
        return reported_on


def _texts(row: Mapping[str, str], keep: frozenset[str], public: bool) -> tuple[str, list[str]]:
    """What the texts of a row say as given, for its identity, and what is kept of each. Raises Unreadable."""
    texts = [as_given(row[name]) if name in row else "" for name in _TEXTS]
    content = "\x1d".join(texts)
    if content == _NO_TEXT:
        return "", texts
    if "\ufffd" in content:
        raise refuse("bad_text")
    *written, page_url = texts
    kept_texts = [kept(text, keep) if text else "" for text in written]
    return content, [*kept_texts, tidy(page_address.kept(page_url, public)) if page_url else ""]


def _mentions(
    row: Mapping[str, str], fields: Collection[str]
) -> tuple[tuple[Mention, ...], tuple[tuple[str, ...], ...]]:
    role = _code("role", row["role"]) if row.get("role") else ""
    mentions, describe = [], []
    for field in fields:
        written = row.get(field)
        if not written:
            continue
        reader, usual = _IDENTIFIERS[field]
        for one in cells.pieces(written, reader is phone.read):
            if one.strip() in (cells.NO_NAME if reader is company.read_claimed else cells.NOTHING):
                continue
            its_role = role if role and (field in _TAKES_ROLE or role in INNOCENT_ROLES) else usual
            mention, words = _mention(reader, one, its_role)
            mentions.append(mention)
            describe.append(words)
    if not mentions:
        raise refuse("no_subject")
    return tuple(mentions), tuple(describe)


@lru_cache(maxsize=1 << 14)
def _mention(reader: Callable[[str], Identifier], written: str, role: str) -> tuple[Mention, tuple[str, ...]]:
    if _BROKEN.search(written):
        raise refuse("bad_text")
    found = reader(written)
    return Mention(found.kind, found.key, role), describe_subject(found)


def describe_subject(found: Identifier) -> tuple[str, ...]:
    """The values of ``Subject.describe`` for a newly met subject, as text."""
    kind = found.kind
    if kind == "masked_phone":
        return found.display, str(phone.hidden(found.key))
    if kind in ("domain", "email"):
        return found.key, str(int(domain.is_shared(found.key)))
    if kind in ("phone", "short_number", "displayed_id"):
        return kind, found.display, phone.line_type(found.key)
    return (found.display,)


_READERS = {
    "category": categories.read_category,
    "stance": categories.read_stance,
    "flag": categories.read_flag,
    "genuine": categories.read_genuine,
    "rating": categories.read_rating,
    "role": categories.read_role,
}
_SAYS = ("stance", "flag", "genuine", "rating")  # fields that say whether a row accuses, first asked first


@lru_cache(maxsize=4096)
def _code(field: str, written: str) -> str:
    """The code of a word from one of the closed lists."""
    code = _READERS[field](written)
    if code is None:
        raise refuse("bad_stance" if field == "flag" else f"bad_{field}", written)
    return code


def _stance(row: Mapping[str, str]) -> str:
    """What a row itself says of its subject, empty where it does not. Raises Unreadable, also (``void_row``) where its state
    or its note takes it back: what becomes of such a row is a person's to say."""
    said = next((code for field in _SAYS if row.get(field) and (code := _code(field, row[field]))), "")
    state = categories.read_state(row["state"]) if not said and row.get("state") else ""
    if state == "void" or (said != "benign" and "note" in row and categories.acquits(row["note"])):
        raise refuse("void_row", row["state"] if state else row["note"])
    return said or state


@lru_cache(maxsize=4096)
def _count(written: str) -> int:
    if not written.strip():
        return 1
    count = cells.read_count(written)
    if not 1 <= count <= 1_000_000:
        raise refuse("bad_count", written)
    return count


def _word(text: str) -> str:
    """A name or reference without control characters, at most 200 characters."""
    if not text:
        return ""
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable())
    return text.strip()[:200]
