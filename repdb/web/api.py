"""The API (floor 4). Its document is ``openapi.py``; the answers are those of DESIGN §5."""

from __future__ import annotations

from datetime import date
from typing import Any

from repdb import contribute, identify, receipts
from repdb.answers import error_json, to_json
from repdb.lookup import Lookup
from repdb.records import Text, Unreadable
from repdb.subjects import SUBJECT_OF, SUBJECTS
from repdb.web.context import Request
from repdb.web.generation import Desk
from repdb.web.message import mentions, take_in
from repdb.web.responses import Problem, Response
from repdb.web.routes import LONGEST

MAX_BATCH = 100
CACHE = 60
# Subjects with more reports than this are answered in a worker thread: their figures take a while to add up.
MANY_REPORTS = 500

_ERRORS = {
    "bad_field": Text("{field} は {wanted} にしてください。", "{field} must be {wanted}."),
    "bad_date": Text("as_of は 2026-11-21 の形の、今日までの日付です。", "as_of is a day up to today, like 2026-11-21."),
    "too_many": Text("一度に {most} 件までです。", "At most {most} at once."),
}  # fmt: skip
_WANTED = {"text": Text("文字列", "a text"), "texts": Text("文字列の配列", "a list of texts")}


def _problem(status: int, code: str, **values: object) -> Problem:
    return Problem(status, code, _ERRORS[code].format(**values))


def health(request: Request) -> Response:
    """Whether the site answers, and from which snapshot: one row is really read."""
    generation = request.generation
    generation.lookup(request.site.today()).db.one("SELECT COUNT(*) FROM meta")
    meta = generation.meta
    return Response.json({"status": "ok", "snapshot": generation.version, "snapshot_date": meta["snapshot_date"]})


# --- look-ups


async def lookup(request: Request) -> Response:
    """``GET /api/v1/lookup/{q}`` and ``GET /api/v1/lookup?q=…``: "not reported" is an answer, not an error."""
    query = request.params.get("q") or request.args.get("q", "")
    kind = request.args.get("kind") or None
    as_of = _as_of(request)
    try:
        if _quick(request, query, kind):
            here = request.generation.lookup(as_of)
            return _answered(request, _answer(here, query, kind, request.lang))
        found = await request.generation.run(as_of, _answer, query, kind, request.lang)
        return _answered(request, found)
    except Unreadable as error:
        raise Problem(422, error.code, error.text, query=query) from error


def _answer(lookup: Lookup, query: str, kind: str | None, lang: str) -> dict[str, Any]:
    return to_json(lookup.answer(query, kind), lang)


def _answered(request: Request, answer: dict[str, Any]) -> Response:
    answer["snapshot"] = request.generation.version
    return Response.json(answer, cache=CACHE)


_COUNT = {s.kind: f"SELECT report_count FROM {s.table} WHERE {s.key} = ?" for s in SUBJECTS.values()}


def _quick(request: Request, query: str, kind: str | None) -> bool:
    """Whether the answer costs too little to leave the event loop for it. Raises Unreadable."""
    found = identify.candidates(query, kind)[0]
    subject = SUBJECT_OF[found.kind]
    if subject in ("company", "sender_id") or "if_registered" in found.flags:
        return False
    row = request.lookup.db.one(_COUNT[subject], (found.key,))
    return row is None or row[0] <= MANY_REPORTS


def _as_of(request: Request) -> date:
    today = request.site.today()
    asked = request.args.get("as_of", "") if "as_of" in request.query else ""
    if not asked:
        return today
    try:
        day = date.fromisoformat(asked)
    except ValueError as error:
        raise _problem(422, "bad_date") from error
    if not date(2000, 1, 1) <= day <= today:
        raise _problem(422, "bad_date")
    return day


async def lookup_batch(request: Request) -> Response:
    """``POST /api/v1/lookup``: ``{"queries": [...]}``, answers in the same order; one that cannot be read says so."""
    body = await request.json()
    queries, kind = body.get("queries"), _text(body, "kind", 40) or None
    if not isinstance(queries, list) or not all(isinstance(query, str) for query in queries):
        raise _problem(422, "bad_field", field="queries", wanted=_WANTED["texts"])
    if len(queries) > MAX_BATCH:
        raise _problem(422, "too_many", most=MAX_BATCH)
    lang = _lang(request, body)

    def work(lookup: Lookup) -> list[dict[str, Any]]:
        return [_one(lookup, query, kind, lang) for query in queries]

    answers = await request.generation.run(request.site.today(), work)
    return Response.json({"answers": answers, "snapshot": request.generation.version})


def _one(lookup: Lookup, query: str, kind: str | None, lang: str) -> dict[str, Any]:
    try:
        return _answer(lookup, query, kind, lang)
    except Unreadable as error:
        return error_json(query, error, lang)


def _lang(request: Request, body: dict[str, Any]) -> str:
    return asked if (asked := _text(body, "lang", 2)) in ("ja", "en") else request.lang


def _text(body: dict[str, Any], field: str, most: int) -> str:
    value = body.get(field, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _problem(422, "bad_field", field=field, wanted=_WANTED["text"])
    if len(value) > most:
        raise Unreadable("too_long", contribute.refuse("too_long", value=field, most=most).text)
    return value


# --- messages


async def check(request: Request) -> Response:
    """``POST /api/v1/check``: ``{"text", "kind"?, "sender"?}``; ``text`` may be the source of a mail, and places count in it.
    It is neither stored nor logged."""
    from repdb import received

    body = await request.json()
    text, kind = _text(body, "text", LONGEST), _text(body, "kind", 20)
    sender, lang = _text(body, "sender", 300), _lang(request, body)

    def work(desk: Desk) -> dict[str, Any]:
        given = received.from_text(text)
        return received.check_json(received.check(desk.checker(), given, kind, sender), given, lang)

    answer = await request.generation.at_desk(request.site.today(), work)
    return Response.json({**answer, "snapshot": request.generation.version})


# --- reports


async def report(request: Request) -> Response:
    """``POST /api/v1/reports``: taken in as pending; the receipt follows or withdraws it."""
    body = await request.json()
    fields = {name: _text(body, name, most) for name, most in contribute.LIMITS.items()}
    fields[contribute.HONEYPOT] = _text(body, contribute.HONEYPOT, 200)
    receipt = await take_in(request, fields)
    shown = {"receipt": receipt.code, "state": receipt.state, "follow": request.url(f"/api/v1/reports/{receipt.code}")}
    return Response.json(shown, 202)


async def report_preview(request: Request) -> Response:
    """``POST /api/v1/reports/preview``: what redaction will leave of a text. Nothing is stored."""
    body = await request.json()
    fields = {name: _text(body, name, most) for name, most in contribute.LIMITS.items()}
    found = await request.generation.at_desk(request.site.today(), lambda desk: mentions(desk, fields))
    return Response.json(contribute.preview(fields, found))


async def report_state(request: Request) -> Response:
    followed = await request.working(receipts.follow, request.params["receipt"])
    return Response.json(_followed(followed, request.lang))


async def report_withdraw(request: Request) -> Response:
    followed = await request.working(receipts.withdraw, request.params["receipt"], request.site.today())
    return Response.json(_followed(followed, request.lang))


def _followed(followed: receipts.Followed, lang: str) -> dict[str, Any]:
    from repdb.review import REASONS

    reason = REASONS.get(followed.reason)
    shown = followed._asdict() | {"reason_text": reason.pick(lang) if reason and followed.reason else ""}
    del shown["subject"]
    return shown


async def dispute(request: Request) -> Response:
    """``POST /api/v1/disputes``: an owner objects; shown beside the evidence once the owner is verified."""
    body = await request.json()
    fields = {name: _text(body, name, most) for name, most in contribute.DISPUTE_LIMITS.items()}
    fields[contribute.HONEYPOT] = _text(body, contribute.HONEYPOT, 200)
    receipt = await request.working(contribute.open_dispute, fields, request.site.today())
    return Response.json({"receipt": receipt.code, "state": receipt.state}, 202)


# --- figures


async def stats(request: Request) -> Response:
    """``GET /api/v1/stats``: figures of the snapshot; added up once for each."""
    generation = request.generation
    if "stats" not in generation.remembered:
        generation.remembered["stats"] = await generation.run(request.site.today(), figures)
    meta = generation.meta
    about = {name: meta[name] for name in ("snapshot", "snapshot_date", "built_at", "model", "licence", "licence_url")}
    rows = {name.removeprefix("rows_"): int(value) for name, value in meta.items() if name.startswith("rows_")}
    return Response.json({**about, "rows": rows, **generation.remembered["stats"]}, cache=CACHE)


def figures(lookup: Lookup) -> dict[str, Any]:
    """Verdicts by kind of subject, accepted reports by category, source and month."""
    db = lookup.db

    def counts(sql: str) -> dict[str, int]:
        return {str(what): int(count) for what, count in db.all(sql)}

    return {
        "verdicts": {
            s.kind: counts(f"SELECT verdict, COUNT(*) FROM {s.table} GROUP BY verdict ORDER BY 1")
            for s in SUBJECTS.values()
        },
        "reports_by_category": counts("SELECT category, COUNT(*) FROM reports GROUP BY category ORDER BY 2 DESC, 1"),
        "reports_by_source": counts("SELECT source, COUNT(*) FROM reports GROUP BY source ORDER BY 2 DESC, 1"),
        "reports_by_month": counts(
            "SELECT SUBSTR(reported_on, 1, 7), COUNT(*) FROM reports WHERE LENGTH(reported_on) >= 7"
            " GROUP BY SUBSTR(reported_on, 1, 7) ORDER BY 1"
        ),
    }


def document(request: Request) -> Response:
    from repdb.web.openapi import openapi

    return Response.json(openapi(request.site.base_url), cache=CACHE)
