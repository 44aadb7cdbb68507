"""Whom publishing would expose: private mobile numbers and hearsay names with too little evidence (floor 3).

* Private individuals' mobile numbers, and those with a few digits hidden, are named only with enough evidence: two
  sources, an official body, or a notice.
* Names that one voice of the crowd alone gives and no register knows, not at all: they may be somebody's own, or a
  neighbour's shop.
"""

from __future__ import annotations

from repdb.subjects import SUBJECTS
from repdb.text import numbers
from repdb.text.fold import fold
from repdb.text.redact import TOKENS, redact
from repdb.votes import CROWD

FEW_HIDDEN = 4  # digits of a mobile number: 1000 people and fewer
_MOBILE_PREFIXES = ("+8160", "+8170", "+8180", "+8190")

# A mobile number of which too little is known to name it in public, and one with so few digits hidden that it is as good
# as named; ``n`` is its row.
_NUMBER = """({mobile} AND n.source_count < 2
 AND NOT EXISTS (SELECT 1 FROM notices x WHERE x.kind = '{kind}' AND x.key = n.{key})
 AND NOT EXISTS (SELECT 1 FROM official_channels x WHERE x.kind = '{kind}' AND x.key = n.{key})
 AND NOT EXISTS (SELECT 1 FROM {link} xm JOIN reports xr ON xr.report_id = xm.report_id
     JOIN sources xs ON xs.source = xr.source
     WHERE xm.{key} = n.{key} AND xr.status = 'accepted' AND xs.kind = 'official'))"""
_MOBILE = {
    "phone": "n.line_type = 'mobile'",
    "masked_phone": f"(n.hidden < {FEW_HIDDEN} AND SUBSTR(n.masked_number, 1, 5) IN {_MOBILE_PREFIXES}"
    " AND n.masked_number NOT LIKE '+81800%')",
}
_NUMBERS = {
    kind: _NUMBER.format(mobile=mobile, kind=kind, key=SUBJECTS[kind].key, link=SUBJECTS[kind].link)
    for kind, mobile in _MOBILE.items()
}
# A name that nobody but one voice of the crowd gives: it may be a private person's, or a small shop's.
_HEARSAY = f"""(n.status = 'unverified' AND n.source IS NULL
 AND (SELECT COUNT(*) FROM voices v WHERE v.kind = 'company' AND v.key = n.company) < 2
 AND NOT EXISTS (SELECT 1 FROM voices v JOIN sources vs ON vs.source = v.source
     WHERE v.kind = 'company' AND v.key = n.company AND vs.kind NOT IN ({", ".join(f"'{kind}'" for kind in sorted(CROWD))}))
 AND NOT EXISTS (SELECT 1 FROM notices x WHERE x.kind = 'company' AND x.key = n.company)
 AND NOT EXISTS (SELECT 1 FROM official_channels o WHERE o.company = n.company))"""
# Kind of subject → SQL: whether its row ``n`` is withheld.
CONDITIONS = {**_NUMBERS, "company": _HEARSAY}
# Kind of subject → SQL: the keys that are. Asked once for a whole table, not once for each of its rows.
KEYS = {
    kind: f"(SELECT n.{SUBJECTS[kind].key} FROM {SUBJECTS[kind].table} n WHERE {sql})"
    for kind, sql in CONDITIONS.items()
}
# SQL: the reports that mention a number that is.
REPORTS = " UNION ALL ".join(
    f"SELECT wm.report_id FROM {SUBJECTS[kind].table} n JOIN {SUBJECTS[kind].link} wm"
    f" ON wm.{SUBJECTS[kind].key} = n.{SUBJECTS[kind].key} WHERE {sql}"
    for kind, sql in _NUMBERS.items()
)


def unnamed(text: str) -> str:
    """A text without personal data and without any mobile number, however it is written."""
    text = redact(text)
    folded = fold(text, lower=True)
    parts: list[str] = []
    done = 0
    for hit in sorted(numbers.find(folded, text, bytearray(len(folded.text) + 1))):
        if hit.at >= done and _is_mobile(hit.found.key):
            parts += text[done : hit.at], TOKENS["phone"]
            done = hit.to
    return "".join((*parts, text[done:]))


def _is_mobile(key: str) -> bool:
    return key.startswith(_MOBILE_PREFIXES) and not key.startswith("+81800") and key.count("*") < FEW_HIDDEN
