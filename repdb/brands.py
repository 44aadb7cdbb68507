"""Which kind of fraud the impersonation of a brand is (floor 0): the register tells, and of names that it does not hold
the words in the name.

One road for the scraper, for files of the same shape taken in by hand and for messages, so that all make the same of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from repdb import bundled

# The first that fits wins. Of Latin and of katakana words that stand in others (Startups, ラスベガス) only whole ones count.
_KINDS = {
    kind: re.compile(f"{words}|(?<![a-z])(?:{latin})(?![a-z])|(?<![ァ-ヶー])(?:{katakana})(?![ァ-ヶー])")
    for kind, words, latin, katakana in (
        ("police_impersonation", r"警察|警視庁|[府県]警|検察", "police", "ポリス"),
        ("tax_or_public_office", r"[省庁]$|(?:法務|財務|運輸)局$|国税|税務署|税関|裁判所|政府|年金機構|年金事務所|役所|役場", r"gov\.uk", "ハローワーク"),
        ("card_phishing", r"カード|ニコス", "card|jcb|visa|mastercard|vpass|amex|american express|orico|jaccs|micard", "オリコ|セゾン|アプラス|ジャックス|エポス"),
        ("bank_phishing", r"銀行|金庫|信金|信用組合|農協|証券|證券", "bank|wells fargo|chase|cibc|santander", "バンク"),
        ("delivery", r"運輸|通運|急便|郵便|宅配|佐川", "sagawa|yamato|dhl|fedex|ups|usps|royal mail", "ヤマト|クロネコヤマト"),
        ("utility", r"電力|でんき|電気料金|電気代|水道", "tepco|nhk", "ガス"),
    )
}  # fmt: skip


@lru_cache(maxsize=4096)
def category_of(brand: str) -> str:
    """``account_phishing`` for every brand that is none of the kinds: mail, shops, phones, games, railways."""
    from repdb.company import fold

    known = _known().get(fold(brand))
    name = unicodedata.normalize("NFKC", brand).casefold().replace("-", " ")
    return known or next((kind for kind, words in _KINDS.items() if words.search(name)), "account_phishing")


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    """Folded name or alias → the category that its row in ``companies.csv`` gives."""
    from repdb.company import fold

    of = {row[0]: row[3] for row in bundled.rows("companies.csv")}
    aliases = {fold(alias): of[name] for name, alias in bundled.rows("company_aliases.csv")}
    return aliases | {fold(name): category for name, category in of.items()}
