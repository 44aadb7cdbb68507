"""How many rows of JPCERT/CC's phishing list name a brand of our register? ``brand_coverage.py FOLDER [YEAR]``

FOLDER holds ``YYYY/YYYYMM.csv`` with ``date,URL,description``; it is read, never stored. ``register`` counts rows whose
brand is a company name or alias of ``data/``; ``checkable`` those whose company also has an official domain, so that a
foreign link is a mismatch.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from repdb import seed
from repdb.company import fold


def brands(folder: Path, year: str) -> Counter[str]:
    """Rows per brand as written, of one year or (``""``) of all."""
    found: Counter[str] = Counter()
    for path in sorted(folder.glob(f"{year or '*'}/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found.update((row["description"] or "").strip() for row in csv.DictReader(lines))
    return found


def register() -> tuple[frozenset[str], frozenset[str]]:
    """(Keys of all names and aliases, those of companies with an official domain)."""
    data = seed.load()
    with_domain = {channel.company for channel in data.channels if channel.kind == "domain"}
    keys = {c.company: {c.company, *map(fold, c.aliases)} for c in data.companies if c.status == "genuine"}
    return frozenset().union(*keys.values()), frozenset().union(*(keys[c] for c in with_domain))


def main(folder: str, year: str = "") -> int:
    found = brands(Path(folder), year)
    total = sum(found.values())
    if not total:
        print(f"no rows: {folder} should hold YYYY/YYYYMM.csv", file=sys.stderr)
        return 2
    for name, keys in zip(("register", "checkable"), register(), strict=True):
        rows = sum(count for brand, count in found.items() if fold(brand) in keys)
        print(f"{name:<10} {rows / total:.4f} of {total} rows ({year or 'all years'})")
    known = register()[0]
    top = [brand for brand, _ in found.most_common(150) if brand]
    print(f"top brands {sum(fold(brand) in known for brand in top)} of {len(top)}")
    missing = [(brand, count) for brand, count in found.most_common() if fold(brand) not in known]
    print("missing    " + ", ".join(f"{brand or '(blank)'} {count}" for brand, count in missing[:30]))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]) if len(sys.argv) > 1 else __doc__)
