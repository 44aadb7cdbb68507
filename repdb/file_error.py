"""Files that cannot be opened or are no tables, and how their names are shown (floor 1)."""

from __future__ import annotations

from repdb.records import RepdbError, Text

_ERRORS = {
    "file_missing": Text("{file} がありません。名前を確かめてください。", "There is no file {file}. Check the name."),
    "file_unreadable": Text("{file} を読めません: {detail}", "Cannot read {file}: {detail}"),
    "file_is_folder": Text(
        "{file} はフォルダーです。中のファイルを '{file}/*.csv' のように指定してください。",
        "{file} is a folder. Name the files in it, as in '{file}/*.csv'.",
    ),
    "file_is_array": Text(
        "{file} は JSON の配列です。1 行に 1 件の JSON Lines にしてください（例: jq -c '.[]' {file}）。",
        "{file} is a JSON array. Make it JSON Lines, one object per line, for example with: jq -c '.[]' {file}",
    ),
    "file_encoding": Text(
        "{file} の文字コードを判別できません。UTF-8 で保存し直してください。",
        "The character encoding of {file} cannot be told. Save it as UTF-8.",
    ),
    "file_no_table": Text(
        "{file} は {detail} の形式で、CSV ではありません。表計算ソフトで開き、「CSV UTF-8」で保存し直してください。",
        "{file} is no CSV but {detail}. Open it in a spreadsheet program and save it as 'CSV UTF-8'.",
    ),
    "file_empty": Text("{file} は空です。", "{file} is empty."),
}
DENIED = Text("読む権限がありません。", "permission denied.")
DAMAGED = Text(
    "gzip の中身が壊れているか、途中で切れています。もう一度受け取るか、圧縮し直してください。",
    "the gzip data is damaged or cut short. Get it again, or pack it anew.",
)


class FileError(RepdbError):
    """A file that cannot be opened or is no table."""

    exit_code = 2

    def __init__(self, code: str, file: str, detail: str | Text = "") -> None:
        detail = detail if isinstance(detail, Text) else shown_name(detail)
        super().__init__(code, _ERRORS[code].format(file=shown_name(file), detail=detail))


def shown_name(path: str) -> str:
    """A file's name as it can be stored and printed: bytes that are no UTF-8 are replaced by �."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
