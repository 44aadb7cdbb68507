"""Foreign numbers: which are possible, and what is known of them (floor 0).

The only importer of ``phonenumbers``, which takes as long to import as a whole look-up: each function when it is called.
"""

from __future__ import annotations

from functools import lru_cache

from repdb.records import Text


@lru_cache(maxsize=8192)
def valid(digits: str) -> str:
    """The E.164 key of country code and number if its country's plan allows it, else empty."""
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


def cut_off(digits: str) -> bool:
    """Fewer digits than any subscriber of the country has: an operator's service (+86 10086), or cut off. Codes of no
    country (+800, +808) are shown by forgers whose numbers are made to look Japanese: as they stand, they are whole."""
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.region_code_for_country_code(number.country_code or 0) == "001":
        return False
    return phonenumbers.is_possible_number_with_reason(number) in (
        phonenumbers.ValidationResult.TOO_SHORT,
        phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
    )


def possible(masked: str) -> bool:
    """Whether country code and number, hidden digits as ``*``, has a length that its country's plan allows; with a code of
    no country, as forgers show (+804-****-0110), any length that a number has."""
    if not 7 <= len(masked) <= 15 or masked.startswith("0"):
        return False
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + masked.replace("*", "5"))
    except phonenumbers.NumberParseException as error:
        return bool(error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE)
    return phonenumbers.is_possible_number(number)


@lru_cache(maxsize=8192)
def facts(key: str) -> tuple[str, str | None]:
    """Display and ISO country of a foreign E.164 key; the key itself and ``None`` for what no plan allows."""
    if "*" in key or not valid(key[1:]):
        return key, None
    import phonenumbers

    number = phonenumbers.parse(key)
    region = phonenumbers.region_code_for_number(number)
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return shown, region if region and region.isalpha() else None


@lru_cache(maxsize=256)
def country(region: str) -> Text:
    """The name of an ISO country as CLDR has it; the code itself for one that it has not."""
    from babel import Locale

    ja, en = (Locale.parse(language).territories.get(region, region) for language in ("ja", "en"))
    return Text(ja, en)
