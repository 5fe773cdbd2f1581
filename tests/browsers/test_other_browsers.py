"""The same ways in Links, ELinks, edbrowse and Firefox, each by customers of its own."""

import re
from collections.abc import Iterator

import pytest

from tests.browsers.conftest import program
from tests.browsers.customers import password_of
from tests.browsers.editor import Editor
from tests.browsers.firefox import Firefox
from tests.browsers.reader import Reader

BROWSERS = ("links", "elinks", "edbrowse", "firefox-esr")
Anyone = Reader | Editor | Firefox


def opened(browser: str, url: str) -> Anyone:
    path = program(browser)
    if browser == "firefox-esr":
        return Firefox(path, url)
    return Editor(path, url) if browser == "edbrowse" else Reader(browser, path, url)


@pytest.fixture(params=BROWSERS)
def browser(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _sign_in(reader: Anyone, account: str) -> None:
    if isinstance(reader, Editor):
        reader.press("English")
    reader.sees("Password")
    reader.fill("E-mail address", f"{account}@demo.example")
    reader.fill("Password", password_of(account))
    reader.press("Sign in")


@pytest.fixture
def reader(browser: str, site: str) -> Iterator[Anyone]:
    """At the table of an account with six services, one of them with a bill."""
    with opened(browser, f"{site}/login") as reader:
        _sign_in(reader, f"holder-{browser}")
        reader.sees("Services 1 to 6 of 6")
        yield reader


def test_sort_and_search(reader: Anyone, browser: str) -> None:
    reader.press("Price")
    reader.sees("sorted by “Price”, ascending")
    reader.fill("Search by name or reference", f"site-4 {browser}")
    reader.press("Search")
    reader.sees(f"Search: site-4 {browser}", "Services 1 to 1 of 1")


def test_ticks_are_kept_over_pages(site: str, browser: str) -> None:
    with opened(browser, f"{site}/login") as reader:
        _sign_in(reader, "demo-de")
        reader.sees("Services 1 to 25 of 41")
        reader.press("Service")
        reader.sees("sorted by “Service”, ascending")
        _tick(reader, "Alte Lohnabrechnung")
        reader.sees("1 service selected")
        reader.press("Last")
        reader.sees("Services 26 to 41 of 41")
        _tick(reader, "Zentrale")
        reader.sees("2 services selected")


def _tick(reader: Anyone, name: str) -> None:
    reader.choose(name)
    if not isinstance(reader, Firefox):
        reader.press("Keep the ticks of this page")


def test_a_renewal_is_configured_up_to_its_receipt(reader: Anyone, browser: str) -> None:
    _open(reader, f"site-1.holder-{browser}.example")
    reader.press("Configure renewal")
    reader.sees("How should it renew?")
    reader.choose("Manual: I renew it myself")
    if not isinstance(reader, Firefox):
        reader.press("Show what this means")
    reader.sees("Nothing will be debited")
    reader.press("Confirm: manual renewal")
    reader.sees("Receipt number", f"site-1.holder-{browser}.example", "Manual renewal")


def _open(reader: Anyone, name: str) -> None:
    """From the table, not from a page before it that has a link of the same name."""
    reader.sees("Select all 6 matching")
    reader.press(name)
    reader.sees("Contacts")


def test_a_service_is_cancelled_and_kept_after_all(reader: Anyone, browser: str) -> None:
    _open(reader, f"site-2.holder-{browser}.example")
    reader.press("Cancel my service")
    reader.sees("Ends on", "Can be undone until")
    reader.press("Confirm the cancellation")
    reader.sees("Your cancellation is recorded", "Provider", "Nothing more is debited.")
    reader.press("Undo cancellation")
    reader.sees("it is at once as it was before")
    reader.press("Undo cancellation")
    reader.sees("The cancellation is undone")


def test_a_payment_is_brought_forward_and_its_invoice_read(reader: Anyone, browser: str) -> None:
    _open(reader, f"site-3.holder-{browser}.example")
    _order(reader)
    reader.press("The card is accepted")
    reader.sees("Your order is paid", "Number of the invoice")
    reader.press("My bills")
    reader.sees("Paid in full")
    reader.press("FR-")
    reader.sees("Invoice", f"site-3.holder-{browser}.example", "Total without tax", "Total, tax included")
    if not isinstance(reader, Editor):
        number = re.search(r"Invoice (FR-\d+)", reader.text)
        assert number
        reader.press("Download as PDF")
        assert reader.keeps(f"{number[1]}.pdf").startswith(b"%PDF")


def _order(reader: Anyone) -> None:
    """From the service to the page of the provider."""
    reader.press("Bring forward payment")
    reader.sees("For how long", "no day is lost")
    if not isinstance(reader, Firefox):
        reader.press("Show the total")
    reader.sees("Total, tax included")
    reader.choose("On the page of our payment provider")
    reader.press("Order with obligation to pay")
    reader.press("Pay €")
    reader.sees("No money is taken")


def test_a_payment_is_refused_left_and_answered_late(reader: Anyone, browser: str) -> None:
    _open(reader, f"site-4.holder-{browser}.example")
    _order(reader)
    reader.press("The card is refused")
    reader.sees("Your payment did not go through", "Nothing was charged")
    reader.press("Try again")
    reader.sees("No money is taken")
    reader.press("Leave without paying")
    reader.sees("You left the payment page without paying.")
    reader.press("Try again")
    reader.sees("No money is taken")
    reader.press("The bank asks for a second step")
    reader.sees("Your bank asks you to confirm")
    reader.press("Confirm")
    reader.sees("Your order is paid")
    reader.press("Back to my services")
    _open(reader, f"site-4.holder-{browser}.example")
    _order(reader)
    reader.press("A debit that settles later")
    reader.sees("Your payment is on its way", "You may leave this page.")


def test_one_bill_is_read_and_paid(reader: Anyone, browser: str) -> None:
    reader.press("My bills")
    reader.sees("To be paid")
    reader.press(f"holder-{browser}-1")
    reader.sees("Payment request", "Total, tax included")
    reader.press("Pay")
    reader.sees("Nothing is charged before you confirm it")
    _pay(reader)
    reader.sees("Your bill is paid", "Active")


def _pay(reader: Anyone) -> None:
    reader.press("Pay €")
    reader.sees("No money is taken")
    reader.press("The card is accepted")


def test_all_bills_are_paid_at_once(site: str, browser: str) -> None:
    with opened(browser, f"{site}/login?next=/invoices") as reader:
        _sign_in(reader, f"debtor-{browser}")
        reader.sees("My bills", "To be paid")
        reader.press("Pay all")
        reader.sees("Pay your bills", "Bills that it pays")
        _pay(reader)
        reader.sees("Your bills are paid", "the bills below are settled")


def test_many_are_changed_and_put_back(reader: Anyone) -> None:
    _select(reader, 6, "Disable automatic payment")
    reader.sees("Nothing is changed before you confirm")
    reader.press("Confirm")
    reader.sees("Finished")
    reader.press("Put back what was changed")
    reader.sees("Exactly what that batch changed is put back")
    reader.press("Confirm")
    reader.sees("Finished")


def _select(reader: Anyone, number: int, action: str) -> None:
    reader.press(f"Select all {number} matching")
    reader.sees(f"{number} services selected")
    if isinstance(reader, Firefox):
        reader.press("Actions")
        reader.sees("possible for")
    reader.press(action)


def test_many_are_cancelled_and_kept(reader: Anyone) -> None:
    _select(reader, 6, "Cancel services")
    reader.sees("Nothing is changed before you confirm")
    reader.press("Confirm the cancellation")
    reader.sees("Finished")
    reader.press("Undo these cancellations")
    reader.sees("These services are kept")
    reader.press("Confirm")
    reader.sees("Finished")


def test_many_are_aligned_and_then_renewed_with_one_payment(site: str, browser: str) -> None:
    with opened(browser, f"{site}/login") as reader:
        _sign_in(reader, f"aligner-{browser}")
        _select(reader, 5, "Align renewal dates")
        reader.sees("4 of these services can be moved", "As it is today", "€24.00 on 3 days")
        reader.press("Continue with")
        reader.sees("2 services will be aligned", "There is no undoing this", "days added")
        _order_many(reader)
        reader.press("Back to my services")
        _select(reader, 5, "Renew services")
        reader.sees("For how long?", "services will be ordered")
        _order_many(reader)


def _order_many(reader: Anyone) -> None:
    reader.press("Order with obligation to pay")
    reader.sees("Pay your order")
    _pay(reader)
    reader.sees("Your order is paid", "Number of the invoice")


def test_a_balance_is_added_to_and_the_year_ahead_looked_at(site: str, browser: str) -> None:
    with opened(browser, f"{site}/login?next=/balance") as reader:
        _sign_in(reader, f"saver-{browser}")
        saves(reader)


def saves(reader: Anyone) -> None:
    """From the empty balance to the calendar, and to the batch that its comparison leads to."""
    reader.sees("Nothing at the moment.")
    reader.fill("Amount in EUR", "25")
    reader.press("Add to my balance")
    reader.sees("Nothing is charged before you pay", "€25.00")
    reader.press("Pay €")
    reader.sees("No money is taken")
    reader.press("The card is accepted")
    reader.sees("Your balance has been added to")
    reader.press("My balance")
    reader.sees("€25.00", "Added by you")
    reader.press("My services")
    reader.sees("Services 1 to 5 of 5")
    if isinstance(reader, Firefox):
        reader.press("Options")
    reader.press("Calendar")
    reader.sees("The twelve months ahead", "Of 5 services, as things stand today.")
    reader.press("Every month")
    reader.sees("of these services would then renew every month")
    reader.press("Every year")
    reader.sees("would then renew every year")
    reader.press("Make a private address")
    reader.sees("Withdraw the address")
