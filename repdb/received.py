"""A message as somebody has it, a text or the source of a mail, and what is said of it (floor 3)."""

from __future__ import annotations

import codecs
from typing import Any, NamedTuple

from repdb import check_answers, content
from repdb.check import Checker, CheckResult, guess_kind, readable
from repdb.records import Mention, Text, Unreadable
from repdb.text.called import PHONES
from repdb.text.mail import BLANK, Mail, is_mail, pasted, read_mail
from repdb.text.places import Places

_PLACED = 1_000_000  # characters of a source in which places are sought: what follows are attachments
# What a verdict says of the numbers in the message; of one that was reported long ago, nothing.
_FRAUD = {"dangerous": True, "suspicious": True, "unreported": False, "official": False}
_IS_MAIL = Text(
    "メールのソースです。種類は付けないか、mail にしてください。",
    "This is the source of a mail: leave the kind out, or give mail.",
)


class Received(NamedTuple):
    """``text``: what was given, in which places count; ``mail``: the mail whose source it is, if it is one."""

    text: str
    mail: Mail | None = None

    def readable(self, kind: str = "") -> None:
        """Raises Unreadable where it cannot be checked as that kind (``empty``, ``too_long``, ``bad_kind``, ``is_mail``)."""
        known = readable(self.mail.as_text() if self.mail else self.text, kind)
        if self.mail and known not in ("", "mail"):
            raise Unreadable("is_mail", _IS_MAIL)


def from_text(text: str) -> Received:
    """A text as it is, or the mail whose source somebody has pasted."""
    return Received(text, pasted(text))


def from_bytes(data: bytes) -> Received:
    """A file or stream: a mail where it begins with the head of one, else text. Raises Unreadable (``bad_encoding``)."""
    source = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if is_mail(source):
        return Received(_source(data), read_mail(source))
    return from_text(content.decode(data).text.removeprefix("\ufeff"))


def _source(data: bytes) -> str:
    """The file of a mail as one text. One in ASCII keeps the escapes of ISO-2022-JP, as it does where it is pasted."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.read(data).text


def check(checker: Checker, given: Received, kind: str = "", sender: str = "") -> CheckResult:
    """The answer on it. ``kind``: one of ``check.KINDS`` or empty; ``sender``: what was displayed as its sender, of a mail
    besides what its head says. Raises Unreadable (see ``Received.readable``), StorageError."""
    given.readable(kind)
    return checker.check_mail(given.mail, sender) if given.mail else checker.check(given.text, kind, sender)


def extract(checker: Checker, given: Received, kind: str = "", sender: str = "") -> list[Mention]:
    """The identifiers in it, for readers who see no verdict: the one on a message decides whose its numbers are. Of a mail,
    places count in ``Mail.as_text``. Raises Unreadable, StorageError."""
    given.readable(kind)
    found = _extract(checker, given, kind, sender, None)
    doubtful = any(mention.kind in PHONES and not checker.registered(mention.key) for mention in found)
    if not doubtful or "page" in (kind, "" if given.mail or kind else guess_kind(given.text, found)):
        return found
    return _extract(checker, given, kind, sender, _FRAUD.get(check(checker, given, kind, sender).verdict))


def reported(checker: Checker, given: Received) -> list[Mention]:
    """The same for a message that somebody reports: who does has judged it, so no verdict decides. Raises Unreadable."""
    return _extract(checker, given, "", "", None)


def _extract(checker: Checker, given: Received, kind: str, sender: str, fraud: bool | None) -> list[Mention]:
    if given.mail:
        return checker.extract_mail(given.mail, sender, fraud=fraud)
    return checker.extract(given.text, kind, sender, fraud=fraud)


def check_json(result: CheckResult, given: Received, lang: str) -> dict[str, Any]:
    """The check contract of DESIGN §5; see ``_placed`` for its places."""
    found = check_answers.to_json(result, lang)
    _placed(given, [*found["mentions"], *found["companies"]])
    return found


def extract_json(found: list[Mention], given: Received) -> dict[str, Any]:
    """The extract contract of DESIGN §5; see ``_placed`` for its places."""
    mentions = [check_answers.mention_json(mention) for mention in found]
    _placed(given, mentions)
    return {"mentions": mentions}


def _placed(given: Received, found: list[dict[str, Any]]) -> None:
    """``start`` and ``end`` count in the characters of what was given: of a mail, in its source. -1 stands where it shows
    nowhere there as it is read: in base64, behind a link, in a sender given apart."""
    if given.mail is None:
        return
    source = given.text[:_PLACED].lstrip(BLANK)
    before = len(given.text[:_PLACED]) - len(source)
    places = Places(given.mail, source)
    for one in found:
        start, end = places.find(one["start"], one["end"])
        one["start"], one["end"] = (start + before, end + before) if start >= 0 else (start, end)
