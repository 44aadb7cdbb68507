"""Text of strangers on a page: what acts on the reader made visible, what leads to fraud made unclickable (floor 4)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

# Controls, direction marks and overrides, invisible joiners, tag characters: they change what a reader sees.
_ACTING = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SCHEME = re.compile(r"(?i)\bh(?:tt|xx)p(s?)://([^\s/?#<>\"'、。）」]{1,253})")
_HOST = re.compile(r"(?i)(?<![\w.@-])((?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z][a-z0-9-]{1,62})(?![\w-])")

# Words that not everybody reads, and how they are read: the first of each in a text carries its reading.
READINGS = {
    "架空請求": "かくうせいきゅう",
    "不当請求": "ふとうせいきゅう",
    "債権回収": "さいけんかいしゅう",
    "偽装": "ぎそう",
    "異議": "いぎ",
    "還付金": "かんぷきん",
    "督促": "とくそく",
    "凍結": "とうけつ",
    "被害届": "ひがいとどけ",
    "訴状": "そじょう",
    "特別送達": "とくべつそうたつ",
    "答弁": "とうべん",
    "和解金": "わかいきん",
    "詐欺": "さぎ",
}
_HARD = re.compile("|".join(READINGS))


def clean(value: Any) -> Any:
    """A text with every character that acts instead of showing replaced; anything else as it is (Jinja's finalize)."""
    if type(value) is not str or value.isascii() and value.isprintable():
        return value
    return _ACTING.sub("\ufffd", value)


def _dotted(found: re.Match[str]) -> str:
    return found[0].replace(".", "[.]")


def defang(text: str) -> str:
    """Addresses made unusable but readable: ``https://a.example/x`` → ``hxxps://a[.]example/x``."""
    if "." not in text:
        return text
    opened = _SCHEME.sub(lambda m: f"hxxp{m[1]}://{m[2].replace('[.]', '.').replace('.', '[.]')}", text)
    return _HOST.sub(_dotted, opened)


@pass_context
def ruby(context: Context, text: str) -> Markup:
    """The text with readings over its hard words, for Japanese readers."""
    if context.get("lang") != "ja":
        return escape(clean(text))
    parts, at, seen = [], 0, set()
    for found in _HARD.finditer(text):
        if found[0] in seen:
            continue
        seen.add(found[0])
        reading = READINGS[found[0]]
        parts += [escape(clean(text[at : found.start()])), Markup("<ruby>%s<rp>（</rp><rt>%s</rt><rp>）</rp></ruby>") % (found[0], reading)]  # fmt: skip
        at = found.end()
    return Markup("").join([*parts, escape(clean(text[at:]))])


_JAPANESE = re.compile("[ぁ-んァ-ヶー一-鿿々]")


@pass_context
def tongue(context: Context, text: str) -> Markup:
    """The attribute that tells a screen reader to read a text in Japanese, where the page is in English and the text is not."""
    if context.get("lang") == "ja" or text.isascii():
        return Markup("")
    letters = sum(map(str.isalpha, text))
    return Markup(' lang="ja"') if 2 * len(_JAPANESE.findall(text)) > letters else Markup("")


_PLACE = re.compile(r"\{([a-z_]{1,20})\}")
# What stands for a place in the sentences of the tables of weights, where they are shown as such.
EXAMPLES: dict[str, tuple[str, str]] = {
    "brand": ("A社", "company A"), "category": ("架空請求", "fake billing"), "checks": ("SPF", "SPF"), "count": ("3", "3"),
    "date": ("2026年10月", "2026-10"), "display": ("050-…", "050-…"), "gloss": ("急がせる", "presses you"),
    "host": ("b[.]example", "b[.]example"), "issuer": ("消費者庁", "the Consumer Affairs Agency"), "label": ("問い合わせ", "enquiries"),
    "last": ("2026年10月", "2026-10"), "licence": ("", ""), "line": ("国際電話", "an international number"), "mask": ("050-…**", "050-…**"),
    "name": ("A社", "Company A"), "near": ("A社", "company A"), "noun": ("番号", "number"), "of": ("", ""), "official": ("a[.]example", "a[.]example"),
    "other": ("B社", "company B"), "owner": ("", ""), "plain": ("a[.]example", "a[.]example"), "reports": ("3 件", "3 reports"), "right": ("合同会社", "G.K."), "sender": ("c[.]example", "c[.]example"),
    "shown": ("a[.]example", "a[.]example"), "similarity": ("0.9", "0.9"), "size": ("100", "100"), "sources": ("2 つの情報源", "2 sources report"),
    "suffix": ("duckdns[.]org", "duckdns[.]org"), "times": ("3 回", "3 times"), "title": ("注意喚起", "a warning"), "verdict": ("危険", "dangerous"), "what": ("会社", "company"), "when": ("2026年9月〜2026年10月", "2026-09 to 2026-10"),
    "written": ("本日中", "within today"), "wrong": ("株式会社", "K.K."),
}  # fmt: skip


@pass_context
def example(context: Context, text: str) -> str:
    """A sentence of a table with its places filled: ``{name} is …`` → ``Company A is …``."""
    place = 0 if context.get("lang") == "ja" else 1
    return _PLACE.sub(lambda found: EXAMPLES[found[1]][place], text)


# Kind of subject or identifier → where its page is.
_PAGE = {
    "phone": "number",
    "short_number": "number",
    "displayed_id": "number",
    "masked_phone": "number",
    "domain": "domain",
    "email": "domain",
    "company": "company",
    "sender_id": "sender",
    "campaign": "campaign",
}


def page_of(kind: str, key: str) -> str:
    """The path of the result page of a key, below the base URL."""
    return f"/{_PAGE[kind]}/{quote(key, safe='+*:')}"


def shown(kind: str, display: str) -> str:
    """A key for the eye: domains are defanged, because nothing here may be clicked by mistake."""
    return display.replace(".", "[.]") if kind in ("domain", "email") else display


def tel(number: str) -> str:
    """The link that dials a helpline; never used for a number that somebody reported."""
    return "tel:" + quote("".join(char for char in number if char in "0123456789#*+"), safe="+*")
