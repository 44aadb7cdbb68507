"""What the head of an e-mail and its links show (floor 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repdb import domain, phone
from repdb.domain import SHARED_FLAGS, flags_of
from repdb.records import Finding, Identifier, Unreadable
from repdb.signals.base import finding
from repdb.signals.message.base import MessageCase, message_signal
from repdb.signals.message.facts import LinkText
from repdb.text.fold import fold
from repdb.urltricks import posed_host


@message_signal
def auth_failed(case: MessageCase) -> Iterator[Finding]:
    """The receiving server's checks of the sender failed."""
    if case.mail and case.mail.failed and not case.mail.confirmed:
        yield finding("auth_failed", checks=", ".join(check.upper() for check in case.mail.failed))


@message_signal
def reply_elsewhere(case: MessageCase) -> Iterator[Finding]:
    """Replies go to another party than the sender shown; ``return_path_elsewhere`` counts little: lists and services rewrite
    it."""
    mail = case.mail
    if mail is None or not mail.sender:
        return
    if mail.reply_to and mail.reply_to != mail.sender:
        free = not SHARED_FLAGS.isdisjoint(flags_of(mail.reply_to))
        yield finding(
            "reply_elsewhere", (mail.reply_to,), 1.2 if free else None, sender=mail.sender, other=mail.reply_to
        )
    elif mail.return_path and mail.return_path != mail.sender:
        yield finding("return_path_elsewhere", (mail.return_path,), sender=mail.sender, other=mail.return_path)


_DIALLED = 1.0
_HEAD = 1000  # characters in which a mail shows its sender
_NAMED_SENDER = re.compile(
    r"(?<![A-Za-z0-9.@-])(?:[A-Za-z0-9._-]{1,64}@)?((?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,12})[\"'”’」』)\s]{0,4}<[^@<>\s]{1,64}@([A-Za-z0-9.-]{4,100})>"
)


@message_signal
def sender_name_differs(case: MessageCase) -> Iterator[Finding]:
    """The name of the sender is a host or an address, and the address behind it another party's."""
    named = posing_sender(case)
    if named:
        shown, real = named
        yield finding("sender_name_differs", (real.key,), shown=shown.display, host=real.display)


def posing_sender(case: MessageCase) -> tuple[Identifier, Identifier] | None:
    """The host that a sender's name shows and that of the address behind it, where they are two parties'."""
    found = _NAMED_SENDER.search(fold(case.text[:_HEAD]).text) if case.kind == "mail" else None
    if found is None:
        return None
    try:
        shown, real = (domain.read(host) for host in found.groups())
    except Unreadable:
        return None
    return (shown, real) if shown.key != real.key else None


@message_signal
def parts_unread(case: MessageCase) -> Iterator[Finding]:
    """The mail has attachments or other parts that were not read."""
    if case.mail and case.mail.unread:
        yield finding("parts_unread")


@message_signal
def link_text_differs(case: MessageCase) -> Iterator[Finding]:
    """A link shows one host and leads to another party's; through a link tracker (0.8) honest mail does so too. It shows one
    in its text, or before an @: https://www.example.jp@other.example/. Numbers that are shown and dialled differ (1.0) by
    slips, too."""
    for link in (*(case.mail.links if case.mail else ()), *_posing(case)):
        same_owner = case.officials.get(link.shown, frozenset()) & case.officials.get(link.target, frozenset())
        if not same_owner:
            shared = not SHARED_FLAGS.isdisjoint(flags_of(link.target))
            weight = _DIALLED if link.target[0] == "+" else 0.8 if shared else None
            shown, led = (phone.display(key) if key[0] == "+" else key for key in (link.shown, link.target))
            yield finding("link_text_differs", (link.target,), weight, shown=shown, host=led)
            return


@message_signal
def parts_differ(case: MessageCase) -> Iterator[Finding]:
    """The plain part of a mail leads to other parties than the HTML, which is what mail programs show."""
    if case.mail and case.mail.apart:
        plain, html = case.mail.apart
        if not case.officials.get(plain, frozenset()) & case.officials.get(html, frozenset()):
            yield finding("parts_differ", (html,), plain=plain, host=html)


def _posing(case: MessageCase) -> Iterator[LinkText]:
    for seen in case.links:
        shown = posed_host(seen.mention.written) if "@" in seen.mention.written else None
        if shown and shown != seen.mention.key:
            yield LinkText(shown, seen.mention.key)
