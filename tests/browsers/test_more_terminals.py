"""The same ways in Links, ELinks and edbrowse, each by customers of its own."""

from collections.abc import Iterator

import pytest

from tests.browsers.conftest import program
from tests.browsers.editor import Editor
from tests.browsers.people import PASSWORD
from tests.browsers.reader import Reader

BROWSERS = ("links", "elinks", "edbrowse")


def opened(browser: str, url: str) -> Reader | Editor:
    path = program(browser)
    return Editor(path, url) if browser == "edbrowse" else Reader(browser, path, url)


@pytest.fixture(params=BROWSERS)
def browser(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _sign_in(reader: Reader | Editor, account: str) -> None:
    if isinstance(reader, Editor):
        reader.press("English")
    reader.sees("Password")
    reader.fill("E-mail address", f"{account}@demo.example")
    reader.fill("Password", PASSWORD)
    reader.press("Sign in")


@pytest.fixture
def reader(browser: str, site: str) -> Iterator[Reader | Editor]:
    """At the table of an account with five services."""
    with opened(browser, f"{site}/login") as reader:
        _sign_in(reader, f"aligner-{browser}")
        reader.sees("Services 1 to 5 of 5")
        yield reader


def test_sort_and_search(reader: Reader | Editor, browser: str) -> None:
    reader.press("Price")
    reader.sees("sorted by “Price”, ascending")
    reader.fill("Search by name or reference", f"site-4 {browser}")
    reader.press("Search")
    reader.sees(f"Search: site-4 {browser}", "Services 1 to 1 of 1")


def test_a_renewal_is_configured_up_to_its_receipt(reader: Reader | Editor, browser: str) -> None:
    _open(reader, f"site-1.aligner-{browser}.example")
    reader.press("Configure renewal")
    reader.sees("How should it renew?")
    reader.choose("Manual: I renew it myself")
    reader.press("Show what this means")
    reader.sees("Nothing will be debited")
    reader.press("Confirm: manual renewal")
    reader.sees("Receipt number", f"site-1.aligner-{browser}.example", "Manual renewal")


def _open(reader: Reader | Editor, name: str) -> None:
    reader.press(name)
    reader.sees("Contacts")


def test_a_service_is_cancelled_and_kept_after_all(reader: Reader | Editor, browser: str) -> None:
    _open(reader, f"site-2.aligner-{browser}.example")
    reader.press("Cancel my service")
    reader.sees("Ends on", "Can be undone until")
    reader.press("Confirm the cancellation")
    reader.sees("Your cancellation is recorded", "Provider", "Nothing more is debited.")
    reader.press("Undo cancellation")
    reader.sees("it is at once as it was before")
    reader.press("Undo cancellation")
    reader.sees("The cancellation is undone")


def test_a_payment_is_brought_forward_and_made(reader: Reader | Editor, browser: str) -> None:
    _open(reader, f"site-3.aligner-{browser}.example")
    reader.press("Bring forward payment")
    reader.sees("For how long", "no day is lost")
    reader.press("Show the total")
    reader.sees("Total, tax included")
    reader.press("Order with obligation to pay")
    _pay(reader)
    reader.sees("Your order is paid", "Number of the invoice")


def _pay(reader: Reader | Editor) -> None:
    reader.press("Pay €")
    reader.sees("No money is taken")
    reader.press("The card is accepted")


def test_many_at_once(reader: Reader | Editor) -> None:
    reader.press("Select all 5 matching")
    reader.sees("5 services selected")
    reader.press("Disable automatic payment")
    reader.sees("Nothing is changed before you confirm")
    reader.press("Confirm")
    reader.sees("Finished")


def test_all_bills_are_paid_at_once(site: str, browser: str) -> None:
    with opened(browser, f"{site}/login?next=/invoices") as reader:
        _sign_in(reader, f"debtor-{browser}")
        reader.sees("My bills", "To be paid")
        reader.press("Pay all")
        reader.sees("Pay your bills", "Bills that it pays")
        _pay(reader)
        reader.sees("Your bills are paid", "the bills below are settled")
