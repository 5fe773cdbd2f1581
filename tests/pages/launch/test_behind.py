"""Behind the panel's own server, which signs each request; the browser, here a server, keeps no cookie."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import NOON
from tests.house.test_routes import LEADING, pages
from tests.markup import confirm, confirmation, names, post, said, soup, token
from tests.panel import ACME, AUDIENCE, ORIGIN, Host, installed
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.panels import Panel, Way
from webapp.domain.service.service import Mode
from webapp.domain.themes import Theme
from webapp.models import Account, Attempt, Service, SignIn

PANEL = replace(ACME, prefix="/my")
SHOP = "/services/S-shop.example"


class Behind(FlaskClient):
    """The panel's server: what it is asked for below its prefix, it fetches from the program."""

    host: Host
    claims: Mapping[str, Any] = {}

    def token(self, **claims: Any) -> str:
        usual = {"jti": None, "origin": None, "way": "proxy", "locale": "en"}
        return self.host.token(**usual | self.claims | claims)

    def open(self, *args: Any, **options: Any) -> TestResponse:
        path = args[0] if args else options.pop("path")
        headers = {"X-Portal-Assertion": self.token()} | dict(options.pop("headers", None) or {})
        answer = super().open(path.removeprefix("/my"), *args[1:], headers=headers, **options)
        assert "Set-Cookie" not in answer.headers
        return answer

    def through(self, token: str, url: str = "/services") -> TestResponse:
        return self.get(url, headers={"X-Portal-Assertion": token})


@pytest.fixture
def server(app: Flask, alice: int, host: Host) -> Iterator[Behind]:
    with installed(app, PANEL):
        yield behind(app, host)


def behind(app: Flask, host: Host, **claims: Any) -> Behind:
    client = Behind(app, use_cookies=False)
    client.host, client.claims = host, claims
    return client


def test_the_customers_services_are_shown_below_the_prefix(server: Behind) -> None:
    answer = server.get("/services")
    assert answer.status_code == 200
    assert "shop.example" in names(answer)
    page = soup(answer)
    assert not page.select("body > header, footer")
    assert page.select("nav a")[0]["href"] == "/my/services"
    assert str(page.select("link[rel=stylesheet]")[0]["href"]).startswith("/my/static/")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert server.get("/").location == "/my/services"


def test_the_domain_of_the_panel_is_told_nothing_for_good(server: Behind) -> None:
    over_tls = {"wsgi.url_scheme": "https"}
    assert "Strict-Transport-Security" not in server.get("/services", environ_overrides=over_tls).headers
    plain = server.application.test_client().get("/login", environ_overrides=over_tls)
    assert "Strict-Transport-Security" in plain.headers


def test_every_address_keeps_the_prefix(server: Behind, world: World) -> None:
    for url in pages(server, world):
        for tag in soup(server.get(url, buffered=True)).find_all(True):
            for name in LEADING:
                address = tag.get(name)
                if not address or address.startswith(("#", "true", "mailto:")):
                    continue
                told_outside = tag.get_text(strip=True) == address
                assert address == "/my" or address.startswith("/my/") or told_outside, (url, str(tag)[:200])


def test_what_is_changed_stays_changed_and_is_told_once(server: Behind, world: World) -> None:
    answer = confirm(server, "S-shop.example", "manual")
    assert answer.status_code == 303 and answer.location.startswith(f"/my{SHOP}")
    assert world.get(Service, 1).mode is Mode.MANUAL
    post(server, "/views", {"name": "Mine"})
    assert said(server.get("/views"), "#notice") == "The view “Mine” is saved."
    assert said(server.get("/views"), "#notice") == ""


def test_forms_need_the_token_of_their_session(server: Behind, host: Host) -> None:
    other = behind(server.application, host, sid="another browser")
    assert server.post("/views", data={"name": "x"}).status_code == 400
    assert other.post("/views", data={"name": "x", "csrf_token": token(server)}).status_code == 400
    assert server.post("/views", data={"name": "x", "csrf_token": token(server)}).status_code != 400


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"Origin": ORIGIN}, False),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": AUDIENCE}, True),
        ({"Origin": "null"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN}, True),
        ({"Sec-Fetch-Site": "same-origin"}, False),
    ],
)
def test_forms_come_from_the_panels_pages(server: Behind, headers: dict[str, str], refused: bool) -> None:
    assert (post(server, "/views", {"name": "x"}, headers=headers).status_code == 403) is refused


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"way": None}, "launch-way"),
    ({"way": "top"}, "launch-way"),
    ({"aud": "https://other.example"}, "launch-audience"),
    ({"sub": "nobody"}, "launch-account"),
    ({"sub": ""}, "launch-incomplete"),
    ({"sid": 7}, "launch-unreadable"),
    ({"iss": "https://nobody.example"}, "launch-panel"),
    ({"scope": "everything"}, "launch-scope"),
    ({"return_url": "https://evil.example/"}, "launch-return"),
]


@pytest.mark.parametrize(("claims", "why"), REFUSED)
def test_what_cannot_be_meant_is_refused(server: Behind, claims: dict[str, Any], why: str) -> None:
    answer = server.through(server.token(**claims))
    assert (answer.status_code, said(answer, "code")) == (401, why)


def test_a_token_of_a_launch_is_no_assertion_nor_the_other_way_round(server: Behind, host: Host) -> None:
    """What goes through browsers is good once."""
    answer = server.through(host.token())
    assert (answer.status_code, said(answer, "code")) == (401, "launch-way")
    opened = server.application.test_client().post("/launch", data={"token": server.token()})
    assert (opened.status_code, said(opened, "code")) == (403, "launch-incomplete")


@pytest.mark.parametrize("nonsense", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "x" * 9000])
def test_nonsense_opens_nothing(server: Behind, nonsense: str) -> None:
    assert server.through(nonsense).status_code == 401


def test_what_others_sign_opens_nothing(server: Behind, host: Host) -> None:
    forged = Host(host.now, key="somebody else's secret, as long as it takes")
    assert said(server.through(forged.token(jti=None, origin=None, way="proxy")), "code") == "launch-forged"


@pytest.mark.parametrize("panel", [replace(PANEL, enabled=False), replace(PANEL, ways=frozenset({Way.TOP}))])
def test_a_panel_that_may_not_is_refused(server: Behind, panel: Panel) -> None:
    with installed(server.application, panel):
        assert server.get("/services").status_code == 401


def test_a_browsers_own_session_counts_for_nothing_here(server: Behind, world: World) -> None:
    bob = world.account("Bob")
    world.service(bob, "bobs.example")
    client = world.client(bob)
    answer = client.get("/services", headers={"X-Portal-Assertion": server.token()})
    assert "shop.example" in names(answer)
    assert client.get("/services", headers={"X-Portal-Assertion": "x"}).status_code == 401
    assert names(client.get("/services")) == ["bobs.example"]


def test_a_minute_later_it_is_good_no_more(server: Behind, clock: FixedClock) -> None:
    assertion = server.token()
    assert server.through(assertion).status_code == server.through(assertion).status_code == 200
    clock.move_to(NOON + timedelta(seconds=60))
    assert said(server.through(assertion), "code") == "launch-expired"


@pytest.mark.parametrize("url", ["/login", "/links/x", "/receipts/check", "/healthz", "/launch/x", "/in/acme/services"])
def test_what_is_for_strangers_is_not_behind_it(server: Behind, url: str) -> None:
    assert server.get(url).status_code == 404


def test_colours_of_the_panel_are(app: Flask, alice: int, host: Host) -> None:
    with installed(app, replace(PANEL, theme=Theme(name="ACME Services"))):
        server = behind(app, host, theme="dark")
        own, theirs = (str(link["href"]) for link in soup(server.get("/services")).select("link[rel=stylesheet]"))
        assert own.startswith("/my/static/portal-dark.")
        assert server.get(theirs).mimetype == "text/css"


def test_each_browser_has_a_session_of_its_own_where_the_panel_names_them(
    server: Behind, host: Host, world: World
) -> None:
    for sid in ("one", "other", "one"):
        behind(server.application, host, sid=sid).get("/services")
    assert len(world.all(SignIn)) == 2


def test_a_session_lasts_as_long_as_any_and_begins_anew(
    server: Behind, host: Host, world: World, clock: FixedClock
) -> None:
    server.get("/services")
    (before,) = world.all(SignIn)
    host.now = NOON + timedelta(hours=13)
    clock.move_to(host.now)
    assert server.get("/services").status_code == 200
    (after,) = world.all(SignIn)
    assert after.started_at > before.started_at and after.state != before.state


def test_who_signs_out_of_the_panel_leaves_nothing(server: Behind, host: Host, world: World) -> None:
    server.get("/services")
    farewell = {"token": host.token(origin=None)}
    assert server.application.test_client().post("/api/v1/sessions/revoke", json=farewell).json == {"ended": 1}
    assert world.all(SignIn) == []


def test_support_is_named_and_never_pays(server: Behind, host: Host) -> None:
    support = behind(server.application, host, act={"sub": "Jane"})
    assert said(support.get("/services"), ".in-place").startswith("Jane, ACME")
    assert post(support, f"{SHOP}/renew", {"terms": "1"}).status_code == 403


def test_the_account_behind_a_handle_may_become_another(server: Behind, alice: int, world: World) -> None:
    server.get("/services")
    bob = world.account("Bob")
    world.service(bob, "bobs.example")
    world.change_row(Account, alice, handle="alice-before")
    world.change_row(Account, bob, handle="alice")
    assert names(server.get("/services")) == ["bobs.example"]


def test_a_fragment_has_no_head_and_fits_into_a_page(server: Behind) -> None:
    wanted = {"X-Portal-Assertion": server.token(), "X-Portal-Fragment": "1"}
    for url, status in (("/services", 200), (SHOP, 200), ("/services/S-none", 404)):
        answer = server.get(url, headers=wanted)
        assert answer.status_code == status
        for part in ("<!doctype", "<html", "<head", "<title", "<link", "<script", "<main", "</main", "</body"):
            assert part not in answer.text
    assert "shop.example" in names(server.get("/services", headers=wanted))
    assert "<html" in server.application.test_client().get("/login", headers={"X-Portal-Fragment": "1"}).text


def test_one_pays_and_comes_back_to_the_panels_address(server: Behind, world: World, till: Till) -> None:
    url = "/services/S-billed.example/pay"
    sent = confirmation(server.get(url)) | {"invoice": "B-1", "means": "page", "action": "order"}
    assert post(server, url, sent).location.startswith("https://till.example/")
    (attempt,) = world.all(Attempt)
    assert attempt.return_to.startswith(f"{ORIGIN}/my/orders/")
    assert server.get(attempt.return_to.removeprefix(ORIGIN)).status_code in (200, 303)


def test_what_is_read_elsewhere_leads_to_the_portal_itself(server: Behind) -> None:
    post(server, "/calendar", {"action": "share"})
    assert f"{AUDIENCE}/calendar.ics?" in server.get("/calendar").text
