"""``repdb scrape`` as a user runs it, against a real server. ``tests/test_deploy.py`` runs it as a timer does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fault_server import Answer, FaultServer

from repdb.cli.app import main
from repdb.cli.common import find_language

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
PAIRS = Path(__file__).parent.parent / "scrapers"
RULES = "".join(f"*://*.shop{n}.net/*\n" for n in range(600)).encode()
MONTH = b"date,URL,description\n" + b"".join(b"2019/01/05 10:00:00,https://s%d.net/,Amazon\n" % n for n in range(60))


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.put("/rules.txt", Answer(200, RULES))
        server.put("/list/2019/201901.csv", Answer(200, MONTH, {"ETag": '"1"'}))
        yield server


@pytest.fixture
def settings(server: FaultServer, seeded: Path, tmp_path: Path) -> dict[str, str]:
    """An environment with every source pointed to the server, and nothing else configured."""
    names = "ftc_dnc jpcert_phishurl licensed_collectors mic_number_blocks scam_net_shops".split()
    env = {f"REPDB_{name.upper()}_BASE": server.url("/gone") for name in names}
    env |= {"REPDB_SCAM_NET_SHOPS_BASE": server.url("/rules.txt"), "REPDB_JPCERT_PHISHURL_BASE": server.url("/list/")}
    return env | {"REPDB_CONTACT": "https://example.jp/contact", "REPDB_RAW": str(tmp_path / "raw")}


@pytest.fixture
def repdb(
    settings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Cli:
    """The command line inside this process, which spares each test some seconds of starting Python."""
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")

    def run(*args: object, **more: dict[str, str]) -> subprocess.CompletedProcess[str]:
        words = [str(arg) for arg in args]
        monkeypatch.setattr("repdb.cli.common.LANG", find_language(words, {}))
        with monkeypatch.context() as during, pytest.raises(SystemExit) as ended:
            during.setattr(sys, "argv", ["repdb", *words])
            for name, value in (settings | more.get("env", {})).items():
                during.setenv(name, value)
            main()
        said = capsys.readouterr()
        return subprocess.CompletedProcess(words, int(str(ended.value.code)), said.out, said.err)

    return run


@pytest.fixture
def scrape(repdb: Cli) -> Cli:
    return lambda *args, **more: repdb("scrape", *args, **more)


def sources(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in json.loads(done.stdout)["sources"]}


def test_all_runs_what_is_set_up_and_one_failure_does_not_stop_the_rest(
    cli: Cli, settings: dict[str, str], server: FaultServer
) -> None:
    done = cli("scrape", "--all", "--allow-local", "--json", env=settings)
    assert done.returncode == 3
    rows = sources(done)
    assert {name for name, row in rows.items() if row["state"] == "done"} == {"jpcert_phishurl", "scam_net_shops"}
    assert rows["scam_net_shops"]["stored"] == 600
    assert rows["mic_number_blocks"]["error"]["code"] == "not_found"
    assert "phoneblock" not in rows  # it has no key
    assert "article" not in rows  # it has no address
    assert "(+https://example.jp/contact)" in server.requests["/rules.txt"][0]["User-Agent"]


def test_what_was_stored_answers_a_look_up(scrape: Cli, repdb: Cli) -> None:
    assert scrape("scam-net-shops", "--allow-local").returncode == 0
    assert repdb("lookup", "shop7.net").returncode == 1
    again = scrape("scam_net_shops", "--allow-local", "--lang", "ja")
    assert (again.returncode, again.stdout) == (0, "")
    assert "600" in again.stderr or "保存 0" in again.stderr


def test_the_list_shows_state_and_rows(scrape: Cli, server: FaultServer) -> None:
    assert "未実行" in scrape("--list", "--lang", "ja").stdout
    scrape("scam_net_shops", "mic_number_blocks", "--allow-local")
    rows = {row["name"]: row for row in json.loads(scrape("--list", "--json").stdout)}
    assert (rows["scam_net_shops"]["rows"], rows["scam_net_shops"]["last_success"] > "") == (600, True)
    assert (rows["mic_number_blocks"]["state"], rows["jpcert_phishurl"]["state"]) == ("failing", "never")
    shown = scrape("--list", "--lang", "en").stdout
    assert "CC0-1.0, may be published" in shown
    assert "does not exist (404)" in shown


def test_stats_and_doctor_tell_what_keeps_failing_and_what_waits(scrape: Cli, repdb: Cli) -> None:
    assert "scrapers" not in repdb("stats", "--lang", "en").stdout
    assert scrape("mic_number_blocks", "--allow-local").returncode == 3
    done = scrape("article", "--file", PAIRS / "article" / "warning.html", "--lang", "en")
    assert "2 wait for review" in done.stderr
    shown = repdb("stats", "--lang", "en").stdout
    assert "mic_number_blocks failing since 20" in shown
    assert "article ok 6, 2 wait for repdb review" in shown
    rows = {row["name"]: row for row in json.loads(repdb("stats", "--json").stdout)["scrapers"]}
    assert (rows["article"]["pending"], rows["mic_number_blocks"]["state"]) == (2, "failing")
    checked = repdb("doctor", "--lang", "en")
    assert (checked.returncode, "source_failing: A source keeps failing: mic_number_blocks" in checked.stdout) == (
        0,
        True,
    )


def test_a_local_server_has_to_be_meant(scrape: Cli, server: FaultServer) -> None:
    done = scrape("scam_net_shops", "--lang", "en")
    assert (done.returncode, dict(server.requests)) == (3, {})
    assert "--allow-local" in done.stderr


def test_saved_pages_and_named_addresses(scrape: Cli, server: FaultServer) -> None:
    page = PAIRS / "article" / "warning.html"
    done = scrape("article", "--file", page, "--json")
    assert (done.returncode, sources(done)["article"]["stored"]) == (0, 2)
    url, gone = server.put("/a.html", Answer(200, page.read_bytes())), server.url("/b.html")
    done = scrape("article", gone, url, "--allow-local", "--json")
    assert [row["state"] for row in json.loads(done.stdout)["sources"]] == ["failed", "done"]
    assert done.returncode == 3
    assert "file" in scrape("article", "--file", "nothing.html", "--lang", "en").stderr


def test_samples_and_dry_runs(scrape: Cli) -> None:
    dry = scrape("scam_net_shops", "--dry-run", "--allow-local", "--lang", "en")
    assert (dry.returncode, "none stored" in dry.stderr) == (0, True)
    assert sources(scrape("scam_net_shops", "--limit", 5, "--allow-local", "--json"))["scam_net_shops"]["stored"] == 5
    offline = sources(scrape("scam_net_shops", "--offline", "--json"))["scam_net_shops"]
    assert (offline["state"], offline["stored"], offline["duplicates"]) == ("done", 595, 5)


def test_old_responses_are_removed_on_request(scrape: Cli, server: FaultServer) -> None:
    scrape("scam_net_shops", "--allow-local")
    server.put("/rules.txt", Answer(200, RULES + b"*://*.one-more.net/*\n"))
    done = scrape("scam_net_shops", "--allow-local", "--prune", 1, "--json")
    assert json.loads(done.stdout)["pruned"] == 0
    later = {"REPDB_TODAY": "2099-01-01"}
    assert json.loads(scrape("--prune", 1, "--json", env=later).stdout) == {"sources": [], "failed": [], "pruned": 1}
    assert scrape("--prune", 1, "--lang", "ja", env=later).stderr == "置き換わった古い応答を 0 件消しました。\n"


def test_a_new_source_is_written_inside_a_checkout(scrape: Cli, tmp_path: Path) -> None:
    outside = scrape("--new", "mihon_list", "--lang", "en")
    assert (outside.returncode, "checkout" in outside.stderr) == (2, True)
    for folder in ("scrapers", "tests/scrapers"):
        (tmp_path / "cwd" / folder).mkdir(parents=True)
    done = scrape("--new", "mihon_list")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert all(Path(line).is_file() for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "Name a source"),
        (("nosuch",), "no source 'nosuch'"),
        (("article",), "needs a URL"),
        (("phoneblock",), "REPDB_PHONEBLOCK_KEY"),
        (("jpcert_phishurl", "--since", "yesterday"), "Write --since"),
        (("--list", "--new", "mihon"), "Not with --list: --new"),
        (("--all", "--file", "page.html"), "Not with --all: --file"),
        (("--all", "article"), "Not with --all: [SOURCE|URL]..."),
        (("--prune", "0"), "--prune"),
    ],
)
def test_bad_usage_says_what_to_do(scrape: Cli, args: tuple[str, ...], words: str) -> None:
    done = scrape(*args, "--lang", "en")
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
