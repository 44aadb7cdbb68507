"""The answer on a message on a terminal, one screen: verdict, why, what each thing in it is, what now (floor 4)."""

from __future__ import annotations

from collections.abc import Iterator

from repdb import check_answers
from repdb.categories import CATEGORIES, COMPANY_STATUS, VERDICTS
from repdb.check import CheckResult
from repdb.check_answers import summary, unique_claims, unique_mentions
from repdb.cli.common import LANG, say, t
from repdb.cli.render import block, headline
from repdb.phone import display
from repdb.text.roles import shown_role

_REASONS, _THINGS, _STEPS = 5, 5, 5  # so many stay on one screen of 24 lines


def show_result(result: CheckResult) -> None:
    category = say(CATEGORIES[result.category]) if result.category != "other" else ""
    headline(result.verdict, category, summary(result))
    mark = "・" if LANG == "ja" else "- "
    kind = check_answers.claim(result)
    block(t("なぜ", "Why"), [mark + say(f.text) for f in result.findings[: _REASONS - bool(kind)]])
    block(t("中身", "In it"), [mark + line for line in _things(result)][:_THINGS])
    block(t("手口", "What it is"), [say(kind)] if kind else ())
    block(t("いまする事", "What now"), [f"{n}. {say(a.text)}" for n, a in enumerate(result.advice[:_STEPS], 1)])
    block("", [t(f"モデル {result.model}・{result.as_of} 時点", f"Model {result.model} · as of {result.as_of}")])


def _things(result: CheckResult) -> Iterator[str]:
    """What each company, number and link of the message is."""
    for claim in unique_claims(result)[:2]:
        status = say(COMPANY_STATUS[claim.status])
        own = [*map(display, claim.numbers[:1]), *claim.domains[:1]]  # to be copied, so not defanged
        official = t("公式: ", "official: ") + t("、", ", ").join(own) if own else ""
        yield "  ".join(part for part in (f"{claim.name} [{status}]", claim.licence, official) if part)
    for seen in unique_mentions(result):
        clickable = seen.mention.kind in ("domain", "email") and not (seen.owners and not seen.shared)
        shown = seen.display.replace(".", "[.]") if clickable else seen.display
        role = say(shown_role(seen.mention, bool(seen.owners)))
        said = t("公式の連絡先", "official contact") if seen.owners else say(VERDICTS[seen.answer.verdict])
        yield t(f"{shown}（{role}）: {said}", f"{shown} ({role}): {said}")
