"""Journeys in a real browser: look-ups, messages, both languages, keyboard, no script."""

from __future__ import annotations

from typing import Any

import pytest
import site_data
from playwright.sync_api import Page, expect

MESSAGE = site_data.CAMPAIGN_TEXT.format(number="050-9999-0777") + "\nhttps://bad-parcel.duckdns.org/a"
NUMBER = f"/number/{site_data.DANGEROUS}"
MAIN_PAGES = {
    "home": "/", "number": NUMBER, "masked": "/number/+813670902**", "domain": "/domain/bad-parcel.duckdns.org",
    "company-fictitious": "/company/アマゾンマーケテイングサービス", "company-genuine": "/company/リボーン債権回収", "unknown": "/number/+815099990099",
    "hostile": f"/number/{site_data.HOSTILE}", "check": "/check", "assess": "/assess", "stats": "/stats", "sources": "/sources", "about": "/about",
    "method": "/method", "privacy": "/privacy", "api": "/api",
    "receipt-form": "/receipt", "review-sign-in": "/-/review", "not-found": "/campaign/none", "official": "/number/jp:188",
}  # fmt: skip


def verdict(page: Page) -> Any:
    return page.locator(".verdict-word")


def look_up(page: Page, typed: str) -> None:
    page.get_by_role("textbox", name="番号・メッセージ・会社名").fill(typed)
    page.get_by_role("button", name="調べる").click()


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("typed", ["050-9999-0001", "０５０－９９９９－０００１"])
def test_looking_up_a_number(open_page: Any, typed: str, size: str) -> None:
    page = open_page("/", size=size)
    look_up(page, typed)
    expect(verdict(page)).to_have_text("危険")
    assert page.url.endswith(NUMBER)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_pasting_a_message(open_page: Any, keep: Any, violations: Any, size: str) -> None:
    page = open_page("/", size=size)
    look_up(page, MESSAGE)
    expect(verdict(page)).to_have_text("危険")
    expect(page.locator("blockquote")).to_contain_text("hxxps://bad-parcel[.]duckdns[.]org/a")
    assert violations(page) == []
    keep(page, f"message-{size}")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_an_unknown_number_is_never_called_safe(open_page: Any, size: str) -> None:
    page = open_page("/", size=size)
    look_up(page, "050-9999-0099")
    expect(verdict(page)).to_have_text("報告なし")
    expect(page.locator(".verdict")).to_contain_text("安全という意味ではありません")


@pytest.mark.parametrize("lang", ["ja-JP", "en-US"])
@pytest.mark.parametrize("name", ["number", "masked", "domain", "company-genuine", "company-fictitious", "unknown"])
def test_the_first_screen_of_a_small_phone_holds_the_answer(open_page: Any, name: str, lang: str) -> None:
    page = open_page("/about", lang=lang)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(MAIN_PAGES[name])
    for part in (".verdict-word", ".verdict-head > p:last-child", ".first"):
        box = page.locator(part).bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= 640, part
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", MAIN_PAGES)
def test_main_pages_are_accessible_and_fit(open_page: Any, keep: Any, violations: Any, name: str) -> None:
    """axe-core in light and dark, both widths and both languages; nothing wider than the screen."""
    page = open_page(MAIN_PAGES[name])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    keep(page, f"{name}-phone")
    dark = open_page(MAIN_PAGES[name], size="desktop", lang="en-US", dark=True)
    assert violations(dark) == []
    keep(dark, f"{name}-desktop-dark")


@pytest.mark.parametrize("path", ["/repdb", "/repdb/numbers", "/repdb/new_this_week", "/repdb?sql=select+1"])
def test_the_data_pages_fit_on_a_phone(open_page: Any, path: str) -> None:
    assert open_page(path).evaluate("document.documentElement.scrollWidth") <= 360


def test_answers_to_forms_are_accessible(open_page: Any, keep: Any, violations: Any) -> None:
    page = open_page("/assess")
    page.get_by_text("銀行から振り込んだ").click()
    page.get_by_role("button", name="結果を見る").click()
    expect(page.locator(".verdict")).to_contain_text("急いで")
    assert violations(page) == []
    keep(page, "assess-result-phone")
    page.goto("/")
    look_up(page, MESSAGE)
    page.get_by_role("link", name="ほぼ同じ文面").click()
    expect(page.locator("blockquote")).to_contain_text("ご利用料金")
    assert violations(page) == []
    keep(page, "campaign-phone")


def test_the_language_switch_is_remembered(open_page: Any) -> None:
    page = open_page(NUMBER)
    page.get_by_role("link", name="English").click()
    expect(verdict(page)).to_have_text("Dangerous")
    page.goto("/about")
    expect(page.get_by_role("heading", level=1)).to_have_text("About this site")
    page.get_by_role("link", name="日本語").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("このサイトについて")


def test_the_browsers_language_decides_at_first(open_page: Any) -> None:
    expect(open_page(NUMBER, lang="en-GB").locator(".verdict-word")).to_have_text("Dangerous")
    expect(open_page(NUMBER, lang="fr-FR").locator(".verdict-word")).to_have_text("危険")


def test_with_the_keyboard_alone(open_page: Any) -> None:
    page = open_page("/about")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.goto("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("050-9999-0001")
    page.keyboard.press("Enter")
    expect(verdict(page)).to_have_text("危険")
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getAttribute('href') || ''")
        if focused.startswith("/report"):
            break
    else:
        pytest.fail("the report link cannot be reached")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "what has the focus is seen"


def test_without_script(open_page: Any) -> None:
    page = open_page("/", script=False)
    look_up(page, "050-9999-0001")
    expect(verdict(page)).to_have_text("危険")
    page.goto("/check")
    page.locator("#text").fill(MESSAGE)
    page.get_by_role("button", name="確かめる").click()
    expect(verdict(page)).to_have_text("危険")
    page.goto("/assess")
    page.get_by_text("銀行から振り込んだ").click()
    page.get_by_role("button", name="結果を見る").click()
    expect(page.locator(".verdict")).to_contain_text("急いで")
    page.goto("/stats")
    expect(page.locator("figure svg")).to_be_visible()


def test_a_message_shared_from_another_app(open_page: Any, served: Any) -> None:
    """As the browser does for an installed app: it posts the manifest's fields to the manifest's action."""
    page = open_page("/")
    target = page.request.get("/manifest.webmanifest").json()["share_target"]
    fields = "".join(f'<input name="{name}" value="">' for name in target["params"].values())
    page.set_content(
        f'<form method="{target["method"]}" action="{served.url}{target["action"]}" enctype="{target["enctype"]}">{fields}<button>go</button></form>'
    )
    page.locator('[name="text"]').fill(MESSAGE.replace("\n", " "))
    page.get_by_role("button").click()
    expect(verdict(page)).to_have_text("危険")


def test_home_is_light_and_paints_without_script(open_page: Any, browser: Any, served: Any) -> None:
    page = open_page("/about")
    session = page.context.new_cdp_session(page)
    sizes: list[float] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/", wait_until="networkidle")
    assert 0 < sum(sizes) <= 60_000, f"{sum(sizes)} bytes for the front page"
    plain = open_page("/", script=False)
    assert plain.locator("h1").bounding_box() and plain.locator("#q").bounding_box()


def test_print_is_black_on_white(open_page: Any, keep: Any) -> None:
    page = open_page(NUMBER, dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "(() => { const s = getComputedStyle(document.querySelector('.verdict-head')); return [s.backgroundColor, s.color]; })()"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert not page.locator(".ask").first.is_visible()
    keep(page, "number-print")


def test_names_in_the_language_of_the_page(open_page: Any) -> None:
    page = open_page(NUMBER, lang="en-US")
    expect(page.locator("#now")).to_have_text("What to do now")
    assert page.locator("html").get_attribute("lang") == "en"
