"""What the register of companies says of a name (floor 2)."""

from __future__ import annotations

from repdb.company import claims_collection
from repdb.records import Finding, Text
from repdb.signals.base import Case, Name, finding, signal

_NOUNS = {
    "phone": Text("番号", "number"),
    "masked_phone": Text("番号", "number"),
    "domain": Text("ドメイン", "domain"),
    "sender_id": Text("送信者名", "sender ID"),
}
_LICENSED = Text("許可業者（{licence}）", "licensed company ({licence})")
_DISGUISES = frozenset({"look_alikes", "invisible_characters"})
_OFFICE = Text("実在する役所・警察署など", "a real public office")
_COMPANY = Text("会社・団体", "company or body")


@signal("company")
def name_fictitious(case: Case) -> Finding | None:
    """No real company bears the name."""
    return finding("name_fictitious") if case.register and case.register.status == "fictitious" else None


@signal("company")
def name_genuine(case: Case) -> Finding | None:
    """A real company, or one that messages abuse (``name_genuine_abused``); another legal form may be another company's."""
    if not case.register or case.register.status != "genuine":
        return None
    if not case.known and (_other_form(case) or name_disguised(case)):
        return None
    code = "name_genuine_abused" if case.known else "name_genuine"
    written = case.register.licence
    licence = Text(f"（{written}）", f" ({written})") if written else ""
    return finding(code, name=case.register.said, licence=licence)


@signal("company")
def name_of_office(case: Case) -> Finding | None:
    """A name that is reported and is that of some town's office or of a genuine company's branch."""
    if case.office is None or not case.known:
        return None
    return finding("name_of_office", name=case.office or _OFFICE)


@signal("company")
def name_disguised(case: Case) -> Finding | None:
    """A real company's name, written so that it only looks like it."""
    if not case.register or case.register.status != "genuine" or case.flags.isdisjoint(_DISGUISES):
        return None
    return finding("name_disguised", name=case.register.said)


@signal("company")
def legal_form_differs(case: Case) -> Finding | None:
    """A real company's name with a legal form that is not the company's."""
    wrong = _other_form(case)
    if not wrong or not case.register:
        return None
    return finding("legal_form_differs", name=case.register.said, right=case.facts["legal_form"], wrong=wrong)


def _other_form(case: Case) -> str:
    """The legal form asked for, where the register has another. Inc. and Co., Ltd. are translations that differ."""
    right = case.facts.get("legal_form")
    written = next((flag.partition(":")[2] for flag in case.flags if flag.startswith("legal_form:")), "")
    return written if right and written != right and not written.isascii() else ""


@signal("sender_id")
def sender_named_as(case: Case) -> Finding | None:
    """A sender ID that is a real company's name: whoever sends chooses what is shown."""
    if not case.register or case.register.status != "genuine" or case.official:
        return None
    return finding("sender_named_as", name=case.register.said)


@signal("company")
def licence_unknown(case: Case) -> Finding | None:
    """It claims to collect debts, and we know of no licence."""
    licensed = case.register is not None and case.register.licence
    return finding("licence_unknown") if claims_collection(case.display) and not licensed else None


@signal("company")
def near_name(case: Case) -> Finding | None:
    """Not on the register itself, but very like a name that is."""
    return finding("near_name", name=case.near_name[0]) if case.near_name else None


@signal("phone", "masked_phone", "domain", "sender_id")
def claims_genuine_name(case: Case) -> Finding | None:
    """Reports say that it used a real company's name, and it is no checked contact of that company."""
    own = {official.company for official in case.official}
    for claimed in case.claimed:
        if claimed.status == "genuine" and claimed.company not in own:
            what = _LICENSED.format(licence=claimed.licence) if claimed.licence else _COMPANY
            return _claims("claims_genuine_name", case, claimed, what=what)
    return None


@signal("phone", "masked_phone", "domain", "sender_id")
def claims_fictitious_name(case: Case) -> Finding | None:
    """Reports say that it used a name that no real company bears."""
    for claimed in case.claimed:
        if claimed.status == "fictitious":
            return _claims("claims_fictitious_name", case, claimed)
    return None


def _claims(code: str, case: Case, claimed: Name, **values: Text) -> Finding:
    return finding(code, (), None, name=claimed.said, noun=_NOUNS[case.subject_kind], **values)
