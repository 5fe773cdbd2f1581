"""``flask serve``, as ``make run`` calls it: an empty folder becomes a demo at which one can pay."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browsers.conftest import PATIENCE
from tests.browsers.people import People, first_service
from tests.browsers.site import PYTHON, ROOT, free_port, wait_for


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a demo that was set up from nothing."""
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ECHEANCE_")}
    environ["ECHEANCE_VAR"] = str(tmp_path / "var")
    words = [*PYTHON, "flask", "--app", "wsgi", "serve", "--port", str(port), "--days", "75"]
    with (tmp_path / "log").open("wb") as log:
        program = subprocess.Popen(words, cwd=ROOT, env=environ, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/login")
        yield address
    finally:
        program.terminate()
        program.wait(20)


def test_the_demo_brings_a_place_to_pay_along(chromium: Browser, served: str, tmp_path: Path) -> None:
    people = People(chromium, served, PATIENCE)
    page = people.signed_in("demo-fr", "/services?q=fonds+photographique")
    page.goto(f"{first_service(page)}/anticipate")
    page.locator("#means-page").check()
    page.get_by_role("button", name="Order with obligation to pay").click()
    page.locator("button[name='action.pay']").click()
    page.wait_for_url(f"{served}/sandbox/pay/*")
    page.locator("button[value=pay]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your order is paid")
    page.goto("/mail")
    page.locator("main table a").last.click()
    assert str(page.locator(".typed a").first.get_attribute("href")).startswith(f"{served}/")
    people.leave()
    assert "1  notices of payment providers" in audited(tmp_path / "var")


def audited(var: Path, seconds: float = 20) -> str:
    """What the audit says, once it has seen a notice: those are sent after the answer."""
    end = time.monotonic() + seconds
    environ = os.environ | {"ECHEANCE_VAR": str(var)}
    while True:
        words = [*PYTHON, "flask", "--app", "wsgi", "audit"]
        said = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=True).stdout
        if " 0  notices" not in said or time.monotonic() > end:
            return said
