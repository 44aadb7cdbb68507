"""Every page in this process: status, language, headers, what must and must not be on it."""

from __future__ import annotations

import base64
import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import site_data
from bs4 import BeautifulSoup
from web_ask import Ask, asking

from repdb.categories import VERDICTS

NUMBER = f"/number/{site_data.DANGEROUS}"
COMPANY = "/company/" + quote("アマゾンマーケテイングサービス")
PAGES = [
    "/", "/check", "/assess", "/stats", "/sources", "/about", "/method", "/privacy", "/api", NUMBER, COMPANY,
    f"/number/{site_data.HOSTILE}", "/number/+813670902**", "/number/jp:188", "/domain/bad-parcel.duckdns.org", "/sender/amazon",
    "/company/" + quote("リボーン債権回収"), "/number/+815099990099",
]  # fmt: skip
JAPANESE = re.compile(r"[ぁ-んァ-ヴ一-龠]")


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "lxml")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_page_in_both_languages(ask: Ask, path: str, lang: str) -> None:
    answer = ask(path, lang=lang)
    assert answer.status_code == 200, answer.text[:300]
    page = soup(answer.text)
    assert page.html and page.html["lang"] == lang
    assert page.h1 and page.title and page.title.text.strip()
    main = page.find("main")
    assert main and bool(JAPANESE.search(main.h1.text if lang == "ja" and path in PAGES[:8] else "あ"))
    assert len(page.find_all("h1")) == 1
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_obey_their_own_security_policy(ask: Ask, path: str) -> None:
    """No inline script, style or handler, nothing from another host, no dead anchor for a screen reader."""
    page = soup(ask(path).text)
    assert page.find_all("style") == []
    assert [s for s in page.find_all("script") if not s.get("src") or s.text] == []
    assert [tag for tag in page.find_all(True) if any(a == "style" or a.startswith("on") for a in tag.attrs)] == []
    for tag, attribute in (("script", "src"), ("img", "src"), ("link", "href"), ("form", "action")):
        loaded = [t[attribute] for t in page.find_all(tag) if t.get("rel") != ["canonical"] and t.get(attribute)]
        assert [address for address in loaded if not address.startswith("/")] == []
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    labelled = {label.get("for") for label in page.find_all("label")}
    fields = [
        f
        for f in page.find_all(["input", "textarea", "select"])
        if f.get("type") not in ("hidden", "checkbox", "radio")
    ]
    assert [f.get("name") for f in fields if f.get("id") not in labelled] == []


def test_the_first_lines_hold_verdict_sentence_and_first_step(ask: Ask) -> None:
    page = soup(ask(NUMBER).text)
    verdict = page.select_one("main > .verdict")
    assert verdict and verdict is page.select_one("main > *")
    assert verdict.select_one(".verdict-word").text.strip() == "危険"
    assert "050-9999-0001" in verdict.h1.text
    assert "架空請求" in re.sub(r"（[ぁ-ん]+）|[ぁ-ん]{5,}", "", verdict.text)
    assert "電話をかけない" in verdict.select_one(".first").text
    assert verdict.select_one("svg path"), "a shape beside the colour"


def test_a_result_has_all_its_parts(ask: Ask) -> None:
    page = soup(ask(NUMBER).text)
    assert {"why", "now", "when", "evidence", "related", "facts", "act"} <= {tag["id"] for tag in page.select("h2[id]")}
    rows = page.select("figure.chart tbody tr")
    assert [(row.th.text, row.td.text) for row in rows][-1] == ("2026年11月", "3")
    assert len(page.select("figure.chart rect")) == len(rows), "the table says what the picture shows"
    assert page.select_one("figure.chart svg")["aria-label"]
    assert any("050-9999-0011" in a.text for a in page.select("#related ~ ul a")), "same claimed name"
    assert page.select_one(f'a[href="/report?subject={quote(site_data.DANGEROUS)}"]')
    assert page.select_one(f'a[href="/dispute?subject={quote(site_data.DANGEROUS)}"]')


@pytest.mark.parametrize("path", [NUMBER, COMPANY, "/number/+813670902**", "/domain/bad-parcel.duckdns.org"])
def test_all_reports_are_a_click_away(ask: Ask, path: str) -> None:
    link = next(a["href"] for a in soup(ask(path).text).select("#evidence ~ p a") if "/repdb/" in a["href"])
    rows = soup(ask(link).text).select("table.rows-and-columns tbody tr")
    assert rows, link


@pytest.mark.parametrize("path", PAGES)
def test_scam_numbers_are_not_dialled_and_scam_links_not_followed(ask: Ask, path: str) -> None:
    page = soup(ask(path).text)
    dialled = {a["href"] for a in page.select('a[href^="tel:"]')}
    assert not any("5099990" in href or "5031983490" in href for href in dialled)
    outside = [a["href"] for a in page.select('a[href^="http"]')]
    assert not any("duckdns" in href or "example" in href for href in outside)
    assert "bad-parcel.duckdns.org</" not in str(page.main)


def test_helplines_are_dialled(ask: Ask) -> None:
    page = soup(ask(NUMBER).text)
    assert {"tel:188", "tel:%239110"} & {a["href"] for a in page.select('a[href^="tel:"]')}


def test_official_contacts_of_a_company_can_be_used(ask: Ask) -> None:
    page = soup(ask("/company/amazon").text)
    shown = page.select("#official ~ ul a")
    assert shown and all(a["href"].startswith(("tel:", "https://")) for a in shown)


def test_an_official_contact_is_shown_as_it_is_and_can_be_used(ask: Ask) -> None:
    helpline = soup(ask("/number/jp:188").text)
    assert helpline.select_one(".verdict-word").text.strip() == "公式"
    assert helpline.select_one("#official ~ ul a")["href"] == "tel:188"
    site = soup(ask("/domain/caa.go.jp").text)
    assert site.h1.text.count("caa.go.jp") == 1 and site.select_one("#official ~ ul a")["href"] == "https://caa.go.jp/"
    assert "偽装" in site.main.text, "what is official can be forged"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_hostile_notes_are_inert(ask: Ask, lang: str) -> None:
    for path in (
        f"/number/{site_data.HOSTILE}",
        COMPANY,
        "/repdb/reports",
        "/repdb/number_evidence?number=" + quote(site_data.HOSTILE),
    ):
        text = ask(path, lang=lang).text
        assert "<script>alert" not in text, path
        assert not set(text) & {"\u202e", "\u202c", "\u200b", "\0"}, path
        assert "https://evil-login" not in text and 'href="https://evil' not in text, path
    shown = unescape(ask(f"/number/{site_data.HOSTILE}", lang=lang).text)
    assert "hxxps://evil-login[.]example[.]net/a" in shown and "<script>alert(1)</script>" in shown


@pytest.mark.parametrize("path", ["/number/%3Cscript%3E", "/company/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "/domain/%E2%80%AEmoc.elpmaxe", "/number/%00", "/company/%F0%9F", "/sender/" + "x" * 3000])  # fmt: skip
def test_hostile_addresses_are_answered_calmly(ask: Ask, path: str) -> None:
    answer = ask(path, follow_redirects=True)
    assert answer.status_code in (200, 404, 422)
    assert "<img src" not in answer.text and "<script>" not in answer.text
    assert not set(answer.text) & {"\u202e", "\0"}


def test_unknown_is_not_safe_not_indexed_and_not_kept(ask: Ask) -> None:
    answer = ask("/number/+815099990099")
    page = soup(answer.text)
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert answer.headers["cache-control"] == "no-store"
    assert "安全という意味ではありません" in page.select_one(".verdict").text
    assert "安全という意味ではない" not in page.select_one(".first").text, "the first step is something to do"
    known = ask(NUMBER)
    assert "noindex" not in known.text and "public" in known.headers["cache-control"]


@pytest.mark.parametrize("written", ["050-9999-0001", "０５０－９９９９－０００１", "05099990001", "+81 50 9999 0001"])
def test_one_number_has_one_address(ask: Ask, written: str) -> None:
    answer = ask(f"/number/{quote(written)}")
    assert (answer.status_code, answer.headers["location"]) == (302, NUMBER)


def test_an_alias_leads_to_its_company(ask: Ask) -> None:
    answer = ask("/company/" + quote("株式会社アマゾンマーケティングサービス"))
    assert (answer.status_code, answer.headers["location"]) == (302, COMPANY)


# --- the box


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("050-9999-0001", NUMBER),
        (" ０５０ー９９９９ー０００１ ", NUMBER),
        ("https://bad-parcel.duckdns.org/x?y=1", "/domain/bad-parcel.duckdns.org"),
        ("someone@bad-parcel.duckdns.org", "/domain/bad-parcel.duckdns.org"),
        ("株式会社アマゾンマーケティングサービス", COMPANY),
        ("03-6709-02**", "/number/+813670902**"),
        ("#9110", "/number/jp:%239110"),
    ],
)
def test_the_box_leads_to_the_result(ask: Ask, typed: str, place: str) -> None:
    for answer in (ask("/search", "POST", data={"q": typed}), ask("/search", params={"q": typed})):
        assert (answer.status_code, answer.headers["location"]) == (303, place)


@pytest.mark.parametrize(
    ("typed", "verdict", "words"),
    [
        ("https://amazon.co.jp@evil.com/", "要注意", "「@」の前"),
        ("amazon.co.jp.evil.com", "要注意", "amazon[.]co[.]jp に似た"),
        ("https://amazon.co.jp.evil.com/x", "要注意", "amazon[.]co[.]jp に似た"),
        ("アマゾンジャパン株式会社", "報告なし", "「株式会社」と書かれ"),
        ("三井住友力ード", "要注意", "見せかけて"),
        ("Ama\u200bzon", "要注意", "見せかけて"),
        ("山田太郎様", "報告なし", ""),
        ("だれも知らない商事", "報告なし", ""),
    ],
)
def test_what_the_key_alone_would_not_tell_is_answered_in_place(ask: Ask, typed: str, verdict: str, words: str) -> None:
    for answer in (ask("/search", "POST", data={"q": typed}), ask("/search", params={"q": typed})):
        page = soup(answer.text)
        assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
        assert page.select_one(".verdict-word").text.strip() == verdict
        assert not page.find("a", string="JSON")
        assert words in page.main.text and "実在する会社・団体" not in page.select_one("main > .verdict").text
    api = ask("/api/v1/lookup", params={"q": typed}).json()
    assert VERDICTS[api["verdict"]].ja == verdict


def test_a_name_in_disguise_is_shown_as_it_was_typed(ask: Ask) -> None:
    page = soup(ask("/search", "POST", data={"q": "三井住友力ード"}).text)
    assert "三井住友力ード" in page.h1.text and "三井住友カード" not in page.h1.text


def test_an_address_that_tells_more_than_its_key_is_a_page_too(ask: Ask) -> None:
    for path in ("/domain/amazon.co.jp.evil.com", "/company/" + quote("アマゾンジャパン株式会社")):
        page = ask(path)
        assert page.status_code == 200, page.headers
        canonical = soup(page.text).select_one('link[rel="canonical"]')["href"]
        assert canonical.endswith(("/domain/evil.com", "/company/amazon"))
        assert soup(page.text).select("#why ~ ul li")
        data = next(a["href"] for a in soup(page.text).find_all("a") if a.text == "JSON")
        assert {"lookalike_host", "legal_form_differs"} & {one["code"] for one in ask(data).json()["reasons"]}
    assert ask("/domain/www.EVIL.com").headers["location"] == "/domain/evil.com"
    assert ask("/company/" + quote("アマゾンジャパン合同会社")).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        "リボーン債権回収株式会社 050-3198-3490",
        "アマゾンマーケティングサービス株式会社 03-6709-0212",
        "アマゾンマーケティングサービスから未納料金",
        "山田太郎様 未納料金があります 本日中にご連絡ください",
        "Mihon 050-9999-0001",
    ],
)
def test_several_things_or_a_sentence_are_checked_as_a_message(ask: Ask, typed: str) -> None:
    answer = ask("/search", "POST", data={"q": typed})
    assert answer.status_code == 200 and "location" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    page = soup(answer.text)
    assert typed in page.select_one("blockquote").text and page.select_one(".verdict-word")
    assert not [a["href"] for a in page.find_all("a") if quote("様") in a["href"]]


def test_the_box_checks_a_message(ask: Ask) -> None:
    answer = ask("/search", "POST", data={"q": site_data.CAMPAIGN_TEXT.format(number="050-9999-0777")})
    page = soup(answer.text)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert page.select_one(".verdict-word").text.strip() == "危険"


def test_a_long_line_that_is_no_name_is_a_message(ask: Ask) -> None:
    answer = ask("/search", "POST", data={"q": "please call 050-9999-0001 today or pay up"})
    assert soup(answer.text).select_one("blockquote mark").text == "050-9999-0001"


def test_the_box_says_what_it_cannot_read(ask: Ask) -> None:
    answer = ask("/search", "POST", data={"q": "hello<b>"})
    page = soup(answer.text)
    assert answer.status_code == 422
    assert "hello<b>" in page.select_one('[role="alert"]').text and page.select_one("textarea").text == "hello<b>"
    assert "--kind" not in answer.text
    assert ask("/search", "POST", data={"q": "  "}).headers["location"] == "/"


# --- messages


def test_a_message_is_judged_with_what_is_in_it(ask: Ask) -> None:
    text = f"【{site_data.COMPANY}】\n未納料金があります。本日中に {site_data.MESSAGE_NUMBER} へ。 https://bad-parcel.duckdns.org/a <b>"
    page = soup(ask("/check", "POST", data={"text": text}).text)
    assert page.select_one(".verdict-word").text.strip() == "危険"
    links = {a["href"] for a in page.select("#found ~ ul a")}
    assert {NUMBER, "/domain/bad-parcel.duckdns.org", COMPANY} <= links
    quoted = page.select_one("blockquote")
    assert "hxxps://bad-parcel[.]duckdns[.]org/a <b>" in quoted.text
    assert "050-9999-0001" in [mark.text for mark in quoted.select("mark")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "ご契約の中途解約には違約金として全額をお支払いいただきます。期日までに下記口座へお振込みください",
            ("不当請求：", "Unjust billing:"),
        ),
        (
            "動画サイトの料金が未納のままです。今日のうちに電話がないときは裁判の手続きを始めます。050-9999-0004",
            ("架空請求：", "Fake billing:"),
        ),
        ("母です。今日帰りに牛乳買ってきて", ("", "")),
    ],
)
def test_what_kind_of_demand_it_is_stands_before_what_to_do(ask: Ask, text: str, said: tuple[str, str]) -> None:
    for lang, words in zip(("ja", "en"), said, strict=True):
        now = soup(ask("/check", "POST", data={"text": text}, lang=lang).text).find(attrs={"aria-labelledby": "now"})
        told = now.find("p", recursive=False)
        assert told.text.startswith(words) if words else told is None


def test_a_number_page_tells_what_kind_of_demand_was_reported(ask: Ask) -> None:
    now = soup(ask("/number/+813670902**").text).find(attrs={"aria-labelledby": "now"})
    assert now.find("p", recursive=False).text.startswith("架空請求：")


@pytest.mark.parametrize(("path", "field"), [("/check", "text"), ("/search", "q")])
def test_the_source_of_a_mail_is_shown_as_its_reader_saw_it(ask: Ask, path: str, field: str) -> None:
    text = site_data.CAMPAIGN_TEXT.format(number="050-9999-0001")
    encoded = base64.b64encode(text.encode()).decode()
    head = "Received: by mx.example.net\nFrom: a@bait.example\nContent-Type: text/plain; charset=utf-8\n"
    page = soup(ask(path, "POST", data={field: f"{head}Content-Transfer-Encoding: base64\n\n{encoded}"}).text)
    assert page.select_one(".verdict-word").text.strip() == "危険"
    assert {"050-9999-0001", "a@bait.example"} <= {mark.text for mark in page.select("blockquote mark")}
    reported = page.select_one('input[name="message"]')["value"]
    assert text in reported and encoded not in page.text + reported


@pytest.mark.parametrize(("length", "said"), [(60_000, False), (60_001, True)])
def test_what_is_too_long_is_read_in_part_and_that_is_said(ask: Ask, length: int, said: bool) -> None:
    text = "050-9999-0001 " + "あ" * (length - 28) + " 050-9999-0002"
    for lang, words in (("ja", "初めの 60,000 文字だけ"), ("en", "only its first 60,000 characters")):
        page = soup(ask("/check", "POST", lang, data={"text": text}).text)
        assert (words in page.text) is said
        assert ("050-9999-0002" in {mark.text for mark in page.select("blockquote mark")}) is not said


def test_the_source_of_a_mail_is_reported_as_its_reader_saw_it(ask: Ask) -> None:
    encoded = base64.b64encode("折り返しは 050-9999-0001".encode()).decode()
    head = "Received: by mx.example.net\nFrom: a@bait.example\nContent-Type: text/plain; charset=utf-8\n"
    source = f"{head}Content-Transfer-Encoding: base64\n\n{encoded}"
    assert (
        "050-9999-0001" in soup(ask("/report/message", "POST", data={"message": source}).text).select_one("main").text
    )


def test_a_campaign_is_shown_once_its_text_is_known(ask: Ask) -> None:
    page = soup(ask("/check", "POST", data={"text": site_data.CAMPAIGN_TEXT.format(number="050-9999-0888")}).text)
    link = next(a["href"] for a in page.select('a[href^="/campaign/"]'))
    campaign = soup(ask(link).text)
    assert "ご利用料金" in campaign.blockquote.text
    assert {"050-9999-0011", "050-9999-0012", "050-9999-0013"} <= {a.text for a in campaign.select(".rows a")}
    assert ask("/campaign/none").status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_share_target_takes_the_fields_of_other_apps(ask: Ask, method: str) -> None:
    fields = {"title": "SMS", "text": "未納料金があります 050-9999-0001", "url": ""}
    answer = ask("/check", method, **({"params": fields} if method == "GET" else {"data": fields}))
    page = soup(answer.text)
    assert "050-9999-0001" in page.select_one("blockquote").text
    assert 'content="noindex"' in answer.text and answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("path", "field"), [("/check", "text"), ("/search", "q"), ("/report/message", "message")])
def test_a_message_of_full_length_is_taken(ask: Ask, path: str, field: str) -> None:
    answer = ask(path, "POST", data={field: "至急 050-9999-0001 へお電話ください。" + "未納料金があります。" * 1997})
    assert answer.status_code == 200 and "050-9999-0001" in answer.text
    assert ask(path, "POST", data={field: "あ" * 70_000}).status_code == 413


def test_an_empty_message_leads_back(ask: Ask) -> None:
    assert ask("/check", "POST", data={"text": " "}).headers["location"] == "/check"


# --- the self-check


def test_the_self_check_tells_level_and_steps(ask: Ask) -> None:
    form = soup(ask("/assess").text)
    assert len(form.select('input[name^="q-"]')) >= 10
    calm = soup(ask("/assess", "POST", content=b"", headers={"content-type": "application/x-www-form-urlencoded"}).text)
    urgent = soup(ask("/assess", "POST", data={"q-paid": "1", "s-paid_bank": "1"}).text)
    assert "dangerous" not in calm.select_one(".verdict")["class"]
    assert "dangerous" in urgent.select_one(".verdict")["class"]
    assert urgent.select(".steps li") and "安全" not in urgent.h1.text


# --- figures and machine files


def test_charts_say_their_numbers(ask: Ask) -> None:
    page = soup(ask("/stats").text)
    captions = {c.text: c.parent for c in page.select("caption")}
    assert len(captions) == 4
    kinds = {row.th.text: row.select_one(".num").text for row in captions["種類ごとの報告"].select("tbody tr")}
    assert kinds["宅配便のなりすまし"] == "2", "published reports"
    assert captions["名乗られた会社名"].select_one("a")["href"] == COMPANY


def test_sources_show_licence_and_state(ask: Ask) -> None:
    page = soup(ask("/sources").text)
    section = page.find(id="web")
    assert section and "報告" in section.text and "2026年11月" in section.text


def test_the_method_lists_every_weight(ask: Ask) -> None:
    from repdb.signals.weights import WEIGHTS

    page = soup(ask("/method").text)
    shown = {row["id"]: row.text for row in page.select("li[id]")}
    assert set(WEIGHTS) <= set(shown)
    assert (
        WEIGHTS["official_notice"].why in shown["official_notice"]
        and "+3.5" in shown["official_notice"]
        and "{" not in page.main.text
    )


def test_the_api_page_lists_every_operation(ask: Ask) -> None:
    from repdb.web.routes import ROUTES

    listed = {row.code.text for row in soup(ask("/api").text).select("tbody tr")}
    assert listed == {f"{route.method} {route.path}" for route in ROUTES if route.path.startswith("/api/")}


def test_the_feed_is_atom(ask: Ask) -> None:
    answer = ask("/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    ns = {"a": "http://www.w3.org/2005/Atom"}
    assert [e.findtext("a:title", "", ns) for e in feed.findall("a:entry", ns)] == ["050-9999-0001"]
    assert feed.findtext("a:updated", "", ns).startswith("2026-11-21T")


def test_the_sitemap_names_published_pages_only(ask: Ask) -> None:
    index = ElementTree.fromstring(ask("/sitemap.xml").content)
    parts = [node.text or "" for node in index.iter() if node.tag.endswith("loc")]
    listed = "".join(ask(part.partition("//")[2].partition("/")[2].join(["/", ""])).text for part in parts)
    assert NUMBER in listed and "bad-parcel" in listed and "0099" not in listed
    assert ask("/sitemap/phone-x").status_code == 404 and ask("/sitemap/none-0").status_code == 404


def test_robots_and_manifest(ask: Ask) -> None:
    assert "Disallow: /check\n" in ask("/robots.txt").text and "sitemap.xml" in ask("/robots.txt").text
    manifest = ask("/manifest.webmanifest", lang="en").json()
    assert manifest["share_target"]["action"] == "/check" and manifest["share_target"]["method"] == "POST"
    for icon in manifest["icons"]:
        assert ask(icon["src"]).headers["content-type"] == "image/png"


@pytest.mark.parametrize("verdict", ["dangerous", "suspicious", "past", "unreported", "official", "disputed"])
def test_every_verdict_has_a_card(ask: Ask, verdict: str) -> None:
    from repdb.web import static

    assert ask(static.address(f"card-{verdict}.png")).content.startswith(b"\x89PNG")


def test_the_card_of_a_result_names_its_verdict(ask: Ask) -> None:
    page = soup(ask(NUMBER).text)
    cards = {tag["property"]: tag["content"] for tag in page.select("meta[property]")}
    assert cards["og:title"] == "050-9999-0001: 危険" and "card-dangerous.png" in cards["og:image"]
    assert cards["og:image"].startswith("http://")


def test_the_language_switch_is_remembered(ask: Ask) -> None:
    answer = ask("/about?lang=en")
    assert '<html lang="en">' in answer.text and "repdb_lang=en" in answer.headers["set-cookie"]
    assert '<html lang="en">' in ask("/about", cookies={"repdb_lang": "en"}).text


def test_the_front_page_is_light(ask: Ask) -> None:
    """At most 60 KB with style, script and icon, before any packing."""
    home = ask("/")
    page = soup(home.text)
    parts = [
        *(s["src"] for s in page.select("script[src]")),
        *(x["href"] for x in page.select('link[rel="stylesheet"], link[rel="icon"]')),
    ]
    assert len(home.content) + sum(len(ask(part).content) for part in parts) < 60_000
    assert all(s.has_attr("defer") for s in page.select("script"))


# --- Datasette's own pages


def test_tables_lead_to_result_pages(ask: Ask) -> None:
    page = soup(ask("/repdb/numbers").text)
    assert page.select_one(f'a[href="{NUMBER}"]').text == "050-9999-0001"
    assert (
        soup(ask("/repdb/domains").text).select_one('a[href="/domain/bad-parcel.duckdns.org"]').text
        == "bad-parcel[.]duckdns[.]org"
    )
    row = soup(ask("/repdb/numbers/~2B815099990001").text)
    assert row.select_one(f'a[href="{NUMBER}"]')
    assert soup(ask("/repdb/company_abusers").text).select_one(f'a[href="{NUMBER}"]')
    assert soup(ask("/repdb/report_numbers").text).select_one(f'a[href="{NUMBER}"]').text == "050-9999-0001", "a label"
    official = soup(ask("/repdb/sources").text)
    assert official.select_one('a[href^="https://www.caa.go.jp"]')


@pytest.mark.parametrize("name", ["repdb.2026.db", "番号 帳.db", "re~p+db.db"])
def test_the_file_may_have_any_name(site_files: site_data.Files, tmp_path: Path, name: str) -> None:
    ask = asking(Path(shutil.copy(site_files.snapshot, tmp_path / name)))
    links = BeautifulSoup(ask("/number/+815099990001").text, "lxml").select(
        'a[href*="number_evidence"], .foot li:last-child a'
    )
    assert [ask(link["href"]).status_code for link in links] == [200, 200]
    assert ask(links[-1]["href"] + ".json").headers["etag"]


@pytest.mark.parametrize("path", ["/feed.atom", "/manifest.webmanifest", "/api/v1/lookup/050-9999-0001", "/"])
def test_what_is_in_a_language_is_cached_for_it_alone(ask: Ask, path: str) -> None:
    japanese, remembered = ask(path), ask(path, headers={"cookie": "repdb_lang=en"})
    assert japanese.text != remembered.text and japanese.headers["etag"] != remembered.headers["etag"]
    assert {"Accept-Language", "Cookie"} <= set(japanese.headers["vary"].split(", "))


def test_a_screen_reader_is_told_what_is_japanese_on_an_english_page(ask: Ask) -> None:
    page = soup(ask(NUMBER, lang="en").text)
    note = page.select_one(".evidence bdi")
    assert note["lang"] == "ja" and JAPANESE.search(note.text)
    assert page.select_one("#answer bdi").get("lang") is None, "a number is read in the page's language"
    assert soup(ask(COMPANY, lang="en").text).select_one("#answer bdi")["lang"] == "ja"
    assert soup(ask(COMPANY, lang="ja").text).select("bdi[lang]") == []
