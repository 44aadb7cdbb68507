"""Where the message leads: links and senders beside the claimed company's own (floor 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from repdb.domain import SHARED_FLAGS
from repdb.records import Finding, Text
from repdb.signals.base import finding
from repdb.signals.message.base import MessageCase, message_signal
from repdb.signals.message.facts import Claim, Seen
from repdb.urltricks import carried_host

# Suffixes below which JPRS lets only registered Japanese companies and bodies hold a name, one or few each.
_HELD = (".co.jp", ".or.jp", ".go.jp", ".ac.jp", ".ed.jp", ".lg.jp")
# Endings that are cheap or foreign to Japan, and more frequent in lists of phishing hosts than among companies' sites;
# some of them small shops use, too.
_ABUSED = frozenset(
    "asia autos bar beauty bond buzz cam cc cfd click cn cyou fit gq hair icu lat lol ml mobi mom monster pics pw quest "
    "rest ru sbs skin su tk top vip wang work works wtf xin xyz yachts zip".split()
)
FAR_SUFFIXES = _ABUSED | frozenset(
    "club fun help host ink life link live loan online shop site space store website".split()
)
_CHEAP = 0.8
_MAPS = frozenset({"maps.app.goo.gl"})  # shortens addresses of places on a map, nothing else
_SHORT, _SHARED, _NAMED, _BARE, _CALM, _OTHERS = 1.5, 1.2, 0.6, 0.6, 0.6, 0.8
_NAMED_CALM = 1.2
_LINK, _SENDER, _ADDRESS = Text("リンク先", "The link"), Text("差出人", "The sender"), Text("連絡先", "The address")


@message_signal
def link_mismatch(case: MessageCase) -> Iterator[Finding]:
    """A link is none of the claimed company's official domains, nor any other genuine body's."""
    yield from mismatches("link_mismatch", case, case.links)


@message_signal
def sender_mismatch(case: MessageCase) -> Iterator[Finding]:
    """The sender's domain is none of the claimed company's; or it is a mail service open to anybody (``free_mail_sender``)."""
    hosts = [seen for seen in case.senders if seen.mention.kind in ("email", "domain")]
    hosts = [seen for seen in hosts if not ("free_mail" in seen.flags and _is_daemon(seen))]
    free = [seen for seen in hosts if "free_mail" in seen.flags and not seen.owners]
    for claim in case.brands[:1]:
        for seen in free:
            yield finding("free_mail_sender", (seen.mention.key,), name=claim.said, host=seen.mention.key)
    yield from mismatches("sender_mismatch", case, [seen for seen in hosts if seen not in free])
    for claim in [claim for claim in case.brands if claim.domains][:1]:
        for seen in hosts:
            if is_others(case, seen):
                known = ", ".join(claim.domains[:2])
                host = seen.mention.key
                yield finding("sender_mismatch", (host,), _OTHERS, name=claim.said, host=host, official=known)


def _is_daemon(seen: Seen) -> bool:
    """An address that a mail service gives to nobody: it tells that a mail has not arrived (RFC 3464)."""
    return seen.mention.written.lower().startswith(("mailer-daemon@", "postmaster@"))


def is_others(case: MessageCase, seen: Seen) -> bool:
    """Whether a sender is the official one of a company that the message, which poses as another, does not even name."""
    owned = bool(seen.owners) and not seen.shared
    return owned and bool(case.brands) and seen.owners.isdisjoint({claim.key for claim in case.claims})


def mismatches(code: str, case: MessageCase, found: Iterable[Seen]) -> Iterator[Finding]:
    """One finding for each host that none of the genuine companies named in the message is known to use.

    Little of a calm mail: shops tell of the companies that pay, carry and call for them, in their names too; but who stands
    in its head under the company's very name is no shop that tells of it, and who thanks for its use writes as the company.
    """
    with_domains = [claim for claim in case.brands if claim.domains]
    if not with_domains:
        return
    named = {claim.key for claim in case.claims}
    keys = {claim.key for claim in with_domains}
    calm = _NAMED_CALM if case.named_sender in keys else _CALM
    poses = not case.writes_as.isdisjoint(keys)
    for seen in found:
        if not (seen.owners and (not seen.shared or seen.owners & named)):
            host = seen.mention.key
            bare = code == "link_mismatch" and case.kind != "sms" and _is_bare(seen.mention.written)
            strength = _BARE if bare else _strength(code, host, seen.flags, with_domains)
            if (
                case.kind != "sms"
                and case.calm
                and not (poses or seen.lookalike or is_far(seen))
                and (strength is None or strength > calm)
            ):
                strength = calm
            yield finding(
                code,
                (host,),
                strength,
                name=with_domains[0].said,
                host=host,
                official=", ".join(with_domains[0].domains[:2]),
            )


def _is_bare(written: str) -> bool:
    """Whether a host is only named: nobody can click it in a mail, as registrars name their customers' domains."""
    return "/" not in written and not written.lower().startswith("www.")


def _strength(code: str, host: str, flags: frozenset[str], claims: Iterable[Claim]) -> float | None:
    """Less than the table's weight where the host is everybody's, or could well be the company's own."""
    if "shortener" in flags:
        return _SHORT
    if not SHARED_FLAGS.isdisjoint(flags) and "dynamic_dns" not in flags:
        return _SHARED
    label = host.split(".", 1)[0].replace("-", "")
    if any(bears_name(host, claim) for claim in claims):
        return _NAMED if code == "link_mismatch" else 0.3
    own = any(name in label or (len(label) > 3 and label in name) for claim in claims for name in claim.labels)
    if own and host.endswith(_HELD):
        return _NAMED if code == "link_mismatch" else 0.3
    if own and host.endswith(".jp"):  # who takes a .jp name gives an address in Japan, and few frauds do
        return 1.2 if code == "link_mismatch" else 0.8
    return None


def bears_name(host: str, claim: Claim) -> bool:
    """Whether the host is the very name of an official domain of the company under another plain suffix: firms hold
    those of their own names."""
    label, _, suffix = host.partition(".")
    plain = suffix in ("jp", "com") or host.endswith(_HELD)
    return plain and len(label) > 2 and any(label == one.partition(".")[0] for one in claim.domains)


@message_signal
def link_unconfirmed(case: MessageCase) -> Iterator[Finding]:
    """A text message presses under a name that the register does not know, and its link is nobody's official one."""
    unknown = [claim for claim in case.claimed if claim.status == "unverified"]
    if case.kind == "sms" and case.links and unknown and not case.brands and case.pressure >= 0.8:
        yield finding(
            "link_unconfirmed", (case.links[0].mention.key,), name=unknown[0].written, host=case.links[0].display
        )


@message_signal
def link_hidden(case: MessageCase) -> Iterator[Finding]:
    """A message in a company's name has a link whose host somebody hid, so that it cannot be compared."""
    if case.kind != "page" and case.link_hidden:
        for claim in case.brands[:1]:
            yield finding("link_hidden", (claim.key,), name=claim.said)


@message_signal
def link_unread(case: MessageCase) -> Iterator[Finding]:
    """What stands there as a link leads to no host that could be read."""
    if case.link_unread:
        yield finding("link_unread")


@message_signal
def link_dynamic_host(case: MessageCase) -> Iterator[Finding]:
    """A link leads to a name under a dynamic-DNS service."""
    for seen in case.links:
        if not seen.flags.isdisjoint(("on_dynamic_dns", "dynamic_dns")):
            yield finding("link_dynamic_host", (seen.mention.key,), host=seen.mention.key)


@message_signal
def link_ip_host(case: MessageCase) -> Iterator[Finding]:
    """A link leads to a bare IP address."""
    for seen in case.links:
        if "ip_host" in seen.flags and "private_ip" not in seen.flags:
            yield finding("link_ip_host", (seen.mention.key,), host=seen.mention.key)


@message_signal
def link_lookalike(case: MessageCase) -> Iterator[Finding]:
    """A link, sender or address to write to resembles a brand's official domain and is not the brand's."""
    for seen in (*case.links, *case.senders, *_written_to(case)):
        if seen.lookalike:
            key = seen.mention.key
            yield finding("link_lookalike", (key,), what=_what(seen), host=key, official=seen.lookalike)


@message_signal
def link_mixed_script(case: MessageCase) -> Iterator[Finding]:
    """The host of a link mixes letters of several scripts."""
    for seen in case.links:
        if "mixed_script" in seen.flags:
            yield finding("link_mixed_script", (seen.mention.key,), host=seen.mention.key)


@message_signal
def link_shortened(case: MessageCase) -> Iterator[Finding]:
    """A link hides its target behind a shortener that is nobody's own."""
    for seen in case.links[:1]:
        if "shortener" in seen.flags and not seen.owners and seen.mention.key not in _MAPS:
            yield finding("link_shortened", (seen.mention.key,), host=seen.mention.key)


@message_signal
def link_far_suffix(case: MessageCase) -> Iterator[Finding]:
    """A link, sender or address to write to ends in a suffix that companies hardly use for customers in Japan."""
    for seen in (*case.links, *case.senders, *_written_to(case)):
        if is_far(seen):
            suffix = seen.mention.key.rpartition(".")[2]
            sent = {one.mention.key for one in case.senders}  # small shops write from the domain of their site
            own = bool(case.links) and {link.mention.key for link in case.links} <= sent and not case.brands
            weight = None if suffix in _ABUSED else _CHEAP / 2 if own else _CHEAP
            yield finding("link_far_suffix", (seen.mention.key,), weight, what=_what(seen), suffix=suffix)
            return


def _written_to(case: MessageCase) -> list[Seen]:
    return [seen for seen in case.working if seen.mention.kind == "email" and seen.mention.role != "sender"]


def _what(seen: Seen) -> Text:
    if seen.mention.role == "sender":
        return _SENDER
    return _ADDRESS if seen.mention.kind == "email" else _LINK


def is_far(seen: Seen) -> bool:
    return seen.mention.key.rpartition(".")[2] in FAR_SUFFIXES and not seen.owners and "shortener" not in seen.flags


@message_signal
def link_carries(case: MessageCase) -> Iterator[Finding]:
    """An official link holds the address of another party, to which its page may lead on."""
    for seen, host in carried_by(case):
        yield finding("link_carries", (host,), name=owner_of(case, seen), host=host)
        return


def carried_by(case: MessageCase) -> Iterator[tuple[Seen, str]]:
    """The official links that hold the address of another party, and its host. Pages have links of all sorts."""
    for seen in case.seen if case.kind != "page" else ():
        host = carried(case, seen) if seen.owners and not seen.shared else None
        if host:
            yield seen, host


def carried(case: MessageCase, seen: Seen) -> str | None:
    """The host of another party to which the page of an official link may lead on."""
    host = carried_host(seen.mention.written) if seen.mention.kind == "domain" else None
    return host if host and not case.officials.get(host, frozenset()) & seen.owners else None


def owner_of(case: MessageCase, seen: Seen) -> Text | str:
    claim = next((claim for claim in case.claims if claim.key in seen.owners), None)
    return claim.said if claim else case.owner_names.get(min(seen.owners), min(seen.owners))
