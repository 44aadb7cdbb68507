"""What other programs read: feed, map of the site, robots, manifest (floor 4)."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from repdb.overview import PAGE_KINDS, NewNumber, count_keys, newest_dangerous, reported_keys
from repdb.web import static
from repdb.web.context import Request
from repdb.web.plain import clean, page_of
from repdb.web.responses import Problem, Response
from repdb.web.routes import NOT_FOUND

ATOM = "application/atom+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"
MANIFEST = "application/manifest+json; charset=utf-8"
_SHARED = {"title": "title", "text": "text", "url": "url"}
# The protocol's limit is 50 000 addresses a file (sitemaps.org).
PER_FILE = 20_000
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


async def feed(request: Request) -> Response:
    """Atom (RFC 4287): the numbers that are dangerous now, the latest reported first."""
    rows = await request.in_snapshot(lambda lookup: newest_dangerous(lookup.db))
    title = request.t("repdb: 「危険」と判定された番号", "repdb: numbers judged dangerous")
    home, own = request.absolute(request.url("/")), request.absolute(request.url("/feed.atom"))
    head = f'<title>{title}</title><id>{escape(own)}</id><link href={quoteattr(home)}/><link rel="self" href={quoteattr(own)}/>'
    stamp = _stamp(request.generation.meta.get("snapshot_date", ""))
    entries = "".join(_entry(request, row) for row in rows)
    body = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{request.lang}">{head}<updated>{stamp}</updated><author><name>repdb</name></author>{entries}</feed>'
    return Response.text(f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n', ATOM, cache=600)


def _entry(request: Request, row: NewNumber) -> str:
    address = request.absolute(request.url(page_of("phone", row.number)))
    told = request.t(
        f"報告 {row.report_count:,} 件、情報源 {row.source_count}。最後の報告 {row.last_reported_on}。",
        f"{row.report_count:,} reports by {row.source_count} sources, last on {row.last_reported_on}.",
    )
    return (
        f"<entry><title>{escape(clean(row.display))}</title><id>{escape(address)}</id><link href={quoteattr(address)}/>"
        f"<updated>{_stamp(row.last_reported_on)}</updated><summary>{escape(told)}</summary></entry>"
    )


def _stamp(day: str) -> str:
    """A day, month or year as the date-time that Atom asks for."""
    return f"{(day + '-01-01')[:10] if len(day) < 10 else day[:10]}T00:00:00Z" if day else "1970-01-01T00:00:00Z"


async def sitemaps(request: Request) -> Response:
    """The index: one file for each ``PER_FILE`` published keys of a kind."""
    counts = await request.in_snapshot(lambda lookup: {kind: count_keys(lookup.db, kind) for kind in PAGE_KINDS})
    names = [f"{kind}-{n}" for kind, count in counts.items() for n in range(-(-count // PER_FILE))]
    files = "".join(
        f"<sitemap><loc>{escape(request.absolute(request.url(f'/sitemap/{name}')))}</loc></sitemap>" for name in names
    )
    return Response.text(f'<sitemapindex xmlns="{_SITEMAPS}">{files}</sitemapindex>\n', XML, cache=3600)


async def sitemap(request: Request) -> Response:
    kind, _, part = request.params["part"].partition("-")
    if kind not in PAGE_KINDS or not (part.isascii() and part.isdigit() and len(part) < 6):
        raise Problem(404, "not_found", NOT_FOUND)
    keys = await request.in_snapshot(lambda lookup: reported_keys(lookup.db, kind, PER_FILE, int(part) * PER_FILE))
    rows = "".join(f"<url><loc>{escape(request.absolute(request.url(page_of(kind, key))))}</loc></url>" for key in keys)
    return Response.text(f'<urlset xmlns="{_SITEMAPS}">{rows}</urlset>\n', XML, cache=3600)


def robots(request: Request) -> Response:
    closed = "".join(
        f"Disallow: {request.url(path)}\n" for path in ("/search", "/check", "/report", "/dispute", "/-/", "/api/")
    )
    return Response.text(
        f"User-agent: *\n{closed}Sitemap: {request.absolute(request.url('/sitemap.xml'))}\n", cache=86_400
    )


def manifest(request: Request) -> Response:
    """The web app's manifest. A message shared to it is posted, so that it stands in no address."""
    home = request.url("/")
    value = {
        "name": request.t("repdb かけ直す前に調べる", "repdb: look up before you call back"), "short_name": "repdb",
        "id": home, "start_url": home, "scope": home, "display": "minimal-ui", "lang": request.lang,
        "background_color": "#f3f1ec", "theme_color": "#0a4a80",
        "icons": [
            {"src": request.url(static.address(f"icon-{size}.png")), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
        ],
        "share_target": {"action": request.url("/check"), "method": "POST", "enctype": "application/x-www-form-urlencoded", "params": _SHARED},
    }  # fmt: skip
    return Response.json(value, cache=3600, content_type=MANIFEST)
