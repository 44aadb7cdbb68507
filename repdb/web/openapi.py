"""The API's document (OpenAPI 3.1), made from tables of fields so that it says no more and no less than the code (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from repdb import __version__, contribute
from repdb.categories import CATEGORIES, VERDICTS
from repdb.check import KINDS as MESSAGE_KINDS
from repdb.identify import READER_OF
from repdb.web.routes import LONGEST

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DATE: Schema = {"type": ["string", "null"], "description": "ISO 8601: a day, a month or a year"}


def _text(most: int, least: int = 0, **more: Any) -> Schema:
    return {"type": "string", "maxLength": most, **({"minLength": least} if least else {}), **more}


def _object(properties: dict[str, Schema], required: list[str] | None = None, closed: bool = False) -> Schema:
    made: Schema = {
        "type": "object",
        "properties": properties,
        "required": sorted(properties) if required is None else required,
    }
    return made | ({"additionalProperties": False} if closed else {})


def _list(of: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": of, **more}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _counts() -> Schema:
    return {"type": "object", "additionalProperties": COUNT}


REASON = _object({"code": TEXT, "weight": NUMBER, "text": TEXT})
ADVICE = _object({"code": TEXT, "text": TEXT}, ["code", "text"])
CLAIM: Schema = {"type": ["object", "null"], "properties": {"code": TEXT, "text": TEXT}}
EVIDENCE = _object(
    {"id": TEXT, "source": TEXT, "source_title": TEXT, "title": TEXT, "reported_on": DATE, "category": TEXT,
     "stance": TEXT, "role": TEXT, "note": TEXT, "url": TEXT}
)  # fmt: skip
VERDICT: Schema = {"type": "string", "enum": list(VERDICTS)}
ANSWER = _object(
    {"query": TEXT, "kind": TEXT, "key": TEXT, "display": TEXT, "known": {"type": "boolean"}, "verdict": VERDICT,
     "score": NUMBER, "summary": TEXT, "claim": CLAIM, "report_count": COUNT, "source_count": COUNT, "first_reported_on": DATE,
     "last_reported_on": DATE, "facts": {"type": "object"}, "claimed_companies": _list(TEXT), "categories": _counts(),
     "reasons": _list(REASON), "evidence": _list(EVIDENCE), "advice": _list(ADVICE), "as_of": TEXT, "model": TEXT}
)  # fmt: skip
UNREADABLE = _object({"query": TEXT, "error": _object({"code": TEXT, "text": TEXT})})
MENTION = _object(
    {"kind": TEXT, "key": TEXT, "role": TEXT, "written": TEXT, "start": {"type": "integer"}, "end": {"type": "integer"}},
    ["kind", "key", "role"],
)  # fmt: skip
CHECKED = _object(
    {"verdict": VERDICT, "score": NUMBER, "category": TEXT, "summary": TEXT, "claim": CLAIM, "kind": TEXT, "mentions": _list(MENTION),
     "companies": _list({"type": "object"}), "reasons": _list(REASON), "campaign": {"type": ["object", "null"]},
     "advice": _list({"type": "object"}), "as_of": TEXT, "model": TEXT, "snapshot": TEXT}
)  # fmt: skip
PROBLEM = _object(
    {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT, "query": TEXT},
    ["type", "title", "status", "detail"],
)
FOLLOWED = _object(
    {"kind": {"type": "string", "enum": ["report", "dispute"]}, "status": TEXT, "created_on": TEXT, "decided_on": TEXT,
     "reason": TEXT, "reason_text": TEXT, "withdrawable": {"type": "boolean"}}
)  # fmt: skip
RECEIPT = _object(
    {"receipt": TEXT, "state": {"type": "string", "enum": ["pending", "duplicate"]}, "follow": TEXT},
    ["receipt", "state"],
)
STATS = _object(
    {"snapshot": TEXT, "snapshot_date": TEXT, "built_at": TEXT, "model": TEXT, "licence": TEXT, "licence_url": TEXT,
     "rows": _counts(), "verdicts": {"type": "object", "additionalProperties": _counts()},
     "reports_by_category": _counts(), "reports_by_source": _counts(), "reports_by_month": _counts()}
)  # fmt: skip
_REMOVED = _object(
    {"text": TEXT, "removed": _list(_object({"start": COUNT, "end": COUNT, "what": TEXT, "token": TEXT}))}
)
SCHEMAS: dict[str, Schema] = {
    "Answer": ANSWER, "Unreadable": UNREADABLE, "Checked": CHECKED, "Problem": PROBLEM, "Receipt": RECEIPT,
    "Followed": FOLLOWED, "Stats": STATS,
}  # fmt: skip

KIND: Schema = {"type": "string", "enum": list(READER_OF)}
# A document with examples can be tried out as it stands.
_EXAMPLES = {
    "subject": "050-9999-0001",
    "company": "架空商事",
    "message": "未納料金があります。本日中に 050-9999-0001 へご連絡ください。",
    "note": "SMS で届いた",
    "statement": "この番号は当社のものです。",
    "contact": "owner@contact.example",
}


def _fields(limits: Mapping[str, int]) -> dict[str, Schema]:
    return {n: _text(m) | ({"examples": [_EXAMPLES[n]]} if n in _EXAMPLES else {}) for n, m in limits.items()}


_REPORT = _object(
    _fields(contribute.LIMITS)
    | {
        "kind": {**KIND, "enum": [*READER_OF, ""]},
        "role": {"type": "string", "enum": [*contribute.REPORTED_ROLES, ""]},
        "category": {"type": "string", "enum": [*CATEGORIES, ""]},
        "stance": {"type": "string", "enum": ["adverse", "benign", ""]},
        "reported_on": _text(10, description="day it was received, today if left out"),
    },
    [],
)
_DISPUTE = _object(
    _fields(contribute.DISPUTE_LIMITS) | {"kind": {**KIND, "enum": [*READER_OF, ""]}},
    ["subject", "statement", "contact"],
)
_LANG: Schema = {"name": "lang", "in": "query", "schema": {"type": "string", "enum": ["ja", "en"]}}
_ANSWERS = _object({"answers": _list({"anyOf": [_ref("Answer"), _ref("Unreadable")]}), "snapshot": TEXT})
_QUERIES = _object(
    {
        "queries": _list(_text(2048), maxItems=100, examples=[["050-3198-3490", "03-6709-02**"]]),
        "kind": KIND,
        "lang": _LANG["schema"],
    },
    ["queries"],
)
_MESSAGE = _object(
    {
        "text": _text(LONGEST, 1, examples=[_EXAMPLES["message"]]),
        "kind": {"type": "string", "enum": [*MESSAGE_KINDS, ""]},
        "sender": _text(300),
        "lang": _LANG["schema"],
    },
    ["text"],
)
_LOOKUP_QUERY = [
    {"name": "kind", "in": "query", "schema": KIND, "description": "read the query as this kind"},
    {"name": "as_of", "in": "query", "schema": {"type": "string", "format": "date"}, "description": "answer as of this day"},
    _LANG,
]  # fmt: skip
_WHAT = {"name": "q", "required": True, "schema": _text(2048, 1), "example": "050-3198-3490", "description": "number in any form, masked number, domain, URL, e-mail address, sender ID, company name"}  # fmt: skip
_RECEIPT = {"name": "receipt", "in": "path", "required": True, "schema": _text(40, 1)}
_MEANING = {
    400: "The request cannot be read", 403: "Not from one of our own pages", 404: "There is no such address",
    405: "Not with this method", 408: "The body came too slowly", 413: "The body is too large",
    415: "Send application/json", 422: "A value cannot be used; detail says which", 429: "Too many requests: wait Retry-After seconds",
    500: "Our mistake", 503: "Busy, or this site takes no reports",
}  # fmt: skip


def _operation(summary: str, schema: Schema, errors: tuple[int, ...], ok: str = "200", **more: Any) -> Schema:
    responses: dict[str, Any] = {ok: {"description": "The answer", "content": {"application/json": {"schema": schema}}}}
    for status in errors:
        content = {"application/problem+json": {"schema": _ref("Problem")}}
        responses[str(status)] = {"description": _MEANING[status], "content": content}
        if status == 429:
            responses["429"]["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    if "304" in more.pop("also", ()):
        responses["304"] = {"description": "Not changed since If-None-Match"}
    return {"summary": summary, "responses": responses, **more}


def _body(schema: Schema) -> Schema:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


_SENT = (400, 408, 413, 415, 422, 429)  # what may be wrong with a body
_PATHS: dict[str, Schema] = {
    "/api/v1/lookup/{q}": {
        "get": _operation("Look one thing up; not being reported is an answer", _ref("Answer"), (400, 422),
                          parameters=[{**_WHAT, "in": "path"}, *_LOOKUP_QUERY], also=("304",)),
    },
    "/api/v1/lookup": {
        "get": _operation("The same with the query as a parameter", _ref("Answer"), (400, 422),
                          parameters=[{**_WHAT, "in": "query"}, *_LOOKUP_QUERY], also=("304",)),
        "post": _operation("Look up to 100 things up, answers in the same order", _ANSWERS, _SENT, requestBody=_body(_QUERIES)),
    },
    "/api/v1/check": {
        "post": _operation("Check a whole message; it is not stored", _ref("Checked"), _SENT, requestBody=_body(_MESSAGE)),
    },
    "/api/v1/reports": {
        "post": _operation("Report a number, domain, name or message; published after review", _ref("Receipt"),
                           (*_SENT, 503), "202", requestBody=_body(_REPORT)),
    },
    "/api/v1/reports/preview": {
        "post": _operation("What redaction will leave of a text; nothing is stored",
                           _object({"message": _REMOVED, "note": _REMOVED}), _SENT, requestBody=_body(_REPORT)),
    },
    "/api/v1/reports/{receipt}": {
        "get": _operation("What has become of a report or dispute", _ref("Followed"), (400, 404, 422, 429, 503), parameters=[_RECEIPT]),
        "delete": _operation("Withdraw it", _ref("Followed"), (400, 404, 422, 429, 503), parameters=[_RECEIPT]),
    },
    "/api/v1/disputes": {
        "post": _operation("Object as the owner; shown once verified", _ref("Receipt"), (*_SENT, 503), "202", requestBody=_body(_DISPUTE)),
    },
    "/api/v1/stats": {"get": _operation("Figures of the snapshot", _ref("Stats"), (), also=("304",))},
}  # fmt: skip


def openapi(base_url: str) -> dict[str, Any]:
    """The document for a site below ``base_url``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "repdb API",
            "version": __version__,
            "description": "Is this number, sender or company name known to send fake collection SMS in Japan? "
            "A report says that something was reported, not that it is so; no report does not mean safe.",
            "license": {"name": "CC BY 4.0 (data)", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": base_url}],
        "paths": _PATHS,
        "components": {"schemas": SCHEMAS},
    }
