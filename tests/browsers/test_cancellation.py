"""Ending a service and keeping it after all, with script and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsers.people import People, rows

FESTIVAL = "/services?q=festival-des-brumes&type=hosting"


def begun(page: Page) -> None:
    """From the row's menu, or from the page of its actions."""
    page.locator("tbody .more").first.click()
    page.get_by_role("link", name="Cancel my service").last.click()
    expect(page.locator("button.grave")).to_be_visible()


def badge(page: Page) -> str:
    return page.locator("tbody .badge").first.inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_cancel_with_a_companion_tell_why_and_keep_both_after_all(people: People, script: bool) -> None:
    page = people.signed_in("demo-fr", FESTIVAL, java_script_enabled=script)
    begun(page)
    assert page.get_by_role("dialog").count() == int(script)
    expect(page.locator("#what")).to_contain_text("Time that is paid for is not refunded.")
    page.locator("input[name=with]").first.check()
    page.get_by_role("button", name="Confirm the cancellation").click()
    page.wait_for_url("**/receipts/*/details?back=*")
    expect(page.locator(".declared li")).to_have_count(2)
    page.get_by_label("It costs too much").check()
    page.get_by_label("In your own words").fill("Over.")
    page.get_by_role("button", name="Send my reasons").click()
    expect(page.locator("#notice")).to_contain_text("Thank you.")
    expect(page.get_by_label("It costs too much")).to_be_checked()
    page.get_by_role("link", name="Back to my services").click()
    assert badge(page) == "Cancellation scheduled"
    expect(page.locator("tbody .status small")).to_contain_text("can be undone until")
    page.get_by_role("link", name="Undo cancellation").click()
    expect(page.locator(".acting")).to_contain_text("was cancelled together with it")
    page.get_by_role("button", name="Undo cancellation").click()
    page.wait_for_url("**/receipts/*/details?back=*")
    expect(page.locator(".receipt")).to_contain_text("Everything is as it was before.")
    expect(page.locator(".declared li")).to_have_count(2)
    page.get_by_role("link", name="Back to my services").click()
    assert badge(page) == "Automatic renewal"


def test_keeping_the_service_closes_the_dialog_and_ends_nothing(people: People) -> None:
    page = people.signed_in("demo-fr", FESTIVAL)
    for leave in ("button", "Enter", "Escape"):
        begun(page)
        if leave == "button":
            page.get_by_role("dialog").get_by_role("button", name="Keep the service").click()
        elif leave == "Enter":
            page.locator("input[name=with]").first.press("Enter")
        else:
            page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator("tbody .more").first).to_be_focused()
    page.reload()
    assert badge(page) == "Automatic renewal"


def test_enter_in_a_box_ends_nothing_without_script(people: People) -> None:
    page = people.signed_in("demo-fr", FESTIVAL, java_script_enabled=False)
    begun(page)
    page.locator("input[name=with]").first.press("Enter")
    expect(page).to_have_url(f"{people.site}/services?q=festival-des-brumes&type=hosting")
    assert badge(page) == "Automatic renewal"


@pytest.mark.parametrize("script", [True, False])
def test_many_are_cancelled_with_one_receipt_and_kept_again(people: People, script: bool) -> None:
    page = people.signed_in("demo-fr", "/services?q=castaing&type=email&type=hosting", java_script_enabled=script)
    seen = len(rows(page))
    page.locator("#page-ticks").check() if script else page.locator("#selection-all").click()
    expect(page.locator("#selection .count")).to_be_visible()
    page.locator("#batch-actions summary").click()
    page.locator("#batch-actions").get_by_role("button", name="Cancel services").click()
    expect(page.locator("#totals")).to_be_visible()
    planned = int(page.locator(".group.planned strong").first.inner_text())
    assert 1 < planned <= seen
    page.get_by_role("button", name="Confirm the cancellation").click()
    expect(page.locator(".badge[data-state=done]")).to_be_visible()
    page.get_by_role("link", name="Receipt").click()
    expect(page.locator(".declared li")).to_have_count(planned)
    page.get_by_role("link", name="Result of the batch").click()
    page.get_by_role("button", name="Undo these cancellations").click()
    expect(page.locator("h1")).to_have_text("Undo cancellations")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".group.done strong")).to_have_text(str(planned))


def test_a_receipt_is_checked_by_somebody_who_has_no_account(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=bloc-203")
    begun(page)
    page.get_by_role("button", name="Confirm the cancellation").click()
    page.wait_for_url("**/receipts/*/details*")
    code = page.locator(".receipt code").first.inner_text()
    stranger = people.stranger()
    stranger.goto("/receipts")
    stranger.get_by_label("Code of the receipt").fill(code.lower())
    stranger.get_by_role("button", name="Check").click()
    expect(stranger).to_have_url(f"{people.site}/receipts/{code}")
    expect(stranger.locator("h1")).to_have_text("This receipt is genuine")
    stranger.goto(f"/receipts/{code[:-1]}{'A' if code[-1] != 'A' else 'B'}")
    expect(stranger.locator("h1")).to_have_text("No receipt has this code")
