"""The floors of DESIGN §6 as one table, and what breaks them. Imports point to the same or a lower floor only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"repdb": "repdb", "scrapers": "repdb.scrapers", "schema": "repdb.schema", "data": "repdb.data"}

# Floor → its modules, below ``repdb``. ``name.*`` is a package with all that is in it. A new module needs a place here.
# Scrapers stand between 0 and 1: they parse like floor 0 and import it, but nothing on floor 0 may know them.
FLOORS: dict[float, str] = {
    0: "records categories brands contracts subjects votes dates content bundled urltext hostname page_address letters invisible text.* free_text schema data "
    "problems phone phone_foreign phone_plan phone_text sender domain company identify lookalike urltricks",
    0.5: "scrapers.*",
    1: "clock models views storage_error file_error db running migrate shape filing store tally audit_log seed schema_docs campaigns companies",
    2: "signals.* score",
    3: "advice check_advice check_category check_answers answers doctor repair stats admission ingest intake intake_errors headers header_row header_check cells reading tabular streams setup seeding lookup reported related overview check received review review_queue moderators snapshot snapshot_changes snapshot_file published withheld receipts contribute fetch.* scrape.* assess",
    4: "cli.* web.* __main__",
}

# What lies outside → the one module that may import it. The rest of the project sees our own types.
GATES = {
    "phonenumbers": "phone_foreign",
    "phonenumbers_jp": "phone",
    "publicsuffixlist": "domain",
    "httpx": "fetch",
    "requests": "fetch",
    "urllib3": "fetch",
    "urllib.request": "fetch",
    "http.client": "fetch",
    "protego": "fetch",
    "httpcore": "fetch",
    "tenacity": "fetch",
}

# Files, network, processes, clock, chance: not below floor 1, which reads its tables through ``bundled``.
IMPURE_MODULES = """
    asyncio fileinput ftplib getpass glob http locale logging os pathlib platform random secrets select shutil signal
    smtplib socket sqlite3 sqlalchemy sqlmodel subprocess sys tempfile threading time urllib.request uuid
"""
# Joining the names of a path touches no file.
PURE_PARTS = frozenset({"os.path.basename", "os.path.dirname", "os.path.join"})
IMPURE_CALLS = frozenset({"open", "print", "input", "breakpoint", "exec", "eval"})
CLOCK_CALLS = frozenset({"now", "today", "utcnow", "fromtimestamp"})


def modules() -> dict[str, Path]:
    """Every module of the project, by its import name."""
    found = {}
    for folder, package in FOLDERS.items():
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = [package, *path.relative_to(ROOT / folder).with_suffix("").parts]
            found[".".join(parts).removesuffix(".__init__")] = path
    return found


def within(name: str, pattern: str) -> bool:
    package = pattern.removesuffix(".*")
    return name == package or (pattern.endswith(".*") and name.startswith(f"{package}."))


def floor_of(module: str) -> float | None:
    """The floor of ``repdb.x.y``; None when the table has no place for it. ``repdb`` itself holds the version only."""
    if module == "repdb":
        return 0
    name = module.removeprefix("repdb.")
    return next((floor for floor, row in FLOORS.items() if any(within(name, entry) for entry in row.split())), None)


def imported(tree: ast.AST, module: str, known: frozenset[str], is_package: bool = False) -> Iterator[tuple[int, str]]:
    """Line and absolute name of each import, wherever it stands. ``from a import b`` is ``a.b`` if that is a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")[: None if is_package and node.level == 1 else -(node.level - is_package)]
                base = ".".join([*parents, *([base] if base else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield node.lineno, full if full in known or not base.startswith("repdb") else base
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"import_module", "__import__"} and isinstance(node.args[0].value, str):
                yield node.lineno, node.args[0].value


def outside(name: str, listed: str) -> bool:
    return name == listed or name.startswith(f"{listed}.")


def broken(module: str, source: str, known: frozenset[str], is_package: bool = False) -> list[str]:
    """What in the source of one module breaks the rules, one sentence each."""
    floor = floor_of(module)
    if floor is None:
        return [f"{module} has no floor: add it to FLOORS in tests/floors.py"]
    tree, found = ast.parse(source), []
    for line, name in imported(tree, module, known, is_package):
        target = floor_of(name) if outside(name, "repdb") else None
        if target is not None and target > floor:
            found.append(f"{module}:{line} (floor {floor}) imports {name} (floor {target}) from above")
        for package, gate in GATES.items():
            if outside(name, package) and not within(module, f"repdb.{gate}.*"):
                found.append(f"{module}:{line} imports {package}, which only repdb.{gate} may")
        if floor < 1 and name not in PURE_PARTS and any(outside(name, listed) for listed in IMPURE_MODULES.split()):
            found.append(f"{module}:{line} imports {name}: no I/O, clock or chance below floor 1")
    return found + (impure_calls(module, tree) if floor < 1 else [])


def impure_calls(module: str, tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            found.append(f"{module}:{node.lineno} calls {node.func.id}(): no I/O below floor 1")
        elif isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS:
            found.append(f"{module}:{node.lineno} calls .{node.func.attr}(): no clock below floor 1, pass the date in")
    return found
