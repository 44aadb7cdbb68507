"""What ``repdb report`` is about: the kind and the subject, as named or as asked (floor 4)."""

from __future__ import annotations

import typer

from repdb.cli.common import note as note_to_person
from repdb.cli.common import say, t, today
from repdb.cli.questions import ask, choose
from repdb.records import Text, Unreadable
from repdb.subjects import SUBJECT_OF

# Kind on the command line → the field of a row that names it.
FIELD = {"number": "number", "domain": "domain", "company": "company", "sender": "sender_id"}
_NAMES = {
    "number": Text("電話番号", "phone number"),
    "domain": Text("ドメイン・URL", "domain or URL"),
    "company": Text("会社名", "company name"),
    "sender": Text("送信者名", "sender name"),
}


def read_kind(kind: str) -> str:
    """The kind, asked for where the command line does not say. Raises typer.BadParameter."""
    kind = kind or choose(t("何の報告ですか", "What is it about"), _NAMES, "", lambda word: word)
    if kind not in FIELD:
        raise typer.BadParameter(
            t(f"種類は {', '.join(FIELD)} のどれかです。", f"The kind is one of {', '.join(FIELD)}.")
        )
    return kind


def ask_subject(kind: str, company: str, note: str) -> tuple[str, str, str]:
    """What the command line did not name, with the name it claimed and a note. Raises typer.BadParameter."""
    while True:
        subject = ask(say(_NAMES[kind]))
        if not subject:
            raise typer.BadParameter(
                t(
                    "番号・ドメイン・名前を書いてください。",
                    "Name the number, domain, company or sender that you report.",
                )
            )
        try:
            subject = readable(kind, subject)
            break
        except Unreadable as error:
            note_to_person(say(error.text))
    company = company or ask(t("名乗った会社名（なければ空）", "Company name it claimed, if any"))
    return subject, company, note or ask(t("補足（なければ空）", "A note, if any"))


def readable(kind: str, subject: str, **more: str) -> str:
    """The subject as it can be stored: what people write around a number (110番) goes. Raises Unreadable, also for what
    cannot be stored with it."""
    from repdb import identify
    from repdb.intake import Intake

    intake = Intake({}, today().isoformat())
    try:
        intake.report({FIELD[kind]: subject})
    except Unreadable as error:
        try:
            found = identify.candidates(subject)[0]
        except Unreadable:
            raise error from None
        if kind != "number" or SUBJECT_OF[found.kind] != "phone":
            raise
        subject = found.display
    intake.report({FIELD[kind]: subject} | {field: value for field, value in more.items() if value})
    return subject
