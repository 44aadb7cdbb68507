"""Why a row cannot be used: codes and their sentences (floor 3)."""

from __future__ import annotations

from repdb.categories import CATEGORIES, ROLES, STANCES, listed
from repdb.records import Text, Unreadable

_ERRORS = {
    "no_subject": Text(
        "番号・ドメイン・送信者・会社名のどれもありません。",
        "The row names no number, domain, sender or company.",
    ),
    "bad_category": Text("分類「{value}」はありません。使える分類: {known}", "There is no category '{value}'. Known: {known}"),
    "bad_stance": Text("立場「{value}」はありません。使える語: {known}", "There is no stance '{value}'. Known: {known}"),
    "bad_rating": Text(
        "評価「{value}」は、良いのか悪いのか分かりません（星や点数は、高いほど危険という表もあります）。",
        "Whether the rating '{value}' praises or blames cannot be told (on some boards many stars mean danger).",
    ),
    "void_row": Text(
        "「{value}」とあるため、報告として数えません（取り消された行、本物と確認された行、被害者の番号など）。数えるには、その列に --map '列名=ignore' を付けてください。",
        "It says '{value}', so it does not count as a report: a row that was taken back, was found to be genuine, or is the victim's. To count it, add --map 'COLUMN=ignore' for that column.",
    ),
    "bad_role": Text("役割「{value}」はありません。使える語: {known}", "There is no role '{value}'. Known: {known}"),
    "bad_count": Text("件数「{value}」は 1 以上の整数ではありません。", "The count '{value}' is not a whole number from 1 on."),
    "old_date": Text(
        "日付 {value} は 1990 年より前で、報告の日付とは考えられません。年と元号を確かめてください。",
        "The date {value} is before 1990, which no report can be. Check the year and the era.",
    ),
    "future_date": Text("日付 {value} は未来です。", "The date {value} is in the future."),
    "bad_text": Text("文字化けした文字を含みます。文字コードを確かめてください。", "The row has characters that could not be decoded. Check the encoding."),
}  # fmt: skip


_KNOWN = {"bad_category": listed(CATEGORIES), "bad_stance": listed(STANCES), "bad_role": listed(ROLES)}


def refuse(code: str, value: str = "") -> Unreadable:
    return Unreadable(code, _ERRORS[code].format(value=value[:60], known=_KNOWN.get(code, "")))
