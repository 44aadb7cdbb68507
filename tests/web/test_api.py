"""The API: DESIGN's answers, errors that say what to do, nothing that another site could do in a visitor's name."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import site_data
from web_ask import Ask, asking

from repdb import db as storage
from repdb import review_queue
from repdb.company import fold
from repdb.web.limits import network
from repdb.web.openapi import openapi
from repdb.web.routes import ROUTES


@pytest.fixture(scope="module")
def writable(site_files: site_data.Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ask, Path]]:
    """A site that takes reports without limits, and its working database."""
    working = tmp_path_factory.mktemp("writable") / "working.db"
    shutil.copyfile(site_files.working, working)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPDB_TODAY", site_data.TODAY.isoformat())
        yield asking(site_files.snapshot, working=str(working)), working


def problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem that a response is, in the form that RFC 9457 asks for."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("application/problem+json")
    body: dict[str, Any] = response.json()
    assert (body["status"], body["title"], body["type"]) == (status, code, f"urn:repdb:{code}")
    assert body["detail"]
    return body


# --- look-ups


@pytest.mark.parametrize(
    "query", ["050-9999-0001", "%EF%BC%90%EF%BC%95%EF%BC%90-9999-0001", "+815099990001", "050%209999%200001"]
)
def test_a_number_in_any_form(ask: Ask, query: str) -> None:
    answer = ask(f"/api/v1/lookup/{query}").json()
    assert (answer["key"], answer["verdict"], answer["known"]) == ("+815099990001", "dangerous", True)
    assert answer["evidence"] and answer["reasons"] and answer["advice"]
    assert answer["snapshot"].endswith("Z") and answer["as_of"] == "2026-11-21"


def test_not_reported_is_an_answer(ask: Ask) -> None:
    response = ask("/api/v1/lookup/050-9999-9876")
    assert response.status_code == 200
    answer = response.json()
    assert (answer["known"], answer["verdict"]) == (False, "unreported")
    assert "安全という意味ではありません" in answer["summary"]


@pytest.mark.parametrize(
    ("query", "kind", "key"),
    [
        ("https%3A%2F%2Fbad-parcel.duckdns.org%2Fx%3Fa%3D1", "domain", "bad-parcel.duckdns.org"),
        ("info@bad-parcel.duckdns.org", "email", "bad-parcel.duckdns.org"),
        ("03-9999-00**", "masked_phone", "+813999900**"),
        ("188", "short_number", "jp:188"),
        ("%E3%82%A2%E3%83%9E%E3%82%BE%E3%83%B3%E3%83%9E%E3%83%BC%E3%82%B1%E3%83%86%E3%82%A3%E3%83%B3%E3%82%B0%E3%82%B5%E3%83%BC%E3%83%93%E3%82%B9", "company", fold("アマゾンマーケティングサービス")),
    ],
)  # fmt: skip
def test_every_kind(ask: Ask, query: str, kind: str, key: str) -> None:
    answer = ask(f"/api/v1/lookup/{query}").json()
    assert (answer["kind"], answer["key"]) == (kind, key)
    assert ask(f"/api/v1/lookup?q={query}").json()["key"] == key


def test_languages(ask: Ask) -> None:
    assert ask("/api/v1/lookup/050-9999-0001", lang="en").json()["summary"].isascii()
    assert ask("/api/v1/lookup/050-9999-0001?lang=en").json()["summary"].isascii()
    response = ask("/api/v1/lookup/050-9999-0001?lang=xx", lang="ja")
    assert not response.json()["summary"].isascii()
    assert "Accept-Language" in response.headers["vary"] and "set-cookie" not in response.headers


def test_as_of_another_day(ask: Ask) -> None:
    assert ask("/api/v1/lookup/050-9999-0001?as_of=2026-11-20").json()["as_of"] == "2026-11-20"
    for bad in ("2030-01-01", "yesterday", "1999-12-31"):
        problem(ask(f"/api/v1/lookup/050-9999-0001?as_of={bad}"), 422, "bad_date")
    assert ask("/api/v1/lookup/050-9999-0001").json()["as_of"] == "2026-11-21", (
        "the day of one request is not that of the next"
    )


@pytest.mark.parametrize(("path", "code"), [("050", "too_short"), ("%00", "empty"), ("%20", "empty"), ("%ff%fe", "unrecognised"), ("a" * 3000, "too_long"), ("050-9999-0001?kind=nonsense", "bad_kind")])  # fmt: skip
def test_what_cannot_be_read_says_why(ask: Ask, path: str, code: str) -> None:
    body = ask(f"/api/v1/lookup/{path}")
    assert body.status_code == 422
    found = problem(body, 422, body.json()["title"])
    assert "query" in found
    if path[0] != "%":
        assert found["title"] == code


def test_etag_and_caching(ask: Ask) -> None:
    first = ask("/api/v1/lookup/050-9999-0001")
    assert first.headers["cache-control"].startswith("public, max-age=60")
    tag = {"if-none-match": first.headers["etag"]}
    assert (again := ask("/api/v1/lookup/050-9999-0001", headers=tag)).status_code == 304
    assert again.content == b"" and again.headers["etag"] == first.headers["etag"]
    assert ask("/api/v1/lookup/050-9999-0001", lang="en", headers=tag).status_code == 200
    assert ask("/api/v1/lookup/050-9999-0002", headers=tag).status_code == 200
    head = ask("/api/v1/lookup/050-9999-0001", "HEAD")
    assert (head.status_code, head.content) == (200, b"") and int(head.headers["content-length"]) == len(first.content)


def test_a_batch_in_order(ask: Ask) -> None:
    queries = ["050-9999-0001", "not readable at all", "050-9999-9876"]
    body = ask("/api/v1/lookup", "POST", json={"queries": queries}).json()
    assert [a.get("verdict") for a in body["answers"]] == ["dangerous", None, "unreported"]
    assert [a["query"] for a in body["answers"]] == queries
    assert body["answers"][1]["error"]["code"] == "unrecognised"
    assert ask("/api/v1/lookup", "POST", json={"queries": []}).json()["answers"] == []
    english = ask("/api/v1/lookup", "POST", json={"queries": queries[:1], "lang": "en"}).json()
    assert english["answers"][0]["summary"].isascii()
    hundred = ask("/api/v1/lookup", "POST", json={"queries": queries[:1] * 100})
    assert len(hundred.json()["answers"]) == 100


def test_a_wrong_type_is_said_in_the_language_of_the_asker(ask: Ask) -> None:
    for lang, said in (("ja", "queries は 文字列の配列 にしてください。"), ("en", "queries must be a list of texts.")):
        answer = ask("/api/v1/lookup", "POST", json={"queries": 5}, headers={"accept-language": lang})
        assert answer.json()["detail"] == said


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"json": {"queries": ["1"] * 101}}, 422, "too_many"),
        ({"json": {"queries": "050"}}, 422, "bad_field"),
        ({"json": {"queries": [1]}}, 422, "bad_field"),
        ({"json": {"queries": [], "kind": 5}}, 422, "bad_field"),
        ({"json": {}}, 422, "bad_field"),
        ({"json": []}, 400, "bad_json"),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400, "bad_json"),
        ({"content": b"\xff", "headers": {"content-type": "application/json"}}, 400, "bad_json"),
        ({"content": b"[" * 50_000, "headers": {"content-type": "application/json"}}, 400, "bad_json"),
        ({"content": b"{}"}, 415, "not_json"),
        ({"data": {"queries": "x"}}, 415, "not_json"),
        ({"content": b"x" * 300_000, "headers": {"content-type": "application/json"}}, 413, "too_large"),
    ],
)
def test_a_batch_that_cannot_be(ask: Ask, options: dict[str, Any], status: int, code: str) -> None:
    problem(ask("/api/v1/lookup", "POST", **options), status, code)


# --- messages


def test_a_message_is_checked(ask: Ask) -> None:
    text = site_data.CAMPAIGN_TEXT.format(number="050-9999-0001")
    body = ask("/api/v1/check", "POST", json={"text": text}).json()
    assert body["verdict"] == "dangerous" and body["campaign"]
    assert {m["key"] for m in body["mentions"]} >= {"+815099990001"}
    for field, code in (
        ({"text": ""}, "empty"),
        ({"text": "x" * 60_001}, "too_long"),
        ({"text": "x", "kind": "y"}, "bad_kind"),
    ):
        problem(ask("/api/v1/check", "POST", json=field), 422, code)


MAIL = (
    "Received: by mx.example.net\nFrom: a@bait.example\nSubject: x\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: base64\n\n{body}"
)


def test_the_source_of_a_mail_is_checked_as_a_mail(ask: Ask) -> None:
    text = site_data.CAMPAIGN_TEXT.format(number="050-9999-0001")
    source = MAIL.format(body=base64.b64encode(text.encode()).decode())
    body = ask("/api/v1/check", "POST", json={"text": source, "sender": "050-9999-0002"}).json()
    assert (body["verdict"], body["kind"]) == ("dangerous", "mail") and body["campaign"]
    found = {m["key"]: source[m["start"] : m["end"]] if m["start"] >= 0 else "" for m in body["mentions"]}
    assert found == {"+815099990001": "", "+815099990002": "", "bait.example": "a@bait.example"}
    for lang, said in (("ja", "メールのソースです"), ("en", "source of a mail")):
        refused = ask("/api/v1/check", "POST", json={"text": source, "kind": "sms"}, lang=lang)
        assert said in problem(refused, 422, "is_mail")["detail"]
    problem(ask("/api/v1/check", "POST", json={"text": source + "x" * 60_000}), 422, "too_long")


# --- reports


def test_a_report_is_followed_and_withdrawn(writable: tuple[Ask, Path]) -> None:
    ask, working = writable
    sent = ask(
        "/api/v1/reports", "POST", json={"subject": "050-9999-7001", "category": "delivery", "note": "山田様あて"}
    )
    assert sent.status_code == 202 and sent.headers["cache-control"] == "no-store"
    receipt = sent.json()
    assert receipt["state"] == "pending"
    followed = ask(receipt["follow"]).json()
    assert (followed["kind"], followed["status"], followed["withdrawable"]) == ("report", "pending", True)
    with closing(storage.open_database(str(working))) as db:
        (item,) = [i for i in review_queue.reports(db) if i.mentions[0].key == "+815099997001"]
    assert "山田" not in item.note and item.category == "delivery"
    assert ask("/api/v1/lookup/050-9999-7001").json()["known"] is False, "nothing is shown before review"
    gone = ask(receipt["follow"], "DELETE").json()
    assert (gone["status"], gone["reason_text"]) == ("withdrawn", "報告した人の取下げ")


def test_a_message_alone_names_what_is_in_it(writable: tuple[Ask, Path]) -> None:
    ask, working = writable
    assert (
        ask("/api/v1/reports", "POST", json={"message": "未納料金あり。050-9999-7002 へ至急ご連絡を"}).status_code
        == 202
    )
    with closing(storage.open_database(str(working))) as db:
        keys = {(m.key, m.role) for i in review_queue.reports(db) for m in i.mentions}
    assert ("+815099997002", "callback") in keys


def test_the_same_again_is_a_duplicate(writable: tuple[Ask, Path]) -> None:
    ask, _ = writable
    states = [ask("/api/v1/reports", "POST", json={"subject": "050-9999-7003"}).json()["state"] for _ in range(2)]
    assert states == ["pending", "duplicate"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "no_subject"), ({"subject": 5}, "bad_field"), ({"subject": "050"}, "too_short"),
        ({"subject": "050-9999-0001", "category": "x"}, "bad_category"),
        ({"subject": "050-9999-0001", "note": "x" * 1001}, "too_long"),
        ({"subject": "050-9999-0001", "reported_on": "2030-01-01"}, "future_date"),
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_used(writable: tuple[Ask, Path], body: dict[str, Any], code: str) -> None:
    problem(writable[0]("/api/v1/reports", "POST", json=body), 422, code)


def test_a_preview_stores_nothing(writable: tuple[Ask, Path]) -> None:
    ask, working = writable
    with closing(storage.open_database(str(working))) as db:
        before = db.one("SELECT COUNT(*) FROM reports")
        body = ask("/api/v1/reports/preview", "POST", json={"message": "山田太郎様 090-1234-5678"}).json()
        assert db.one("SELECT COUNT(*) FROM reports") == before
    assert "山田" not in body["message"]["text"] and body["message"]["removed"]


def test_a_preview_keeps_the_number_that_will_be_reported(writable: tuple[Ask, Path]) -> None:
    message = "本日中に 080-9999-0001 へご連絡ください"
    body = writable[0]("/api/v1/reports/preview", "POST", json={"message": message}).json()
    assert body["message"] == {"text": message, "removed": []}


def test_an_objection(writable: tuple[Ask, Path]) -> None:
    ask, _ = writable
    given = {"subject": "050-9999-0001", "statement": "当社の番号です", "contact": "owner@contact.example"}
    sent = ask("/api/v1/disputes", "POST", json=given)
    assert (sent.status_code, sent.json()["state"]) == (202, "pending")
    assert ask(f"/api/v1/reports/{sent.json()['receipt']}").json()["kind"] == "dispute"
    problem(ask("/api/v1/disputes", "POST", json=given | {"contact": ""}), 422, "no_contact")


def test_a_wrong_receipt_is_not_found(writable: tuple[Ask, Path]) -> None:
    for method in ("GET", "DELETE"):
        problem(writable[0]("/api/v1/reports/AAAA-AAAA-AAAA-AAAA", method), 404, "bad_receipt")


def test_a_site_without_a_working_database_says_so(ask: Ask) -> None:
    problem(ask("/api/v1/reports", "POST", json={"subject": "050-9999-0001"}), 503, "no_reports")
    problem(ask("/api/v1/reports/AAAA-AAAA-AAAA-AAAA"), 503, "no_reports")


def test_too_many_reports_are_asked_to_wait(site_files: site_data.Files, tmp_path: Path) -> None:
    shutil.copyfile(site_files.working, tmp_path / "w.db")
    ask = asking(site_files.snapshot, working=str(tmp_path / "w.db"), limits={"report": "2/minute"})
    answers = [ask("/api/v1/reports", "POST", json={"subject": f"050-9999-700{n}"}) for n in range(3)]
    assert [a.status_code for a in answers[:2]] == [202, 202]
    problem(answers[2], 429, "too_many_requests")
    assert 1 <= int(answers[2].headers["retry-after"]) <= 60
    assert ask("/api/v1/lookup/050-9999-0001").status_code == 200, "looking up goes on"


@pytest.mark.parametrize(
    ("client", "counted"),
    [("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"), ("fe80::1%eth0", "fe80:0000:0000:0000"), ("testclient", "testclient")],
)  # fmt: skip
def test_who_counts_as_one_client(client: str, counted: str) -> None:
    assert network(client) == counted


# --- figures, document, the rest


def test_stats(ask: Ask) -> None:
    body = ask("/api/v1/stats").json()
    assert (
        body["rows"]["reports"] == sum(body["reports_by_source"].values()) == sum(body["reports_by_category"].values())
    )
    assert body["verdicts"]["phone"]["dangerous"] >= 1 and body["reports_by_month"]["2026-11"] > 0
    assert body["licence"] == "CC BY 4.0" and body["snapshot_date"] == "2026-11-21"
    assert ask("/api/v1/stats").json() == body


def test_the_document_names_every_route_of_the_api_and_no_other(ask: Ask) -> None:
    document = ask("/api/v1/openapi.json").json()
    assert document == json.loads(json.dumps(openapi("/")))
    described = {(m.upper(), path) for path, methods in document["paths"].items() for m in methods}
    routes = {(r.method, r.path) for r in ROUTES if r.path.startswith("/api/") and not r.path.endswith("openapi.json")}
    assert described == routes


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/lookup/x", "/api/", "/api/v1/lookup/a/b"])
def test_no_such_api(ask: Ask, path: str) -> None:
    problem(ask(path), 404, "not_found")


def test_the_wrong_method(ask: Ask) -> None:
    response = ask("/api/v1/check")
    problem(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "POST"


def test_other_sites_may_ask_but_not_send(ask: Ask) -> None:
    assert ask("/api/v1/lookup/188").headers["access-control-allow-origin"] == "*"
    assert ask("/api/v1/lookup", "OPTIONS").headers["access-control-allow-methods"] == "GET, POST, OPTIONS"
    for path in ("/api/v1/reports", "/api/v1/disputes", "/api/v1/reports/preview"):
        for method in ("OPTIONS", "POST"):
            assert not [h for h in ask(path, method, json={}).headers if h.startswith("access-control")], path
    assert "access-control-allow-origin" not in ask("/repdb.json").headers


def test_security_headers(ask: Ask) -> None:
    for path in ("/api/v1/lookup/188", "/", "/repdb", "/repdb/numbers.json", "/-/healthz", "/nothing-here"):
        headers = ask(path).headers
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "same-origin"


def test_hostile_text_is_inert(ask: Ask) -> None:
    response = ask("/api/v1/lookup/050-9999-0002")
    assert response.headers["content-type"].startswith("application/json")
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    (evidence,) = response.json()["evidence"]
    for mark in "\u202e\u202c\u200b\0":
        assert mark not in evidence["note"], repr(mark)
    assert "second" in evidence["note"]
    echoed = ask("/api/v1/lookup/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert echoed.status_code == 422 and echoed.headers["content-type"].startswith("application/problem+json")


def test_half_a_surrogate_pair_is_no_fault_of_ours(writable: tuple[Ask, Path]) -> None:
    """JSON can hold it and no text can: a browser cuts an emoji in two, an attacker does so on purpose."""
    ask, _ = writable
    json_type = {"content-type": "application/json"}

    def post(path: str, body: str) -> httpx.Response:
        return ask(path, "POST", content=body.encode(), headers=json_type)

    half = r"\uD83D"
    checked = post("/api/v1/check", f'{{"text": "{half} 03-6709-0234 http://a{half}b.example/ {half}"}}')
    assert checked.status_code == 200 and "+81367090234" in checked.text
    assert post("/api/v1/lookup", f'{{"queries": ["ア{half}"]}}').status_code == 200
    problem(post("/api/v1/reports", f'{{"subject": "ア{half}", "note": "{half}"}}'), 422, "bad_text")
    whole = post("/api/v1/check", r'{"text": "\uD83D\uDE00 03-6709-0234"}')
    assert "+81367090234" in whole.text


@pytest.mark.parametrize("path", [
    "/-/databases", "/-/databases.json", "/-/databases/", "/-/%64atabases.json", "/-/~64atabases.json", "//-/databases.json",
    "/-/metadata.json", "/-/versions.json", "/-/plugins.json", "/-/settings.json", "/-/threads.json", "/-/patterns",
    "/.json", "/repdb", "/repdb.json", "/_internal.json", "/_internal/catalog_databases.json",
    "/repdb.json?sql=select+*+from+pragma_database_list()", "/repdb?sql=select+file+from+PRAGMA_Database_List",
])  # fmt: skip
def test_nobody_is_told_where_on_the_server_the_file_lies(ask: Ask, site_files: site_data.Files, path: str) -> None:
    assert Path(site_files.snapshot).is_absolute()
    answer = ask(path)
    assert str(Path(site_files.snapshot).parent) not in answer.text
    if "atabases" in path and "_" not in path:
        assert answer.status_code in (302, 404)


def test_a_restored_working_database_takes_the_next_report(site_files: site_data.Files, tmp_path: Path) -> None:
    working, copy = (Path(shutil.copy(site_files.working, tmp_path / name)) for name in ("working.db", "backup.db"))
    ask = asking(site_files.snapshot, working=str(working))
    assert ask("/api/v1/reports", "POST", json={"subject": "050-9999-7001"}).status_code == 202
    for rest in ("-wal", "-shm"):
        Path(f"{working}{rest}").unlink(missing_ok=True)
    copy.replace(working)
    assert ask("/api/v1/reports", "POST", json={"subject": "050-9999-7002"}).status_code == 202
    with closing(storage.open_database(str(working))) as db:
        found = db.all("SELECT number FROM report_numbers WHERE number LIKE '+8150999970%'")
    assert found == [("+815099997002",)]
    working.rename(tmp_path / "gone.db")
    assert ask("/api/v1/reports", "POST", json={"subject": "050-9999-7003"}).status_code == 503
