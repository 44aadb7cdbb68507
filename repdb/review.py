"""Moderation: decisions with their reasons, and a log from which each can be undone (floor 3).

A decision changes the state of reports or of a dispute, counts again what it touches, and is written down, all in one
transaction. Undoing puts back the states that were there before, as a decision of its own. Decisions
inside a transaction of the caller's are one with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from repdb import audit_log, store, tally
from repdb.audit_log import Entry
from repdb.categories import listed
from repdb.db import Database
from repdb.records import Text, Unreadable
from repdb.subjects import SUBJECTS
from repdb.text.redact import redact

# Action → the state that a report or a dispute comes to.
REPORT_ACTIONS = {"accept": "accepted", "reject": "rejected", "withdraw": "withdrawn", "reopen": "pending"}
DISPUTE_ACTIONS = {"verify": "verified", "refuse": "refused", "close": "closed", "reopen": "open"}
# SQL: the partial index of what is not accepted (``reports_waiting``) serves only where both conditions are written.
WAITING = "status = 'pending' AND status <> 'accepted'"

ACTIONS: dict[str, Text] = {
    "accept": Text("受理", "accept"),
    "reject": Text("却下", "reject"),
    "withdraw": Text("取下げ", "withdraw"),
    "reopen": Text("確認待ちに戻す", "reopen"),
    "merge": Text("まとめる", "merge"),
    "verify": Text("持ち主を確認", "verify"),
    "refuse": Text("異議を退ける", "refuse"),
    "close": Text("異議を終える", "close"),
    "undo": Text("取消し", "undo"),
}

REASONS: dict[str, Text] = {
    "": Text("理由なし", "no reason given"),
    "confirmed": Text("内容を確かめた", "checked"),
    "spam": Text("いたずら・宣伝", "spam or a prank"),
    "not_a_scam": Text("不審な連絡ではない", "not a suspicious contact"),
    "official_number": Text("公式の連絡先への報告", "names an official contact"),
    "personal_data": Text("個人情報を含む", "holds personal data"),
    "defamation": Text("個人や会社への中傷", "defames a person or company"),
    "unclear": Text("内容が分からない", "cannot be understood"),
    "duplicate": Text("同じ報告がある", "the same report exists"),
    "owner_verified": Text("持ち主と確かめた", "the owner was verified"),
    "owner_unverified": Text("持ち主と確かめられない", "the owner could not be verified"),
    "evidence_stands": Text("根拠に誤りがない", "the evidence stands"),
    "reporter": Text("報告した人の取下げ", "withdrawn by its reporter"),
    "trusted_source": Text("信頼できる情報源", "trusted source"),
}

_ERRORS = {
    "no_such_report": Text(
        "報告 {value} はありません。番号は repdb review --list に出ます。",
        "There is no report {value}. repdb review --list shows their ids.",
    ),
    "no_such_dispute": Text(
        "異議 {value} はありません。番号は repdb review --list に出ます。",
        "There is no dispute {value}. repdb review --list shows their ids.",
    ),
    "no_such_source": Text(
        "情報源「{value}」はありません。repdb review --list の各行に情報源の名前があります。",
        "There is no source '{value}'. Each report in repdb review --list shows its source.",
    ),
    "bad_action": Text("操作「{value}」はありません。使える操作: {known}", "There is no action '{value}'. Known: {known}"),
    "bad_reason": Text("理由「{value}」はありません。使える理由: {known}", "There is no reason '{value}'. Known: {known}"),
    "nothing_to_undo": Text(
        "取り消せる操作がありません。これまでの操作は repdb review --log で見られます。",
        "There is no decision to undo. repdb review --log shows what was decided.",
    ),
    "overtaken": Text(
        "その後に状態が変わったため、取り消せません: {value}",
        "The state has changed since, so this cannot be undone: {value}",
    ),
    "merge_alone": Text("まとめる報告を 2 件以上選んでください。", "Choose at least two reports to merge."),
    "merge_lost": Text(
        "残す報告 {value} は、まとめられる報告ほどに数えられていません。先にこれを受理（--accept）するか、受理済みの報告を最初に書いてください。",
        "The report that would stay, {value}, counts less than one merged into it. Accept it first (--accept), or name an accepted one first.",
    ),
    "merge_stance": Text(
        "報告 {value} は、残す報告と立場（迷惑・問題なし・異議）が違います。違う意見は、まとめずにそれぞれ残してください。",
        "Report {value} does not take the stance of the report that would stay. Who disagrees is kept beside it, not merged into it.",
    ),
    "merge_older": Text(
        "報告 {value} は、残す報告より新しいものです。新しい日付が失われないよう、いちばん新しい報告を先に挙げてください。",
        "Report {value} is newer than the report that would stay. Name the newest first, so that its date is not lost.",
    ),
    "merge_other": Text(
        "報告 {value} は、残す報告と同じ番号・ドメイン・名前を挙げていません。同じ相手の報告だけをまとめられます。",
        "Report {value} names no number, domain or name of the report that would stay. Only reports on the same subject are merged.",
    ),
}  # fmt: skip


def refuse(code: str, value: str = "", known: Iterable[str] = ()) -> Unreadable:
    """The error, with the actions or reasons that there are."""
    choices = listed({one: ACTIONS.get(one) or REASONS[one] for one in known})
    return Unreadable(code, _ERRORS[code].format(value=value[:100], known=choices))


class Decision(NamedTuple):
    """What a decision did: its name (by which it is undone), and what came to which state. One that changed nothing is
    not written down and has no name."""

    decision: str
    action: str
    changed: tuple[str, ...]
    after: str


def decide(
    db: Database,
    report_ids: Sequence[str],
    action: str,
    actor: str,
    as_of: date,
    reason: str = "",
    remark: str = "",
) -> Decision:
    """Accept, reject, withdraw or reopen reports. Those that are in that state already stay untouched.

    Raises Unreadable (``bad_action``, ``bad_reason``, ``no_such_report``); then nothing has changed.
    """
    if action not in REPORT_ACTIONS:
        raise refuse("bad_action", action, REPORT_ACTIONS)
    _check_reason(reason)
    with db.joining():
        before = _states(db, report_ids)
        after = REPORT_ACTIONS[action]
        changed = {report_id: after for report_id, state in before.items() if state != after}
        return _settle(db, "report", before, changed, action, actor, as_of, reason, redact(remark))


def merge(db: Database, report_ids: Sequence[str], actor: str, as_of: date, remark: str = "") -> Decision:
    """Keep the first report and reject the others as the same statement.

    Raises Unreadable, also where something would be lost by it: ``merge_lost`` if the first counts less than another,
    ``merge_stance`` and ``merge_older`` if one says otherwise or is newer, ``merge_other`` if one names none of its subjects.
    """
    if len(set(report_ids)) < 2:
        raise refuse("merge_alone")
    with db.joining():
        before = _states(db, report_ids)
        keep, *others = dict.fromkeys(report_ids)
        if before[keep] != "accepted" and (before[keep] != "pending" or "accepted" in before.values()):
            raise refuse("merge_lost", keep)
        (stance, newest), *said = (_said(db, one) for one in (keep, *others))
        for one, (its_stance, day) in zip(others, said, strict=True):
            if its_stance != stance or day > newest:
                raise refuse("merge_stance" if its_stance != stance else "merge_older", one)
        named = _subjects(db, keep)
        if other := next((one for one in others if not named & _subjects(db, one)), None):
            raise refuse("merge_other", other)
        changed = {report_id: "rejected" for report_id in others if before[report_id] != "rejected"}
        told = redact(remark) or f"same as {keep}"
        return _settle(db, "report", before, changed, "merge", actor, as_of, "duplicate", told)


def _said(db: Database, report_id: str) -> tuple[str, str]:
    ((stance, reported_on),) = db.all("SELECT stance, reported_on FROM reports WHERE report_id = ?", (report_id,))
    return str(stance), str(reported_on)


def _subjects(db: Database, report_id: str) -> set[tuple[str, str]]:
    return {(kind, key) for kind in SUBJECTS for key in tally.keys_of(db, kind, [report_id])}


def accept_source(db: Database, source: str, actor: str, as_of: date) -> Decision:
    """Accept everything that waits of one trusted source, in one decision. Raises Unreadable ``no_such_source``."""
    with db.joining():
        if not db.one("SELECT 1 FROM sources WHERE source = ?", (source,)):
            raise refuse("no_such_source", source)
        rows = db.all(f"SELECT report_id FROM reports WHERE {WAITING} AND source = ?", (source,))
        before = {str(report_id): "pending" for (report_id,) in rows}
        changed = dict.fromkeys(before, "accepted")
        return _settle(db, "report", before, changed, "accept", actor, as_of, "trusted_source", source)


def decide_dispute(
    db: Database, dispute: str, action: str, actor: str, as_of: date, reason: str = "", remark: str = ""
) -> Decision:
    """Verify the owner, refuse, close or reopen a dispute. Once verified, the subject's verdict is ``disputed`` and the
    statement is published beside the evidence. Raises Unreadable.
    """
    if action not in DISPUTE_ACTIONS:
        raise refuse("bad_action", action, DISPUTE_ACTIONS)
    _check_reason(reason)
    with db.joining():
        row = db.one("SELECT status FROM disputes WHERE dispute = ?", (dispute,))
        if row is None:
            raise refuse("no_such_dispute", dispute)
        after = DISPUTE_ACTIONS[action]
        changed = {dispute: after} if row[0] != after else {}
        return _settle(db, "dispute", {dispute: str(row[0])}, changed, action, actor, as_of, reason, redact(remark))


def is_dispute(db: Database, name: str) -> bool:
    return bool(db.one("SELECT 1 FROM disputes WHERE dispute = ?", (name,)))


def undo(db: Database, actor: str, as_of: date, decision: str = "") -> Decision:
    """Undo a decision, the actor's last one where none is named. Raises Unreadable ``nothing_to_undo``, or
    ``overtaken`` when something it touched has been decided again since.
    """
    with db.joining():
        decision = decision or audit_log.last_decision(db, actor)
        entries = audit_log.of_decision(db, decision)
        if not entries or entries[0].undone_by or entries[0].action == "undo":
            raise refuse("nothing_to_undo")
        kind = entries[0].kind
        now = _states(db, [e.subject for e in entries]) if kind == "report" else _dispute_states(db, entries)
        if moved := [e.subject for e in entries if now.get(e.subject) != e.after]:
            raise refuse("overtaken", ", ".join(moved))
        changed = {e.subject: e.before for e in entries}
        done = _settle(db, kind, now, changed, "undo", actor, as_of, "", f"undoes {decision}")
        audit_log.mark_undone(db, decision, done.decision)
        return done


def read_reason(word: str) -> str:
    """The code of a reason that is given by its code or by its name in either language; another word as it is."""
    codes = {name.casefold(): code for code, names in REASONS.items() for name in (code, names.ja, names.en)}
    return codes.get(word.strip().casefold(), word)


def _check_reason(reason: str) -> None:
    if reason not in REASONS:
        raise refuse("bad_reason", reason, REASONS)


def _states(db: Database, report_ids: Sequence[str]) -> dict[str, str]:
    """The state of each report. Raises Unreadable for one that is not there."""
    found: dict[str, str] = {}
    for report_id in dict.fromkeys(report_ids):
        row = db.one("SELECT status FROM reports WHERE report_id = ?", (report_id,))
        if row is None:
            raise refuse("no_such_report", report_id)
        found[report_id] = str(row[0])
    return found


def _dispute_states(db: Database, entries: Sequence[Entry]) -> dict[str, str]:
    return {
        e.subject: str(row[0])
        for e in entries
        if (row := db.one("SELECT status FROM disputes WHERE dispute = ?", (e.subject,)))
    }


def _settle(
    db: Database, kind: str, before: dict[str, str], changed: dict[str, str], action: str, actor: str, as_of: date,
    reason: str, remark: str,
) -> Decision:  # fmt: skip
    """Write the new states and the log, inside the caller's transaction."""
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    decision = f"{at}-{secrets.token_hex(3)}" if changed else ""
    for state in sorted(set(changed.values())):
        some = [subject for subject, after in changed.items() if after == state]
        if kind == "report":
            store.set_status(db, some, state, as_of)
        else:
            _set_disputes(db, some, state, as_of)
    audit_log.write(
        db,
        [
            Entry(
                f"{decision}-{n:06d}", at, actor, action, kind, one, before[one], after, reason, remark[:500], decision
            )
            for n, (one, after) in enumerate(changed.items())
        ],
    )
    return Decision(decision, action, tuple(changed), next(iter(changed.values()), ""))


def _set_disputes(db: Database, disputes: Sequence[str], state: str, as_of: date) -> None:
    on = as_of.isoformat()
    for dispute in disputes:
        db.execute(
            "UPDATE disputes SET status = ?,"
            " verified_on = CASE WHEN ? = 'verified' THEN ? WHEN ? = 'open' THEN '' ELSE verified_on END,"
            " closed_on = CASE WHEN ? IN ('closed', 'refused') THEN ? ELSE '' END WHERE dispute = ?",
            (state, state, on, state, state, on, dispute),
        )
