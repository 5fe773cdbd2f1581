"""``<echeance-services>`` on a panel's page whose own policy is strict, and what the two tell each other."""

from typing import Any

from playwright.sync_api import FrameLocator, Page, expect

from tests.browsers.people import People
from tests.panels.host import PanelHost

Hosts = tuple[PanelHost, PanelHost]
HEIGHT = "document.querySelector('iframe')?.offsetHeight ?? 0"
OVERFLOW = "document.documentElement.scrollHeight - innerHeight"


def embedded(page: Page, host: PanelHost, **asked: str) -> FrameLocator:
    words = "&".join(f"{name}={value}" for name, value in {"account": "demo-fr", **asked}.items())
    page.goto(f"{host.origin}/embedding?{words}")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    return frame


def inside(page: Page) -> Any:
    return page.frames[1]


def test_the_frame_is_as_high_as_its_page(page: Page, panel_hosts: Hosts) -> None:
    frame = embedded(page, panel_hosts[0], account="demo-agency")
    page.wait_for_function(f"{HEIGHT} > 1500")
    assert inside(page).evaluate(OVERFLOW) == 0
    frame.locator("#more-filters summary").click()
    page.wait_for_timeout(300)
    assert inside(page).evaluate(OVERFLOW) <= 0
    frame.get_by_role("link", name="My views").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("My views")
    page.wait_for_function(f"{HEIGHT} < 900")
    assert inside(page).evaluate(OVERFLOW) == 0


def test_dialogs_and_bars_are_where_one_looks(page: Page, panel_hosts: Hosts) -> None:
    frame = embedded(page, panel_hosts[0], account="demo-agency")
    page.wait_for_function(f"{HEIGHT} > 1500")
    page.evaluate("scrollTo(0, 700)")
    act = frame.locator("tbody td.actions > a:not(.more)", has_text="Configure").nth(8)
    act.hover()
    scrolled = page.evaluate("scrollY")
    act.click()
    dialog = frame.locator("dialog[open]")
    expect(dialog).to_be_visible()
    box = dialog.bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"]  # type: ignore[index]
    assert page.evaluate("scrollY") == scrolled > 300
    dialog.press("Escape")
    head = frame.locator(".services thead th").first.bounding_box()
    assert head and -1 < head["y"] < 5


def test_the_panels_address_leads_to_what_is_shown(page: Page, panel_hosts: Hosts) -> None:
    frame = embedded(page, panel_hosts[0])
    frame.locator("#sort-name").click()
    page.wait_for_url("**portal=services%3F*sort*")
    frame.locator("tbody th.name a").first.click()
    page.wait_for_url("**portal=service%2F*")
    title = frame.get_by_role("heading", level=1).inner_text()
    page.reload()
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    page.goto(f"{panel_hosts[0].origin}/embedding?account=demo-fr&portal=services%3Fsort%3D-name")
    expect(page.frame_locator("iframe").locator("th.name[aria-sort=descending]")).to_be_visible()


def test_a_session_that_ends_goes_on_by_itself(page: Page, people: People, panel_hosts: Hosts) -> None:
    frame = embedded(page, panel_hosts[0])
    page.context.clear_cookies()
    frame.get_by_role("link", name="My bills").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("My services")


def test_without_cookies_it_asks_only_once(page: Page, people: People, panel_hosts: Hosts) -> None:
    def forget(route: Any) -> None:
        response = route.fetch(max_redirects=0)
        headers = {name: value for name, value in response.headers.items() if name != "set-cookie"}
        route.fulfill(response=response, headers=headers)

    asked: list[str] = []
    page.route(f"{people.site}/in/acme/launch", forget)
    page.on("request", lambda request: asked.append(request.url) if "/token" in request.url else None)
    frame = embedded(page, panel_hosts[0])
    expect(frame.get_by_role("heading", level=1)).to_have_text("This portal is closed here")
    page.wait_for_timeout(500)
    assert len(asked) == 1


def test_language_theme_and_route_follow_the_element(page: Page, panel_hosts: Hosts) -> None:
    frame = embedded(page, panel_hosts[0])
    change = "([name, value]) => document.querySelector('echeance-services').setAttribute(name, value)"
    page.evaluate(change, ["locale", "fr"])
    expect(frame.get_by_role("heading", level=1)).to_have_text("Mes services")
    page.evaluate(change, ["theme", "dark"])
    expect(frame.locator("link[href*='/portal-dark.']")).to_have_count(1)
    page.evaluate(change, ["route", "invoices"])
    expect(frame.get_by_role("heading", level=1)).to_have_text("Mes factures")


FORGED = [
    {"type": "portal:resize", "v": 1, "height": 4321},
    {"type": "portal:navigate", "v": 1, "route": "balance", "title": "x"},
    {"type": "portal:session-expired", "v": 1},
]


ODD_FOR_THE_PANEL = [
    None,
    1,
    "portal:resize",
    {},
    {"type": "portal:resize", "height": 4321},
    {"type": "portal:resize", "v": 2, "height": 4321},
    {"type": "portal:resize", "v": 1, "height": "high"},
    {"type": "portal:resize", "v": 1, "height": -5},
    {"type": "portal:navigate", "v": 1, "route": "x" * 3000, "title": ""},
    {"type": "portal:open", "v": 1},
]
ODD_FOR_THE_FRAME = [
    None,
    {"type": "portal:view", "above": 77},
    {"type": "portal:view", "v": 1, "above": "77px; color: red"},
    {"type": "portal:view", "v": 1, "above": -77},
    {"type": "portal:view", "v": 1, "above": 1e12},
]


def test_what_others_tell_the_panel_is_not_heard(page: Page, panel_hosts: Hosts) -> None:
    embedded(page, panel_hosts[0])
    page.wait_for_url("**portal=services*")
    height, url = page.evaluate(HEIGHT), page.url
    for told in FORGED:
        page.evaluate("told => postMessage(told, '*')", told)
    inside(page).evaluate("odd => odd.forEach((told) => parent.postMessage(told, '*'))", ODD_FOR_THE_PANEL)
    page.wait_for_timeout(300)
    assert (page.evaluate(HEIGHT), page.url) == (height, url)


def test_a_page_is_never_higher_than_the_panel_can_bear(page: Page, panel_hosts: Hosts) -> None:
    embedded(page, panel_hosts[0])
    inside(page).evaluate("parent.postMessage({ type: 'portal:resize', v: 1, height: 1e9 }, '*')")
    page.wait_for_function(f"{HEIGHT} === 20000")


def test_what_others_tell_the_frame_is_not_heard(page: Page, panel_hosts: Hosts) -> None:
    embedded(page, panel_hosts[0])
    inside(page).evaluate("postMessage({ type: 'portal:view', v: 1, above: 77, below: 77 }, '*')")
    tell = "odd => odd.forEach((told) => document.querySelector('iframe').contentWindow.postMessage(told, '*'))"
    page.evaluate(tell, ODD_FOR_THE_FRAME)
    page.wait_for_timeout(300)
    above = "getComputedStyle(document.documentElement).getPropertyValue('--above')"
    assert inside(page).evaluate(above) == "0px"


def test_without_script_it_is_a_link(people: People, panel_hosts: Hosts) -> None:
    page = people.stranger(java_script_enabled=False)
    page.goto(f"{panel_hosts[0].origin}/embedding")
    page.get_by_role("link", name="My services in a window").click()
    page.get_by_role("button", name="My services").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My services")
