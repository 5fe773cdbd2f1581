"""The program behind a panel's own nginx: below ``/my``, without a cookie of ours, in text browsers as in others."""

from collections.abc import Callable, Iterator

import pytest
import urllib3
from playwright.sync_api import expect

from tests.browsers import test_other_browsers as ways
from tests.browsers.conftest import program
from tests.browsers.people import People
from tests.browsers.reader import Reader
from tests.panels.host import PanelHost

PAY = {"w3m": "Pay €", "lynx": "Pay"}
WAYS = (
    ways.test_sort_and_search,
    ways.test_a_renewal_is_configured_up_to_its_receipt,
    ways.test_a_service_is_cancelled_and_kept_after_all,
    ways.test_a_payment_is_brought_forward_and_its_invoice_read,
)


@pytest.fixture(params=["w3m", "lynx"])
def browser(request: pytest.FixtureRequest, proxied: PanelHost) -> Iterator[str]:
    customer = f"behind-{request.param}"
    proxied.signed_in = f"holder-{customer}"
    yield customer
    proxied.signed_in = PanelHost.signed_in


@pytest.mark.parametrize("way", WAYS)
def test_text_browsers_go_all_ways(way: Callable[[Reader, str], None], browser: str, proxied: PanelHost) -> None:
    name = browser.removeprefix("behind-")
    with Reader(name, program(name), f"{proxied.origin}/my/services") as reader:
        reader.sees("Services 1 to 6 of 6")
        way(reader, browser)


def test_many_are_changed_and_put_back(browser: str, proxied: PanelHost) -> None:
    proxied.signed_in = f"aligner-{browser}"
    name = browser.removeprefix("behind-")
    with Reader(name, program(name), f"{proxied.origin}/my/services") as reader:
        reader.sees("Services 1 to 5 of 5")
        reader.press("Select all 5 matching")
        reader.sees("5 services selected")
        reader.press("Disable automatic payment")
        reader.sees("Nothing is changed before you confirm")
        reader.press("Confirm")
        reader.sees("Finished")
        reader.press("Put back what was changed")
        reader.press("Confirm")
        reader.sees("Finished")


def test_a_bill_is_paid(browser: str, proxied: PanelHost) -> None:
    name = browser.removeprefix("behind-")
    with Reader(name, program(name), f"{proxied.origin}/my/invoices/holder-{browser}-1") as reader:
        reader.sees("Payment request", "Total, tax included")
        reader.press(PAY[name])
        reader.sees("Nothing is charged before you confirm it")
        reader.press("Pay €")
        reader.sees("No money is taken")
        reader.press("The card is accepted")
        reader.sees("Your bill is paid")


def fetched(host: PanelHost, path: str, **headers: str) -> urllib3.BaseHTTPResponse:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return urllib3.request("GET", host.origin + path, headers=sent, redirect=False, retries=False)


def test_what_browsers_say_of_themselves_is_not_believed(proxied: PanelHost) -> None:
    forged = proxied.token("demo-agency")
    answer = fetched(proxied, "/my/services", X_Portal_Assertion=forged, X_Portal_Fragment="1", Cookie="echeance=x")
    page = answer.data.decode()
    assert answer.status == 200 and "<!doctype" in page and "Set-Cookie" not in answer.headers
    assert page == fetched(proxied, "/my/services").data.decode()


def test_nobody_is_there_whom_the_panel_does_not_know(proxied: PanelHost) -> None:
    proxied.signed_in = ""
    answers = {path: fetched(proxied, path) for path in ("/my/services", "/my/", "/home", "/portal-fragment/services")}
    proxied.signed_in = PanelHost.signed_in
    told = {path: (answer.status, answer.headers.get("Location")) for path, answer in answers.items()}
    assert told.pop("/portal-fragment/services") == (404, None)
    assert set(told.values()) == {(303, f"{proxied.origin}/")}


def test_services_are_put_into_a_page_of_the_panel(proxied: PanelHost) -> None:
    page = fetched(proxied, "/home").data.decode()
    assert page.count("<html") == page.count("<title") == 1
    assert page.index("Behind panel") < page.index('action="/my/services"') < page.index("End of the page")
    assert fetched(proxied, "/portal-fragment/services").status == 404


@pytest.mark.parametrize("script", [True, False])
def test_a_browser_with_all_it_has_keeps_no_cookie(people: People, proxied: PanelHost, script: bool) -> None:
    page = people.stranger(java_script_enabled=script)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.goto(f"{proxied.origin}/my/services")
    page.locator("#sort-name").click()
    expect(page.locator("th.name[aria-sort]")).to_be_visible()
    page.locator("tbody td.actions > a:not(.more)", has_text="Configure").first.click()
    expect(page.locator("input[name=choice]").first).to_be_visible()
    assert page.url.startswith(f"{proxied.origin}/my/services")
    assert page.context.cookies() == [] and told == []
