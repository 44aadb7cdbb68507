"""The published site: a Datasette plugin, hooks only (floor 4). It acts where a repdb snapshot is served, else not at all.

For whoever builds pages
------------------------
* **A page** is one function ``page(request) -> Response`` in ``pages/``, one template in ``templates/repdb/``, one row in
  ``routes.ROUTES``. A plain ``def`` runs on the event loop, so it must be quick (look-ups of numbers and domains are:
  0.2 ms); ``async def`` may await ``request.in_snapshot(fn, …)`` (SQL in a worker thread) and ``request.working(fn, …)``
  (the working database, serialised; raises ``Problem`` 503 where the site takes no reports).
* **request** (``context.Request``): ``lang`` ("ja" or "en"), ``t(ja, en)``, ``args`` (query), ``params`` (from the path),
  ``await request.form()`` (CSRF is checked already), ``lookup`` (``repdb.lookup.Lookup`` on the snapshot, for the event
  loop), ``generation.meta`` (version, counts, credits … of the snapshot being served), ``url("/path")`` (below the base
  URL), ``csrf_token()``, ``client`` (address), ``site.settings``.
* **Response**: ``request.page("name.html", status=200, cache=60, **context)``, ``Response.redirect(url)``,
  ``Response.json(value)``; ``cache`` are seconds a shared cache may keep it, ``None`` is ``no-store``. Routes with
  ``snapshot=True`` depend on path, query, language and snapshot only: they get an ETag, and a 304 without being run.
* **Errors**: raise ``Problem(status, code, Text(ja, en))`` or let a ``RepdbError`` pass. Below ``/api/`` they become
  ``application/problem+json``, elsewhere the page ``error.html``.
* **Templates** extend ``repdb/base.html``; in every template: ``request``, ``lang``, ``t``, ``url``,
  ``static("name.css")`` (hashed, cached for good), ``meta``,
  ``csrf_field()`` (a hidden input; a page that has one is never cached). Autoescape is on. The CSP allows no inline
  script or style and nothing from elsewhere: put both into ``static/``.
* **Language**: ``?lang=`` (also sets a cookie), the cookie ``repdb_lang``, ``Accept-Language``; a switch is a link.
* **Writing**: flows in ``repdb.contribute``, ``repdb.receipts`` and ``repdb.review``; all take the open working database first:
  ``await request.working(contribute.submit, form, client)``.
"""

from __future__ import annotations

from typing import Any

from datasette import hookimpl


@hookimpl
def asgi_wrapper(datasette: Any) -> Any:
    from repdb.web.site import Site

    site = Site.of(datasette)
    if site is None:
        return lambda app: app
    from repdb.web.asgi import Front

    return lambda app: Front(site, app)


@hookimpl
def prepare_connection(conn: Any, database: str, datasette: Any) -> None:
    from repdb.web.site import Site

    site = Site.of(datasette)
    if site is not None and database == site.name:
        from repdb.web.browsing import prepare_connection as prepare

        prepare(conn)


@hookimpl
def extra_css_urls(datasette: Any) -> list[str]:
    """For Datasette's own pages; ours have their own style."""
    from repdb.web import static
    from repdb.web.site import Site

    site = Site.of(datasette)
    return [site.base_url + static.address("datasette.css").lstrip("/")] if site else []


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    from repdb.web.site import Site

    if (site := Site.of(datasette)) is None or database != site.name:
        return None
    from repdb.web.browsing import cell

    return cell(site, table, column, value, row)


@hookimpl
def permission_allowed(datasette: Any, actor: Any, action: str, resource: Any) -> bool | None:
    """The pages of Datasette that tell about the machine are for its operator."""
    from repdb.web.site import Site

    if action in ("debug-menu", "permissions-debug") and Site.of(datasette) is not None:
        return bool(actor and actor.get("id") == "root")
    return None
