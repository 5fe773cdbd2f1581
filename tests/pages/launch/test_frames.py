"""Pages in a frame of a panel: with a session of their own, shown by the page that opened it and by no other one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import NOON
from tests.house.test_routes import LEADING, pages
from tests.markup import confirmation, found, post, said, soup
from tests.panel import ACME, ORIGIN, Host, installed
from tests.provider import Till
from tests.world import World
from webapp.domain.panels import Way
from webapp.models import Attempt, SignIn
from webapp.web.frames import FRAMED

IN = "/in/acme"
OTHER = replace(
    ACME, name="other", title="Other", issuer="https://other.example", origins=("https://other.example",), return_to=()
)


@pytest.fixture
def host(app: Flask) -> Iterator[Host]:
    several = replace(ACME, origins=(ORIGIN, "https://second.acme.example"))
    with installed(app, several, OTHER):
        yield Host(NOON)


class Framed(FlaskClient):
    """A browser’s frame: whatever it asks for lies below the panel’s path."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        path = args[0] if args else options.pop("path")
        within = path if path.startswith(IN) else IN + path
        return super().open(within, *args[1:], **options)

    def session_transaction(self, *args: Any, **options: Any) -> Any:
        return super().session_transaction(*args, environ_overrides={FRAMED: ACME}, **options)


def frame(app: Flask, host: Host, **claims: Any) -> FlaskClient:
    usual, app.test_client_class = app.test_client_class, Framed
    client = app.test_client()
    app.test_client_class = usual
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.post("/launch", data={"token": host.token(**claims)}, headers={"Origin": ORIGIN})
    assert (answer.status_code, answer.location) == (303, f"{IN}/services")
    return client


def policy(answer: TestResponse) -> str:
    """Who may show it."""
    (told,) = [part for part in answer.headers["Content-Security-Policy"].split("; ") if part.startswith("frame-anc")]
    return told


def test_a_frame_has_a_cookie_that_browsers_keep_for_it_alone(app: Flask, host: Host, alice: int) -> None:
    answer = app.test_client().post(f"{IN}/launch", data={"token": host.token()})
    cookie = answer.headers["Set-Cookie"].split("; ")
    assert cookie[0].startswith("echeance-in-acme=")
    assert {"Secure", "HttpOnly", "Partitioned", "SameSite=None", "Path=/"} <= {*cookie}
    top = app.test_client().post("/launch", data={"token": host.token()}).headers["Set-Cookie"]
    assert top.startswith("echeance=") and "SameSite=Lax" in top and "Partitioned" not in top


def test_only_the_page_that_opened_it_may_show_it(app: Flask, host: Host, alice: int, world: World) -> None:
    client = frame(app, host)
    for url in ("/services", "/nothing", "/services/export.csv", "/login"):
        answer = client.get(url, buffered=True)
        assert policy(answer) == f"frame-ancestors {ORIGIN}", url
        assert "X-Frame-Options" not in answer.headers
    top = world.client(alice)
    for url in ("/services", "/nothing", "/launch/x"):
        answer = top.get(url)
        assert policy(answer) == "frame-ancestors 'none'"
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_every_address_stays_in_the_frame(app: Flask, host: Host, alice: int, world: World) -> None:
    client = frame(app, host)
    for url in pages(client, world):
        page = soup(client.get(url, buffered=True))
        for tag in page.find_all(True):
            for name in LEADING:
                address = tag.get(name)
                if not address or address.startswith(("#", "true", "mailto:", "/static/")):
                    continue
                inside = address.startswith((f"{IN}/", f"http://localhost{IN}/")) or address == IN
                told_outside = tag.get_text(strip=True) == address or tag.get("target") in ("_top", "_blank")
                assert inside or told_outside, (url, str(tag)[:200])


def test_a_page_in_a_frame_is_without_header_and_footer(app: Flask, host: Host, alice: int, world: World) -> None:
    page = frame(app, host).get("/services")
    assert soup(page).select("header.bar, footer, .who") == []
    assert soup(page).select("a.skip[href='#main'], nav[aria-label=Main], main h1, title")
    assert said(page, "title") == said(world.client(alice).get("/services"), "title")


def test_whole_addresses_are_for_those_outside(app: Flask, host: Host, alice: int) -> None:
    client = frame(app, host)
    post(client, "/calendar", {"action": "share"})
    page = client.get("/calendar")
    addresses = [tag["value"] for tag in soup(page).select("input[value*='calendar.ics']")]
    assert addresses or "calendar.ics" in page.text
    assert f"{IN}/calendar.ics" not in page.text


def test_a_session_is_good_where_it_was_opened_and_nowhere_else(
    app: Flask, host: Host, alice: int, world: World
) -> None:
    client = frame(app, host)
    kept = client.get_cookie("echeance-in-acme")
    assert kept
    for name, url in (("echeance", "/services"), ("echeance-in-other", "/in/other/services")):
        thief = app.test_client()
        thief.set_cookie(name, kept.value)
        assert thief.get(url).status_code == 303, "a cookie of a frame opens nothing else"
    own = world.client(alice)
    cookie = own.get_cookie("echeance")
    assert cookie
    own.set_cookie("echeance-in-acme", cookie.value)
    assert own.get(f"{IN}/services").location.startswith(f"{IN}/login")


def test_two_panels_and_a_window_of_its_own_do_not_disturb_each_other(
    app: Flask, host: Host, alice: int, world: World
) -> None:
    browser = app.test_client()
    world.account("Bob")
    browser.post(f"{IN}/launch", data={"token": host.token()})
    browser.post("/in/other/launch", data={"token": Host(NOON, OTHER).token(sub="bob")})
    browser.post("/launch", data={"token": host.token()})
    answers = [browser.get(url) for url in (f"{IN}/services", "/in/other/services", "/services")]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [policy(answer).rpartition(" ")[2] for answer in answers] == [ORIGIN, "https://other.example", "'none'"]
    assert ["shop.example" in answer.text for answer in answers] == [True, False, True]


def test_a_panel_opens_its_own_frames_alone(app: Flask, host: Host, alice: int, world: World) -> None:
    answer = app.test_client().post("/in/other/launch", data={"token": host.token()})
    assert (answer.status_code, found(answer, "main code").text) == (403, "launch-way")
    assert not world.all(SignIn)


def test_a_panel_that_may_not_frame_has_no_frames(app: Flask, alice: int) -> None:
    for panel in (replace(ACME, ways=frozenset({Way.TOP})), replace(ACME, enabled=False)):
        with installed(app, panel):
            answer = app.test_client().post(f"{IN}/launch", data={"token": Host(NOON, panel).token()})
            assert answer.status_code == 404
            assert policy(app.test_client().get(f"{IN}/services")) == "frame-ancestors 'none'"
    with installed(app, replace(ACME, ways=frozenset({Way.FRAME}))):
        assert app.test_client().post(f"{IN}/launch", data={"token": Host(NOON).token()}).status_code == 303
        assert app.test_client().post("/launch", data={"token": Host(NOON).token()}).status_code == 403


def test_without_a_session_the_frame_leads_back_to_the_panel(app: Flask, host: Host, alice: int) -> None:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.get(f"{IN}/services", follow_redirects=True)
    assert soup(answer).select("form") == [], "no password is typed in a frame"
    links = [(link["href"], link["target"]) for link in soup(answer).select("main .buttons a")]
    assert links == [(f"{ORIGIN}/home/", "_top"), (f"{ORIGIN}/home/", "_blank")]
    assert policy(answer) == f"frame-ancestors {ORIGIN} https://second.acme.example"


def test_nobody_signs_in_by_a_password_in_a_frame(app: Flask, host: Host, alice: int, world: World) -> None:
    world.password("Alice", "correct horse")
    client = frame(app, host)
    sent = {"email": "alice@people.example", "password": "correct horse"}
    assert post(client, "/login", sent).status_code == 403


@pytest.mark.parametrize(
    "url", ["/links/x", "/receipts/check", "/styleguide", "/healthz", "/launch/x", "/adapters/nextcloud/acme"]
)
def test_what_is_for_strangers_is_in_no_frame(app: Flask, host: Host, url: str) -> None:
    assert app.test_client().get(f"{IN}{url}").status_code == 404


def test_one_pays_in_the_whole_window_and_comes_back_to_the_panel(
    app: Flask, host: Host, alice: int, world: World, till: Till
) -> None:
    client = frame(app, host, return_url=f"{ORIGIN}/home/services")
    page = client.get("/services/S-billed.example/pay")
    sent = confirmation(page) | {"invoice": "B-1", "means": "page", "action": "order"}
    led = post(client, "/services/S-billed.example/pay", sent)
    assert led.location.startswith(f"{IN}/launch/leave/")
    link = found(client.get(led.location), "main a.primary")
    assert link["target"] == "_top"
    assert str(link["href"]).startswith("https://till.example/")
    (attempt,) = world.all(Attempt)
    assert attempt.return_to == f"{ORIGIN}/home/services"
    assert client.get("/launch/leave/made-up").status_code == 404


def test_the_session_of_a_frame_ends_with_that_of_the_panel(app: Flask, host: Host, alice: int) -> None:
    client = frame(app, host)
    app.test_client().post("/api/v1/sessions/revoke", json={"token": host.token(origin=None)})
    assert client.get("/services").location.startswith(f"{IN}/login")
