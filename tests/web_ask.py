"""Asking a site in this process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from datasette.app import Datasette
from floors import ROOT

from repdb.web.limits import RATES
from repdb.web.site import Settings, Site

Ask = Callable[..., httpx.Response]


def asking(snapshot: Path, **settings: Any) -> Ask:
    """``ask(path, method="GET", lang="", **options of httpx)``: one request to a Datasette of its own.

    Tests ask faster than people do, all from one address: there are no rates but those named in ``limits``.
    """
    limits = {**dict.fromkeys(RATES, ""), **settings.pop("limits", {})}
    datasette = Datasette([str(snapshot)], metadata=json.loads((ROOT / "datasette-metadata.json").read_text("utf-8")))
    site = Site.of(datasette)
    assert site is not None
    site.configure(Settings(**settings, limits=limits))

    def ask(path: str, method: str = "GET", lang: str = "", **options: Any) -> httpx.Response:
        headers = {"accept-language": lang or "ja", **options.pop("headers", {})}

        async def send() -> httpx.Response:
            await datasette.invoke_startup()
            return await datasette.client.request(method, path, headers=headers, **options)

        return asyncio.run(send())

    return ask
