"""What is known of a message before it is judged: its identifiers, names, links and head (floor 2)."""

from __future__ import annotations

from typing import NamedTuple

from repdb.company import named
from repdb.records import Answer, Mention, Text


class Seen(NamedTuple):
    """One identifier of the message with what the look-up says of it.

    ``owners``: companies whose official channel it is; ``shared``: one that the public uses too, so never a proof.
    ``lookalike``: the official domain that a host imitates. ``flags``: ``domain.flags_of`` the host. ``named``: the
    company whose name a sender ID is.
    """

    mention: Mention
    answer: Answer
    owners: frozenset[str] = frozenset()
    shared: bool = False
    lookalike: str | None = None
    flags: frozenset[str] = frozenset()
    named: str = ""

    @property
    def display(self) -> str:
        return self.answer.display


class Claim(NamedTuple):
    """A company that the message names. ``status`` as the register has it; ``general``: words that name nobody.

    ``abuses`` and ``near``: the genuine company on whose name an unknown one is built, or which it nearly equals.
    ``domains`` and ``numbers``: the official ones of a genuine company; ``labels``: its own name as hosts write it.
    """

    key: str
    name: str
    written: str
    role: str
    start: int
    end: int
    status: str = "unverified"
    licence: str = ""
    legal_form: str = ""
    abuses: str = ""
    near: str = ""
    domains: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    general: bool = False
    name_en: str = ""
    abuses_en: str = ""

    @property
    def said(self) -> Text:
        return named(self.name, self.name_en)


class LinkText(NamedTuple):
    """A link of a mail whose text shows one host and whose target is another party's."""

    shown: str
    target: str


class MailFacts(NamedTuple):
    """What the head of a mail says: keys of the domains in From, Reply-To and Return-Path (empty if none), the checks
    that the receiving server saw fail, whether one passed for the From domain, links that show another host, and a host of the
    plain part and one of the HTML where they have none in common; ``unread``: parts that were not read here."""

    sender: str = ""
    reply_to: str = ""
    return_path: str = ""
    failed: tuple[str, ...] = ()
    confirmed: bool = False
    links: tuple[LinkText, ...] = ()
    apart: tuple[str, str] | None = None
    unread: bool = False
