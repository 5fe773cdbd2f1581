"""The demo's customers beside the sign-in: each one press away, and never in production."""

from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.demo.conftest import started
from tests.keys import KEY
from tests.markup import said, soup
from tests.provider import Till
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.demo.people import SIGN_INS, DemoPerson
from webapp.settings import Environment, Settings


@pytest.mark.parametrize("person", SIGN_INS, ids=lambda person: person.handle)
def test_one_press_enters(demo_app: Flask, person: DemoPerson) -> None:
    client = demo_app.test_client()
    page = client.get("/login?next=/batches", headers={"Accept-Language": "en"})
    assert person.shows in said(page, "main")
    (form,) = [each for each in soup(page).select("form") if each.select_one(f'button[value="{person.address}"]')]
    sent = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
    entered = client.post(str(form["action"]), data=sent | {"email": person.address})
    assert entered.location == "/batches"
    assert person.name in said(client.get(entered.location), ".who")


def test_customers_that_are_not_there_are_not_offered(tmp_path: Path) -> None:
    assert not soup(started(tmp_path).test_client().get("/login")).select("#demo")


def test_production_knows_none_of_them(demo_app: Flask, tmp_path: Path) -> None:
    settings = Settings(
        var=tmp_path,
        database_url=str(demo_app.config["SQLALCHEMY_DATABASE_URI"]),
        environment=Environment.PRODUCTION,
        secret_key=KEY,
        hosts="portal.example",
    )
    app = create_app(settings, Adapters(FixedClock(NOON), Till()))
    page = app.test_client().get("/login", base_url="https://portal.example")
    assert page.status_code == 200
    assert not soup(page).select("#demo")
    assert all(person.name not in page.get_data(as_text=True) for person in SIGN_INS)
    assert app.test_client().get("/styleguide", base_url="https://portal.example").status_code == 404


def test_every_component_stands_on_one_page(demo_app: Flask) -> None:
    page = soup(demo_app.test_client().get("/styleguide", headers={"Accept-Language": "fr"}))
    for component in (
        ".notice",
        ".warning",
        ".problem",
        ".badge.bad",
        "button.grave",
        ".field .error",
        "th[aria-sort]",
        "dl.facts",
    ):
        assert page.select(component), component


@pytest.mark.parametrize(("theme", "prefers"), [("light", "not all"), ("dark", "all")])
def test_they_are_shown_in_either_theme_whatever_is_preferred(demo_app: Flask, theme: str, prefers: str) -> None:
    client = demo_app.test_client()
    page = soup(client.get(f"/styleguide/{theme}"))
    (sheet,) = page.select("link[rel=stylesheet]")
    with client.get(str(sheet["href"])) as response:
        style = response.text
    assert f"color-scheme: {theme};" in style and f"@media {prefers} {{" in style and "prefers-color" not in style


@pytest.mark.parametrize("path", ["/services", "/views", "/batches", "/invoices", "/account"])
def test_an_empty_page_says_what_will_stand_there_and_leads_on(demo_app: Flask, path: str) -> None:
    client = demo_app.test_client()
    form = soup(client.get("/login")).select('form:has(button[value="demo-new@demo.example"]) input[type=hidden]')
    sent = {str(field["name"]): str(field["value"]) for field in form}
    client.post("/login", data=sent | {"email": "demo-new@demo.example"})
    page = soup(client.get(path))
    assert len(page.select("main p")) >= 1
    assert path == "/services" or page.select('main a.button[href="/services"]')
