"""Which language a visitor reads: asked for, remembered, or as the browser says (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

LANGUAGES = ("ja", "en")
COOKIE = "repdb_lang"


@lru_cache(maxsize=1024)
def accepted(header: str) -> str:
    """The first of our languages by the header's weights; Japanese where it names neither."""
    ranked = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, parameters = part.partition(";")
        name, _, weight = parameters.partition("=")
        try:
            q = float(weight) if name.strip() == "q" else 1.0
        except ValueError:
            q = 0.0
        language = tag.strip().lower().partition("-")[0]
        if q > 0 and language in LANGUAGES:
            ranked.append((-q, place, language))
    return min(ranked)[2] if ranked else "ja"


def choose(asked: str, cookies: Mapping[str, str], header: str) -> str:
    for wanted in (asked, cookies.get(COOKIE, "")):
        if wanted in LANGUAGES:
            return wanted
    return accepted(header)


def remember(lang: str, secure: bool) -> str:
    return f"{COOKIE}={lang}; Path=/; Max-Age=31536000; SameSite=Lax{'; Secure' if secure else ''}"
