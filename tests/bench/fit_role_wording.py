"""Learn ``data/role_wording.csv`` from pages with labelled numbers, and say how well it does on files that it has not seen.

    fit_role_wording.py FILE.jsonl… [--out data/role_wording.csv] [--no-measure] [--steps 300]

Rows are ``{"text", "kind": "page", "mentions": [{"kind": "phone", "key", "group": "adverse" | "benign"}]}``, one JSON object a
line; others are passed over. Each file is measured with what the others teach (folders of the same name count as one), alone
and together with the cues. Cues that were written after reading a file do better on it than on others: judge the table by a
file that nobody has read. What was learned from is not shipped: the texts are other people's.

Logistic regression with L2 by gradient descent with momentum (Nesterov 1983), both groups weighted alike, pages by the root of
their numbers.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from repdb.text import hosts, numbers, roles
from repdb.text.fold import fold
from repdb.text.role_wording import shown, windows, worth

SELDOM = 5  # pages that a sequence must occur in
KEPT = 3000
STRENGTH = 5.0  # of the data against the penalty
UNIT = 2.0  # weights of cues that a logit is worth

Gram = tuple[str, str]  # place, letters


class Row(NamedTuple):
    found: dict[str, set[str]]
    innocent: bool
    page: tuple[str, int]
    cues: float


def read(paths: Sequence[str]) -> Iterator[Row]:
    for path in paths:
        for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            marked = [
                m for m in row.get("mentions", ()) if m["kind"] == "phone" and m["group"] in ("adverse", "benign")
            ]
            if row["kind"] == "page" and marked:
                groups = {mention["key"]: mention["group"] == "benign" for mention in marked}
                yield from _rows(row["text"], groups, (Path(path).stem.removesuffix("_a").removesuffix("_b"), number))


def _rows(text: str, groups: dict[str, bool], page: tuple[str, int]) -> Iterator[Row]:
    folded = fold(text, lower=True)
    closed = bytearray(len(folded.text) + 1)
    for link in hosts.find(folded, text):
        closed[link.start : link.end] = b"\1" * (link.end - link.start)
    hits = list(numbers.find(folded, text, closed))
    around = roles.setting(folded.text, "page")
    signs, places = shown(folded.text, hits, groups)
    for key in places:
        given = [
            roles.innocence(folded.text, hit.start, hit.end, key, hit.found.kind, around)
            for hit in hits
            if hit.found.key == key
        ]
        cues = roles.prior(around, folded.text) + sum(given) / len(given)
        yield Row(windows(signs, places, key), groups[key], page, cues)


def fit(rows: Sequence[Row], steps: int = 300) -> tuple[dict[Gram, float], float]:
    """Weights of the sequences that are not too rare, and the constant term. What weighs least is left out and the rest
    learned again."""
    pages: defaultdict[Gram, set[tuple[str, int]]] = defaultdict(set)
    for row in rows:
        for place, grams in row.found.items():
            for gram in grams:
                if gram.isprintable():
                    pages[place, gram].add(row.page)
    seen = {gram: len(on) for gram, on in pages.items() if len(on) >= SELDOM}
    weights, _ = _descend(rows, sorted(seen), steps)
    kept = sorted(seen, key=lambda gram: (-abs(weights[gram]) * math.sqrt(seen[gram]), gram))[:KEPT]
    return _descend(rows, sorted(kept), steps)


def _descend(rows: Sequence[Row], known: Sequence[Gram], steps: int) -> tuple[dict[Gram, float], float]:
    number = {gram: at for at, gram in enumerate(known)}
    points = [_point(row, number) for row in rows]
    signs = [1.0 if row.innocent else -1.0 for row in rows]
    shares = _shares(rows)
    rate = 1 / (1 + STRENGTH * _bound(points, shares, len(known) + 1) / 4)
    held = ahead = [0.0] * (len(known) + 1)  # the last one is the constant
    for step in range(steps):
        slope = ahead[:]
        for point, sign, share in zip(points, signs, shares, strict=True):
            logit = sum([ahead[at] * value for at, value in point])
            pull = STRENGTH * share * sign / (1 + math.exp(min(30.0, sign * logit)))
            for at, value in point:
                slope[at] -= pull * value
        new = [one - rate * by for one, by in zip(ahead, slope, strict=True)]
        drift = step / (step + 3)
        ahead = [one + drift * (one - old) for one, old in zip(new, held, strict=True)]
        held = new
    return dict(zip(known, held, strict=False)), held[-1]


def _point(row: Row, number: dict[Gram, int]) -> list[tuple[int, float]]:
    point = [(len(number), 1.0)]
    for place, grams in row.found.items():
        known = sorted([number[place, gram] for gram in grams if (place, gram) in number])
        point += [(at, worth(len(known))) for at in known]
    return point


def _shares(rows: Sequence[Row]) -> list[float]:
    """How much each row counts."""
    numbers_on = Counter(row.page for row in rows)
    sides = Counter(row.innocent for row in rows)
    return [len(rows) / (2 * sides[row.innocent]) / math.sqrt(numbers_on[row.page]) for row in rows]


def _bound(points: Sequence[Sequence[tuple[int, float]]], shares: Sequence[float], size: int) -> float:
    """The largest curvature, by power iteration."""
    vector, length = [1.0] * size, 1.0
    for _ in range(30):
        new = [0.0] * size
        for point, share in zip(points, shares, strict=True):
            along = share * sum([vector[at] * value for at, value in point])
            for at, value in point:
                new[at] += along * value
        length = math.sqrt(sum([value * value for value in new])) or 1.0
        vector = [value / length for value in new]
    return 1.1 * length


def leaning(weights: dict[Gram, float], bias: float, row: Row) -> float:
    total = bias
    for place, grams in row.found.items():
        known = [weights[place, gram] for gram in sorted(grams) if (place, gram) in weights]
        total += sum(known) * worth(len(known))
    return UNIT * total


def measure(rows: Sequence[Row], steps: int) -> None:
    for name in sorted({row.page[0] for row in rows}):
        rest, unseen = [row for row in rows if row.page[0] != name], [row for row in rows if row.page[0] == name]
        if len({row.innocent for row in rest}) < 2:
            continue
        weights, bias = fit(rest, steps)
        for innocent in (False, True):
            part = [row for row in unseen if row.innocent is innocent]
            alone = sum((leaning(weights, bias, row) > 0) is innocent for row in part)
            cues = sum((row.cues > 0) is innocent for row in part)
            both = sum((row.cues + leaning(weights, bias, row) > 0) is innocent for row in part)
            print(
                f"{name:16} {'benign' if innocent else 'adverse':8} cues {cues} alone {alone} both {both} of {len(part)}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--out", default="")
    parser.add_argument("--no-measure", action="store_true")
    parser.add_argument("--steps", type=int, default=300, help="of the descent")
    options = parser.parse_args()
    rows = list(read(options.files))
    if not options.no_measure:
        measure(rows, options.steps)
    if options.out:
        weights, bias = fit(rows, options.steps)
        lines = [
            f'{place},"{gram.replace(chr(34), chr(34) * 2)}",{UNIT * weight:.3f}'
            for (place, gram), weight in weights.items()
        ]
        head = (
            "# Letter sequences around innocent numbers on pages (above 0) or around those that a page warns of (below 0), by place, as weights of a logistic regression. The empty one is the constant.\n"
            f"# Origin: learned by tests/bench/fit_role_wording.py from {len(rows)} labelled numbers ({sum(r.innocent for r in rows)} innocent) on {len({r.page for r in rows})} pages, whose texts are not shipped.\n"
            f"# Licence: CC BY 4.0  Date: {date.today().isoformat()}\n"
        )
        table = [f'page,"",{UNIT * bias:.3f}', *lines]
        Path(options.out).write_text(head + "place,gram,weight\n" + "\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
