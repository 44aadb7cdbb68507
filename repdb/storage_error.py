"""What can go wrong with a database, said so that a person can act on it (floor 1)."""

from __future__ import annotations

import re
import sqlite3
from urllib.parse import unquote

from repdb.records import RepdbError, Text

_ERRORS: dict[str, Text] = {
    "db_missing": Text(
        "データベース {target} がありません。「repdb init --db {target}」で作れます。",
        "There is no database at {target}. Create one with: repdb init --db {target}",
    ),
    "db_folder": Text(
        "{target} はフォルダーです。中のファイルの名前まで指定してください（例: {target}/repdb.db）。",
        "{target} is a folder. Name a file in it, such as {target}/repdb.db",
    ),
    "db_scheme": Text(
        "{target} の種類のデータベースは使えません。SQLite のファイル名か postgresql+psycopg://… を指定してください。",
        "{target} is no kind of database that repdb uses. Name a SQLite file or postgresql+psycopg://…",
    ),
    "db_corrupt": Text(
        "{target} は壊れているか、SQLite のファイルではありません。控えから戻すか、「sqlite3 {target} .recover」で読める分を救ってください。",
        "{target} is corrupt or not a SQLite file. Restore a backup, or save what can be read: sqlite3 {target} .recover",
    ),
    "db_foreign": Text(
        "{target} は repdb のデータベースではありません。別のファイルを指定してください。",
        "{target} is not a repdb database. Name another file.",
    ),
    "db_snapshot": Text(
        "{target} は公開用のスナップショットで、lookup・check・extract・serve に使えます。ほかのコマンドには作業用のデータベースを --db で指定してください。",
        "{target} is a published snapshot, for lookup, check, extract and serve. Other commands need the working database: "
        "name it with --db.",
    ),
    "db_empty": Text(
        "{target} は空のデータベースです。「repdb init --db {target}」で使えるようになります。",
        "{target} is an empty database. Make it ready with: repdb init --db {target}",
    ),
    "db_newer": Text(
        "{target} は新しい版の repdb で作られています。repdb を更新してください。",
        "{target} was made by a newer repdb. Upgrade repdb.",
    ),
    "db_older": Text(
        "{target} は古い版の形式です。「repdb init --db {target}」で更新してください。",
        "{target} has an older schema. Upgrade it with: repdb init --db {target}",
    ),
    "db_locked": Text(
        "{target} は他の処理が使用中です。終わるのを待って、もう一度実行してください。",
        "{target} is locked by another process. Wait for it to finish, then run this again.",
    ),
    "db_readonly": Text(
        "{target} に書き込めません。ファイルとフォルダーの権限を確かめてください。",
        "{target} cannot be written. Check the permissions of the file and its folder.",
    ),
    "db_full": Text(
        "ディスクがいっぱいで {target} に書けませんでした。空きを作ってからもう一度実行すると、続きから進みます。",
        "The disk is full: {target} could not be written. Free some space and run this again; it continues.",
    ),
    "db_unreachable": Text(
        "データベース {target} に接続できません。サーバーが動いているか、ホスト・データベース名・ユーザー・パスワードが合っているかを確かめてください（サーバーの応答: {detail}）。",
        "Cannot connect to the database {target}. Check that the server runs, and its host, database name, user and password "
        "(it says: {detail}).",
    ),
    "db_driver": Text(
        "PostgreSQL を使うには追加の部品が要ります: pip install 'repdb[postgres]'",
        "PostgreSQL needs an extra: pip install 'repdb[postgres]'",
    ),
    "db_error": Text("データベースの誤り（{target}）: {detail}", "Database error ({target}): {detail}"),
}

# SQLite's own messages, by what a person can do about them. The first match counts.
_SQLITE_SIGNS: tuple[tuple[str, str], ...] = (
    ("database is locked", "db_locked"),
    ("database table is locked", "db_locked"),
    ("readonly database", "db_readonly"),
    ("disk is full", "db_full"),
    ("disk I/O error", "db_full"),
    ("malformed", "db_corrupt"),
    ("not a database", "db_corrupt"),
    ("file is encrypted", "db_corrupt"),
    ("unable to open database file", "db_readonly"),
)


class StorageError(RepdbError):
    """The database could not answer or store; ``code`` is one of the ``db_*`` codes."""

    def __init__(self, code: str, target: str, detail: str = "") -> None:
        super().__init__(code, _ERRORS[code].format(target=target, detail=detail))


def public_name(target: str) -> str:
    """The target without user, password and parameters, fit for messages. A file's name is shown as it is."""
    scheme, separator, rest = target.partition("://")
    if not separator or scheme == "sqlite":
        return target
    place, _, parameters = rest.partition("?")
    _, at, host = place.rpartition("@")
    # Of an @ behind the question mark nobody can tell whether it ends a password; a port that is no number may be one.
    host = "" if "@" in parameters and not at else _NO_PORT.sub(":…", host)
    return f"{scheme}://{'…' if at or not host else ''}{at}{host}"


def public_detail(target: str, error: Exception) -> str:
    """The first line of what a driver says, where it quotes no more of the target than ``public_name`` shows."""
    shown = public_name(target)
    said = _QUOTED.sub(lambda found: found[0] if found[2] in shown else "…", str(error).partition("\n")[0])
    secrets = [target, target.partition("://")[2].rpartition("@")[0], *_VALUES.findall(target)]
    for secret in sorted({form for one in secrets for form in (one, unquote(one))}, key=len, reverse=True):
        said = said.replace(secret, "…") if len(secret) > 2 and secret not in shown else said
    return said


_NO_PORT = re.compile(r":(?!\d{0,5}(?:[/,]|$))[^/,:\]]*(?=[/,]|$)")
_QUOTED = re.compile(r"""(["'])(.*?)\1""")
_VALUES = re.compile(r"(?:://[^/@?]*?:|[?&][^=&]*=)([^&@]+)")


def sqlite_code(error: sqlite3.Error) -> str:
    """The ``db_*`` code of one of SQLite's errors."""
    text = str(error)
    return next((code for sign, code in _SQLITE_SIGNS if sign in text), "db_error")
