"""Whether the columns of a table tell what its rows report (floor 3)."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from repdb.headers import FIELDS, SUBJECT_FIELDS, unmatched
from repdb.intake import Intake
from repdb.records import Text, Unreadable
from repdb.tabular import Table, open_table

_NO_COLUMN = Text(
    "{file}: 先頭の行に、番号・ドメイン・送信者・会社名の列の見出しが見つかりません（最初の行は「{header}」）。見出しの行がなければ 1 行目に"
    "「電話番号,日付,分類」のように足し、あれば --map 列名=項目 で指定してください（項目: {fields}）。",
    "{file}: none of the first lines is a header that names a column with a number, domain, sender or company (the first is "
    "'{header}'). If there is no header, add one as line 1, such as 'number,date,category'; if there is, name a column with "
    "--map COLUMN=FIELD (fields: {fields}).",
)
_PERSONAL = Text(
    "{file}: 列「{column}」は相談者本人の連絡先かもしれないので使いませんでした。相手のものなら --map '{column}={field}' を付けてください。"
    "ほかに番号・ドメイン・送信者・会社名の列はありません。",
    "{file}: the column '{column}' was left out because it may be the complainant's own. If it is the other side's, add "
    "--map '{column}={field}'. No other column holds a number, domain, sender or company.",
)
_NO_SUCH_COLUMN = Text(
    "{file}: --map にある列「{column}」が見出し「{header}」にありません。",
    "{file}: there is no column '{column}', named with --map, in the header '{header}'.",
)
_NO_SUCH_KEY = Text(
    "{file}: --map にある「{column}」はどの行にもありません。行にあるのは {header} です。",
    "{file}: no row has '{column}', named with --map. Rows have {header}.",
)


def check(table: Table, intake: Intake, mapping: Mapping[str, str]) -> None:
    """Refuse a table whose columns tell nothing (Unreadable ``no_column``) or are not those of ``mapping``
    (``no_such_column``). Rows of JSON Lines are judged one by one."""
    if not table.header:
        _check_keys(table, mapping)
        return
    header = ", ".join(table.header)[:200]
    if missing := unmatched(table.header, mapping):
        column = ", ".join(missing)
        raise Unreadable("no_such_column", _NO_SUCH_COLUMN.format(file=table.name, column=column, header=header))
    found = intake.columns(table.header)
    if SUBJECT_FIELDS & found.plan.keys():
        return
    if found.personal:
        column, name = next(iter(found.personal.items()))
        raise Unreadable("no_column", _PERSONAL.format(file=table.name, column=column, field=name))
    raise Unreadable("no_column", _NO_COLUMN.format(file=table.name, header=header, fields=", ".join(FIELDS)))


def _check_keys(table: Table, mapping: Mapping[str, str]) -> None:
    """Refuse a ``mapping`` of what no row of a file has. A pipe cannot be read twice."""
    if not mapping or not table.path:
        return
    missing, header = mapping, tuple[str, ...]()
    with contextlib.closing(open_table(table.path)) as again:
        for row in again.rows:
            if row.header and row.header != header:
                header = row.header
                missing = {name: missing[name] for name in unmatched(header, missing)}
                if not missing:
                    return
    told, column = ", ".join(header)[:200], ", ".join(missing)
    raise Unreadable("no_such_column", _NO_SUCH_KEY.format(file=table.name, column=column, header=told))
