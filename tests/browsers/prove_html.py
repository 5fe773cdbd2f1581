"""Every kind of page as the server sends it, read by the Nu Html Checker."""

from functools import partial
from pathlib import Path

from playwright.sync_api import Route

from tests.browsers.judges.nu import faults
from tests.browsers.pages import KINDS
from tests.browsers.people import People
from tests.browsers.test_accessibility import opened


def test_no_page_has_a_fault(people: People, tmp_path: Path) -> None:
    sent: dict[str, bytes] = {}

    def keep(name: str, route: Route) -> None:
        if route.request.resource_type != "document":
            route.fallback()
            return
        response = route.fetch(max_redirects=0)
        if "text/html" in response.headers.get("content-type", "") and response.body():
            sent[f"{name} {len(sent)} {route.request.method} {route.request.url}"] = response.body()
        route.fulfill(response=response)

    for name, kind in KINDS.items():
        page = opened(people, kind)
        page.route("**/*", partial(keep, name))
        page.reload()
        kind.prepare(page)
    assert len(sent) > len(KINDS)
    assert faults(sent, tmp_path) == []
