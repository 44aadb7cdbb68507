"""The size budgets of the project, measured: ``python tests/budgets.py`` prints what is over them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FUNCTION, MODULE, SCRAPER, PAGE = 40, 300, 45, 20
# Beyond this multiple a budget is no longer a guide: test_house fails.
LIMIT = 2.0


class Size(NamedTuple):
    name: str
    lines: int
    budget: int

    @property
    def share(self) -> float:
        return self.lines / self.budget

    def line(self) -> str:
        return f"{self.name}: {self.lines} lines (budget {self.budget})"


def sizes(name: str, text: str) -> Iterator[Size]:
    """Each module and function of one file: ``name`` is its path from the root, which decides its budgets."""
    scraper = name.startswith("scrapers/") and not Path(name).name.startswith("_")  # _shared.py serves several
    yield Size(name, text.count("\n"), SCRAPER if scraper else MODULE)
    budget = PAGE if name.startswith("repdb/web/pages/") else FUNCTION
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Size(f"{name}:{node.lineno} {node.name}()", (node.end_lineno or 0) - node.lineno + 1, budget)


def measured() -> list[Size]:
    files = (path for folder in ("repdb", "scrapers") for path in sorted((ROOT / folder).rglob("*.py")))
    return [size for path in files for size in sizes(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))]


def over(limit: float = 1.0) -> list[Size]:
    """What is larger than ``limit`` times its budget, worst first."""
    return sorted((size for size in measured() if size.share > limit), key=lambda size: -size.share)


if __name__ == "__main__":
    print("\n".join(size.line() for size in over()) or "everything is within its budget")
