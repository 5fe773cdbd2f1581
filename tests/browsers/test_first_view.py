"""What the first view costs on a cold cache, and that it brings nothing from elsewhere."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browsers.people import People

HTML, EVERYTHING = 14_000, 60_000
"""Bytes over the wire, compressed: one first flight, and the page with all its files."""
LISTEN = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""
INLINE = "document.querySelectorAll('[style], style, script:not([src])').length"
HANDLERS = "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"
FETCHED_FILES = "performance.getEntriesByType('resource').filter(e => e.transferSize > 0).map(e => e.name)"


def first_view(people: People) -> tuple[Page, dict[str, int], list[str]]:
    """A browser that has the session and nothing else opens the table: the page, bytes per address, its console."""
    session: Any = people.signed_in("demo-fr", language="fr").context.storage_state()
    page = people.stranger(storage_state=session)
    console: list[str] = []
    received: list[Any] = []
    page.on("console", lambda message: console.append(message.text))
    page.on("requestfinished", lambda request: received.append(request))
    page.add_init_script(LISTEN)
    page.goto("/services", wait_until="networkidle")
    expect(page.locator("tbody tr")).to_have_count(25)
    return page, {request.url: request.sizes()["responseBodySize"] for request in received}, console


def test_the_first_view_is_small_and_comes_from_one_host(people: People) -> None:
    _page, weights, _console = first_view(people)
    assert 0 < weights[f"{people.site}/services"] <= HTML
    assert sum(weights.values()) <= EVERYTHING
    assert {urlsplit(url).netloc for url in weights} == {urlsplit(people.site).netloc}
    assert len(weights) >= 4


def test_the_page_keeps_its_own_security_policy(people: People) -> None:
    page, _weights, console = first_view(people)
    page.locator("#sort-name").click()
    expect(page.locator("th.name[aria-sort]")).to_have_count(1)
    assert console == []
    assert page.evaluate("window.violations") == []
    assert page.evaluate(INLINE) == 0
    assert page.evaluate(HANDLERS) == []


def test_the_second_view_fetches_the_page_alone(people: People) -> None:
    page, _weights, _console = first_view(people)
    page.goto("/services?sort=name", wait_until="networkidle")
    assert page.evaluate(FETCHED_FILES) == []
