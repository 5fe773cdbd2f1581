"""Addresses that open the portal once: asked for by a panel’s server, by cPanel’s, or made of Nextcloud’s tokens."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from flask import Flask
from jwt.algorithms import ECAlgorithm
from werkzeug.test import TestResponse

from tests.conftest import NOON
from tests.markup import found, said, soup
from tests.pages.launch.conftest import browser
from tests.panel import ACME, ORIGIN, Host, installed
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.adapters.cpanel import token_of
from webapp.domain.panels import Adapter, Way
from webapp.models import SignIn

LINKS, REVOKE = "/api/v1/launch-links", "/api/v1/sessions/revoke"
CLOUD = "https://cloud.example/"
KEY = generate_private_key(SECP256R1())


@pytest.fixture
def alice(world: World) -> int:
    key = world.account("Alice")
    world.service(key, "shop.example")
    return key


def asked(app: Flask, url: str, token: str) -> TestResponse:
    """By a server, which keeps no cookies."""
    return app.test_client(use_cookies=False).post(url, json={"token": token})


def link(app: Flask, host: Host, **claims: Any) -> str:
    answer = asked(app, LINKS, host.token(**claims))
    assert answer.status_code == 200, answer.text
    return str(answer.json["url"])  # type: ignore[index]


def refusal(answer: TestResponse) -> str:
    return found(answer, "main code").text


def test_an_address_opens_the_portal_once(app: Flask, host: Host, alice: int, world: World) -> None:
    token = host.token(route="service/S-shop.example", locale="fr", return_url=f"{ORIGIN}/home/x")
    answers = [asked(app, LINKS, token).json for _ in range(3)]
    assert answers[0] == answers[1] == answers[2] == answers[0]
    assert answers[0] and datetime.fromisoformat(answers[0]["expires_at"]) == NOON + timedelta(seconds=60)
    client, url = browser(app), answers[0]["url"]
    assert url.startswith("http://localhost/launch/")
    assert client.get(url).location == "/services/S-shop.example"
    page = client.get("/services")
    assert soup(page).html["lang"] == "fr"  # type: ignore[index]
    assert found(page, '.who a[href^="https:"]')["href"] == f"{ORIGIN}/home/x"
    assert refusal(browser(app).get(url)) == "launch-used"
    assert [each.panel for each in world.all(SignIn)] == ["acme"]


def test_the_token_itself_opens_nothing_besides(app: Flask, host: Host, alice: int) -> None:
    token = host.token()
    url = asked(app, LINKS, token).json["url"]  # type: ignore[index]
    assert browser(app).post("/launch", data={"token": token}).status_code == 303
    assert refusal(browser(app).get(url)) == "launch-used"


def test_what_may_be_done_travels_along(app: Flask, host: Host, alice: int, world: World) -> None:
    client = browser(app)
    client.get(link(app, host, scope="services:read renewal:write", act={"sub": "Jane"}))
    (session,) = world.all(SignIn)
    assert (session.scopes, session.staff) == ("renewal:write services:read", "Jane, ACME")


def test_an_address_is_good_for_a_minute(app: Flask, host: Host, alice: int, clock: FixedClock) -> None:
    url = link(app, host)
    clock.move_to(NOON + timedelta(seconds=60))
    answer = browser(app).get(url)
    assert (answer.status_code, refusal(answer)) == (403, "launch-expired")


@pytest.mark.parametrize("spoil", [lambda url: url + "x", lambda url: url[:-3] + "abc", lambda url: url[:40]])
def test_an_address_that_was_changed_is_none(app: Flask, host: Host, alice: int, spoil: Any) -> None:
    answer = browser(app).get(spoil(link(app, host)))
    assert (answer.status_code, refusal(answer)) == (404, "launch-forged")


def test_who_looks_ahead_uses_nothing_up(app: Flask, host: Host, alice: int, world: World) -> None:
    url = link(app, host)
    client = browser(app)
    assert client.head(url).status_code == 204
    assert client.get(url, headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 204
    assert not world.all(SignIn)
    assert client.get(url).status_code == 303


def test_a_panel_that_is_switched_off_meanwhile_opens_nothing(app: Flask, host: Host, alice: int) -> None:
    url = link(app, host)
    with installed(app, replace(ACME, enabled=False)):
        assert refusal(browser(app).get(url)) == "launch-off"
    with installed(app):
        assert refusal(browser(app).get(url)) == "launch-off"


def test_whoever_sits_here_as_somebody_else_is_asked_first(app: Flask, host: Host, alice: int, world: World) -> None:
    """A stranger’s link puts nobody into the stranger’s account."""
    client, url = world.client(world.account("Bob")), link(app, host)
    page = client.get(url)
    assert "At this browser Bob is signed in. ACME asks to open another account instead." in said(page, "main")
    assert "Bob" in said(client.get("/services"), ".who")
    form = soup(page).select_one("main form")
    assert form
    assert client.post(form["action"]).status_code == 400, "without the form’s token"
    sent = {field["name"]: field.get("value", "") for field in form.select("input")}
    assert client.post(form["action"], data=sent).status_code == 303
    assert "Alice" in said(client.get("/services"), ".who")


def test_whoever_sits_here_as_the_same_is_not_asked(app: Flask, host: Host, alice: int, world: World) -> None:
    client = world.client(alice)
    assert client.get(link(app, host)).status_code == 303
    assert len(world.all(SignIn)) == 1


@pytest.mark.parametrize("url", [LINKS, REVOKE])
@pytest.mark.parametrize("sent", [{"data": {}}, {"json": {}}, {"json": []}, {"json": {"token": 5}}, {"data": b"\xff"}])
def test_servers_are_told_what_is_wrong(app: Flask, host: Host, url: str, sent: dict[str, Any]) -> None:
    answer = app.test_client().post(url, **sent, headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert answer.json == {
        "error": "launch-incomplete",
        "message": "Your control panel left out something that is needed.",
    }


@pytest.mark.parametrize("url", [LINKS, REVOKE])
@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"aud": "https://other.example"}, "launch-audience"),
        ({"exp": int(NOON.timestamp())}, "launch-expired"),
        ({"exp": int(NOON.timestamp()) + 61}, "launch-lasting"),
        ({"iss": "https://evil.example"}, "launch-panel"),
        ({"jti": None}, "launch-incomplete"),
        ({"sub": None}, "launch-incomplete"),
    ],
)
def test_servers_are_refused_as_pages_are(app: Flask, host: Host, url: str, other: dict[str, Any], why: str) -> None:
    answer = asked(app, url, host.token(**other))
    assert answer.status_code == 403
    assert answer.json and answer.json["error"] == why
    forged = Host(NOON, key="somebody else’s secret, made by chance")
    assert asked(app, url, forged.token()).json["error"] == "launch-forged"  # type: ignore[index]


def test_an_address_leads_to_a_page_that_is_one(app: Flask, host: Host) -> None:
    assert asked(app, LINKS, host.token(route="nowhere")).json["error"] == "launch-route"  # type: ignore[index]


def test_who_leaves_the_panel_leaves_the_portal(app: Flask, host: Host, alice: int, world: World) -> None:
    world.account("Bob")
    visitors = [browser(app) for _ in range(3)]
    for client, name in zip(visitors, ("alice", "alice", "bob"), strict=True):
        client.post("/launch", data={"token": host.token(sub=name)})
    own = world.client(alice)
    token = host.token(origin=None)
    assert asked(app, REVOKE, token).json == {"ended": 2}
    visitors[0].post("/launch", data={"token": host.token()})
    assert asked(app, REVOKE, token).json == {"ended": 0}, "a message that comes twice ends nothing new"
    assert [client.get("/services").status_code for client in (*visitors, own)] == [200, 303, 200, 200]


def cloud() -> Any:
    key = {
        name: value for name, value in ECAlgorithm.to_jwk(KEY.public_key(), as_dict=True).items() if name != "key_ops"
    }
    adapters = frozenset({Adapter.NEXTCLOUD})
    return replace(ACME, name="cloud", issuer=CLOUD, secrets=(), keys=(key,), adapters=adapters)


def cloud_token(**other: Any) -> str:
    """As the app “External sites” writes it."""
    told = {"uid": "alice", "email": "alice@people.example", "displayName": "Alice"}
    since = int(NOON.timestamp())
    claims = {"iss": CLOUD, "iat": since, "exp": since + 3600, "userdata": told} | other
    return jwt.encode(claims, KEY, algorithm="ES256")


def test_a_site_of_nextcloud_opens_the_portal(app: Flask, alice: int, clock: FixedClock) -> None:
    with installed(app, cloud()):
        client, token = browser(app), cloud_token()
        clock.move_to(NOON + timedelta(minutes=50))
        led = client.get("/adapters/nextcloud/cloud", query_string={"jwt": token})
        assert "jwt" not in led.location
        assert client.get(led.location).location == "/services"
        assert "shop.example" in said(client.get("/services"), "main")
        again = browser(app).get("/adapters/nextcloud/cloud", query_string={"jwt": token})
        assert refusal(browser(app).get(again.location)) == "launch-used"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"iss": "https://other.example/"}, "launch-panel"),
        ({"exp": int(NOON.timestamp())}, "launch-expired"),
        ({"exp": int(NOON.timestamp()) + 7200}, "launch-lasting"),
        ({"userdata": None}, "launch-incomplete"),
        ({"userdata": {"uid": 5}}, "launch-incomplete"),
    ],
)
def test_what_nextcloud_may_not_open_stays_shut(app: Flask, alice: int, other: dict[str, Any], why: str) -> None:
    with installed(app, cloud()):
        token = cloud_token(**other)
        assert refusal(browser(app).get("/adapters/nextcloud/cloud", query_string={"jwt": token})) == why


def test_an_adapter_is_there_for_the_panels_that_use_it(app: Flask, alice: int) -> None:
    for panel in (ACME, replace(cloud(), enabled=False), replace(cloud(), adapters=frozenset({Adapter.CPANEL}))):
        with installed(app, panel):
            for url in (f"/adapters/nextcloud/{panel.name}", "/adapters/nextcloud/other"):
                assert browser(app).get(url, query_string={"jwt": cloud_token()}).status_code == 404
    with installed(app, replace(cloud(), ways=frozenset({Way.FRAME}))):
        answer = browser(app).get("/adapters/nextcloud/cloud", query_string={"jwt": cloud_token()})
        assert refusal(answer) == "launch-way"
    with installed(app, ACME):
        assert app.test_client().post("/adapters/cpanel/acme").status_code == 404


def test_a_link_of_cpanel_opens_the_portal(app: Flask, alice: int, world: World) -> None:
    world.account("Bob")
    panel = replace(ACME, adapters=frozenset({Adapter.CPANEL}))
    with installed(app, panel):
        sent = {"app": "echeance", "user": "alice1", "subscriber_unique_id": "alice", "token": token_of(panel, "alice")}
        answer = app.test_client().post("/adapters/cpanel/acme", data=sent)
        client = browser(app)
        assert answer.json and client.get(answer.json["redirect_url"]).location == "/services"
        assert "Alice" in said(client.get("/services"), ".who")
        for wrong in (
            {"subscriber_unique_id": "bob"},
            {"token": ""},
            {"token": "é"},
            {"token": token_of(panel, "bob")},
        ):
            refused = app.test_client().post("/adapters/cpanel/acme", data=sent | wrong)
            assert (refused.status_code, refused.json and refused.json["error"]) == (403, "launch-forged")
            assert "redirect_url" not in refused.text
