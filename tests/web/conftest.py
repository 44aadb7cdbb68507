"""A site in this process for the tests of its pages."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import site_data
from datasette.app import Datasette
from floors import ROOT
from web_ask import Ask

from repdb.web.site import Settings


@pytest.fixture(scope="session")
def site_files(tmp_path_factory: pytest.TempPathFactory) -> site_data.Files:
    """The working database and the snapshot; tests that write copy them."""
    return site_data.build(tmp_path_factory.mktemp("site"))


def asking(snapshot: Path, **settings: Any) -> Ask:
    """``ask(path, method="GET", lang="", **options of httpx)``: one request to a Datasette of its own."""
    datasette = Datasette([str(snapshot)], metadata=json.loads((ROOT / "datasette-metadata.json").read_text("utf-8")))
    datasette._repdb_settings = Settings(**settings)

    def ask(path: str, method: str = "GET", lang: str = "", **options: Any) -> httpx.Response:
        headers = {"accept-language": lang or "ja", **options.pop("headers", {})}

        async def send() -> httpx.Response:
            await datasette.invoke_startup()
            return await datasette.client.request(method, path, headers=headers, **options)

        return asyncio.run(send())

    return ask


@pytest.fixture(scope="module")
def ask(site_files: site_data.Files) -> Iterator[Ask]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPDB_TODAY", site_data.TODAY.isoformat())
        yield asking(site_files.snapshot)
