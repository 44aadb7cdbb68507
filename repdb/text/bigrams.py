"""Words of a full-text index in which two Japanese characters are enough to find something (floor 0).

SQLite's own tokenizers know no Japanese words, and its trigrams find nothing shorter than three characters. So runs of
Japanese characters are indexed as overlapping pairs: 国税庁 is 国税 税庁 庁; the last character stands alone so that a
single one is found too. Other words stay whole. Both sides are NFKC-normalised and case-folded.
"""

from __future__ import annotations

import re
import unicodedata

# Han, kana (with ー and the iteration marks) and hangul, which are written without spaces.
_CJK = "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_RUN = re.compile(rf"([{_CJK}]+)|([^\W_{_CJK}]+)")
MAX_QUERY = 200


def _runs(text: str) -> list[tuple[str, str]]:
    """The runs of a text in their order: (Japanese, "") or ("", other)."""
    return _RUN.findall((text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold())


def index_text(*texts: str) -> str:
    """What to put into the index for these texts: words separated by spaces."""
    words: list[str] = []
    for japanese, other in _runs("\n".join(texts)):
        if other:
            words.append(other)
        else:
            words += map(str.__add__, japanese, japanese[1:])
            words.append(japanese[-1])
    return " ".join(words)


def match_text(query: str) -> str:
    """The FTS5 expression that finds what was typed: every run must occur; of words the beginning is enough.

    Whatever is typed, the expression is valid: words are quoted, operators are none. Empty where no word was typed.
    """
    terms = []
    for japanese, other in _runs(query[:MAX_QUERY]):
        if len(japanese) > 1:
            terms.append(f'"{" ".join(map(str.__add__, japanese, japanese[1:]))}"')
        else:
            terms.append(f'"{japanese or other}"*')
    return " ".join(terms) or '""'
