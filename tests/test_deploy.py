"""The unit, timer and cron examples of ``docs/deploy``: their commands are run, against a real server."""

from __future__ import annotations

import configparser
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_server import Answer, FaultServer

from repdb.scrape import load, names

DEPLOY = Path(__file__).resolve().parent.parent / "docs" / "deploy"
RULES = "".join(f"*://*.shop{n}.net/*\n" for n in range(600)).encode()


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.put("/rules.txt", Answer(200, RULES))
        yield server


@pytest.fixture
def machine(tmp_path: Path, server: FaultServer, seeded: Path) -> Path:
    """A folder that stands for ``/``: repdb installed, every source set up, one of them answering."""
    root = tmp_path / "machine"
    for folder in ("bin", "state", "etc"):
        (root / folder).mkdir(parents=True)
    shutil.move(seeded, root / "state" / "repdb.db")
    program = root / "bin" / "repdb"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m repdb "$@"\n')
    program.chmod(0o755)
    bases = {scraper.name: server.url("/gone") for scraper in map(load, names()) if scraper.spec.cadence != "asked"}
    bases["scam_net_shops"] = server.url("/rules.txt")
    lines = [f'REPDB_{name.upper()}_BASE="{base}"\n' for name, base in bases.items()] + ['REPDB_ALLOW_LOCAL="1"\n']
    (root / "etc" / "scrape.env").write_text((DEPLOY / "scrape.env").read_text(encoding="utf-8") + "".join(lines))
    return root


def moved(name: str, machine: Path) -> str:
    """A file of ``docs/deploy`` with its places below ``machine``."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    for place, folder in (("/usr/local/bin", "bin"), ("/var/lib/repdb", "state"), ("/etc/repdb", "etc")):
        text = text.replace(place, str(machine / folder))
    return text


def unit(text: str) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(text)
    return parsed


def run(command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """As cron and systemd start it: a shell that knows almost nothing."""
    kept = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    coverage = {name: value for name, value in os.environ.items() if name.startswith("COV")}
    return subprocess.run(
        ["/bin/sh", "-c", command], env={**kept, **coverage, **environment}, capture_output=True, text=True, check=False
    )


def check(machine: Path, report: str, server: FaultServer) -> None:
    """One source was stored, the others failed and are named; the report is where monitoring finds it."""
    told = json.loads(report)
    rows = {row["name"]: row for row in told["sources"]}
    assert (rows["scam_net_shops"]["state"], rows["scam_net_shops"]["stored"]) == ("done", 600)
    assert sorted(told["failed"]) == sorted(rows.keys() - {"scam_net_shops"})
    assert {"jpcert_phishurl", "mic_number_blocks"} <= set(told["failed"])
    assert "(+https://example.jp/contact)" in server.requests["/rules.txt"][0]["User-Agent"]
    assert (machine / "state" / "raw" / "index.sqlite3").exists()


def test_the_service_does_what_it_says(machine: Path, server: FaultServer) -> None:
    service = unit(moved("repdb-scrape.service", machine))["Service"]
    assert service["EnvironmentFile"] == f"-{machine}/etc/scrape.env"
    environment = dict(pair.split("=", 1) for pair in service["Environment"].split())
    for line in (machine / "etc" / "scrape.env").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            environment[name] = value.strip('"')
    done = run(service["ExecStart"], environment)
    assert done.returncode == 3, done.stderr
    check(machine, done.stdout, server)
    assert len(done.stderr.splitlines()) == len(json.loads(done.stdout)["failed"]), "one line for each failure"


def test_the_cron_entry_does_what_it_says(machine: Path, server: FaultServer) -> None:
    lines = [line for line in moved("repdb-scrape.cron", machine).splitlines() if line and not line.startswith("#")]
    *settings, entry = lines
    assert "%" not in entry, "cron would read it as a line end"
    *when, user, command = entry.split(" ", 6)
    assert (len(when), user) == (5, "repdb")
    environment = dict(line.split("=", 1) for line in settings)
    done = run(command, environment)
    assert done.returncode == 3, done.stderr
    check(machine, (machine / "state" / "last-scrape.json").read_text(encoding="utf-8"), server)
    assert (done.stdout, "mic_number_blocks" in done.stderr) == ("", True)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(machine: Path) -> None:
    files = [machine / name for name in ("repdb-scrape.service", "repdb-scrape.timer")]
    for file in files:
        file.write_text(moved(file.name, machine), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", *map(str, files)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    when = unit(moved("repdb-scrape.timer", machine))["Timer"]["OnCalendar"]
    assert subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, check=False).returncode == 0


def test_every_file_is_explained() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in DEPLOY.glob("*.md"))
    assert [path.name for path in DEPLOY.iterdir() if path.suffix != ".md" and path.name not in told] == []
