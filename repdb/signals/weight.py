"""The shape of a row in the tables of weights (floor 2)."""

from __future__ import annotations

from typing import NamedTuple

from repdb.records import Text


class Weight(NamedTuple):
    """``weight`` in log-odds, ``why`` it is what it is, and the ``text`` that a person reads."""

    weight: float
    why: str
    text: Text
