"""One server and one Chromium for many tests; each person has a browser profile of their own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browsers.people import People
from tests.browsers.site import free_port, serving, wait_for
from tests.panels.host import PanelHost, panel_host
from tests.panels.nginx import in_front

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OTHERS = dict.fromkeys(("test_text_browsers.py", "test_other_browsers.py", "test_behind.py"), "other browsers") | {
    "test_production.py": "production"
}
PATIENCE = 20_000
"""Milliseconds that an expectation may take on a machine that is busy with other tests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share one server, so one worker runs those at Chromium and another one, with its own, all others."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group(OTHERS.get(item.path.name, "chromium")))


def program(name: str) -> str:
    """Where that browser is installed; a browser that is missing fails the test."""
    seen = shutil.which(name)
    assert seen, f"{name} is not installed: run .ci/browsers"
    return seen


@pytest.fixture(scope="session")
def panel_hosts() -> Iterator[tuple[PanelHost, PanelHost]]:
    """Two control panels of others, each with a site of its own, that know the one under test."""
    with panel_host("acme", "localhost") as acme, panel_host("other", "127.0.0.2", themed=True) as other:
        yield acme, other


@pytest.fixture(scope="session")
def proxying_host() -> Iterator[PanelHost]:
    """Another one, whose own server shall have the program behind it."""
    with panel_host("behind", "127.0.0.1") as host:
        host.front = f"http://localhost:{free_port()}"
        yield host


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, panel_hosts: tuple[PanelHost, PanelHost], proxying_host: PanelHost
) -> Iterator[str]:
    hosts = (*panel_hosts, proxying_host)
    with serving(tmp_path_factory.mktemp("site"), "\n".join(host.told for host in hosts)) as url:
        for host in hosts:
            host.site = url
        yield url


@pytest.fixture(scope="session")
def proxied(site: str, proxying_host: PanelHost, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PanelHost]:
    """The panel behind whose server the program is."""
    with in_front(program("nginx"), proxying_host, tmp_path_factory.mktemp("nginx")):
        wait_for(f"{proxying_host.origin}/home")
        yield proxying_host


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def people(chromium: Browser, site: str) -> Iterator[People]:
    """Whoever a test needs at a browser; afterwards none of them may have met an error of the script."""
    people = People(chromium, site, PATIENCE)
    yield people
    people.leave()
    assert people.errors == []


@pytest.fixture
def page(people: People) -> Iterator[Page]:
    """Whatever a policy forbids is told on the console, and nothing may be."""
    page = people.stranger()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    yield page
    assert told == []
