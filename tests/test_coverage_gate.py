"""The coverage gate: measured by hand on small reports, and able to fail."""

from __future__ import annotations

from typing import Any

import pytest
from coverage_gate import gate, module_of


def report(covered: dict[str, int], branch: bool = True) -> dict[str, Any]:
    """A coverage report of files with 60 statements and 40 branches each, ``covered`` of the hundred entered."""
    files = {
        name.replace("__", "/") + ".py": {
            "summary": {
                "covered_lines": min(count, 60),
                "num_statements": 60,
                "covered_branches": max(0, count - 60),
                "num_branches": 40,
                "percent_covered": float(count),
            }
        }
        for name, count in covered.items()
    }
    return {"meta": {"branch_coverage": branch}, "files": files}


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("repdb/phone.py", "repdb.phone"),
        ("repdb/text/__init__.py", "repdb.text"),
        ("scrapers/jpcert.py", "repdb.scrapers.jpcert"),
        ("data/__init__.py", "repdb.data"),
        ("tests/test_phone.py", None),
    ],
)
def test_module_of(path: str, module: str | None) -> None:
    assert module_of(path) == module


@pytest.mark.parametrize(
    ("covered", "holds"),
    [
        ({"repdb__phone": 95, "repdb__lookup": 85}, True),
        ({"repdb__phone": 94, "repdb__lookup": 100}, False),
        ({"repdb__phone": 100, "repdb__lookup": 79}, False),
        ({"repdb__phone": 100, "repdb__score": 90, "repdb__lookup": 100}, True),
        ({"scrapers__one": 90, "repdb__lookup": 100}, False),
        ({"tests__test_phone": 100}, False),
    ],
)
def test_thresholds(covered: dict[str, int], holds: bool) -> None:
    assert gate(report(covered))[1] is holds


def test_line_coverage_alone_does_not_pass() -> None:
    assert gate(report({"repdb__phone": 100}, branch=False)) == (["no branches were measured"], False)


def test_the_lines_name_figures_and_what_is_behind() -> None:
    lines, _ = gate(report({"repdb__phone": 90, "repdb__lookup": 100}))
    assert "floor 0: 90.0 %" in lines
    assert "floors 0–2: 90.00 % (at least 95.0)" in lines
    assert "overall: 95.00 % (at least 90.0)" in lines
    assert "   90.0 % repdb/phone.py" in lines
