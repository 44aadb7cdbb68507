"""The examples of ``docs/deploy`` for the site: their commands are run as they stand there, only the places are ours."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import site_data
from floors import ROOT
from serving import serving

from repdb.cli.app import app
from repdb.web.routes import ROUTES

DEPLOY = ROOT / "docs" / "deploy"


def command(name: str) -> list[str]:
    """The words of a unit's ExecStart."""
    unit = configparser.ConfigParser(interpolation=None)
    unit.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return unit["Service"]["ExecStart"].split()


def test_the_units_publish_and_serve(site_files: site_data.Files, tmp_path: Path) -> None:
    shutil.copyfile(site_files.working, tmp_path / "repdb.db")

    def ours(words: list[str]) -> list[str]:
        assert words[0] == "/usr/local/bin/repdb"
        return [word.replace("/var/lib/repdb", str(tmp_path)) for word in words[1:]]

    publish = [sys.executable, "-m", "repdb", *ours(command("repdb-publish.service"))]
    subprocess.run([*publish, "--db", str(tmp_path / "repdb.db")], check=True, capture_output=True)
    serve = ours(command("repdb-serve.service"))
    assert serve[:2] == ["serve", str(tmp_path / "public" / "repdb.db")]
    rest = [w for w in serve[2:] if w not in ("--port", "8001")]
    with (
        serving(Path(serve[1]), tmp_path / "repdb.db", *rest, limits=("report=1/minute",)) as server,
        httpx.Client(base_url=server.url) as client,
    ):
        assert client.get("/-/healthz").json()["status"] == "ok"
        # The proxy is believed, so two visitors are two.
        sent = [
            client.post(
                "/api/v1/reports", json={"subject": f"050-9999-100{n}"}, headers={"x-forwarded-for": f"192.0.2.{n}"}
            )
            for n in (1, 2)
        ]
        assert [s.status_code for s in sent] == [202, 202]
        again = client.post(
            "/api/v1/reports", json={"subject": "050-9999-1003"}, headers={"x-forwarded-for": "192.0.2.1"}
        )
        assert again.status_code == 429


def test_without_a_trusted_proxy_nobody_names_another_address(site_files: site_data.Files, tmp_path: Path) -> None:
    shutil.copyfile(site_files.working, tmp_path / "repdb.db")
    with (
        serving(site_files.snapshot, tmp_path / "repdb.db", limits=("report=1/minute",)) as server,
        httpx.Client(base_url=server.url) as client,
    ):
        codes = [
            client.post(
                "/api/v1/reports", json={"subject": "050-9999-1001"}, headers={"x-forwarded-for": f"192.0.2.{n}"}
            ).status_code
            for n in (1, 2)
        ]
    assert codes == [202, 429]


def test_the_container_runs_commands_that_exist() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    words = re.findall(r'"([^"]*)"', re.search(r"^CMD (.*)$", text, re.MULTILINE)[1])  # type: ignore[index]
    assert words[:2] == ["repdb", "serve"]
    names = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}  # type: ignore[union-attr]
    assert {"serve", "publish", "lookup"} <= names
    done = subprocess.run(
        [sys.executable, "-m", "repdb", "serve", "--help"], capture_output=True, text=True, check=True
    )
    for word in words + command("repdb-serve.service"):
        if word.startswith("--"):
            assert word in done.stdout.replace("/", " ").split() or word in done.stdout, word


def test_it_answers_where_there_is_no_network(site_files: site_data.Files) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed")
    program = [
        sys.executable,
        "-m",
        "datasette",
        "-i",
        str(site_files.snapshot),
        "--get",
        "/api/v1/lookup/050-9999-0001",
    ]
    done = subprocess.run(
        ["unshare", "--net", "--map-root-user", *program], capture_output=True, text=True, check=False
    )
    if "unshare" in done.stderr:
        pytest.skip("this machine allows no network namespace")
    assert done.returncode == 0 and '"verdict": "dangerous"' in done.stdout


def test_the_proxies_let_through_what_the_site_takes() -> None:
    largest = max(route.body for route in ROUTES)
    found = re.search(r"client_max_body_size (\d+)k;", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    assert found and int(found[1]) * 1024 >= largest
    found = re.search(r"max_size (\d+)KB", (DEPLOY / "Caddyfile").read_text(encoding="utf-8"))
    assert found and int(found[1]) * 1000 >= largest
