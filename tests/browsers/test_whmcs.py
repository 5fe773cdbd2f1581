"""The addon of WHMCS in PHP, with as much of WHMCS around it as it meets."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import urllib3
from playwright.sync_api import expect

from tests.browsers.conftest import program
from tests.browsers.people import People
from tests.browsers.site import ROOT, free_port, wait_for
from tests.panels.host import SECRET, PanelHost

ADDON = ROOT / "docs" / "panels" / "whmcs" / "echeance.php"
AROUND = Path(__file__).parents[1] / "panels" / "whmcs.php"
CLIENT = 7
"""Of the account ``holder-whmcs-7``."""


@contextmanager
def whmcs(host: PanelHost, **other: str) -> Iterator[str]:
    """Its client area."""
    settings = {"portal": host.site, "issuer": host.origin, "secret": SECRET, "prefix": "holder-whmcs-"} | other
    address = f"127.0.0.1:{free_port()}"
    environ = os.environ | {"ADDON": str(ADDON), "SETTINGS": json.dumps(settings)}
    server = subprocess.Popen([program("php"), "-S", address, str(AROUND)], env=environ, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://{address}/")
        yield f"http://{address}/index.php?m=echeance"
    finally:
        server.terminate()
        server.wait(20)


def test_a_client_is_led_to_the_portal(people: People, panel_hosts: tuple[PanelHost, PanelHost]) -> None:
    page = people.stranger()
    with whmcs(panel_hosts[0]) as area:
        page.goto(f"{area}&client={CLIENT}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Mes services")
        expect(page.locator("main")).to_contain_text("site-1.holder-whmcs-7.example")
        expect(page).to_have_url(f"{people.site}/services")
        page.goto(f"{area}&client={CLIENT}")
        expect(page).to_have_url(f"{people.site}/services")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"secret": "another one, as long as it takes"}, "La signature de votre panneau de contrôle"),
        ({"portal": "http://127.0.0.1:1"}, "The services portal does not answer."),
    ],
)
def test_a_client_who_cannot_be_led_there_reads_why(
    panel_hosts: tuple[PanelHost, PanelHost], people: People, other: dict[str, str], why: str
) -> None:
    with whmcs(panel_hosts[0], **other) as area:
        answer = urllib3.request("GET", f"{area}&client={CLIENT}", redirect=False)
    assert answer.status == 502 and "Location" not in answer.headers
    assert why in answer.data.decode()
    assert answer.headers["X-Logged"].startswith(f"{CLIENT} Echeance%3A%20{quote(why)}")


def test_a_stranger_signs_in_first(panel_hosts: tuple[PanelHost, PanelHost], people: People) -> None:
    with whmcs(panel_hosts[0]) as area:
        assert json.loads(urllib3.request("GET", area).data)["requirelogin"] is True
