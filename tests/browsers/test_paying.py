"""Paying for the next term, with script and without, at a provider on another origin: every outcome."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browsers.people import People, first_service

SCRIPT = pytest.mark.parametrize("script", [True, False])
PROVIDER = "**/pay/*"
ORDER = "**/orders/*"
RESULT = "**/orders/*/result*"


def begun(page: Page, action: str) -> None:
    """From the row's menu, or from the page of its actions, up to the durations."""
    page.locator("tbody .more").first.click()
    page.locator(".act", has_text=action).last.click()
    expect(page.locator("#duration")).to_be_visible()


def by_hand(page: Page) -> None:
    """On the provider's page, whatever is saved."""
    if page.locator("#means-page").count():
        page.locator("#means-page").check()


def ordered(page: Page) -> None:
    by_hand(page)
    page.get_by_role("button", name="Order with obligation to pay").click()
    page.wait_for_url(ORDER)


def at_the_provider(page: Page) -> None:
    page.locator("button[name='action.pay']").click()
    page.wait_for_url(PROVIDER)
    expect(page.get_by_text("No money is taken")).to_be_visible()


def decided(page: Page, outcome: str, heading: str) -> None:
    """Back at the order, which says what became of it."""
    page.locator(f"button[value={outcome}]").click()
    page.wait_for_url(RESULT)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def standing(people: People, path: str, *, script: bool) -> Page:
    """At the page that pays ahead for the first service that the table shows there."""
    page = people.signed_in("demo-fr", path, java_script_enabled=script)
    page.goto(f"{first_service(page)}/anticipate")
    return page


@SCRIPT
def test_a_payment_is_brought_forward_with_a_companion_up_to_the_new_end(people: People, script: bool) -> None:
    page = people.signed_in("demo-fr", "/services?q=recettes-de-mamie&type=hosting", java_script_enabled=script)
    begun(page, "Bring forward payment")
    end = str(page.locator("#what time").get_attribute("datetime"))
    page.locator("input[name=with]").first.check()
    if not script:
        page.locator("#duration input").last.check()
        page.get_by_role("button", name="Show the total").click()
    expect(page.locator(".debits tbody tr")).to_have_count(2)
    page.locator("#duration input").last.check()
    last_day = str(page.locator("#duration label").last.locator("time").get_attribute("datetime"))
    expect(page.locator(".debits tbody tr").first.locator("time").last).to_have_attribute("datetime", last_day)
    total = page.locator(".debits .total td").inner_text()
    assert last_day > end
    ordered(page)
    expect(page.locator(".debits .total td")).to_have_text(total)
    at_the_provider(page)
    expect(page.get_by_text(total, exact=True)).to_be_visible()
    decided(page, "pay", "Your order is paid")
    expect(page.locator("#order")).to_contain_text("Number of the invoice")
    page.get_by_role("link", name="Back to my services").click()
    expect(page.locator("#q")).to_have_value("recettes-de-mamie")
    expect(page.locator("tbody .date time").first).to_have_attribute(
        "datetime", str(date.fromisoformat(last_day) + timedelta(days=1))
    )


@SCRIPT
def test_a_card_is_added_and_pays_in_two_pages(people: People, script: bool) -> None:
    name = "holder-script" if script else "holder-plain"
    page = people.signed_in(name, "/services?q=site-3", java_script_enabled=script)
    where = first_service(page)
    page.goto("/payment-methods?next=/services")
    page.get_by_role("button", name="Add a card").click()
    page.wait_for_url(PROVIDER)
    page.locator("button[value=second-step]").click()
    page.wait_for_url(PROVIDER)
    page.locator("button[value=pay]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visa •••• 3220 is added")
    page.get_by_role("link", name="Back to where you were").click()
    page.goto(f"{where}/anticipate")
    expect(page.locator("#means input:checked")).to_have_count(1)
    page.locator("#means input").nth(1).check()
    page.get_by_role("button", name="Order with obligation to pay").click()
    page.wait_for_url(RESULT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your order is paid")
    expect(page.locator("#order .facts")).to_contain_text("Visa 4242")


@SCRIPT
def test_an_expired_service_is_renewed_by_hand_and_is_there_again(people: People, script: bool) -> None:
    words = "brocante-du-quai&type=domain" if script else "ateliers-du-soir"
    page = people.signed_in("demo-fr", f"/services?q={words}", java_script_enabled=script)
    expect(page.locator("tbody .badge")).to_have_text("Suspended")
    page.get_by_role("link", name="Renew service").first.click()
    expect(page.locator("#what")).to_contain_text("A renewal counts from that day")
    ordered(page)
    at_the_provider(page)
    decided(page, "pay", "Your order is paid")
    page.get_by_role("link", name="Back to my services").click()
    expect(page.locator("tbody .badge")).to_have_text("Manual renewal")
    expect(page.locator("tbody .availability")).to_have_text("Active")


@SCRIPT
def test_whoever_is_refused_pays_again(people: People, script: bool) -> None:
    page = standing(people, "/services?q=fonds+photographique", script=script)
    ordered(page)
    at_the_provider(page)
    decided(page, "refuse", "Your payment did not go through")
    expect(page.locator("#order")).to_contain_text("Try again, or pay by another means. Nothing was charged.")
    at_the_provider(page)
    decided(page, "abandon", "Your payment did not go through")
    expect(page.locator("#order")).to_contain_text("You left the payment page without paying.")
    at_the_provider(page)
    page.locator("button[value=second-step]").click()
    page.wait_for_url(PROVIDER)
    decided(page, "pay", "Your order is paid")


@SCRIPT
def test_a_debit_that_settles_later_is_waited_for(people: People, script: bool) -> None:
    page = standing(people, f"/services?q={'traitement' if script else 'supervision'}", script=script)
    ordered(page)
    order = page.url
    at_the_provider(page)
    provider = page.url
    decided(page, "later", "Your payment is on its way")
    expect(page.locator("button[name='action.discard']")).to_have_count(0)
    bank = page.context.new_page()
    bank.goto(provider)
    bank.locator("button[value=pay]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your order is paid")
    assert page.url == f"{order}/result"


@SCRIPT
def test_a_charge_without_an_answer_is_asked_about_until_it_is_known(people: People, script: bool) -> None:
    page = standing(people, f"/services?q={'sable' if script else 'lettre'}", script=script)
    ordered(page)
    at_the_provider(page)
    decided(page, "no-answer", "We do not know yet whether you have paid")
    expect(page.locator("button[name='action.pay']")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your order is paid", timeout=60_000)


@SCRIPT
def test_an_order_is_discarded_and_its_page_closed(people: People, script: bool) -> None:
    page = standing(people, "/services?q=castaing.photo", script=script)
    ordered(page)
    order = page.url
    at_the_provider(page)
    provider = page.url
    page.goto(order)
    expect(page.get_by_role("heading", level=1)).to_have_text("The payment page waits for you")
    page.get_by_role("button", name="Discard the order").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This order was discarded")
    page.goto(provider)
    expect(page.locator("button[value=pay]")).to_have_count(0)


def test_two_tabs_the_back_button_and_a_double_click_pay_once(people: People) -> None:
    page = standing(people, "/services?q=db-galerie", script=True)
    by_hand(page)
    page.get_by_role("button", name="Order with obligation to pay").dblclick()
    expect(page).to_have_url(re.compile("/orders/"))
    second = page.context.new_page()
    second.goto(page.url)
    at_the_provider(page)
    at_the_provider(second)
    assert page.url == second.url
    decided(page, "pay", "Your order is paid")
    second.locator("button[value=pay]").click()
    second.wait_for_url(RESULT)
    expect(second.get_by_role("heading", level=1)).to_have_text("Your order is paid")
    page.go_back()
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your order is paid")
    numbers = [tab.locator(".facts dd").last.inner_text() for tab in (page, second)]
    assert numbers[0] == numbers[1]


def test_leaving_the_dialog_orders_nothing(people: People) -> None:
    page = people.signed_in("demo-fr", "/services?q=jeux")
    page.get_by_role("link", name="Renew service").first.click()
    expect(page.locator("dialog[open] #duration")).to_be_visible()
    page.locator("#duration input").first.press("Enter")
    expect(page.locator("dialog[open] #duration")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto("/account")
    expect(page.get_by_role("link", name="Serveur de jeux")).to_have_count(0)


@SCRIPT
def test_a_payment_is_taken_back_and_paid_again(people: People, script: bool) -> None:
    name = "saver-script" if script else "saver-plain"
    page = people.signed_in(name, "/services?q=site-1", java_script_enabled=script)
    page.goto(f"{first_service(page)}/anticipate")
    ordered(page)
    order = page.url
    at_the_provider(page)
    provider = page.url
    decided(page, "pay", "Your order is paid")
    page.goto(provider)
    page.get_by_role("button", name="The cardholder disputes it").click()
    page.wait_for_url(RESULT)
    for _notice_is_under_way in range(50):
        page.goto(order)
        if page.locator("h1").inner_text() == "Your payment was taken back":
            break
        page.wait_for_timeout(200)
    expect(page.locator("#order .warning")).to_contain_text("The payment was disputed at the bank.")
    page.locator("#order .warning a").click()
    expect(page.locator("h1")).to_contain_text("To be paid")
    page.get_by_role("button", name="Pay €").click()
    page.wait_for_url(ORDER)
    at_the_provider(page)
    decided(page, "pay", "Your bill is paid")


@SCRIPT
def test_a_balance_is_added_to_and_the_year_ahead_compared(people: People, script: bool) -> None:
    name = "saver-script" if script else "saver-plain"
    page = people.signed_in(name, "/balance", java_script_enabled=script)
    page.get_by_label("Amount in EUR", exact=True).fill("25")
    page.get_by_role("button", name="Add to my balance").click()
    page.wait_for_url(ORDER)
    at_the_provider(page)
    decided(page, "pay", "Your balance has been added to")
    page.get_by_role("link", name="My balance").click()
    expect(page.locator("[aria-labelledby=sum]")).to_contain_text("€25.00")
    page.goto("/services")
    page.goto(str(page.locator(".export a", has_text="Calendar").get_attribute("href")))
    page.get_by_role("link", name="Every year").click()
    compared = page.locator("section[aria-labelledby=what-if]")
    expect(compared).to_contain_text("would then renew every year")
    page.get_by_role("button", name="Make a private address").click()
    expect(page.get_by_label("Private address (iCalendar)")).to_have_value(re.compile("/calendar.ics"))
    page.get_by_role("link", name="Every year").click()
    page.get_by_role("button", name="Look at this change, service by service").click()
    expect(page.locator("#totals")).to_contain_text("services will be changed")
