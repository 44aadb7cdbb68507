"""Would a message in a brand's name with a phishing link be flagged as a mismatch? ``mismatch.py FOLDER [YEAR]``

FOLDER holds JPCERT/CC's list, ``YYYY/YYYYMM.csv`` with ``date,URL,description`` (the impersonated brand); it is read, never
stored. Each row is a pair (brand, host) held against the register of ``data/``, which is written by hand from the brands'
own sites and not from these rows. Printed: how many rows' brands are in the register, for how many of these the signal
``link_mismatch`` speaks, the same for each official pair of the register itself, where any flag would be an error.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path

from repdb import companies, domain
from repdb.company import fold
from repdb.db import open_database
from repdb.records import Answer, Mention, Tally, Unreadable
from repdb.setup import initialise
from repdb.signals.message import Claim, MessageCase, Seen
from repdb.signals.message.links import link_mismatch

TODAY = date(2026, 11, 21)


def pairs(folder: Path, year: str) -> Counter[tuple[str, str]]:
    """(brand as written, URL) → rows."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob(f"{year or '*'}/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found.update(
                ((row["description"] or "").strip(), (row["URL"] or "").strip()) for row in csv.DictReader(lines)
            )
    return found


def register() -> companies.Companies:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "register.db")
        initialise(path, TODAY)
        with open_database(path) as db:
            return companies.load(db)


def flagged(known: companies.Companies, key: str, host: str) -> float:
    """The weight with which the signal speaks about a message of this company with a link to this host; 0 if it is silent."""
    entry = known.entries[key]
    claim = Claim(key, entry.name, entry.name, "claimed", 0, 0, "genuine", domains=known.domains[key],
                  labels=known.labels.get(key, frozenset()))  # fmt: skip
    mention = Mention("domain", host, "link", host)
    answer = Answer(host, "domain", host, host, False, "unreported", 0.0, Tally(), TODAY.isoformat(), "")
    owners = known.owners.get(host, frozenset())
    seen = Seen(mention, answer, owners, host in known.shared, None, domain.flags_of(host))
    case = MessageCase("", "sms", (seen,), (claim,), officials=known.owners)
    return max((finding.weight for finding in link_mismatch(case)), default=0.0)


@lru_cache(maxsize=1 << 18)
def host_of(url: str) -> str:
    try:
        return domain.read(url).key
    except Unreadable:
        return ""


def main(folder: str, year: str = "2024") -> int:
    rows = pairs(Path(folder), year)
    if not rows:
        print(f"no rows: {folder} should hold YYYY/YYYYMM.csv", file=sys.stderr)
        return 2
    known = register()
    names = {fold(name): key for name, key in known.names.items() if known.entries[key].status == "genuine"}
    total = in_register = checked = hits = strong = unreadable = 0
    silent: Counter[tuple[str, str]] = Counter()
    for (brand, url), count in rows.items():
        total += count
        key = names.get(fold(brand))
        in_register += count if key else 0
        if key is None or key not in known.domains:
            continue
        if not (host := host_of(url)):
            unreadable += count
            continue
        checked += count
        weight = flagged(known, key, host)
        hits += count if weight else 0
        strong += count if weight >= 2 else 0
        if not weight:
            silent[brand, host] += count
    own = [(key, host) for key, hosts in known.domains.items() for host in hosts]
    wrong = [pair for pair in own if flagged(known, *pair)]
    print(f"rows of {year or 'all years'}: {total}, brand in the register {in_register / total:.4f}")
    print(
        f"checkable (brand has official domains, host readable): {checked / total:.4f}; host unreadable: {unreadable}"
    )
    print(f"mismatch flagged: {hits / checked:.4f} of {checked}; at full weight {strong / checked:.4f}")
    print(f"official pairs flagged: {len(wrong)} of {len(own)} {wrong[:5] or ''}")
    print("silent: " + ", ".join(f"{brand} {host} {count}" for (brand, host), count in silent.most_common(15)))
    return 0 if hits / checked >= 0.98 and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]) if len(sys.argv) > 1 else __doc__)
