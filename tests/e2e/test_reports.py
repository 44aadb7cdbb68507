"""From a report to the published page, and the owner's way to object, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect


def sign_in(page: Page, token: str) -> None:
    page.goto("/-/review")
    page.get_by_label("トークン").fill(token)
    page.get_by_role("button", name="入る").click()


@pytest.mark.parametrize(
    ("size", "script", "number"), [("phone", True, "050-9999-0601"), ("desktop", False, "050-9999-0602")]
)
def test_a_report_is_shown_once_it_was_accepted(
    open_page: Any, served: Any, keep: Any, violations: Any, size: str, script: bool, number: str
) -> None:
    page = open_page(f"/report?subject={number}", size=size, script=script)
    page.locator("#message").fill("山田太郎様 未納料金があります。本日中にご連絡ください。")
    if script:
        assert violations(page) == []
    else:
        page.get_by_role("button", name="内容を確かめる").click()
    kept = page.locator("#preview")
    expect(kept).to_contain_text("保存される内容")
    expect(kept.locator("blockquote")).not_to_contain_text("山田")
    if script:
        assert violations(page) == []
    keep(page, f"report-{size}")
    kept.get_by_role("button", name="この内容で送る").click()
    code = page.locator("#code").inner_text()

    key = "+81" + number.replace("-", "")[1:]
    page.goto(f"/number/{key}")
    expect(page.locator(".verdict-word")).to_have_text("報告なし")

    moderator = open_page("/", size="desktop")
    sign_in(moderator, served.files.token)
    item = moderator.locator("section.card", has_text=number)
    expect(item).to_contain_text("被害・不審の報告")
    assert violations(moderator) == []
    keep(moderator, f"review-{size}")
    item.get_by_role("combobox").select_option("confirmed")
    item.get_by_role("button", name="受理").click()
    expect(moderator.get_by_role("status")).to_contain_text("accept")
    page.goto(f"/number/{key}")
    expect(page.locator(".verdict-word")).to_have_text("報告なし")

    served.publish()
    page.goto("/about")
    page.wait_for_timeout(1500)
    page.goto(f"/number/{key}")
    expect(page.locator(".verdict-word")).to_have_text("要注意")
    expect(page.locator("#evidence ~ .evidence")).to_contain_text("ウェブからの報告")

    page.goto("/receipt")
    page.get_by_label("受付番号").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="状態を見る").click()
    expect(page.get_by_role("status")).to_have_text("受理")


def test_an_owner_objects(open_page: Any, served: Any, keep: Any, violations: Any) -> None:
    page = open_page("/number/+815099990011")
    page.get_by_role("link", name="これは間違いです").click()
    expect(page.get_by_label("番号・ドメイン・会社名")).to_have_value("050-9999-0011")
    page.get_by_label("何が違うか").fill("この番号は当店の予約用です。")
    page.get_by_label("連絡先（公開しません）").fill("owner@shop.example")
    assert violations(page) == []
    keep(page, "dispute-phone")
    page.get_by_role("button", name="申し立てる").click()
    expect(page.locator("#code")).to_be_visible()
    assert violations(page) == []
    keep(page, "receipt-phone")

    moderator = open_page("/", size="desktop")
    sign_in(moderator, served.files.token)
    case = moderator.locator("section.card", has_text="この番号は当店の予約用です。")
    expect(case).to_contain_text("owner@shop.example")
    case.get_by_role("button", name="持ち主と確かめた").click()

    served.publish()
    page.goto("/about")
    page.wait_for_timeout(1500)
    page.goto("/number/+815099990011")
    expect(page.locator(".verdict-word")).to_have_text("異議申立て中")
    expect(page.get_by_text("この番号は当店の予約用です。")).to_be_visible()
    assert "owner@shop.example" not in page.content()
    keep(page, "disputed-phone")


def test_the_rules_would_be_noticed(open_page: Any, violations: Any) -> None:
    """The check of accessibility is one that can fail."""
    page = open_page("/about")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"data:,\"><input>'")
    found = violations(page)
    assert any(line.startswith("image-alt") for line in found) and any(line.startswith("label") for line in found)
