"""Learn ``data/wording.csv`` from labelled messages, and say how well it does on messages that it has not seen.

    fit_wording.py FILE.jsonl… --db DATABASE [--out data/wording.csv] [--onto data/wording.csv] [--folds 5]

``--onto`` goes on from weights that were learned before, whose texts need not be there any more: new ones move them, and
add sequences, only as far as they speak against them. Give it about as many of either label: three to one moved them too far.

Rows are ``{"text", "label": "scam" | "legit", "kind"}``, one JSON object a line. What was learned from is not shipped: the
texts are other people's. Logistic regression with L2 by stochastic gradient descent (AdaGrad), both labels weighted alike.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from repdb.check import Checker
from repdb.db import open_database
from repdb.text.wording import grams, plain

SELDOM = 3  # texts that a sequence must occur in
KEPT, KEPT_MORE = 6000, 2  # sequences in all; those that each further text may add
EPOCHS, RATE, DECAY = 30, 0.5, 2e-4
EPOCHS_ONTO, DECAY_ONTO = 15, 2e-3
CAREFUL = 0.1  # sum of squared slopes that known weights start with: what was learned moves slowly


class Row(NamedTuple):
    found: frozenset[str]
    scam: bool
    name: str


def read(paths: Sequence[str], checker: Checker) -> list[Row]:
    rows = []
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["label"] in ("scam", "legit"):
                claims = checker.extract(row["text"], row.get("kind", ""))
                names = [(m.start, m.end) for m in claims if m.kind == "company" and m.start >= 0]
                rows.append(Row(frozenset(grams(plain(row["text"], names))), row["label"] == "scam", Path(path).stem))
    return rows


def fit(rows: Sequence[Row], onto: Mapping[str, float] = {}, seed: int = 1) -> dict[str, float]:  # noqa: B006 - never written to
    """Weights of the sequences that are not too rare, pulled to those in ``onto``, or to 0; the constant term under the
    empty one."""
    seen = Counter(gram for row in rows for gram in row.found)
    known = {gram for gram, count in seen.items() if count >= SELDOM} | onto.keys() - {""}
    texts = [(sorted(row.found & known), row.scam) for row in rows]  # in order: the same rows give the same weights
    scams = sum(scam for _, scam in texts)
    share = {True: len(texts) / (2 * scams), False: len(texts) / (2 * (len(texts) - scams))}
    before = {gram: onto.get(gram, 0.0) for gram in (*known, "")}
    weights = dict(before)
    steps = dict.fromkeys(weights, CAREFUL if onto else 1e-6)
    decay = DECAY_ONTO if onto else DECAY
    rng = random.Random(seed)
    for _ in range(EPOCHS_ONTO if onto else EPOCHS):
        rng.shuffle(texts)
        for found, scam in texts:
            if not found:
                continue
            norm = 1 / math.sqrt(len(found))
            logit = weights[""] + norm * sum([weights[gram] for gram in found])
            slope = (1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))) - scam) * share[scam]
            for gram in found:
                step = slope * norm + decay * (weights[gram] - before[gram])
                steps[gram] += step * step
                weights[gram] -= RATE * step / math.sqrt(steps[gram])
            steps[""] += slope * slope
            weights[""] -= RATE * slope / math.sqrt(steps[""])
    most = KEPT_MORE * len(rows) if onto else KEPT
    strong = sorted(known - onto.keys(), key=lambda gram: -abs(weights[gram]) * math.sqrt(seen[gram]))[:most]
    return {"": weights[""]} | {gram: weights[gram] for gram in sorted({*strong, *onto.keys()} - {""})}


def learned(path: str) -> tuple[dict[str, float], str]:
    """The weights of a file that this program wrote, and how its line of origin goes on."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    rows = csv.reader([line for line in lines if not line.startswith("#")][1:])
    said = next(line for line in lines if line.startswith("# Origin: "))
    origin = said.removeprefix("# Origin: ").partition(", whose")[0]
    return {gram: float(weight) for gram, weight in rows}, f"{origin}, then "


def logit(weights: dict[str, float], found: frozenset[str]) -> float:
    known = [gram for gram in found if gram in weights]
    return weights[""] + sum([weights[gram] for gram in known]) / math.sqrt(max(1, len(known)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--db", required=True, help="a database (repdb init), for the names of companies")
    parser.add_argument("--out", default="")
    parser.add_argument("--onto", default="", help="weights to go on from")
    parser.add_argument("--folds", type=int, default=5, help="0: do not measure")
    options = parser.parse_args()
    with open_database(options.db) as db:
        rows = read(options.files, Checker(db, date.today()))
    random.Random(7).shuffle(rows)
    onto, origin = learned(options.onto) if options.onto else ({}, "")
    right: Counter[tuple[str, bool]] = Counter()
    total: Counter[tuple[str, bool]] = Counter()
    for fold in range(options.folds):
        weights = fit([row for at, row in enumerate(rows) if at % options.folds != fold], onto)
        for row in rows[fold :: options.folds]:
            total[row.name, row.scam] += 1
            right[row.name, row.scam] += (logit(weights, row.found) > 0) == row.scam
    for (name, scam), count in sorted(total.items()):
        print(f"{name:16} {'scam' if scam else 'ordinary':8} right {right[name, scam]}/{count}")
    if options.out:
        weights = fit(rows, onto)
        lines = [f'"{gram.replace(chr(34), chr(34) * 2)}",{weight:.3f}' for gram, weight in weights.items()]
        head = (
            "# Letter sequences that fraud (above 0) or ordinary messages (below 0) use more, as weights of a logistic regression. The empty one is the constant.\n"
            f"# Origin: {origin or 'learned by tests/bench/fit_wording.py from '}{len(rows)} labelled messages ({sum(r.scam for r in rows)} scams), whose texts are not shipped.\n"
            f"# Licence: CC BY 4.0  Date: {date.today().isoformat()}\n"
        )
        Path(options.out).write_text(head + "gram,weight\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
