"""Our own Jinja environment: compiled once, rendered without Datasette's detours (floor 4)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from repdb import categories
from repdb.web import plain, static

if TYPE_CHECKING:
    from jinja2 import Environment

    from repdb.web.context import Request


@lru_cache(maxsize=1)
def environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("repdb.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=plain.clean,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(
        CATEGORIES=categories.CATEGORIES, VERDICTS=categories.VERDICTS, KINDS=categories.KINDS, ROLES=categories.ROLES,
        STANCES=categories.STANCES,
    )  # fmt: skip
    made.filters.update(ruby=plain.ruby, tongue=plain.tongue, example=plain.example)
    return made


def render(request: Request, name: str, context: dict[str, Any]) -> str:
    """A template of ``templates/repdb/`` with what every page has (see ``repdb.web``) and its own context."""
    return (
        environment()
        .get_template(f"repdb/{name}")
        .render(
            request=request,
            lang=request.lang,
            t=request.t,
            url=request.url,
            static=lambda file: request.url(static.address(file)),
            meta=request.generation.meta,
            absolute=request.absolute,
            csrf_field=lambda: Markup('<input type="hidden" name="csrftoken" value="{}">').format(request.csrf_token()),  # noqa: S704
            **context,
        )
    )
