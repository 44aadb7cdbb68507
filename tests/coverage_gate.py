"""Hold coverage to its aims: ``coverage json -o FILE && python tests/coverage_gate.py FILE``.

Branch coverage (statements and branches together, as ``coverage report`` counts) is ≥ 95 % on floors 0 to 2 and
≥ 90 % overall. Prints one line per floor and the modules furthest behind; exit 1 below a threshold.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any

from floors import FOLDERS, floor_of

LOW, OVERALL = 95.0, 90.0


def module_of(path: str) -> str | None:
    """Import name of a measured file, given from the root: ``repdb/text/fold.py`` → ``repdb.text.fold``."""
    folder, *rest = PurePath(path).with_suffix("").parts
    return ".".join([FOLDERS[folder], *rest]).removesuffix(".__init__") if folder in FOLDERS else None


def percent(files: Mapping[str, Any], chosen: Callable[[float], bool]) -> float | None:
    """Covered statements and branches of the modules whose floor is chosen, in percent; None where there are none."""
    covered = total = 0
    for path, row in files.items():
        module = module_of(path)
        floor = floor_of(module) if module else None
        if floor is not None and chosen(floor):
            summary = row["summary"]
            covered += summary["covered_lines"] + summary["covered_branches"]
            total += summary["num_statements"] + summary["num_branches"]
    return 100.0 * covered / total if total else None


def gate(report: Mapping[str, Any]) -> tuple[list[str], bool]:
    """Lines to print, and whether both thresholds hold. A report without branches, or of nothing, holds neither."""
    files = report["files"]
    if not report["meta"]["branch_coverage"]:
        return ["no branches were measured"], False
    low, overall = percent(files, lambda floor: floor <= 2), percent(files, lambda floor: True)
    if low is None or overall is None:
        return ["nothing was measured"], False
    lines = [
        f"floor {floor:g}: {share:.1f} %"
        for floor in (0, 0.5, 1, 2, 3, 4)
        if (share := percent(files, lambda at, floor=floor: at == floor)) is not None  # type: ignore[misc]
    ]
    lines += [f"floors 0–2: {low:.2f} % (at least {LOW})", f"overall: {overall:.2f} % (at least {OVERALL})"]
    behind = sorted((row["summary"]["percent_covered"], path) for path, row in files.items() if module_of(path))
    lines += [f"  {share:5.1f} % {path}" for share, path in behind[:8] if share < LOW]
    return lines, low >= LOW and overall >= OVERALL


if __name__ == "__main__":
    text, holds = gate(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    print("\n".join(text))
    sys.exit(0 if holds else "coverage is below its threshold: add tests for the modules listed, or remove dead code")
