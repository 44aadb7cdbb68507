"""Bytes as they came → what they are, and the text they hold (floor 0).

Japanese pages lie about their charset: servers add a default, files move from one CMS to another. So a declaration is a
hint that the bytes must confirm. Order: byte order mark; ISO-2022-JP escapes; bytes that are valid UTF-8 (it validates
itself, no legacy text of any length does by chance); then the declared charset against the Japanese ones, and the one
whose text reads most like Japanese wins. Never a silent guess: what none of them reads raises ``Unreadable``.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import NamedTuple

from repdb.records import Text, Unreadable

# Web names → Python codecs. The web's Shift_JIS is Windows-31J (https://encoding.spec.whatwg.org/#names-and-labels).
_CODECS = {
    "shift_jis": "cp932",
    "sjis": "cp932",
    "x_sjis": "cp932",
    "ms_kanji": "cp932",
    "windows_31j": "cp932",
    "x_euc_jp": "euc_jp",
    "iso_2022_jp": "iso2022_jp_ext",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# euc_jis_2004 reads ① and ㈱ of vendor row 13, which Python's euc_jp refuses.
_JAPANESE = ("cp932", "euc_jp", "euc_jis_2004")
_SAMPLE = 20_000
_DAMAGE = 0.002  # share of unreadable characters up to which a page is still read, each shown as U+FFFD
_MAGIC = ((b"PK\x03\x04", "xlsx"), (b"\xd0\xcf\x11\xe0", "xls"), (b"%PDF", "pdf"))

_BAD_ENCODING = Text(
    "文字コードを判別できません。文章なら UTF-8 で保存し直して、もう一度渡してください。",
    "The character encoding cannot be told. If it is text, save it as UTF-8 and give it again.",
)


class Decoded(NamedTuple):
    text: str
    charset: str


def sniff(content: bytes) -> str:
    """``empty``, ``xlsx``, ``xls``, ``pdf``, ``html`` (or other markup), ``json`` or ``text``, by the first bytes."""
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
    for bom, codec in _BOMS:
        if content.startswith(bom):
            return Decoded(content.decode(codec, "replace"), codec)
    if b"\x1b$" in content or b"\x1b(" in content:
        text = content.decode("iso2022_jp_ext", "replace")
        if _damage(text) <= _DAMAGE:
            return Decoded(text, "iso2022_jp_ext")
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _legacy(content, _declared(content, content_type))


def mended(text: str) -> str:
    """The text with ``�`` for half a surrogate pair, which can stand in JSON and in a command line but in no text."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _legacy(content: bytes, declared: str) -> Decoded:
    codecs_ = [declared, *(codec for codec in (*_JAPANESE, "utf-8") if codec != declared)]
    read = [Decoded(content.decode(codec, "replace"), codec) for codec in codecs_ if codec]
    # Sorting is stable: of equals the declared one wins.
    best = max(read, key=lambda it: _likeness(it.text[:_SAMPLE]) - 10 * _damage(it.text))
    if _damage(best.text) > _DAMAGE or "\0" in best.text:
        raise Unreadable("bad_encoding", _BAD_ENCODING)
    return best


def _declared(content: bytes, content_type: str) -> str:
    """The codec that the header, or else the page itself, names; empty when neither does or it is no text codec."""
    from email.message import Message

    header = Message()
    header["Content-Type"] = content_type or "text/plain"
    name = header.get_content_charset()
    if name is None and sniff(content) == "html":
        from bs4.dammit import EncodingDetector

        name = EncodingDetector.find_declared_encoding(content[:4096], is_html=True)
    label = (name or "").strip().lower().replace("-", "_")
    try:
        info = codecs.lookup(_CODECS.get(label, label))
    except LookupError:
        return ""
    return info.name if getattr(info, "_is_text_encoding", True) else ""


def _damage(text: str) -> float:
    return text.count("\ufffd") / max(1, len(text))


def _likeness(text: str) -> float:
    """How much the non-ASCII part reads like Japanese, −2 … 1: kana count most, half-width kana against.

    Half-width kana is what EUC-JP bytes turn into when they are read as Shift_JIS.
    """
    points = total = 0.0
    for char in text:
        if char < "\x80":
            continue
        total += 1
        if "\u3040" <= char <= "\u30ff":
            points += 1
        elif "\uff61" <= char <= "\uff9f" or unicodedata.category(char) in ("Co", "Cc", "Cn"):
            points -= 2
        elif "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uff60":
            points += 0.5
    return points / total if total else 0.0
