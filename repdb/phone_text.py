"""From a written form to bare digits: look-alikes, labels, extensions, zeros and hidden digits (floor 0)."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from repdb.invisible import INVISIBLE
from repdb.phone_plan import service
from repdb.records import Text, Unreadable

ERRORS: dict[str, Text] = {
    "not_a_number": Text(
        "電話番号として読めません。050-1234-5678 のように番号だけを入力してください。",
        "This is not a telephone number. Enter only the number, such as 050-1234-5678.",
    ),
    "too_short": Text(
        "電話番号として桁が足りません。市外局番から全部の桁を入力してください。",
        "Too few digits for a telephone number. Enter all digits, area code included.",
    ),
    "hash_left_out": Text(
        "桁が足りません。# から始まる相談窓口なら、「#9110」のように # を付けて入力してください。",
        "Too few digits. If it is a helpline that begins with #, enter it with the #, such as #9110.",
    ),
    "too_long": Text(
        "電話番号として桁が多すぎます。番号を1つだけ入力してください。",
        "Too many digits for a telephone number. Enter one number at a time.",
    ),
    "placeholder": Text(
        "番号がほとんど伏せられているか、見本の番号です。見えている桁が足りません。",
        "The number is hidden or a placeholder: too few digits are visible to look it up.",
    ),
    "hidden_start": Text(
        "番号の先頭（市外局番や 050 など）が伏せられているので調べられません。先頭の数字を確かめてください。",
        "The start of the number (area code, 050 and so on) is hidden, so it cannot be looked up. Find its first digits.",
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


def error(code: str) -> Unreadable:
    """The typed error of a code of ``ERRORS``."""
    return Unreadable(code, ERRORS[code])


INVISIBLE_MARK = "\u200b"

KANJI_DIGITS = "二三四五六七八九零壱弌壹弐弍貳参參弎肆伍陸漆捌玖"
_KANJI_VALUES = "23456789011122233345678" + "9"

_SAME: dict[str, str] = {
    "-": "ー−〜∼∿～~˗⁃╴╶─━╌╍┄┅┈┉╼╾⎯¯‾ˉ➖⁻₋ㅡᅳ￣",
    " ": "\t\u2800",
    "\n": "\x85\u2028\u2029",
    "・": "·•‧∙⋅᛫⸱・ꞏ𐄁",
    ".": "․",
    "、": "､﹑",
    "。": "｡",
    "/": "⁄∕⧸╱",
    "|": "｜¦│┃❘ǀ∣",
    "+": "➕✚⁺₊",
    "#": "♯",
    "○": "◯⚪⭕",
    "*": "×✕✖✗✘╳⨯❌❎∗⁎✱✲✳★☆⭐※●⚫◉◎〓■□▢◻◼⬜⬛█▮▒░◆◇▲△▼▽�",
    "O": "ΟОՕ",
    "o": "οоօ",
    "I": "ΙІӀ",
    "l": "ⅼ",
    "一": "㇐",
    "…": "‥⋯",
}
_TABLE: dict[str, str] = {other: char for char, others in _SAME.items() for other in others} | {
    "〡": "1", "〢": "2", "〣": "3", "〤": "4", "〥": "5", "〦": "6", "〧": "7", "〨": "8", "〩": "9",
}  # fmt: skip
_TABLE |= dict(zip(KANJI_DIGITS, _KANJI_VALUES, strict=True))
_BY_CATEGORY = {"Pd": "-", "Zs": " ", "Ps": "(", "Pi": "(", "Pe": ")", "Pf": ")"}
_DIGITS: dict[float | None, str] = {value: str(value) for value in range(10)}
_CACHED_BELOW = 0x10000


def _fold_one(char: str) -> str:
    if ord(char) in INVISIBLE:
        return INVISIBLE_MARK
    if char in _TABLE:
        return _TABLE[char]
    category = unicodedata.category(char)
    digit = unicodedata.digit(char, unicodedata.numeric(char, None) if category == "No" else None)
    if digit in _DIGITS:
        return _DIGITS[digit]
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) != 1 or plain == char:
        return char
    return _fold_one(plain)


class _Fold(dict[int, str]):
    """A ``str.translate`` table that classifies each code point when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_one(chr(code))
        if code < _CACHED_BELOW:  # bounds the table, whatever comes in
            self[code] = folded
        return folded


_FOLD = _Fold()


def fold(text: str) -> str:
    """The text with look-alikes made equal, of the same length, so that spans found in it hold in ``text``.

    * every digit (full-width, circled, superscript, mathematical, Arabic-Indic, kanji 二…九, 零 壱 弐…) → ``0``–``9``
    * dashes, minus, wave, ー → ``-``; spaces → one space; brackets and quotes → ``(`` ``)``; middle dots → ``・``;
      ``，`` → ``,``; ``､`` → ``、``; ``｡`` → ``。``; slashes → ``/``; plus → ``+``; ``＃ ♯`` → ``#``
    * signs that hide a digit → ``*``, circles → ``○``; ``x X ? _ #`` stay, as they also mean other things
    * 〇 and 一 stay (zero or hidden digit, one or dash: ``phone.read`` decides by context), as do letters:
      every O-like letter becomes ``O`` or ``o``, every I-like ``I``, other letters their NFKC form, case kept
    * invisible characters (``INVISIBLE``) → U+200B, which the caller may skip
    """
    return text.translate(_FOLD)


_WORDS = (
    r"tel/?fax|tel(?:ephone)?|phone|mobile|cell|fax|callto|call|smsto|sms|℡|☎|☏|✆|📞|📱|📲|🕿|"
    r"[おご]?(?:電話|でんわ|デンワ|携帯|固定|発信者?|着信|連絡先)(?:電話|番号|元|先)?|ip電話|番号|お?問い?合わ?せ先?|"
    r"フリーダイヤル|フリーコール|ナビダイヤル|代表|直通|[tmf](?=[\s:.])"
).replace("ー", "-")  # as fold writes it
_LABEL = re.compile(rf"(?:[\s(・*]{{0,9}}(?:{_WORDS})[\s:.・)/]{{0,9}}){{1,3}}", re.IGNORECASE)
_TAIL = re.compile(r"[\s(]{0,9}(?:大代表|代表|代|直通|携帯|通話無料|無料|専用|フリ-ダイヤル|ナビダイヤル)[\s)]{0,9}$")
_EXTENSION = re.compile(
    r"(?:[\s(\-,;]{0,9}(?P<word>内線(?:番号)?|extension|extn?)[\s.:=\-]{0,9}|[\s(\-]{0,9}[x#*,;pw]{1,3})"
    r"\s{0,9}#?[0-9]{1,6}[\s)]{0,9}$",
    re.IGNORECASE,
)
_EXTENSION_SIGN = re.compile(r"[x#*,;pw内e?!]", re.IGNORECASE)
_GROUP = re.compile("[0-9]+")
_EXCLAIMED = re.compile(r"[?!\s]{1,9}$")
_HASH_NUMBER = re.compile(r"[\s(]{0,9}#[\s\-]{0,9}([0-9]{3,6})[\s)]{0,9}")
_IP_ADDRESS = re.compile(r"\s{0,9}[0-9*○xX]{1,3}(?:\.[0-9*○xX]{1,3}){3}\s{0,9}")
_ZEROS = re.compile("〇{2,}")
_LETTER_RUN = re.compile(r"[0-9OoIl]+")
_KANJI = frozenset(KANJI_DIGITS)
_PLAIN = str.maketrans("", "", " -()")
# Separators become ``-``, signs that hide a digit ``*``; 〇, 一 and letters have been settled before.
_MARKS = str.maketrans(
    dict.fromkeys(" \n\r()<>{}[]./\\,・、。-=|~'\"のノ", "-") | dict.fromkeys("xX○?_#", "*") | {"…": "…"}
)
_ONLY_NUMBER = re.compile(r"[0-9*…-]*")


class Written(NamedTuple):
    """The digits of one written number (``*`` hidden, ``…`` an unknown count of hidden ones) as it groups them."""

    groups: tuple[str, ...]
    plus: bool
    circles: bool
    flags: frozenset[str]

    @property
    def digits(self) -> str:
        return "".join(self.groups)


def bare(text: str) -> str:
    """The national digits of a text that is one complete number with separators, else empty: the quick reading."""
    digits = fold(text).translate(_PLAIN)
    if digits.startswith("+81"):
        digits = trunk(digits[1:])
    return digits if digits.isdecimal() else ""


def trunk(digits: str) -> str:
    """``81(0)50…`` → ``050…``."""
    return digits[2:] if digits.startswith("0", 2) else "0" + digits[2:]


def parse(text: str) -> Written | None:
    """Digits, grouping and flags of a text that holds one number and nothing else, ``None`` if it holds more."""
    shown = fold(text)
    flags: set[str] = set()
    if INVISIBLE_MARK in shown:
        flags.add("invisible_characters")
        shown = shown.replace(INVISIBLE_MARK, "")
    if _IP_ADDRESS.fullmatch(shown):
        return None
    label = _LABEL.match(shown)
    shown = shown[label.end() :] if label else shown
    if not shown[-1:].isdecimal():
        shown = _TAIL.sub("", shown)
    if shown.translate(_PLAIN).isdecimal():
        return Written(tuple(_GROUP.findall(shown)), False, False, frozenset(flags))
    short = _HASH_NUMBER.fullmatch(shown)
    if short is not None:
        return Written(("#" + short[1],), False, False, frozenset(flags))
    if _EXTENSION_SIGN.search(shown):
        shown = _cut_extension(shown, flags)
    shown = _settle(text, shown, flags)
    marked = shown.translate(_MARKS).strip("-:")
    plus = marked.startswith("+")
    if not _ONLY_NUMBER.fullmatch(marked, int(plus)):
        return None
    groups = tuple(filter(None, marked[int(plus) :].split("-")))
    return Written(groups, plus, "○" in shown, frozenset(flags))


def _complete(shown: str) -> bool:
    digits = "".join(char for char in shown if "0" <= char <= "9")
    return service(digits) is not None or (digits.startswith("81") and service("0" + digits[2:]) is not None)


def _cut_extension(shown: str, flags: set[str]) -> str:
    """Cut a trailing extension: always when a word says so, after ``x # ,`` only behind a complete number."""
    found = _EXTENSION.search(shown)
    if found is not None and (found["word"] or _complete(shown[: found.start()])):
        flags.add("extension")
        return shown[: found.start()]
    exclaimed = _EXCLAIMED.search(shown)
    if exclaimed is not None and _complete(shown[: exclaimed.start()]):
        return shown[: exclaimed.start()]
    return shown


def _settle(text: str, shown: str, flags: set[str]) -> str:
    """Decide what 〇, 一 and the letters O and I stand for.

    〇 is zero and 一 is one when the number is written in kanji digits (another kanji digit stands in it, or no other
    digit at all); among other digits 〇 hides a digit and 一 is a dash. In a mixture two 〇 in a row hide digits. A group of two or more letters O without any
    digit, or two in a row beside a real 0, hides digits; any other O is a zero, and I or l beside digits a one.
    """
    if "〇" in shown or "一" in shown:
        kanji = not _KANJI.isdisjoint(text)
        other = any("0" <= digit <= "9" and char not in _KANJI for char, digit in zip(text, fold(text), strict=True))
        if kanji and other:
            shown = _ZEROS.sub(lambda run: "○" * len(run[0]), shown)
        zero, one = ("0", "1") if kanji or not other else ("○", "-")
        shown = shown.replace("〇", zero).replace("一", one)
    if not any(letter in shown for letter in "OoIl") or not any("0" <= char <= "9" for char in shown):
        return shown
    real_zero = "0" in shown

    def as_digits(run: re.Match[str]) -> str:
        word = run[0].replace("o", "O")
        if word.isdecimal():
            return word
        if (len(word) > 1 and set(word) == {"O"}) or ("OO" in word and real_zero):
            return word.replace("O", "*")
        if word.isalpha() and word != "O":
            return word
        flags.add("letter_digits")
        return word.replace("O", "0").replace("I", "1").replace("l", "1")

    return _LETTER_RUN.sub(as_digits, shown)
