"""Reporting: a form, a preview of what will be kept, a receipt to follow or withdraw it (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from repdb import contribute, phone, receipts, review
from repdb.categories import STATUS_OF
from repdb.dates import show_date
from repdb.records import Text, Unreadable
from repdb.subjects import SUBJECTS
from repdb.web.context import Request
from repdb.web.generation import Desk
from repdb.web.message import mentions, take_in
from repdb.web.plain import defang
from repdb.web.responses import Response

# Field of the stored row → what it is called; the order is that of the preview.
ROW_FIELDS = {
    "number": Text("番号", "number"),
    "callback_number": Text("折り返し先の番号", "number to call back"),
    "sender_number": Text("発信元の番号", "sending number"),
    "domain": Text("ドメイン", "domain"),
    "email": Text("メールのドメイン", "e-mail domain"),
    "sender_id": Text("送信者名", "sender ID"),
    "company": Text("名乗った名前", "claimed name"),
}


# Codes of what ``identify`` says for the command line.
_NOT_ONE = frozenset({"several", "message"})
_ONE_ONLY = Text(
    "最初の欄には、番号・ドメイン・会社名のどれか 1 つだけを書いてください。それが 1 つの会社名なら「最初の欄は」で会社名を選んでください。",
    "Write just one number, domain or name into the first field. If it is one company's name, choose that under “The first field is”.",
)


def _said(request: Request, error: Unreadable) -> str:
    return (_ONE_ONLY if error.code in _NOT_ONE else error.text).pick(request.lang)


def form(request: Request) -> Response:
    return _form(request, _asked(request))


def _asked(request: Request) -> dict[str, str]:
    """What the page before was about: the subject as people write it, and its kind where the subject alone does not tell."""
    subject = request.args.get("subject", "")[: contribute.LIMITS["subject"]]
    kind = request.args.get("kind", "")
    shown = phone.display(subject) if subject.startswith(("+", "jp:")) else subject
    return {"subject": shown, "kind": kind if kind in SUBJECTS else ""}


async def from_message(request: Request) -> Response:
    """The form with a message that has just been checked; it came by post, so that it stands in no address."""
    message = (await request.form()).get("message", "")
    return await _previewed(request, {"message": message[: contribute.LIMITS["message"]]})


def _form(
    request: Request, fields: Mapping[str, str], problem: str = "", seen: Any = None, status: int = 200
) -> Response:
    given = {name: fields.get(name, "") for name in contribute.LIMITS}
    return request.page("report.html", status, None, given=given, limits=contribute.LIMITS, problem=problem, seen=seen,
                        honeypot=contribute.HONEYPOT, open=bool(request.site.settings.working))  # fmt: skip


async def preview(request: Request) -> Response:
    """What will be kept of the fields. The script asks for it while one types; without script it is the second step."""
    return await _previewed(request, await request.form())


async def _previewed(request: Request, fields: Mapping[str, str]) -> Response:
    try:
        return _form(request, fields, seen=await _preview(request, fields))
    except Unreadable as error:
        return _form(request, fields, _said(request, error), status=422)


async def _preview(request: Request, fields: Mapping[str, str]) -> dict[str, Any]:
    today = request.site.today()
    row, texts = await request.generation.at_desk(today, lambda desk: _row(desk, fields, today))
    return {
        "named": [
            (ROW_FIELDS[f].pick(request.lang), _named(f, row[f], request.t("、", ", "))) for f in ROW_FIELDS if f in row
        ],
        "texts": {name: defang(part["text"]) for name, part in texts.items() if part["text"]},
        "removed": sum(len(part["removed"]) for part in texts.values()),
    }


def _named(field: str, written: str, comma: str) -> str:
    """What a field of the row names. Of an address only the host is kept."""
    return comma.join(defang(one.rpartition("@")[2] if field == "email" else one) for one in written.split(" | "))


def _row(desk: Desk, fields: Mapping[str, str], today: date) -> tuple[dict[str, str], dict[str, Any]]:
    """The row that will be kept, and its texts as they will be kept."""
    given = {name: fields.get(name, "").strip() for name in contribute.LIMITS}
    found = mentions(desk, fields)
    return contribute.report_row(given, found, today), contribute.preview(fields, found)


async def send(request: Request) -> Response:
    """Keep the report as pending and give its receipt."""
    fields = await request.form()
    try:
        receipt = await take_in(request, fields)
    except Unreadable as error:
        return _form(request, fields, _said(request, error), status=422)
    return request.page("receipt.html", cache=None, receipt=receipt, followed=None, problem="")


# --- disputes


def dispute_form(request: Request) -> Response:
    return _dispute(request, _asked(request))


def _dispute(request: Request, fields: Mapping[str, str], problem: str = "", status: int = 200) -> Response:
    given = {name: fields.get(name, "") for name in contribute.DISPUTE_LIMITS}
    return request.page("dispute.html", status, None, given=given, limits=contribute.DISPUTE_LIMITS, problem=problem,
                        honeypot=contribute.HONEYPOT, open=bool(request.site.settings.working))  # fmt: skip


async def dispute(request: Request) -> Response:
    fields = await request.form()
    try:
        receipt = await request.working(contribute.open_dispute, fields, request.site.today())
    except Unreadable as error:
        return _dispute(request, fields, _said(request, error), 422)
    return request.page("receipt.html", cache=None, receipt=receipt, followed=None, problem="")


# --- receipts


def receipt_form(request: Request) -> Response:
    return request.page("receipt.html", cache=None, receipt=None, followed=None, problem="")


async def follow(request: Request) -> Response:
    """What has become of it; with ``withdraw`` it is taken back first."""
    fields = await request.form()
    code, lang = fields.get("code", ""), request.lang
    try:
        if "withdraw" in fields:
            found = await request.working(receipts.withdraw, code, request.site.today())
        else:
            found = await request.working(receipts.follow, code)
    except Unreadable as error:
        return request.page("receipt.html", 422, None, receipt=None, followed=None, problem=error.text.pick(lang))
    return request.page(
        "receipt.html", cache=None, receipt=None, followed=found, problem="", code=code, state=STATUS_OF[found.kind][found.status].pick(lang),
        reason=review.REASONS[found.reason].pick(lang) if found.reason else "",
        days=tuple(show_date(day).pick(lang) for day in (found.created_on, found.decided_on)),
    )  # fmt: skip
