"""The moderation queue by keys on a terminal: one report or dispute at a time (floor 4)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import TYPE_CHECKING

import typer

from repdb.cli.common import note, say, t, today
from repdb.cli.render_review import shown, shown_dispute
from repdb.records import Unreadable

if TYPE_CHECKING:
    from repdb.db import Database
    from repdb.review import Decision
    from repdb.review_queue import Dispute, Item

# Key → action, on a report and on a dispute.
KEYS = {"a": "accept", "r": "reject", "w": "withdraw"}
DISPUTE_KEYS = {"v": "verify", "f": "refuse", "c": "close"}
# Key → reason of a rejection.
REASON_KEYS = {
    "s": "spam", "n": "not_a_scam", "o": "official_number", "p": "personal_data", "d": "defamation", "u": "unclear",
    "x": "duplicate", "\r": "", "\n": "",
}  # fmt: skip
_MENU = t("[a]受理 [r]却下 [w]取下げ [s]後で [z]取消 [q]終了", "[a]ccept [r]eject [w]ithdraw [s]kip [z]undo [q]uit")
_DISPUTE_MENU = t(
    "[v]本人と確認 [f]退ける [c]終了 [s]後で [z]取消 [q]やめる", "[v]erify [f]refuse [c]lose [s]kip [z]undo [q]uit"
)


class Sitting:
    """What is decided by keys in one run: of that each key decides about one, and only that may ``z`` undo. What is
    skipped comes again next time."""

    def __init__(self, db: Database, who: str) -> None:
        self.db, self.who = db, who
        self.done: list[Decision] = []
        self.after = ""  # the report behind which the queue goes on
        self.skipped: set[str] = set()  # reports and disputes

    def run(self) -> None:
        """Until nothing waits or the person quits."""
        while self._report() or self._dispute():
            pass

    def _report(self) -> bool:
        """One key for the next report; False when none is left. Raises Quit."""
        from repdb import review, review_queue

        while (items := review_queue.reports(self.db, 1, self.after)) and items[0].report_id in self.skipped:
            self.after = items[0].report_id
        if not items:
            return False
        one: Item = items[0]
        typer.echo("\n".join(shown(one)))
        key = _key(_MENU, {*KEYS, *"szq"})
        if key in KEYS:
            reason = _reason() if key == "r" else ""
            if reason is not None:
                self.done.append(review.decide(self.db, [one.report_id], KEYS[key], self.who, today(), reason))
        elif key == "s":
            self.skipped.add(one.report_id)
        else:
            self._other(key)
        return True

    def _dispute(self) -> bool:
        from repdb import review, review_queue

        waiting = [one for one in review_queue.disputes(self.db) if one.dispute not in self.skipped]
        if not waiting:
            return False
        one: Dispute = waiting[0]
        typer.echo(shown_dispute(one))
        key = _key(_DISPUTE_MENU, {*DISPUTE_KEYS, *"szq"})
        if key in DISPUTE_KEYS:
            self.done.append(review.decide_dispute(self.db, one.dispute, DISPUTE_KEYS[key], self.who, today()))
        elif key == "s":
            self.skipped.add(one.dispute)
        else:
            self._other(key)
        return True

    def _other(self, key: str) -> None:
        if key == "q":
            raise Quit
        self._undo()

    def _undo(self) -> None:
        """Undo the last decision of this sitting, and show it again."""
        from repdb import review

        while self.done and not self.done[-1].changed:  # somebody else had decided the same
            self.done.pop()
        if not self.done:
            note(
                t(
                    "今回はまだ何も決めていません。以前の決定は repdb review --log で見て、--undo で取り消せます。",
                    "Nothing has been decided in this sitting. repdb review --log shows earlier decisions; --undo undoes one.",
                )
            )
            return
        last = self.done.pop()
        try:
            review.undo(self.db, self.who, today(), last.decision)
        except Unreadable as error:
            note(say(error.text))
            return
        action, which = say(review.ACTIONS[last.action]), last.changed[0]
        note(t(f"取り消しました: {action} 1 件（{which}）", f"Undone: {action} of 1 ({which})"))
        self.after = ""
        self.skipped.difference_update(last.changed)


class Quit(Exception):
    """The person has had enough for now."""


def by_key(db: Database, who: str) -> None:
    """One report or dispute at a time: a key decides, the next follows."""
    try:
        Sitting(db, who).run()
    except Quit:
        return
    note(t("確認待ちはもうありません。", "Nothing waits any more."))


def _reason() -> str | None:
    """The reason of a rejection; None where the person goes back and decides anew."""
    from repdb.review import REASONS

    menu = [f"[{key}]{say(REASONS[code])}" for key, code in REASON_KEYS.items() if code]
    menu.append(t("[Enter]理由なし [b]戻る", "[Enter] no reason [b]ack"))
    return REASON_KEYS.get(_key(" ".join(menu), {*REASON_KEYS, "b"}))


def _key(menu: str, known: Collection[str]) -> str:
    """One key press of those that are offered; any other is asked again."""
    while True:
        typer.echo(menu + " ", nl=False)
        key = unicodedata.normalize("NFKC", typer.getchar()).lower()  # ａ, where the keyboard writes Japanese
        typer.echo(key if key.isprintable() else "")
        if key in ("\x03", "\x04"):
            raise KeyboardInterrupt
        if key in known:
            return key
