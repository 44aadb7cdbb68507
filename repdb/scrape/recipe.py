"""A new source to start from: a scraper that works, and a page for it to read."""

from __future__ import annotations

from pathlib import Path

from repdb import bundled
from repdb.records import Text, Unreadable

_PAGE = "date,number\n2026-11-01,050-9999-0001\n2026-11-02\n"
_ERRORS = {
    "bad_name": Text(
        "「{name}」は名前に使えません。英小文字・数字・_ で書いてください。",
        "'{name}' cannot be a name. Use lower-case letters, digits and _.",
    ),
    "no_checkout": Text(
        "ここには scrapers/ と tests/ がありません。repdb のリポジトリの中で実行してください。",
        "There are no scrapers/ and tests/ here. Run this inside a checkout of repdb.",
    ),
    "exists": Text("{name} はすでにあります。別の名前にしてください。", "{name} exists already. Choose another name."),
}


def start(name: str, root: Path) -> list[Path]:
    """Write ``scrapers/NAME.py`` and ``tests/scrapers/NAME/page.csv`` under ``root``; returns both paths.

    The golden is left to the test, which writes it and asks for review. Raises ``Unreadable``.
    """
    if not (name.isidentifier() and name.isascii() and name == name.lower()) or name.startswith("_"):
        raise Unreadable("bad_name", _ERRORS["bad_name"].format(name=name))
    scraper, page = root / "scrapers" / f"{name}.py", root / "tests" / "scrapers" / name / "page.csv"
    if not (scraper.parent.is_dir() and page.parent.parent.is_dir()):
        raise Unreadable("no_checkout", _ERRORS["no_checkout"])
    for path in (scraper, page.parent):
        if path.exists():
            raise Unreadable("exists", _ERRORS["exists"].format(name=path))
    template = bundled.text("_template.py", "repdb.scrapers")
    scraper.write_text(template.replace('name="NAME"', f'name="{name.replace("_", "-")}"'), encoding="utf-8")
    page.parent.mkdir()
    page.write_text(_PAGE, encoding="utf-8")
    return [scraper, page]
