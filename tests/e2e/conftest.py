"""A served site and Debian's Chromium for the browser tests. Screenshots are kept in ``ci-artifacts/``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import site_data
from floors import ROOT
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
ARTEFACTS = ROOT / "ci-artifacts"
# As root there is no sandbox; nothing is asked of anybody but the site.
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
SIZES = {"phone": (360, 740), "desktop": (1280, 800)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without browser or rules these tests are skipped, but never in CI."""
    missing = [str(path) for path in (Path(CHROMIUM), AXE) if not path.exists()]
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            if missing and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=f"not installed: {', '.join(missing)} (see CONTRIBUTING.md)"))


class Served(NamedTuple):
    """A running site: its address, its files, and how to publish again."""

    url: str
    files: site_data.Files

    def publish(self) -> None:
        """A new snapshot in the place of the old; waits until the site serves it."""
        site_data.publish_again(self.files.working, self.files.snapshot)
        time.sleep(1.2)  # the site looks for a new file once a second, when somebody asks


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    files = site_data.build(folder)
    environment = {**os.environ, "REPDB_WORKING_DB": str(files.working), "REPDB_TODAY": site_data.TODAY.isoformat()}
    command = [sys.executable, "-m", "datasette", str(files.snapshot), "-m", str(ROOT / "datasette-metadata.json"), "-h", "127.0.0.1", "-p", "0"]  # fmt: skip
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            yield Served(_address(process, folder / "log"), files)
        finally:
            process.terminate()
            process.wait(20)


def _address(process: subprocess.Popen[Any], log: Path) -> str:
    for _ in range(300):
        if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", log.read_text()):
            return found[1]
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    pytest.fail("the site did not start: " + log.read_text())


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for the tests of a module; each page has a context, and so a profile, of its own.

    Not for the session: Playwright keeps an event loop running, beside which other modules' ``asyncio.run`` may not be.
    """
    home = tmp_path_factory.mktemp("chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home)},
        )
        yield started
        started.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, served: Served) -> Iterator[Open]:
    """``open_page(path, size="phone", lang="ja-JP", script=True, dark=False)``: a page of a new visitor.

    At the end: no script error, no refusal by the security policy, no request to anybody else.
    """
    contexts, wrong = [], []

    def visit(path: str, size: str = "phone", lang: str = "ja-JP", script: bool = True, dark: bool = False) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=lang, java_script_enabled=script,
            color_scheme="dark" if dark else "light", base_url=served.url, reduced_motion="reduce",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
        page.on(
            "request",
            lambda request: wrong.append(request.url) if not request.url.startswith((served.url, "data:")) else None,
        )
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def keep() -> Callable[[Page, str], None]:
    """``keep(page, name)``: a screenshot of the whole page and of its first screen among the artefacts of CI."""
    ARTEFACTS.mkdir(exist_ok=True)

    def shot(page: Page, name: str) -> None:
        page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)
        page.screenshot(path=ARTEFACTS / f"{name}-first.png")

    return shot


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """``violations(page)``: what axe-core finds serious or critical, one line each."""
    rules = AXE.read_text(encoding="utf-8")

    def find(page: Page) -> list[str]:
        page.evaluate(rules)
        found = page.evaluate("async () => (await axe.run()).violations")
        return [
            f"{v['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
            for v in found
            if v["impact"] in ("serious", "critical")
            for node in v["nodes"]
        ]

    return find
