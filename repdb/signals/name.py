"""What the register of companies says of a name (floor 2)."""

from __future__ import annotations

from repdb.company import claims_collection
from repdb.records import Finding
from repdb.signals.base import Case, finding, signal


@signal("company")
def name_fictitious(case: Case) -> Finding | None:
    """No real company bears the name."""
    return finding("name_fictitious") if case.register and case.register.status == "fictitious" else None


@signal("company")
def name_genuine(case: Case) -> Finding | None:
    """A real company, abused by messages or not."""
    if not case.register or case.register.status != "genuine":
        return None
    code = "name_genuine_abused" if case.known else "name_genuine"
    licence = f"（{case.register.licence}）" if case.register.licence else ""
    return finding(code, name=case.register.name, licence=licence)


@signal("company")
def licence_unknown(case: Case) -> Finding | None:
    """It claims to collect debts, and we know of no licence."""
    licensed = case.register is not None and case.register.licence
    return finding("licence_unknown") if claims_collection(case.display) and not licensed else None


@signal("company")
def near_name(case: Case) -> Finding | None:
    """Not on the register itself, but very like a name that is."""
    return finding("near_name", name=case.near_name[0]) if case.near_name else None
