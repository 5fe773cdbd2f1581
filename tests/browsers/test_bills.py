"""Paying bills, one and all, and renewing many at once: with script and without, at a provider on another origin."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browsers.people import People, first_service
from tests.browsers.test_paying import PROVIDER, at_the_provider, by_hand, decided, ordered

SCRIPT = pytest.mark.parametrize("script", [True, False])
ORDER = "**/orders/*"


@SCRIPT
def test_a_bill_is_paid_from_its_row_up_to_the_service_that_is_there_again(people: People, script: bool) -> None:
    """The first and the second service of the largest customer that are suspended for a bill."""
    path = "/services?bill=unpaid&availability=suspended"
    page = people.signed_in("demo-large", path, java_script_enabled=script)
    where = first_service(page)
    page.locator("tbody .actions > a").first.click()
    expect(page.locator(".deciding strong")).to_contain_text("Total, tax included")
    expect(page.locator(".facts").last).to_contain_text("is active again and can be used at once")
    by_hand(page)
    page.get_by_role("button", name=re.compile("^Pay ")).click()
    page.wait_for_url(PROVIDER)
    decided(page, "refuse", "Your payment did not go through")
    expect(page.locator("#order")).to_contain_text("Try again, or pay by another means.")
    page.get_by_role("button", name=re.compile("^Try again: pay ")).click()
    page.wait_for_url(PROVIDER)
    decided(page, "pay", "Your bill is paid")
    expect(page.locator(".debits tbody")).to_contain_text("Active")
    page.goto(where)
    expect(page.locator(".title .badge")).to_have_text(re.compile("Automatic renewal|Manual renewal"))


def test_the_other_bills_are_added_up_as_they_are_ticked(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?bill=unpaid")
    page.locator("tbody .actions > a").first.click()
    before = page.locator("dialog .deciding strong").inner_text()
    page.locator("dialog #others input").first.check()
    expect(page.locator("dialog .deciding strong")).not_to_have_text(before)
    expect(page.locator("dialog #others input").first).to_be_checked()


@SCRIPT
def test_all_bills_are_paid_at_once(people: People, script: bool) -> None:
    page = people.signed_in("debtor-script" if script else "debtor-plain", java_script_enabled=script)
    page.get_by_role("link", name="bills to pay").click()
    expect(page.locator("tbody input")).to_have_count(2)
    page.get_by_role("button", name="Pay all").click()
    page.wait_for_url(ORDER)
    expect(page.locator(".debits tbody tr")).to_have_count(2)
    at_the_provider(page)
    decided(page, "pay", "Your bills are paid")
    page.goto("/invoices?state=unpaid")
    expect(page.locator("#documents")).to_contain_text("Nothing matches.")


def test_the_list_is_narrowed_and_sorted_in_place(people: People) -> None:
    page = people.signed_in("demo-fr", "/invoices")
    page.locator("#more-filters summary").click()
    page.get_by_label("Paid in full").check()
    expect(page.locator(".badge[data-state=unpaid]")).to_have_count(0)
    expect(page).to_have_url(re.compile("state=paid"))
    page.get_by_role("link", name="Amount, tax included").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Amount, tax included")
    page.locator("tbody .name a").first.click()
    expect(page.locator(".invoiced")).to_be_visible()
    number = page.locator("h1").inner_text().split()[1]
    pdf = page.request.get(f"{page.url}.pdf")
    text = "".join(each.extract_text() for each in PdfReader(BytesIO(pdf.body())).pages)
    assert number in text and page.locator(".invoiced .total td").inner_text() in text


@SCRIPT
def test_a_page_of_services_is_renewed_with_one_order(people: People, script: bool) -> None:
    page = people.signed_in("demo-agency" if script else "demo-de", "/services", java_script_enabled=script)
    select_page(page, script=script)
    page.locator("#batch-actions summary").click()
    page.locator('#batch-actions button[name="action.renew"]').click()
    expect(page.locator("#totals .count")).to_contain_text("Total, tax included")
    going = re.search(r"\d+", page.locator("#totals strong").first.inner_text())
    assert going and int(going[0]) >= 15
    ordered(page)
    expect(page.locator(".debits tbody tr")).to_have_count(int(going[0]))
    if script:
        page.get_by_label("Postal address").fill("2 rue de l’Azur\n06000 Nice")
    at_the_provider(page)
    decided(page, "pay", "Your order is paid")
    expect(page.locator("#order")).to_contain_text("Number of the invoice")


def select_page(page: Page, *, script: bool) -> None:
    page.locator("#page-ticks").check()
    if script:
        expect(page.locator("#selection .count")).to_be_visible()
