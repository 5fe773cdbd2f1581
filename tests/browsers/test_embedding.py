"""The program in a frame of somebody else’s page, in Chromium as Debian ships it: no cookies of third parties."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browsers.people import People
from tests.panels.host import PanelHost

Hosts = tuple[PanelHost, PanelHost]


def open_frame(page: Page, host: PanelHost, account: str = "demo-fr", **more: str) -> FrameLocator:
    """Press the panel’s button."""
    words = "&".join(f"{name}={value}" for name, value in {"account": account, **more}.items())
    page.goto(f"{host.origin}/?{words}")
    page.get_by_role("button", name="My services").click()
    return page.frame_locator("iframe")


def test_the_table_works_in_a_frame(page: Page, panel_hosts: Hosts) -> None:
    frame = open_frame(page, panel_hosts[0])
    expect(frame.get_by_role("heading", level=1)).to_have_text("My services")
    frame.locator("#sort-name").click()
    expect(frame.locator("th.name[aria-sort]")).to_have_count(1)
    frame.locator("#q").fill("castaing")
    expect(frame.locator("#chip-1")).to_be_visible()
    frame.get_by_role("link", name="My bills").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("My bills")
    expect(frame.locator("header, footer")).to_have_count(0)
    page.evaluate("history.back()")
    expect(frame.get_by_role("heading", level=1)).to_have_text("My services")


def test_a_dialog_and_a_batch_are_confirmed_in_a_frame(page: Page, panel_hosts: Hosts) -> None:
    frame = open_frame(page, panel_hosts[0], "demo-agency")
    frame.locator("tbody td.actions > a:not(.more)", has_text="Configure").first.click()
    expect(frame.locator("dialog[open]")).to_be_visible()
    frame.locator("dialog[open]").press("Escape")
    frame.locator("#selection-all").click()
    frame.locator("#batch-actions summary").click()
    frame.locator("#batch-actions").get_by_role("button", name="Disable automatic payment").click()
    expect(frame.locator("h1")).to_have_text("Disable automatic payment")
    expect(frame.locator("#totals")).to_be_visible()


def test_two_panels_show_two_customers_at_once(page: Page, people: People, panel_hosts: Hosts) -> None:
    acme, other = panel_hosts
    first = open_frame(page, acme)
    second_page = page.context.new_page()
    second = open_frame(second_page, other, "demo-qc")
    expect(second.get_by_role("heading", level=1)).to_have_text("My services")
    shown = second.locator("tbody th.name a").first.inner_text()
    page.bring_to_front()
    for name in ("My views", "My services"):
        first.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        expect(first.get_by_role("heading", level=1)).to_have_text(name)
    assert first.locator("tbody th.name a").first.inner_text() != shown
    page.goto(f"{people.site}/services")
    expect(page.locator("#email")).to_be_visible()


def test_without_cookies_one_is_led_to_a_window_of_its_own(page: Page, people: People, panel_hosts: Hosts) -> None:
    def forget(route: object) -> None:
        response = route.fetch(max_redirects=0)  # type: ignore[attr-defined]
        headers = {name: value for name, value in response.headers.items() if name != "set-cookie"}
        route.fulfill(response=response, headers=headers)  # type: ignore[attr-defined]

    page.route(f"{people.site}/in/acme/launch", forget)
    frame = open_frame(page, panel_hosts[0])
    expect(frame.get_by_role("heading", level=1)).to_have_text("This portal is closed here")
    expect(frame.get_by_role("link", name="Open this portal from Acme again")).to_have_attribute("target", "_top")


def test_another_site_cannot_show_the_frame_of_a_panel(people: People, panel_hosts: Hosts) -> None:
    page = people.stranger()
    acme, other = panel_hosts
    open_frame(page, acme)
    page.goto(f"{other.origin}/")
    page.evaluate("address => { document.querySelector('iframe').src = address }", f"{people.site}/in/acme/services")
    page.wait_for_event("framenavigated", lambda frame: frame.url.startswith("chrome-error://"))


def test_the_whole_window_is_opened_from_a_panel(page: Page, people: People, panel_hosts: Hosts) -> None:
    page.goto(f"{panel_hosts[0].origin}/?account=demo-fr&top=yes&locale=fr")
    page.get_by_role("button", name="My services").click()
    expect(page).to_have_url(f"{people.site}/services")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes services")
    page.get_by_role("link", name="Retour à Acme").click()
    expect(page).to_have_url(f"{panel_hosts[0].origin}/")


def test_one_pays_in_the_whole_window(page: Page, people: People, panel_hosts: Hosts) -> None:
    frame = open_frame(page, panel_hosts[0], "debtor-frame", route="invoices")
    frame.locator("main button", has_text="Pay").first.click()
    frame.locator("button[name='action.pay']").click()
    frame.get_by_role("link", name="Go on at").click()
    page.wait_for_url("**/pay/*")
    page.locator("button[value=pay]").click()
    expect(page).to_have_url(f"{panel_hosts[0].origin}/")
    for _time in range(20):
        frame = open_frame(page, panel_hosts[0], "debtor-frame", route="orders")
        state = frame.locator("main table tbody tr").first
        expect(state).to_be_visible()
        if "Paid" in state.inner_text():
            return
        page.wait_for_timeout(500)
    pytest.fail("the provider tells nothing")
