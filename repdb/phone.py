"""Any written form of a telephone number → identifier; display, facts and masks of a key (floor 0).

Japanese numbers are read with ``phone_plan``, foreign ones with ``phone_foreign``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from repdb import phone_foreign
from repdb import phone_plan as plan
from repdb.phone_plan import LINE_TYPES, covers, group, hidden, mask_candidates, mask_range, masked_service, service
from repdb.phone_text import Written, bare, error, fold, parse, trunk
from repdb.records import Identifier, Unreadable

__all__ = [
    "LINE_TYPES", "MAX_LENGTH", "covers", "display", "facts", "fold", "hidden", "line_type",
    "mask_candidates", "mask_range", "national", "read",
]  # fmt: skip

MAX_LENGTH = 200
Flags = frozenset[str]

_MOBILE_HIDDEN = re.compile(r"0[5-9]\*[0-9]{8}")
_ORDINARY = re.compile(r"(0[0-9]{1,4})-?([0-9]{1,4})-?([0-9]{3,4})")


def read(text: str) -> Identifier:
    """Read one telephone number, however written.

    Returns kind ``phone``, ``masked_phone``, ``short_number`` or ``displayed_id`` (keys: see ``records``). Flags:
    ``caller_id_prefix`` (184, 186), ``carrier_prefix`` (00XY), ``extension``, ``invisible_characters``,
    ``letter_digits``, ``circle_zeros``, ``leading_zero_added``, ``plus_added``.
    Raises ``Unreadable`` with a code of ``not_a_number``, ``too_short``, ``too_long``, ``placeholder``,
    ``hidden_start``, ``impossible_number``, ``no_prefix``, ``ambiguous``, ``hash_left_out`` (9110), and nothing else for any string.
    """
    if len(text) > MAX_LENGTH:
        raise error("too_long")
    found = _ORDINARY.fullmatch(text)
    digits = "".join(found.groups()) if found is not None else bare(text)
    known = service(digits)
    if known is not None:
        return Identifier("phone", "+81" + digits[1:], group(digits, known[1]))
    written = parse(text)
    if written is None:
        raise error("not_a_number")
    return _interpret(written)


def _interpret(written: Written) -> Identifier:
    groups, plus, _circles, flags = written
    digits = written.digits
    visible = digits.replace("*", "").replace("…", "")
    if not visible:
        raise error("placeholder" if len(digits) >= 6 else "not_a_number")
    if visible == digits:
        return _international(digits, flags) if plus else _national(digits, groups, flags)
    if visible.startswith("0") and digits.endswith(visible):  # ● or ※ before the number is a bullet
        return _national(visible, (visible,), flags)
    try:
        return _masked(digits, plus, flags)
    except Unreadable:
        found = _hiding_nothing(written, digits, visible)
        if found is None:
            raise
        return found


def _hiding_nothing(written: Written, digits: str, visible: str) -> Identifier | None:
    """Signs that hide no digit: circles drawn for zeros, or single signs between the groups of a complete number."""
    if written.plus or "…" in digits or "**" in digits:
        return None
    if written.circles and "*" not in written.groups:
        zeros = digits.replace("*", "0")
        return _phone(zeros, written.flags | {"circle_zeros"}) if service(zeros) else None
    if not all(group[0] != "*" != group[-1] for group in written.groups) or _MOBILE_HIDDEN.fullmatch(digits):
        return None  # 06X-1234-5678 may be a 060 number
    return _phone(visible, written.flags) if service(visible) else None


def _phone(digits: str, flags: Flags) -> Identifier:
    return _full("+81" + digits[1:], flags)


def _full(key: str, flags: Flags) -> Identifier:
    return Identifier("phone", key, display(key), flags)


def _short(digits: str, flags: Flags) -> Identifier:
    return Identifier("short_number", "jp:" + digits, display("jp:" + digits), flags)


def _national(digits: str, groups: tuple[str, ...], flags: Flags) -> Identifier:
    """A number without ``+``: the first reading that the plan allows."""
    if service(digits) is not None:
        return _phone(digits, flags)
    if digits in plan.SHORT or plan.SHORT_SHAPE.fullmatch(digits):
        return _short(digits, flags)
    if plan.CALLER_ID_PREFIX.match(digits) and digits.startswith("0", 3):
        return _national(digits[3:], (digits[3:],), flags | {"caller_id_prefix"})
    carrier = plan.CARRIER_PREFIX.match(digits)
    if carrier is not None and service(digits[carrier.end() :]) is not None:
        return _phone(digits[carrier.end() :], flags | {"carrier_prefix"})
    if plan.CARRIER_FREEPHONE.fullmatch(digits):
        return _short(digits, flags)
    if set(digits) == {"0"} and len(digits) >= 9:
        raise error("placeholder")
    if digits.startswith(("00", "010")):
        return _dialled_abroad(digits, carrier, flags)
    if digits.startswith("081") and (key := _valid(digits[1:])):  # +81 with a zero for the plus
        return _full(key, flags | {"plus_added"})
    if digits.startswith("0"):
        raise error(plan.wrong_length(digits))
    return _without_zero(digits, groups, flags)


def _without_zero(digits: str, groups: tuple[str, ...], flags: Flags) -> Identifier:
    """``81-50-…`` without plus, and numbers whose leading zero a spreadsheet dropped.

    Grouped digits must stand as Japanese groups do: ``808-693-3888`` is as likely a North American number.
    """
    whole = len(groups) == 1
    if digits.startswith("81") and (whole or groups[0] == "81") and (key := _valid(digits)):
        return _full(key, flags | {"plus_added"})
    known = service("0" + digits)
    if known is not None:
        if whole or tuple(map(len, groups)) == (known[1][0] - 1, *known[1][1:]):
            return _phone("0" + digits, flags | {"leading_zero_added"})
        raise error("ambiguous")
    toll_free = len(digits) == 11 if whole else tuple(map(len, groups))[-3:] == (3, 3, 4)
    if toll_free and plan.TOLL_FREE_ABROAD.fullmatch(digits) and (key := _valid("1" + digits[-10:])):
        return _full(key, flags | {"plus_added"})
    if len(digits) == 3 or digits.startswith("#"):
        raise error("impossible_number")
    if len(digits) > 17:
        raise error("too_long")
    if "#" + digits in plan.SHORT:
        raise error("hash_left_out")
    raise error("no_prefix" if len(digits) >= 7 else "too_short")


def _dialled_abroad(digits: str, carrier: re.Match[str] | None, flags: Flags) -> Identifier:
    """``010``, ``00`` or a carrier's international prefix, then the country code."""
    if carrier is not None and digits.startswith("010", carrier.end()):
        return _international(digits[carrier.end() + 3 :], flags | {"carrier_prefix"})
    rest = digits[3:] if digits.startswith("010") else digits[2:]
    keys = {key for key in (_valid(rest), _valid(digits[3:]) if digits.startswith("001") else "") if key}
    if len(keys) == 1:
        return _full(keys.pop(), flags)
    if keys or (digits.startswith("010") and len(digits) == 11):  # Koreans write a mobile as 010-1234-5678
        raise error("ambiguous")
    if rest.startswith("0"):
        raise error("impossible_number")
    if not digits.startswith(("001", "010", "0081")):  # 0077-24-…, 0034-12-…: a carrier's own services
        raise error("ambiguous")
    return _displayed(rest, flags)


def _international(digits: str, flags: Flags) -> Identifier:
    """What follows ``+``, which people also write before a number that needs none (+090…, +0081…, +081…)."""
    key = _valid(digits) or (_valid(digits.lstrip("0")) if digits.startswith(("00", "081")) else "")
    if not key and service(digits) is not None:
        return _phone(digits, flags)
    return _full(key, flags) if key else _displayed(digits, flags)


def _valid(digits: str) -> str:
    """The E.164 key of country code and number if its plan allows it, else empty."""
    if digits.startswith("81"):
        rest = trunk(digits)
        return "+81" + rest[1:] if service(rest) is not None else ""
    if digits.startswith("521"):  # Mexican mobiles until 2019
        return phone_foreign.valid("52" + digits[3:])
    return phone_foreign.valid(digits)


def _displayed(digits: str, flags: Flags) -> Identifier:
    if _is_short(digits):
        raise error("too_short")
    if len(digits) > 17:
        raise error("too_long")
    return Identifier("displayed_id", "+" + digits, "+" + digits, flags)


def _is_short(digits: str) -> bool:
    if len(digits) < 7:
        return True
    if digits.startswith("81"):
        return plan.wrong_length(trunk(digits)) == "too_short"
    return phone_foreign.cut_off(digits)


def _masked(digits: str, plus: bool, flags: Flags) -> Identifier:
    if not plus and plan.CALLER_ID_PREFIX.match(digits) and digits.startswith("0", 3):
        digits, flags = digits[3:], flags | {"caller_id_prefix"}
    abroad = re.match("010|00", digits)
    if abroad is not None and not plus:
        digits, plus = digits[abroad.end() :], True
    if digits.startswith("81"):
        return _masked_national(trunk(digits), flags if plus else flags | {"plus_added"})
    if not plus:
        return _masked_national(digits, flags)
    if "…" in digits or not _SEEN_ABROAD.match(digits):
        raise error("placeholder")
    if not phone_foreign.possible(digits):
        raise error("impossible_number")
    return Identifier("masked_phone", "+" + digits, "+" + digits, flags)


# Four digits in front, or the country code and the last four: +80-****-0110.
_SEEN_ABROAD = re.compile(r"[0-9]{4}|[0-9]{2,3}\*{3,}[0-9]{4}$")


def _masked_national(digits: str, flags: Flags) -> Identifier:
    digits = plan.fill(digits)
    if not re.match("0[0-9]", digits) or _MOBILE_HIDDEN.fullmatch(digits):
        raise error("hidden_start" if sum(map(str.isdecimal, digits)) > 7 else "placeholder")
    known = masked_service(digits)
    if known is None:
        raise error(plan.wrong_length(digits))
    if not digits[known[1][0] :].strip("*"):
        raise error("placeholder")
    return Identifier("masked_phone", "+81" + digits[1:], group(digits, known[1]), flags)


# --- keys ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def display(key: str) -> str:
    """The key as a person is shown it: ``03-6709-0234``, ``03-6709-02**``, ``#9110``, ``+1 808-693-3888``."""
    if key.startswith("jp:"):
        digits = key[3:]
        if plan.CARRIER_FREEPHONE.fullmatch(digits):
            return group(digits, plan.CARRIER_GROUPS[len(digits)])
        return digits
    if key.startswith("+81"):
        digits = "0" + key[3:]
        known = masked_service(digits)
        return key if known is None else group(digits, known[1])
    return phone_foreign.facts(key)[0]


def national(key: str) -> str | None:
    """The Japanese national number of a key (``05031983490``, ``03670902**``), ``None`` for any other key."""
    if not key.startswith("+81"):
        return None
    digits = "0" + key[3:]
    return digits if masked_service(digits) is not None else None


def line_type(key: str) -> str:
    """The kind of line behind a key, one of ``LINE_TYPES``; cheap, unlike ``facts``."""
    if key.startswith("jp:"):
        return plan.short_type(key[3:])
    known = masked_service("0" + key[3:]) if key.startswith("+81") else None
    if known is not None:
        return known[0]
    if "*" in key or (not key.startswith("+81") and phone_foreign.valid(key[1:])):
        return "international"
    return "outside_plan"


def facts(key: str) -> dict[str, object]:
    """``line_type`` (``LINE_TYPES``), ``area`` (ja), ``country`` (ISO, foreign only), ``national``, and for short
    numbers what they are for: ``service``, ``service_en``. The carrier comes from ``number_blocks``, not from here."""
    kind = line_type(key)
    digits = key[3:] if key.startswith("jp:") else national(key)
    found: dict[str, object] = {"line_type": kind, "area": None, "country": None, "national": digits}
    if key.startswith("jp:") and key[3:] in plan.SHORT:
        meaning = plan.SHORT[key[3:]]
        found |= {"service": meaning.ja, "service_en": meaning.en}
    elif kind == "fixed" and digits is not None:
        found["area"] = _area(digits)
    elif kind == "international":
        found["country"] = phone_foreign.facts(key)[1]
    return found


@lru_cache(maxsize=8192)
def _area(digits: str) -> str | None:
    """The message area's Japanese name, if every number that the mask covers lies in it."""
    from phonenumbers_jp import parse  # type: ignore[import-untyped]

    fills = "0123456789" if "*" in digits else "*"
    areas = [parse(digits.replace("*", fill)).message_area for fill in fills]
    names = {area.name if area else None for area in areas}
    return names.pop() if len(names) == 1 else None
