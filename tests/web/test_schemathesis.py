"""The API tried with whatever its own document allows and forbids: no server error, no undocumented answer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import site_data
from serving import Server, serving

from repdb.web.openapi import openapi

pytest.importorskip("schemathesis", reason="pip install -e '.[test]'")

# What a client may count on; "unsupported_method" is left out because HEAD and OPTIONS are answered everywhere.
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance"  # fmt: skip


@pytest.fixture(scope="module")
def server(site_files: site_data.Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("schemathesis")
    shutil.copyfile(site_files.working, folder / "working.db")
    with serving(site_files.snapshot, folder / "working.db") as running:
        yield running


@pytest.mark.slow
def test_the_api_keeps_to_its_document(server: Server, tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{server.url}/api/v1/openapi.json", "--checks", CHECKS,
        "--max-examples", "25", "--generation-deterministic", "--phases", "examples,coverage,fuzzing", "--no-color",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=400)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    count = sum(map(len, openapi("/")["paths"].values()))
    assert f"Operations:       {count} selected / {count} total" in done.stdout, done.stdout[-3000:]
