"""The forms in this process: reports with their preview, disputes, receipts, moderation."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
import site_data
from bs4 import BeautifulSoup
from web_ask import Ask, asking

from repdb import db as storage

MESSAGE = "山田太郎様 未払い料金があります。 yamada@example.com 至急 050-9999-0556 へ連絡ください。"


class Visitor:
    """Somebody with a browser: keeps cookies, sends the token of the form."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> BeautifulSoup:
        return self._page(self.ask(path, cookies=self.cookies))

    def post(self, path: str, **fields: str) -> httpx.Response:
        if "repdb_csrf" not in self.cookies:
            self.get("/report")
        answer = self.ask(path, "POST", cookies=self.cookies, data={"csrftoken": self.cookies["repdb_csrf"], **fields})
        self._page(answer)
        return answer

    def send(self, path: str, **fields: str) -> BeautifulSoup:
        return BeautifulSoup(self.post(path, **fields).text, "lxml")

    def _page(self, answer: httpx.Response) -> BeautifulSoup:
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return BeautifulSoup(answer.text, "lxml")


class Case:
    def __init__(self, files: site_data.Files, folder: Path) -> None:
        self.working = Path(shutil.copy(files.working, folder / "working.db"))
        self.visitor = Visitor(asking(files.snapshot, working=str(self.working)))
        self.token = files.token

    def rows(self, sql: str) -> list[Any]:
        with closing(storage.open_database(str(self.working))) as db:
            return db.all(sql)


@pytest.fixture
def case(site_files: site_data.Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("REPDB_TODAY", site_data.TODAY.isoformat())
    return Case(site_files, tmp_path)


@pytest.mark.parametrize("other", ['a={"b":1,"c":[2]}', "name=日本", "a=b c", "flag", "=v", 'q="un', "k[1]=a@b", ";;"])
def test_cookies_of_other_sites_of_the_domain_do_not_close_the_forms(case: Case, other: str) -> None:
    case.visitor.get("/report")
    token = case.visitor.cookies["repdb_csrf"]
    cookies = f"{other}; repdb_csrf={token}; repdb_lang=en; {other}".encode()
    answer = case.visitor.ask(
        "/report/preview", "POST", headers={"cookie": cookies}, data={"csrftoken": token, "subject": "188"}
    )
    assert answer.status_code == 200 and 'lang="en"' in answer.text


PENDING = "SELECT note, message, url, category FROM reports WHERE status = 'pending'"


def code_of(page: BeautifulSoup) -> str:
    return page.select_one("#code").text


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("%2B815099990001", "050-9999-0001"),
        ("jp:188", "188"),
        ("jp:x", "x"),
        ("%2Bx", "%2Bx"),
        ("a.example", "a.example"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("path", ["/report", "/dispute"])
def test_forms_begin_with_what_the_page_was_about(case: Case, path: str, subject: str, shown: str) -> None:
    answer = case.visitor.ask(f"{path}?subject={subject}")
    assert answer.status_code == 200
    assert BeautifulSoup(answer.text, "lxml").select_one("#subject")["value"] == unquote(shown)


@pytest.mark.parametrize(
    ("page", "kind", "key"), [("/sender/info", "sender_id", "info"), ("/company/188", "company", "188")]
)
def test_a_name_stays_what_its_page_is_about(case: Case, page: str, kind: str, key: str) -> None:
    report, dispute = (link["href"] for link in case.visitor.get(page).select(".actions a"))
    for path in (report, dispute):
        form = case.visitor.get(path)
        assert (form.select_one("#subject")["value"], form.select_one("#kind [selected]")["value"]) == (key, kind)
    case.visitor.send("/report", subject=key, kind=kind)
    case.visitor.send("/dispute", subject=key, kind=kind, statement="わたしの名前です", contact="me@example.com")
    link, column = {"sender_id": ("report_sender_ids", "sender_id"), "company": ("report_companies", "company")}[kind]
    assert case.rows(f"SELECT {column} FROM {link} JOIN reports USING (report_id) WHERE status = 'pending'") == [(key,)]
    assert case.rows("SELECT kind, key FROM disputes") == [(kind, key)]


def test_the_preview_is_what_will_be_kept(case: Case) -> None:
    page = case.visitor.send("/report/preview", subject="050-9999-0555", message=MESSAGE, note="鈴木花子です")
    kept = page.select_one("#preview")
    texts = [quote.text for quote in kept.select("blockquote")]
    assert "山田" not in texts[0] and "yamada" not in kept.text.replace(MESSAGE, "") and "050-9999-0556" in texts[0]
    assert {dd.text for dd in kept.select("dd")} >= {"050-9999-0555", "050-9999-0556"}
    assert case.rows(PENDING) == [], "a preview stores nothing"
    hidden = {field["name"]: field["value"] for field in kept.select("input[type=hidden]")}
    hidden.pop("csrftoken")
    code_of(case.visitor.send("/report", **hidden))
    note, message, _, _ = case.rows(PENDING)[0]
    assert [message, note] == texts


def test_a_report_waits_and_has_a_receipt(case: Case) -> None:
    code = code_of(case.visitor.send("/report", subject="050-9999-0555", category="delivery", stance="adverse"))
    assert re.fullmatch(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", code)
    assert [row[3] for row in case.rows(PENDING)] == ["delivery"]
    assert "確認待ち" in case.visitor.send("/receipt", code=code).text
    assert "取下げ" in case.visitor.send("/receipt", code=code, withdraw="1").text
    assert case.rows(PENDING) == []
    assert case.visitor.post("/receipt", code="ABCD").status_code == 422


def test_the_same_report_twice_is_one(case: Case) -> None:
    for _ in range(2):
        page = case.visitor.send("/report", subject="050-9999-0555", category="delivery")
    assert "一つにまとめました" in page.text and len(case.rows(PENDING)) == 1


def test_a_filled_trap_is_thanked_and_forgotten(case: Case) -> None:
    assert code_of(case.visitor.send("/report", subject="050-9999-0555", website="http://spam.example"))
    assert case.rows(PENDING) == []


@pytest.mark.parametrize("path", ["/report", "/report/preview"])
def test_what_cannot_be_read_is_asked_again_with_what_was_written(case: Case, path: str) -> None:
    answer = case.visitor.post(path, subject="", note="<b>何か</b>")
    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422 and "番号" in page.select_one('[role="alert"]').text
    assert page.select_one("#note").text == "<b>何か</b>" and page.select_one("details[open]")


def test_a_checked_message_can_be_reported(case: Case) -> None:
    page = BeautifulSoup(case.visitor.ask("/report/message", "POST", data={"message": MESSAGE}).text, "lxml")
    assert page.select_one("#message").text == MESSAGE and "050-9999-0556" in page.select_one("#preview dd").text


@pytest.mark.parametrize("path", ["/report", "/report/preview", "/dispute", "/receipt", "/-/review", "/-/review/sign-in", "/-/review/sign-out"])  # fmt: skip
def test_forms_without_the_token_are_refused(case: Case, path: str) -> None:
    answer = case.visitor.ask(path, "POST", data={"subject": "050-9999-0555"})
    assert answer.status_code == 403 and case.rows(PENDING) == []


def test_pages_with_forms_are_never_cached(case: Case) -> None:
    for path in ("/report", "/dispute", "/receipt", "/-/review"):
        assert case.visitor.ask(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/report/preview", "/report/message", "/search", "/check", "/assess", "/receipt", "/dispute"]
)
def test_the_language_switch_leads_somewhere_from_what_was_posted(case: Case, path: str) -> None:
    answer = case.visitor.ask(f"{path}?lang=en", follow_redirects=True)
    assert answer.status_code == 200 and '<html lang="en">' in answer.text


def test_a_site_without_working_database_says_so(ask: Ask) -> None:
    assert "受け付けていません" in ask("/report").text
    visitor = Visitor(ask)
    assert visitor.post("/report", subject="050-9999-0555").status_code == 503


@pytest.mark.parametrize("published", [True, False], ids=["reports published", "reports withheld"])
def test_a_dispute_is_kept_private_until_the_owner_is_verified(
    case: Case, site_files: site_data.Files, tmp_path: Path, published: bool
) -> None:
    page = case.visitor.send(
        "/dispute", subject="050-9999-0001", statement="当店の予約用の番号です。", contact="owner@example.com"
    )
    assert code_of(page)
    assert case.rows("SELECT kind, key, status FROM disputes") == [("phone", site_data.DANGEROUS, "open")]
    assert case.visitor.post("/dispute", subject="050-9999-0001", statement="", contact="x").status_code == 422

    case.visitor.post("/-/review/sign-in", token=case.token)
    queue = case.visitor.get("/-/review")
    assert "当店の予約用" in queue.text and "owner@example.com" in queue.text
    dispute = queue.select_one('input[name="dispute"]')["value"]
    case.visitor.post("/-/review", dispute=dispute, action="verify", reason="owner_verified")
    if not published:
        with closing(sqlite3.connect(case.working)) as working, working:
            working.execute("UPDATE sources SET redistributable = 0")
    site_data.publish_again(case.working, tmp_path / "repdb.db")
    shown = BeautifulSoup(asking(tmp_path / "repdb.db")(f"/number/{site_data.DANGEROUS}").text, "lxml")
    assert shown.select_one(".verdict-word").text.strip() == "異議申立て中"
    assert "当店の予約用の番号です。" in shown.select_one("#owner ~ blockquote").text
    assert "owner@example.com" not in shown.text


# --- moderation


def test_moderation_needs_a_token(case: Case) -> None:
    case.visitor.send("/report", subject="050-9999-0555", note="ひみつの説明")
    assert "ひみつの説明" not in case.visitor.get("/-/review").text
    assert case.visitor.post("/-/review/sign-in", token="rvw_wrong").status_code == 403
    assert "repdb_moderator" not in case.visitor.cookies
    report = case.rows("SELECT report_id FROM reports WHERE status = 'pending'")[0][0]
    assert case.visitor.post("/-/review", report=report, action="accept").status_code == 403
    assert len(case.rows(PENDING)) == 1


def test_a_moderator_accepts_undoes_and_leaves(case: Case) -> None:
    case.visitor.send("/report", subject="050-9999-0555", note="<script>alert(2)</script> https://evil.example.net/")
    signed = case.visitor.post("/-/review/sign-in", token=case.token)
    cookie = next(line for line in signed.headers.get_list("set-cookie") if line.startswith("repdb_moderator"))
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/-/review" in cookie
    page = case.visitor.get("/-/review")
    assert "<script>alert" not in str(page.main) and "hxxps://evil[.]example[.]net" in page.text
    report = page.select_one('input[name="report"]')["value"]
    answer = case.visitor.post("/-/review", report=report, action="accept", reason="confirmed")
    assert answer.status_code == 303 and case.rows(PENDING) == []
    decision = case.visitor.get(answer.headers["location"]).select_one('input[name="decision"]')["value"]
    case.visitor.post("/-/review", action="undo", decision=decision)
    assert len(case.rows(PENDING)) == 1
    assert case.visitor.post("/-/review", report=report, action="vanish").status_code == 422
    case.visitor.post("/-/review/sign-out")
    assert "待っている" not in case.visitor.get("/-/review").text


def test_the_language_switch_forgets_nothing(case: Case) -> None:
    (switch,) = case.visitor.get("/report?subject=050-9999-0555&kind=phone").select(".top a[hreflang]")
    page = case.visitor.get("/report" + switch["href"])
    assert page.html["lang"] == "en" and page.select_one("#subject")["value"] == "050-9999-0555"
    (back,) = page.select(".top a[hreflang]")
    assert back["href"].count("lang=") == 1 and back["href"].endswith("lang=ja")
    assert case.visitor.send("/report", subject="050-9999-0555").select(".top a[hreflang]") == [], (
        "a receipt is shown once"
    )
    assert case.visitor.get("/receipt").select(".top a[hreflang]") != []
    assert (
        case.visitor.ask("/?" + "a&" * 50).status_code == 200
        and case.visitor.ask("/report?" + "a&" * 50).status_code == 400
    )


@pytest.mark.parametrize(
    "subject", ["お支払いの確認が取れません。至急連絡してください", "03-1234-5678 と 050-9999-0001"]
)
def test_a_form_never_speaks_of_the_command_line(case: Case, subject: str) -> None:
    for path, more in (("/report/preview", {}), ("/report", {}), ("/dispute", {"statement": "x", "contact": "y"})):
        said = case.visitor.send(path, subject=subject, **more).select_one("[role=alert]").text
        assert "1 つだけ" in said and "repdb" not in said and "--" not in said
