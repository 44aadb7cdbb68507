"""Any written form of a telephone number → identifier; display, facts and masks of a key (floor 0).

The only importer of ``phonenumbers``, and only for foreign numbers: Japanese ones are read with ``phone_plan``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from repdb import phone_plan as plan
from repdb.phone_plan import LINE_TYPES, Service, service
from repdb.phone_text import INVISIBLE, INVISIBLE_MARK, KANJI_DIGITS, fold
from repdb.records import Identifier, Text, Unreadable

__all__ = [
    "INVISIBLE", "LINE_TYPES", "MAX_LENGTH", "covers", "display", "facts", "fold", "hidden", "mask_candidates",
    "mask_range", "national", "read",
]  # fmt: skip

MAX_LENGTH = 200
MAX_HIDDEN = 6

_ERRORS: dict[str, Text] = {
    "not_a_number": Text(
        "電話番号として読めません。050-1234-5678 のように番号だけを入力してください。",
        "This is not a telephone number. Enter only the number, such as 050-1234-5678.",
    ),
    "too_short": Text(
        "電話番号として桁が足りません。市外局番から全部の桁を入力してください。",
        "Too few digits for a telephone number. Enter all digits, area code included.",
    ),
    "too_long": Text(
        "電話番号として桁が多すぎます。番号を1つだけ入力してください。",
        "Too many digits for a telephone number. Enter one number at a time.",
    ),
    "placeholder": Text(
        "番号がほとんど伏せられているか、見本の番号です。見えている桁が足りません。",
        "The number is hidden or a placeholder: too few digits are visible to look it up.",
    ),
    "impossible_number": Text(
        "日本の番号計画にない番号です。桁の写し間違いがないか確かめてください。",
        "No Japanese number has these digits. Check them for a typing error.",
    ),
    "no_prefix": Text(
        "国内の番号は 0 から、海外の番号は + と国番号から入力してください。",
        "Start a Japanese number with 0 and a foreign one with + and its country code.",
    ),
    "ambiguous": Text(
        "どの国の番号か決められません。海外の番号なら + と国番号から、国内なら 0 から入力してください。",
        "It is not clear which country this number belongs to. Start with + and the country code, or with 0 in Japan.",
    ),
}


def _error(code: str) -> Unreadable:
    return Unreadable(code, _ERRORS[code])


# --- reading -------------------------------------------------------------------------------------------------------

_ORDINARY = re.compile(r"(0[0-9]{1,4})-?([0-9]{1,4})-?([0-9]{3,4})")

_WORDS = (
    r"tel/?fax|tel(?:ephone)?|phone|mobile|cell|fax|call|sms|dial|℡|☎|☏|✆|📞|📱|📲|🕿|"
    r"電話番号|でんわ番号|電話|でんわ|デンワ|携帯番号|携帯|固定|番号|発信元|発信者|着信|連絡先|問い?合わ?せ先?|"
    r"フリーダイヤル|フリーコール|ナビダイヤル|代表|直通|(?:ip|tm)(?=電話)|[tmf](?=[\s:.])"
)
_LABEL = re.compile(rf"(?:[\s(・*]{{0,9}}(?:{_WORDS})[\s:.・)/]{{0,9}}){{1,3}}", re.IGNORECASE)
_TAIL = re.compile(r"[\s(]{0,9}(?:大代表|代表|代|直通|携帯|通話無料|無料|専用|フリーダイヤル|ナビダイヤル)[\s)]{0,9}$")
_EXTENSION = re.compile(
    r"(?P<weak>[\s(\-]{0,9}[x#*,;pw]{1,3}|"
    r"[\s(\-,;]{0,9}(?:内線(?:番号)?|extension|extn?)[\s.:=\-]{0,9})\s{0,9}#?(?P<digits>[0-9]{1,6})[\s)]{0,9}$",
    re.IGNORECASE,
)
_HASH = re.compile(r"[\s(]*#[\s\-]*([0-9]{4})[\s)]*")
_SPACED_OUT = re.compile(r"[0-9*](?:-?[0-9*])*")
_LETTER_RUN = re.compile(r"[0-9OoIl*]+")
_KANJI = frozenset(KANJI_DIGITS)
# Separators become ``-`` and signs that hide a digit ``*``; ○, 〇, 一 and letters are settled before by context.
_READ = str.maketrans(dict.fromkeys(" \n\r()<>{}[]./\\,・、。-=|~'\"のノ", "-") | dict.fromkeys("xX○?_#", "*"))
_DIGITS_OR_HIDDEN = re.compile(r"[0-9*…-]*")
_MASK_RUN = re.compile(r"…+")


def read(text: str) -> Identifier:
    """Read one telephone number, however written.

    Returns kind ``phone``, ``masked_phone``, ``short_number`` or ``displayed_id`` (keys: see ``records``). Flags:
    ``caller_id_prefix`` (184, 186), ``carrier_prefix`` (00XY), ``extension``, ``invisible_characters``,
    ``letter_digits``, ``circle_zeros``, ``leading_zero_added``, ``plus_added``.
    Raises ``Unreadable`` with a code of ``not_a_number``, ``too_short``, ``too_long``, ``placeholder``,
    ``impossible_number``, ``no_prefix``, ``ambiguous``, and nothing else for any string.
    """
    found = _ORDINARY.fullmatch(text)
    if found is not None:
        digits = "".join(found.groups())
        known = service(digits)
        if known is not None:
            return Identifier("phone", "+81" + digits[1:], _group(digits, known[1]))
    return _read_any(text)


def _read_any(text: str) -> Identifier:
    if len(text) > MAX_LENGTH:
        raise _error("too_long")
    flags: set[str] = set()
    shown = fold(text)
    if INVISIBLE_MARK in shown:
        flags.add("invisible_characters")
        shown = shown.replace(INVISIBLE_MARK, "")
    short = _HASH.fullmatch(shown)
    if short is not None:
        return _short("#" + short[1], flags)
    shown = _TAIL.sub("", _strip_label(shown))
    shown = _cut_extension(shown, flags)
    shown = _settle(text, shown, flags)
    written = shown.translate(_READ).strip("-")
    plus = written.startswith("+")
    if plus:
        written = written[1:]
    if not _DIGITS_OR_HIDDEN.fullmatch(written):
        raise _error("not_a_number")
    groups = tuple(group for group in written.split("-") if group)
    return _interpret(groups, plus, "○" in shown, flags)


def _strip_label(shown: str) -> str:
    label = _LABEL.match(shown)
    return shown[label.end() :] if label else shown


def _cut_extension(shown: str, flags: set[str]) -> str:
    """Cut a trailing extension: always when a word says so, after ``x # ,`` only behind a complete number."""
    found = _EXTENSION.search(shown)
    if found is None:
        return shown
    head = shown[: found.start()]
    digits = "".join(filter(str.isdecimal, head))
    complete = service(digits) is not None or (
        head.lstrip().startswith("+81") and service("0" + digits[2:]) is not None
    )
    if found["weak"] and not complete:
        return shown
    flags.add("extension")
    return head


def _settle(text: str, shown: str, flags: set[str]) -> str:
    """Decide what 〇, 一 and the letters O and I stand for.

    〇 is zero and 一 is one when the number is written in kanji digits (another kanji digit stands in it, or no other
    digit at all); among other digits 〇 hides a digit and 一 is a dash. A group of two or more letters O without any
    digit, or three in a row beside a real 0, hides digits; any other O is a zero, and I or l beside digits a one.
    """
    if "〇" in shown or "一" in shown:
        kanji = not _KANJI.isdisjoint(text) or not any("0" <= char <= "9" for char in shown)
        shown = shown.replace("〇", "0" if kanji else "○").replace("一", "1" if kanji else "-")
    if any(letter in shown for letter in "OoIl"):
        zero = "0" in shown

        def as_digits(run: re.Match[str]) -> str:
            word = run[0]
            if word.isdecimal():
                return word
            os = word.upper()
            if (len(word) > 1 and set(os) == {"O"}) or ("OOO" in os and zero):
                return os.replace("O", "*")
            flags.add("letter_digits")
            return os.replace("O", "0").replace("I", "1").replace("L", "1")

        shown = _LETTER_RUN.sub(as_digits, shown)
    return shown


def _interpret(groups: tuple[str, ...], plus: bool, circles: bool, flags: set[str]) -> Identifier:
    written = "".join(groups)
    bare = written.lstrip("*")
    if bare.startswith("0") and written != bare and "*" not in bare:  # a bullet before the number
        groups, written = (bare,), bare
    visible = written.replace("*", "").replace("…", "")
    if not visible:
        raise _error("placeholder" if len(written) >= 6 else "not_a_number")
    if len(visible) >= 9 and set(visible) == {"0"}:
        raise _error("placeholder")
    if visible == written:
        return _international(written, flags) if plus else _national(written, groups, flags)
    try:
        return _masked(written, plus, flags)
    except Unreadable as error:
        again = _without_signs(groups, written, plus, circles, flags)
        if again is None:
            raise error
        return again


def _without_signs(
    groups: tuple[str, ...], written: str, plus: bool, circles: bool, flags: set[str]
) -> Identifier | None:
    """Signs that hide nothing: single ones between complete groups, or circles drawn for zeros."""
    if plus or "…" in written or "**" in written:
        return None
    if circles and service(written.replace("*", "0")) is not None and "*" not in groups:
        return _phone(written.replace("*", "0"), flags | {"circle_zeros"})
    visible = written.replace("*", "")
    return _phone(visible, flags) if service(visible) is not None and not written.endswith("*") else None


def _phone(digits: str, flags: set[str]) -> Identifier:
    known = service(digits)
    assert known is not None
    return Identifier("phone", "+81" + digits[1:], _group(digits, known[1]), frozenset(flags))


def _short(digits: str, flags: set[str]) -> Identifier:
    return Identifier("short_number", "jp:" + digits, display("jp:" + digits), frozenset(flags))


def _national(digits: str, groups: tuple[str, ...], flags: set[str]) -> Identifier:
    """A number without ``+``: the first reading that the plan allows."""
    if service(digits) is not None:
        return _phone(digits, flags)
    if digits in plan.SHORT or plan.SMS_SHORT_CODE.fullmatch(digits):
        return _short(digits, flags)
    prefix = plan.CALLER_ID_PREFIX.match(digits)
    if prefix is not None and digits.startswith("0", 3):
        return _national(digits[3:], (digits[3:],), flags | {"caller_id_prefix"})
    carrier = plan.CARRIER_PREFIX.match(digits)
    if carrier is not None and service(digits[carrier.end() :]) is not None:
        return _phone(digits[carrier.end() :], flags | {"carrier_prefix"})
    if plan.CARRIER_FREEPHONE.fullmatch(digits):
        return _short(digits, flags)
    if digits.startswith("00") or digits.startswith("010"):
        return _dialled_abroad(digits, carrier, flags)
    if digits.startswith("0"):
        raise _error(_wrong_length(digits))
    return _without_zero(digits, groups, flags)


def _wrong_length(digits: str) -> str:
    longest = 11 if digits[:3] in ("050", "060", "070", "080", "090", "020") else 10
    if len(digits) == longest or len(digits) in (10, 11):
        return "impossible_number"
    return "too_short" if len(digits) < longest else "too_long"


def _without_zero(digits: str, groups: tuple[str, ...], flags: set[str]) -> Identifier:
    """``81-50-…`` without plus, and numbers whose leading zero a spreadsheet dropped.

    Grouped digits must stand as Japanese groups do: ``808-693-3888`` is as likely a North American number.
    """
    whole = len(groups) == 1
    if digits.startswith("81") and (whole or groups[0] == "81"):
        rest = digits[2:] if digits[2] == "0" else "0" + digits[2:]
        if service(rest) is not None:
            return _phone(rest, flags | {"plus_added"})
    known = service("0" + digits)
    if known is not None:
        lengths = (known[1][0] - 1, *known[1][1:])
        if whole or tuple(map(len, groups)) == lengths:
            return _phone("0" + digits, flags | {"leading_zero_added"})
        raise _error("ambiguous")
    if len(digits) < 7:
        raise _error("too_short" if len(digits) > 3 else "impossible_number")
    raise _error("no_prefix" if len(digits) <= 17 else "too_long")


def _dialled_abroad(digits: str, carrier: re.Match[str] | None, flags: set[str]) -> Identifier:
    """``010``, ``00`` or a carrier's international prefix before the country code."""
    rests: list[str] = []
    if carrier is not None and digits.startswith("010", carrier.end()):
        rests.append(digits[carrier.end() + 3 :])
    elif digits.startswith("010"):
        rests.append(digits[3:])
    else:
        rests.append(digits[2:])
        if digits.startswith(("001", "0041", "0061")) and carrier is not None:  # these also dial without 010
            rests.append(digits[carrier.end() :])
    keys = {key for rest in rests if (key := _valid(rest))}
    if len(keys) == 1:
        return _full(keys.pop(), flags | ({"carrier_prefix"} if carrier and rests[0] != digits[2:] else set()))
    if keys or (digits.startswith("010") and len(digits) == 11):  # 010-1234-5678 is how Koreans write a mobile
        raise _error("ambiguous")
    return _displayed(rests[0], flags)


def _international(digits: str, flags: set[str]) -> Identifier:
    key = _valid(digits)
    return _full(key, flags) if key else _displayed(digits, flags)


def _valid(digits: str) -> str:
    """The E.164 key of country code + number if its plan allows it, else empty."""
    if digits.startswith("81"):
        rest = digits[2:] if digits.startswith("0", 2) else "0" + digits[2:]
        return "+81" + rest[1:] if service(rest) is not None else ""
    return _foreign(digits)


def _full(key: str, flags: set[str]) -> Identifier:
    return Identifier("phone", key, display(key), frozenset(flags))


def _displayed(digits: str, flags: set[str]) -> Identifier:
    if len(digits) < 7:
        raise _error("too_short")
    if len(digits) > 17:
        raise _error("too_long")
    return Identifier("displayed_id", "+" + digits, "+" + digits, frozenset(flags))


def _masked(written: str, plus: bool, flags: set[str]) -> Identifier:
    prefix = plan.CALLER_ID_PREFIX.match(written)
    if prefix is not None and written.startswith("0", 3) and not plus:
        written, flags = written[3:], flags | {"caller_id_prefix"}
    abroad = next((mark for mark in ("010", "00") if written.startswith(mark)), "")
    if plus or abroad:
        return _masked_abroad(written[len(abroad) :], flags)
    if written.startswith("81"):
        return _masked_abroad(written, flags | {"plus_added"})
    return _masked_national(written, flags)


def _masked_abroad(written: str, flags: set[str]) -> Identifier:
    if written.startswith("81"):
        return _masked_national(written[2:] if written.startswith("0", 2) else "0" + written[2:], flags)
    if "…" in written or not re.match("[0-9]{3}", written):
        raise _error("placeholder")
    if not _foreign_possible(written):
        raise _error("impossible_number")
    return Identifier("masked_phone", "+" + written, "+" + written, frozenset(flags))


def _masked_national(digits: str, flags: set[str]) -> Identifier:
    if "…" in digits:
        digits = _fill(digits)
    if not re.match("0[0-9]", digits):
        raise _error("placeholder")
    known = _masked_service(digits)
    if known is None:
        lead = re.match("[0-9]*", digits)
        assert lead is not None
        raise _error("placeholder" if len(lead[0]) < 2 else _wrong_length(digits))
    if not digits[known[1][0] :].strip("*"):
        raise _error("placeholder")
    return Identifier("masked_phone", "+81" + digits[1:], _group(digits, known[1]), frozenset(flags))


def _fill(digits: str) -> str:
    """One ``…`` stands for as many digits as the number lacks."""
    runs = _MASK_RUN.findall(digits)
    lead = digits[: digits.index("…")]
    shown = len(digits) - sum(map(len, runs))
    total = 11 if service(lead.ljust(11, "1")) is not None and len(lead) >= 3 else 10
    if len(runs) != 1 or not 1 <= total - shown <= 8:
        raise _error("placeholder")
    return _MASK_RUN.sub("*" * (total - shown), digits)


def _masked_service(digits: str) -> Service | None:
    """Like ``service`` where hidden digits may leave the choice open: then what most prefixes say."""
    known = service(digits)
    head = digits[:4]
    if "*" not in head:
        return known
    fits: Callable[[str], bool] = lambda prefix: all(h in ("*", p) for h, p in zip(head, prefix, strict=True))  # noqa: E731
    choices = Counter(found for prefix, found in plan.SERVICES.get(len(digits), {}).items() if fits(prefix))
    if known is not None:
        return known
    return choices.most_common(1)[0][0] if choices and digits[2] != "*" else None


# --- foreign numbers: phonenumbers ---------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _foreign(digits: str) -> str:
    if not 7 <= len(digits) <= 17 or digits.startswith("0"):
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _foreign_possible(masked: str) -> bool:
    if not 7 <= len(masked) <= 15:
        return False
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + masked.replace("*", "5"))
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)


@lru_cache(maxsize=8192)
def _foreign_facts(key: str) -> tuple[str, str | None]:
    """Display and ISO country of a foreign E.164 key; the key itself and ``None`` for what no plan allows."""
    if "*" in key or not _foreign(key[1:]):
        return key, None
    import phonenumbers

    number = phonenumbers.parse(key)
    region = phonenumbers.region_code_for_number(number)
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return shown, region if region and region.isalpha() else None


# --- keys ----------------------------------------------------------------------------------------------------------


def _group(digits: str, lengths: tuple[int, ...]) -> str:
    if len(lengths) == 3:
        first = lengths[0]
        second = first + lengths[1]
        return f"{digits[:first]}-{digits[first:second]}-{digits[second:]}"
    return f"{digits[: lengths[0]]}-{digits[lengths[0] :]}"


@lru_cache(maxsize=65536)
def display(key: str) -> str:
    """The key as a person is shown it: ``03-6709-0234``, ``03-6709-02**``, ``#9110``, ``+1 808-693-3888``."""
    if key.startswith("jp:"):
        digits = key[3:]
        if plan.CARRIER_FREEPHONE.fullmatch(digits):
            return _group(digits, plan.CARRIER_GROUPS[len(digits)])
        return digits
    if key.startswith("+81"):
        digits = "0" + key[3:]
        known = _masked_service(digits)
        return key if known is None else _group(digits, known[1])
    return _foreign_facts(key)[0]


def national(key: str) -> str | None:
    """The Japanese national number of a key (``05031983490``, ``03670902**``), ``None`` for any other key."""
    if not key.startswith("+81"):
        return None
    digits = "0" + key[3:]
    return digits if _masked_service(digits) is not None else None


def line_type(key: str) -> str:
    """The kind of line behind a key, one of ``LINE_TYPES``; cheap, unlike ``facts``."""
    if key.startswith("jp:"):
        return _short_type(key[3:])
    digits = national(key)
    if digits is not None:
        known = _masked_service(digits)
        assert known is not None
        return known[0]
    if "*" in key or (not key.startswith("+81") and _foreign(key[1:])):
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
        found["country"] = _foreign_facts(key)[1]
    return found


def _short_type(digits: str) -> str:
    if plan.SMS_SHORT_CODE.fullmatch(digits):
        return "sms_short_code"
    return "toll_free" if plan.CARRIER_FREEPHONE.fullmatch(digits) else "short"


@lru_cache(maxsize=8192)
def _area(digits: str) -> str | None:
    """The message area's Japanese name, if every number that the mask covers lies in it."""
    from phonenumbers_jp import parse  # type: ignore[import-untyped]

    areas = {parse(digits.replace("*", digit)).message_area for digit in "09"} if "*" in digits else None
    names = {area.name if area else None for area in areas or [parse(digits).message_area]}
    return names.pop() if len(names) == 1 else None


def hidden(key: str) -> int:
    """How many digits of the key are hidden."""
    return key.count("*")


def mask_candidates(key: str) -> tuple[str, ...]:
    """The masked keys with 1 to 6 trailing hidden digits that cover this full number, the narrowest first."""
    if not key.startswith("+") or "*" in key:
        return ()
    return tuple(key[:-count] + "*" * count for count in range(1, MAX_HIDDEN + 1))


def covers(masked_key: str, key: str) -> bool:
    """Whether the full number ``key`` is one of those that ``masked_key`` may stand for."""
    return len(masked_key) == len(key) and all(m in (k, "*") for m, k in zip(masked_key, key, strict=True))


def mask_range(masked_key: str) -> tuple[str, str] | None:
    """Lowest and highest full key of a mask whose hidden digits are all trailing, else ``None``."""
    stem = masked_key.rstrip("*")
    if stem == masked_key or "*" in stem:
        return None
    count = len(masked_key) - len(stem)
    return stem + "0" * count, stem + "9" * count
