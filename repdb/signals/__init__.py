"""Signals: each observes one thing about the evidence and says so (floor 2).

A signal is one function, decorated with the kinds of subject it looks at. Its name is the code of its finding, and its
docstring names any other that it may give instead; that docstring is published in docs/verdict.md, and the weight and
sentences of each code are one row of ``weights.WEIGHTS``.
"""

from repdb.records import Finding
from repdb.signals import history, host, name, number, official
from repdb.signals.base import SIGNALS, Case, finding, signal

__all__ = ["SIGNALS", "Case", "finding", "history", "host", "name", "number", "official", "observe", "signal"]


def observe(case: Case) -> tuple[Finding, ...]:
    """Every signal's finding on the case, strongest first."""
    found = [result for look in SIGNALS[case.subject_kind] if (result := look(case)) is not None]
    return tuple(sorted(found, key=lambda f: -abs(f.weight)))
