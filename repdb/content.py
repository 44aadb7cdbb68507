"""Bytes as they came → what they are, and the text they hold (floor 0).

Japanese pages and mails lie about their charset: servers add a default, files move from one CMS to another. So a declaration
is a hint that the bytes must confirm. Order: byte order mark; ISO-2022-JP escapes; encodings that only a declaration can
tell from ASCII; bytes that are valid UTF-8 (it validates itself, no legacy text of any length does by chance); a declaration
that is nobody's default and fits; then the declared charset against the Japanese ones, and the one whose text reads most
like Japanese wins. Never a silent guess: what none of them reads raises ``Unreadable``, but for ``read``, which has to go on.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from encodings.aliases import aliases
from typing import NamedTuple

from repdb.records import Text, Unreadable

_WESTERN = "cp1252"
# What is declared → the codec that is meant, where Python has another or none. The web's Shift_JIS is Windows-31J, its
# Latin 1 Windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "utf_8": "utf-8",
    "shift_jis": "cp932",
    "x_sjis": "cp932",
    "x_euc_jp": "euc_jp",
    "iso2022_jp": "iso2022_jp_ext",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x_gbk": "gb18030",
    "euc_kr": "cp949",
    "ascii": _WESTERN,
    "latin_1": _WESTERN,
    "unicode_1_1_utf_7": "utf_7",
    "koi8_u": "koi8_u",
    "windows_874": "cp874",
}
# Charsets have other names in Python as well; what has none is Python's own, like unicode_escape and punycode.
_CHARSETS = frozenset((*aliases.values(), *_MEANT.values())) - frozenset(
    ("base64_codec", "bz2_codec", "hex_codec", "quopri_codec", "rot_13", "uu_codec", "zlib_codec", "mbcs")
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# euc_jis_2004 reads ① and ㈱ of vendor row 13, which Python's euc_jp refuses.
_JAPANESE = ("cp932", "euc_jp", "euc_jis_2004")
# Declared of what is in fact another of them.
_DEFAULTS = frozenset((_WESTERN, "utf-8", *_JAPANESE))
_DISGUISED = ("utf_7", "hz", "utf_16", "utf_32")  # their bytes are ASCII too; those of the last two with NULs
_CONTROLS = re.compile("[\x80-\x9f\ufffd]")
# What "école" and "It’s" become when two of their bytes are read as one kanji: alone among small Latin letters.
_BETWEEN_LETTERS = re.compile("(?<=[a-z])[一-鿿](?![^\0-\x7f])|(?<![^\0-\x7f])[一-鿿](?=[a-z])")
_SAMPLE = 20_000
_DAMAGE = 0.002  # share of unreadable characters up to which a page is still read, each shown as U+FFFD
_MAGIC = ((b"PK\x03\x04", "xlsx"), (b"\xd0\xcf\x11\xe0", "xls"), (b"%PDF", "pdf"), (b"SQLite format 3\0", "sqlite"))

_BAD_ENCODING = Text(
    "文字コードを判別できません。文章なら UTF-8 で保存し直して、もう一度渡してください。",
    "The character encoding cannot be told. If it is text, save it as UTF-8 and give it again.",
)


class Decoded(NamedTuple):
    text: str
    charset: str


def sniff(content: bytes) -> str:
    """``empty``, ``xlsx``, ``xls``, ``pdf``, ``sqlite``, ``html`` (or other markup), ``json`` or ``text``, by the first bytes."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    head = content[:1024].removeprefix(codecs.BOM_UTF8).lstrip()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = content[:1024].decode("utf-16", "ignore").strip().encode()
    if not head:
        return "text" if content.removeprefix(codecs.BOM_UTF8).strip() else "empty"
    if head.startswith(b"<"):
        return "html"
    opening, then = head[:1], head[1:].lstrip()[:1]
    return "json" if then in {b"{": b'"}', b"[": b'"{[]'}.get(opening, b"") and then else "text"


def decode(content: bytes, content_type: str = "") -> Decoded:
    """The text of ``content`` and the codec that read it; ``content_type`` is the HTTP header, if there was one.

    Raises ``Unreadable`` (``bad_encoding``) when no candidate reads it with almost no damage.
    """
    declared = _codec(_declared(content, content_type))
    if sure := _sure(content, declared):
        return sure
    best = _legacy(content, declared)
    if best.charset == _WESTERN != declared or _damage(best.text) > _DAMAGE or "\0" in best.text:
        raise Unreadable("bad_encoding", _BAD_ENCODING)
    return best


def read(content: bytes, charset: str = "") -> Decoded:
    """The same for a part of a mail, with its declared charset: never fails, what is broken is read as far as it goes."""
    declared = _codec(charset)
    if declared.startswith("iso2022") and b"\x1b" in content:
        return Decoded(content.decode(declared, "replace"), declared)
    return _sure(content, declared) or _legacy(content, declared)


def mended(text: str) -> str:
    """The text with ``�`` for half a surrogate pair, which can stand in JSON and in a command line but in no text."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _sure(content: bytes, declared: str) -> Decoded | None:
    """What the bytes themselves say they are."""
    for bom, codec in _BOMS:
        if content.startswith(bom):
            return Decoded(content.decode(codec, "replace"), codec)
    if b"\x1b$" in content or b"\x1b(" in content:
        text = content.decode("iso2022_jp_ext", "replace")
        if _damage(text) <= _DAMAGE:
            return Decoded(text, "iso2022_jp_ext")
    disguised = declared.startswith(_DISGUISED) and (b"\0" in content or not declared.startswith(_DISGUISED[2:]))
    for codec in (declared, "utf-8") if disguised else ("utf-8",):
        try:
            return _decoded(content, codec, "strict")
        except UnicodeDecodeError:
            continue
    return None


def _decoded(content: bytes, codec: str, errors: str = "replace") -> Decoded:
    text = content.decode(codec, errors)
    return Decoded(mended(text) if codec == "utf_7" else text, codec)  # no other lets half a surrogate pair through


def _legacy(content: bytes, declared: str) -> Decoded:
    if declared and declared not in _DEFAULTS:
        found = _decoded(content, declared)
        if not _CONTROLS.search(found.text):
            return found
    candidates = dict.fromkeys(filter(None, (declared, *_JAPANESE, "utf-8", _WESTERN)))
    texts = [_decoded(content, codec) for codec in candidates]
    # Of equals the first is taken: the declared one.
    return max(
        texts, key=lambda it: _likeness(it.text[:_SAMPLE]) - 10 * _damage(it.text) + _prior(it.charset, declared)
    )


def _prior(codec: str, declared: str) -> float:
    """A declaration tells between two damaged readings. Western letters are the last guess: worse than half-width kana,
    better than what cannot be read; a server's default tells nothing for them."""
    if codec == _WESTERN:
        return 0.0 if declared == codec else -2.5
    return 0.5 if codec[:4] == declared[:4] else 0.0  # euc_jis_2004 is an EUC-JP too


def _declared(content: bytes, content_type: str) -> str:
    """The charset that the header, or else the page itself, names; empty when neither does."""
    from email.message import Message

    header = Message()
    header["Content-Type"] = content_type or "text/plain"
    name = header.get_content_charset()
    if name is None and sniff(content) == "html":
        from bs4.dammit import EncodingDetector

        name = EncodingDetector.find_declared_encoding(content[:4096], is_html=True)
    return name or ""


def _codec(charset: str) -> str:
    """The codec that is meant by a declaration; empty when there is none."""
    label = charset.strip("\"' \t").lower().replace("-", "_")
    name = aliases.get(label, label)
    codec = _MEANT.get(name, name)
    return codec if codec in _CHARSETS else ""


def _damage(text: str) -> float:
    return text.count("\ufffd") / max(1, len(text))


def _likeness(text: str) -> float:
    """How much the non-ASCII part reads like Japanese, −3 … 1: kana count most, half-width kana against.

    Half-width kana is what EUC-JP bytes turn into when they are read as Shift_JIS.
    """
    points, total = -3.5 * len(_BETWEEN_LETTERS.findall(text)), 0.0
    for char in text:
        if char < "\x80":
            continue
        total += 1
        if "\u3040" <= char <= "\u30ff":
            points += 1
        elif char == "\ufffd" or "\ue000" <= char <= "\uf8ff":
            points -= 3
        elif "\uff61" <= char <= "\uff9f" or unicodedata.category(char) in ("Co", "Cc", "Cn"):
            points -= 2
        elif "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uff60":
            points += 0.5
    return points / total if total else 0.0
