"""Alphanumeric sender IDs and SMS short codes (floor 0)."""

from __future__ import annotations

import re
import unicodedata

from repdb import phone
from repdb.invisible import INVISIBLE
from repdb.records import Identifier, Text, Unreadable

MAX_SEPTETS = 11  # 3GPP TS 23.040 §9.1.2.5: ten octets of address, packed 7-bit characters
MAX_LENGTH = 64

# 3GPP TS 23.038 §6.2.1: the default alphabet without line breaks, and its extension table at two septets each.
_BASIC = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
_COST = dict.fromkeys(_BASIC, 1) | dict.fromkeys(_EXTENDED, 2)

_CODE = re.compile("[2-9][0-9]{4,5}")  # 1xxxx and 0… are operators' own services
_ERRORS: dict[str, Text] = {
    "not_a_sender_id": Text(
        "送信者名として読めません。英字を含む 1〜11 文字（例: Amazon）か、5〜6 桁の数字（先頭は 2〜9）、0005 から始まる番号を入力してください。",
        "This is not a sender ID. Enter 1 to 11 Latin characters with a letter among them (Amazon), 5 or 6 digits of which the first is 2 to 9, or a 0005 code.",
    ),
    "too_long": Text(
        "送信者名は 11 文字までです。表示されたとおりに入力してください。",
        "A sender ID has 11 characters at most. Enter it as it was displayed.",
    ),
}


def read(text: str) -> Identifier:
    """Read the name an SMS shows as its sender: kind ``sender_id``, key case-folded NFKC (``amazon``).

    A short code such as 0005-1234 gives kind ``short_number`` (``phone.read``); one of five or six digits is a name like any
    other (243056). Raises ``Unreadable`` with code
    ``not_a_sender_id`` or ``too_long``, nothing else.
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable("too_long", _ERRORS["too_long"])
    seen = "".join(char for char in text if ord(char) not in INVISIBLE)
    name = " ".join(unicodedata.normalize("NFKC", seen).split())
    costs = [_COST.get(char) for char in name]
    if None in costs or not (any(char.isalpha() for char in name) or _CODE.fullmatch(name)):
        return _short_code(text)
    if sum(cost for cost in costs if cost) > MAX_SEPTETS:
        raise Unreadable("too_long", _ERRORS["too_long"])
    flags = frozenset({"invisible_characters"} if seen != text else ())
    return Identifier("sender_id", name.casefold(), name, flags)


def _short_code(text: str) -> Identifier:
    try:
        found = phone.read(text)
    except Unreadable as error:
        raise Unreadable("not_a_sender_id", _ERRORS["not_a_sender_id"]) from error
    if found.key.startswith("jp:000"):
        return found
    raise Unreadable("not_a_sender_id", _ERRORS["not_a_sender_id"])
