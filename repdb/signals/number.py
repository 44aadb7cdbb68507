"""What the numbering plan and the neighbourhood say of a number (floor 2)."""

from __future__ import annotations

from repdb.records import Finding
from repdb.signals.base import Case, finding, signal


@signal("phone")
def masked_match(case: Case) -> Finding | None:
    """A reported masked number may stand for this one."""
    if not case.masks:
        return None
    mask = min(case.masks, key=lambda m: m.hidden)
    return finding("masked_match", (mask.masked_number,), display=mask.display, size=f"{10**mask.hidden:,}")


@signal("phone")
def neighbours_reported(case: Case) -> Finding | None:
    """Other numbers of the same hundred are reported."""
    return finding("neighbours_reported", count=case.neighbours) if case.neighbours > 1 else None


@signal("masked_phone")
def covered_reported(case: Case) -> Finding | None:
    """How many of the numbers behind the mask are reported themselves."""
    size = 10 ** case.key.count("*")
    return finding("covered_reported", count=case.covered, size=f"{size:,}")


@signal("masked_phone")
def mask_overlaps(case: Case) -> Finding | None:
    """A reported masked number stands for some of the same numbers; the one that hides most nearly as much is named."""
    if not case.masks:
        return None
    mask = min(case.masks, key=lambda m: (abs(m.hidden - case.key.count("*")), m.masked_number))
    return finding("mask_overlaps", (mask.masked_number,), display=mask.display)


@signal("phone", "masked_phone")
def block_unallocated(case: Case) -> Finding | None:
    """Nobody was designated the block it lies in."""
    return finding("block_unallocated") if case.block_allocated is False else None


@signal("phone")
def displayed_id_forged(case: Case) -> Finding | None:
    """A caller ID that the numbering plan does not allow."""
    return finding("displayed_id_forged") if case.kind == "displayed_id" else None


@signal("phone")
def international_number(case: Case) -> Finding | None:
    """A number of another country."""
    return finding("international_number") if case.line_type == "international" else None


@signal("phone")
def premium_number(case: Case) -> Finding | None:
    """Calling it costs extra."""
    return finding("premium_number") if case.line_type in ("premium", "mass_calling") else None
