"""The house around the code: what the documents promise is what is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import budgets
import gen_docs
import pytest
from conftest import Cli
from floors import ROOT

DOCUMENTS = sorted(
    str(path.relative_to(ROOT)) for folder in (".", "docs", "data") for path in (ROOT / folder).glob("*.md")
)
READMES = ("README.md", "README.ja.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def tracked() -> list[str]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git clone")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split("\0")[:-1]


# --- generated documentation


@pytest.mark.parametrize(
    ("document", "name"), [(doc, name) for doc, (_, row) in gen_docs.BLOCKS.items() for name in row]
)
def test_generated_documentation_is_up_to_date(document: str, name: str) -> None:
    lang, makers = gen_docs.BLOCKS[document]
    made = makers[name](lang)
    assert gen_docs.parts(document, name)[1] == f"{made}\n", "run `make docs` and commit"


def test_a_missing_block_is_named() -> None:
    with pytest.raises(LookupError, match="README.md has no block <!-- nonsense -->"):
        gen_docs.parts("README.md", "nonsense")


def test_every_marked_block_is_generated_or_known() -> None:
    for document in DOCUMENTS:
        closing = set(re.findall(r"^<!-- /(\S+) -->$", read(document), re.MULTILINE))
        generated = set(gen_docs.BLOCKS[document][1]) if document in gen_docs.BLOCKS else set()
        assert closing - {"set-up"} == generated, document


def test_docstrings_name_what_there_is() -> None:
    """``module.NAME`` in the code stands for something of our own: it moved or went without its mention."""
    code = {path: path.read_text(encoding="utf-8") for path in (ROOT / "repdb").rglob("*.py")}
    gone = []
    for path, written in code.items():
        for module, name in re.findall(r"``(?:[a-z_.]+\.)?([a-z_]+)\.([A-Z][A-Za-z_]+)``", written):
            holders = [text for other, text in code.items() if other.stem == module]
            if holders and not any(
                re.search(rf"^(?:class |def )?{name}\b|\"{name}\",", text, re.MULTILINE) for text in holders
            ):
                gone.append(f"{path.name}: {module}.{name}")
    assert not gone


# --- what a newcomer is told


def test_both_readmes_give_the_same_two_set_up_lines() -> None:
    english, japanese = (gen_docs.parts(name, "set-up")[1] for name in READMES)
    assert english == japanese
    commands = [line for line in english.splitlines() if not line.startswith("```")]
    assert len(commands) == 2
    assert commands[0].endswith("repdb lookup 050-3198-3490")
    assert "-m pytest" in commands[1]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", read(document))
    assert [target for target in targets if not (ROOT / document).parent.joinpath(target).exists()] == []


def test_the_makefile_has_the_promised_targets() -> None:
    chain, *apart = [words.split() for words in re.findall(r"`make\s+([a-z ]+)(?:\s+[A-Z]+=)?`", read("README.md"))]
    assert ["bench"] in apart and "bench" not in chain, "the measurements take far longer than all checks together"
    promised = [*chain, *(name for words in apart for name in words)]
    targets = {name for line in re.findall(r"^([a-z ]+):", read("Makefile"), re.MULTILINE) for name in line.split()}
    assert set(promised) <= targets


def test_recipes_have_ten_lines_at_most() -> None:
    sections = re.split(r"^## ", read("CONTRIBUTING.md"), flags=re.MULTILINE)[1:]
    recipes = {section.splitlines()[0]: [line for line in section.splitlines()[1:] if line] for section in sections}
    assert {"A scraper", "A signal", "A page", "A migration"} <= set(recipes)
    assert {title: len(lines) for title, lines in recipes.items() if len(lines) > 10} == {}


def test_decisions_are_dated_newest_first_and_short() -> None:
    entries = re.split(r"^## ", read("DECISIONS.md"), flags=re.MULTILINE)[1:]
    dates = [re.match(r"\d{4}-\d\d-\d\d · \S", entry) for entry in entries]
    assert all(dates), "## YYYY-MM-DD · title"
    assert [entry[:10] for entry in entries] == sorted((entry[:10] for entry in entries), reverse=True)
    assert [entry.splitlines()[0] for entry in entries if len(entry.strip().splitlines()) > 13] == []


def test_the_changelog_names_the_version_or_what_is_unreleased() -> None:
    import repdb

    headings = re.findall(r"^## \[(.+?)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert headings and headings[0] in {"Unreleased", repdb.__version__}


def test_ci_is_valid_bash_and_finds_the_read_me_commands() -> None:
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)
    expression = re.search(r"sed -n '(.+?)' README.md", read(".ci/run"))
    assert expression
    for name in READMES:
        done = subprocess.run(["sed", "-n", expression[1], name], cwd=ROOT, capture_output=True, text=True, check=True)
        assert len(done.stdout.splitlines()) == 2


# --- commands

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_command_and_option_has_help_in_the_language(lang: str) -> None:
    found = gen_docs.commands(lang)
    assert {"lookup", "report", "ingest", "stats", "doctor", "init"} <= set(found)
    texts = {name: text for name, (text, _) in found.items()}
    texts |= {
        f"{name} {option}": text or "" for name, (_, options) in found.items() for option, text in options.items()
    }
    assert [name for name, text in texts.items() if not text.strip()] == []
    wrong = [name for name, text in texts.items() if bool(JAPANESE.search(text)) is not (lang == "ja")]
    assert wrong == []


def test_help_of_every_command_is_shown(cli: Cli) -> None:
    overview = cli("--help")
    assert overview.returncode == 0, overview.stderr
    for name in gen_docs.commands("en"):
        assert name in overview.stdout
        shown = cli(name, "--help")
        assert (shown.returncode, f"repdb {name}" in shown.stdout) == (0, True), shown.stderr


# --- size and leftovers


def test_nothing_is_far_over_its_budget() -> None:
    assert [size.line() for size in budgets.over(budgets.LIMIT)] == []


def test_budgets_measure_functions_and_modules() -> None:
    text = "def short():\n    pass\n\n\ndef long():\n" + "    x = 1\n" * 80
    found = {size.name.split()[-1]: size for size in budgets.sizes("repdb/lookup.py", text)}
    assert (found["repdb/lookup.py"].lines, found["repdb/lookup.py"].budget) == (85, budgets.MODULE)
    assert (found["short()"].share, found["long()"].share) == (2 / 40, 81 / 40)
    assert next(budgets.sizes("scrapers/x.py", text)).budget == budgets.SCRAPER
    assert next(budgets.sizes("scrapers/_shared.py", text)).budget == budgets.MODULE
    assert list(budgets.sizes("repdb/web/pages/x.py", text))[1].budget == budgets.PAGE


# Put together here, so that this file does not hold them.
LEFTOVERS = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "raise Not" + "ImplementedError"]
PLACES = ["/wo" + "rk/", "/ro" + "ot/", "py" + "pi.org", "pythonhos" + "ted"]


@pytest.mark.parametrize("words", [LEFTOVERS, PLACES], ids=["leftovers", "machines and registries"])
def test_no_file_holds(words: list[str]) -> None:
    files = [ROOT / name for name in tracked() if Path(name).suffix not in {".csv", ".db", ".gz"}]
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in files if path.is_file()}
    assert len(texts) > 20
    assert [f"{path.name}: {word}" for path, text in texts.items() for word in words if word in text] == []
