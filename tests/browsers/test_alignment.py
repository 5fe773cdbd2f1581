"""Another renewal day, for many and for one: with script and without, up to the dates that have moved."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsers.people import People
from tests.browsers.test_bills import select_page
from tests.browsers.test_paying import at_the_provider, decided, ordered

SCRIPT = pytest.mark.parametrize("script", [True, False])


def paid(page: Page) -> None:
    ordered(page)
    expect(page.locator("#order")).to_contain_text("Will renew on")
    at_the_provider(page)
    decided(page, "pay", "Your order is paid")


def days_of_month(page: Page) -> list[str]:
    """On which the sites of the table renew."""
    page.goto("/services?q=site-")
    return [str(each.get_attribute("datetime"))[-2:] for each in page.locator("tbody .date time").all()]


@SCRIPT
def test_many_are_aligned_and_the_one_that_was_left_out_from_its_page(people: People, script: bool) -> None:
    handle = "aligner-script" if script else "aligner-plain"
    page = people.signed_in(handle, "/services?q=site-", java_script_enabled=script)
    assert len(set(days_of_month(page))) == 3
    select_page(page, script=script)
    page.locator("#batch-actions summary").click()
    page.locator('#batch-actions button[name="action.align"]').click()
    expect(page.locator(".days tbody tr")).to_have_count(32)
    usual = page.locator(".days tr", has_text="most services").locator("th a")
    day = str(usual.get_attribute("id")).removeprefix("day-")
    page.locator("#day-1" if day != "1" else "#day-2").click()
    expect(page.locator("#day")).to_have_value("1" if day != "1" else "2")
    page.locator(f"#day-{day}").click()
    expect(page.locator("#day")).to_have_value(day)
    before, after = (page.locator(f".year .{name} rect").count() for name in ("before", "after"))
    assert (before, after) == (36, after) and after <= 12
    page.get_by_role("button", name="Continue with").click()
    expect(page.locator("#totals .count")).to_contain_text("2 services will be aligned")
    page.locator(".tick input").first.check()
    left_out = str(page.locator(".rows tbody .name a").first.get_attribute("href"))
    if not script:
        page.get_by_role("button", name="Keep what is left out").click()
    expect(page.locator("#totals .count")).to_contain_text("1 service will be aligned")
    paid(page)
    assert len(set(days_of_month(page))) == 2
    page.goto(left_out)
    page.get_by_role("link", name="Align renewal date").click()
    expect(page.locator("#day")).to_have_value(day)
    expect(page.locator(".acting .deciding strong")).to_contain_text("Total, tax included: €")
    paid(page)
    assert len(set(days_of_month(page))) == 1
    page.goto(f"{left_out}/align?day={day}")
    expect(page.locator(".acting .warning")).to_have_text("This service renews on that day already.")


def test_in_the_dialog_each_day_is_looked_at_in_place(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=ligne+du+studio")
    page.locator("tbody .more").first.click()
    page.locator("#row-menu .act", has_text="Align renewal date").click()
    expect(page.locator("dialog[open] .days")).to_be_visible()
    offered = [str(each.get_attribute("value")) for each in page.locator("dialog #day option").all()]
    typed, pressed = [each for each in offered if each and 1 < int(each) < 28][:2]
    page.locator("dialog #day").select_option(typed)
    expect(page.locator("dialog .debits small").first).to_have_text(f"Will renew on day {typed} of the month")
    page.locator(f"dialog #day-{pressed}").click()
    expect(page.locator("dialog #day")).to_have_value(pressed)
    expect(page.locator("dialog .days .chosen")).to_have_text(re.compile(f"day {pressed} of the month"))
    page.locator("dialog [data-close]").last.click()
    expect(page.locator("dialog[open]")).to_have_count(0)
