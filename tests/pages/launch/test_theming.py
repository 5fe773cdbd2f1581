"""A panel's colours, name and logo, in its frames and in the windows that it opened."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import NOON
from tests.markup import found, said, soup
from tests.pages.launch.conftest import browser
from tests.panel import ACME, Host, installed
from tests.world import World
from webapp.domain.themes import Palette, Theme

LOGO = '<svg xmlns="http://www.w3.org/2000/svg"/>'
THEME = Theme(Palette("#7a1fa2", "#ffffff", "#1b1b1f"), radius=4, name="ACME Services", logo=LOGO)


@pytest.fixture
def host(app: Flask, world: World) -> Iterator[Host]:
    world.service(world.account("Alice"), "shop.example")
    with installed(app, replace(ACME, theme=THEME)):
        yield Host(NOON)


def opened(app: Flask, host: Host, within: str, **claims: str) -> FlaskClient:
    client = browser(app)
    assert client.post(f"{within}/launch", data={"token": host.token(**claims)}).status_code == 303
    return client


def sheets(client: FlaskClient, url: str) -> list[str]:
    return [str(link["href"]) for link in soup(client.get(url)).select("link[rel=stylesheet]")]


@pytest.mark.parametrize("within", ["", "/in/acme"])
def test_pages_wear_it(app: Flask, host: Host, within: str) -> None:
    client = opened(app, host, within)
    own, theirs = sheets(client, f"{within}/services")
    assert own.startswith("/static/portal.")
    assert theirs.startswith("/theme/acme/")
    sheet = app.test_client().get(theirs)
    assert (sheet.mimetype, "--accent: #7a1fa2;" in sheet.text) == ("text/css", True)
    assert "immutable" in sheet.headers["Cache-Control"]
    assert said(client.get(f"{within}/services"), "title") == "My services: 1 service – ACME Services"
    assert sheets(client, f"{within}/nothing") == [own, theirs]


def test_the_header_of_a_window_has_its_name_and_logo(app: Flask, host: Host) -> None:
    client = opened(app, host, "")
    assert said(client.get("/services"), ".brand") == "ACME Services"
    logo = app.test_client().get(str(found(client.get("/services"), ".brand img")["src"]))
    assert (logo.mimetype, logo.text) == ("image/svg+xml", LOGO)


def test_who_came_otherwise_sees_the_portal_as_it_is(app: Flask, host: Host, world: World) -> None:
    client = world.client(1)
    assert len(sheets(client, "/services")) == 1
    assert said(client.get("/services"), ".brand") == "Echeance"
    assert len(sheets(app.test_client(), "/login")) == 1


def test_a_frame_that_is_closed_wears_it_too(app: Flask, host: Host) -> None:
    assert len(sheets(app.test_client(), "/in/acme/login")) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_says_whether_it_is_dark(app: Flask, host: Host, scheme: str) -> None:
    client = opened(app, host, "/in/acme", theme=scheme)
    own, theirs = sheets(client, "/in/acme/services")
    assert own.startswith(f"/static/portal-{scheme}.")
    assert app.test_client().get(theirs).status_code == 200
    plain = opened(app, host, "/in/acme", theme="pink")
    assert sheets(plain, "/in/acme/services")[0].startswith("/static/portal.")


@pytest.mark.parametrize("url", ["/theme/acme/other.css", "/theme/nobody/x.css"])
def test_only_what_there_is_is_found(app: Flask, host: Host, url: str) -> None:
    assert app.test_client().get(url).status_code == 404
