"""What ``repdb ingest`` says of a file: its counts, the reasons of rejects, the columns left out (floor 4)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from repdb.cli.common import say, t
from repdb.records import Reject, Text

if TYPE_CHECKING:
    from repdb.ingest import Summary

# What besides the cell itself can be mended: the field whose column need not be read.
_FIELD_OF_CODE = {
    "bad_category": "category",
    "bad_stance": "stance",
    "bad_rating": "rating",
    "bad_role": "role",
    "bad_count": "count",
}


def reason(summary: Summary, reject: Reject) -> str:
    """Why a row was rejected, and how its column may be read otherwise."""
    why = say(summary.explained[reject.code])
    field = _FIELD_OF_CODE.get(reject.code)
    if not field:
        return why
    column = _column(reject, field) or t("列名", "COLUMN")
    return t(
        f"{why} この列を備考として読むには --map '{column}=note'、読まないなら --map '{column}=ignore'。",
        f"{why} To keep that column as a note: --map '{column}=note'; not to read it: --map '{column}=ignore'.",
    )


def _column(reject: Reject, field: str) -> str:
    """The only column of a rejected row that its header word tells to be a field, if there is one."""
    from json import loads

    from repdb.headers import columns

    try:
        row = loads(reject.row)
    except ValueError:  # cut short
        return ""
    header = [*row] if isinstance(row, dict) else []
    at = columns(header, {}, None).plan.get(field, [])
    return header[at[0]] if len(at) == 1 else ""


ALIKE = Text(
    "同じ内容の行は 1 件に数えます。別の相談なら整理番号の列を付け（その列に別の名前があるなら --map 列名=ref）、--source で情報源を示してください。",
    "Rows that say the same are counted as one report. If they are separate reports, add a column 'ref' that tells them apart "
    "(or, if there is one by another name, --map COLUMN=ref) and name the source with --source.",
)


def left_out(ignored: dict[str, str]) -> list[str]:
    """The columns that were not read, and how to have them read."""
    unknown = ", ".join(column for column, field in ignored.items() if not field)
    personal = {column: field for column, field in ignored.items() if field}
    lines = []
    if unknown:
        lines.append(
            t(
                f"読まなかった列: {unknown}（読むには --map 列名=項目）",
                f"columns not read: {unknown} (to read one: --map COLUMN=FIELD)",
            )
        )
    if personal:
        column, field = next(iter(personal.items()))
        names = ", ".join(personal)
        lines.append(
            t(
                f"相談者本人の連絡先かもしれないので使わなかった列: {names}（相手のものなら --map '{column}={field}'）",
                f"columns left out because they may be the complainant's own: {names} "
                f"(if they are the other side's: --map '{column}={field}')",
            )
        )
    return lines


def total(summaries: list[Summary]) -> dict[str, int]:
    names = ("read", "stored", "duplicates", "rejected", "changed", "skipped")
    return {name: sum(getattr(s, name) for s in summaries) for name in names}


def sentence(name: str, counts: dict[str, int], dry_run: bool) -> str:
    read, stored, rejected = counts["read"], counts["stored"], counts["rejected"]
    if dry_run:
        return t(
            f"{name}: {read:,} 行のうち {read - rejected:,} 行を読めました（不可 {rejected:,}、保存なし）",
            f"{name}: {read - rejected:,} of {read:,} rows are readable ({rejected:,} rejected, nothing stored)",
        )
    extra = (
        t(f"。保存のうち更新 {counts['changed']:,}", f"; {counts['changed']:,} of these replaced an older version")
        if counts["changed"]
        else ""
    )
    if counts["skipped"]:
        extra += t(f"。中断した {counts['skipped']:,} 行の続きから", f"; continued behind {counts['skipped']:,} rows")
    return t(
        f"{name}: {read:,} 行 = 保存 {stored:,} + 重複 {counts['duplicates']:,} + 不可 {rejected:,}{extra}",
        f"{name}: {read:,} rows = {stored:,} stored + {counts['duplicates']:,} duplicates + {rejected:,} rejected{extra}",
    )


def as_json(summary: Summary) -> dict[str, object]:
    from repdb.intake import MORE
    from repdb.text.redact import redact

    shown = asdict(summary)
    del shown["explained"], shown["position"]
    shown["ignored"] = [
        {"column": column, "why": "personal" if field else "unknown", "map": f"{column}={field or 'FIELD'}"}
        for column, field in summary.ignored.items()
        if column != MORE
    ]
    shown["more_ignored"] = MORE in summary.ignored
    shown["examples"] = [asdict(one) | {"reason": redact(reason(summary, one))} for one in summary.examples]
    return shown
