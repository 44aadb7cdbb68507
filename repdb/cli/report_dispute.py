"""``repdb report --stance dispute``: an owner objects (floor 4)."""

from __future__ import annotations

import typer

from repdb.cli.common import DbOption, open_db, show_json, t, today
from repdb.cli.questions import ask
from repdb.cli.report_subject import FIELD

# Kind on the command line → kind of subject.
_KIND = FIELD | {"number": "phone"}


def dispute(kind: str, subject: str, statement: str, contact: str, json: bool, db: DbOption) -> None:
    """An owner's objection is no report: it waits in ``repdb review`` until the owner is verified."""
    from repdb.contribute import open_dispute

    statement = statement or ask(t("何が違うか", "What is wrong"))
    contact = contact or ask(t("確認のための連絡先（公開しません）", "How to reach you (not published)"))
    if not (statement and contact):
        raise typer.BadParameter(
            t(
                "異議には、何が違うか（--note）と、ご本人と確かめるための連絡先（--contact）を書いてください。",
                "A dispute needs what is wrong (--note) and a way to reach the owner (--contact).",
            )
        )
    fields = {"subject": subject, "kind": _KIND[kind], "statement": statement, "contact": contact}
    with open_db(db, write=True) as database:
        receipt = open_dispute(database, fields, today())
    if json:
        show_json({"dispute": receipt.subject, "state": receipt.state, "receipt": receipt.code})
        return
    name = receipt.subject
    if receipt.state == "duplicate":
        print(t(f"同じ異議がすでにあります（{name}）。", f"The same dispute is there already ({name})."))
    else:
        print(
            t(
                f"異議を受け付け、確認待ちに置きました（{name}）。repdb review で決めます。",
                f"The dispute waits for review ({name}): decide it with repdb review.",
            )
        )
    print(
        t(
            f"受付番号 {receipt.code}（今だけ表示します）。repdb report --receipt {receipt.code} で、どうなったかを見られます。",
            f"Receipt {receipt.code}, shown only now. Follow it with: repdb report --receipt {receipt.code}",
        )
    )
