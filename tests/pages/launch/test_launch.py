"""Panels open the portal for their customers, once and for a minute, and for nobody else."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_curve_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as new_rsa_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from flask.testing import FlaskClient
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm
from werkzeug.test import TestResponse

from tests.conftest import NOON
from tests.markup import found, post, said, soup
from tests.pages.launch.conftest import browser
from tests.panel import ACME, ORIGIN, SECRET, Host, installed
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.adapters.published_keys import KeysAway
from webapp.domain.panels import Way
from webapp.extensions import db
from webapp.models import Order, Outbox, SignIn, TakenLaunch
from webapp.web.launches import LEADS
from webapp.wiring import wiring_of
from webapp.worker import SWEEPS


@pytest.fixture
def alice(world: World) -> int:
    key = world.account("Alice")
    world.service(key, "shop.example")
    return key


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


def launch(client: FlaskClient, token: str, **headers: str) -> TestResponse:
    """As a browser sends the panel's form."""
    usual = {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}
    return client.post("/launch", data={"token": token}, headers=usual | headers)


def refusal(answer: TestResponse) -> str:
    """The word that its reason goes by; nobody is signed in."""
    assert "Set-Cookie" not in answer.headers or "_user_id" not in answer.headers["Set-Cookie"]
    return found(answer, "main code").text


def test_a_customer_of_a_panel_is_signed_in(host: Host, alice: int, client: FlaskClient, world: World) -> None:
    answer = launch(client, host.token())
    assert (answer.status_code, answer.location) == (303, "/services")
    page = client.get("/services")
    assert "shop.example" in said(page, "main")
    assert found(page, '.who a[href^="https:"]').get_text(strip=True) == "Back to ACME"
    (session,) = world.all(SignIn)
    assert (session.account_id, session.panel, session.return_to) == (alice, "acme", f"{ORIGIN}/home/")
    assert not world.all(Outbox), "the panel knows of its own sign-ins"


def test_nobody_is_let_in_twice_by_one_launch(host: Host, alice: int, client: FlaskClient, app: Flask) -> None:
    token = host.token()
    assert launch(client, token).status_code == 303
    again = launch(app.test_client(), token)
    assert (again.status_code, refusal(again)) == (403, "launch-used")
    assert app.test_client().get("/services").location.startswith("/login")


def test_what_was_used_is_kept_no_longer_than_it_would_be_good(
    host: Host, alice: int, client: FlaskClient, world: World, clock: FixedClock
) -> None:
    own = world.client(alice)
    for seconds, launches, sessions in ((0, 1, 2), (60, 1, 2), (61, 0, 2), (12 * 3600 + 1, 0, 1)):
        clock.move_to(NOON + timedelta(seconds=seconds))
        if not seconds:
            launch(client, host.token())
        with world.app.app_context():
            next(each for each in SWEEPS if each.name == "sessions").do()
        assert (len(world.all(TakenLaunch)), len(world.all(SignIn))) == (launches, sessions), seconds
    assert own.get("/services").status_code == 303


@pytest.mark.parametrize(
    ("claims", "helps"), [({"exp": int(NOON.timestamp())}, True), ({"sub": "nobody"}, False), ({"aud": "x"}, False)]
)
def test_another_try_is_advised_where_it_helps(
    host: Host, client: FlaskClient, alice: int, claims: dict[str, Any], helps: bool
) -> None:
    page = said(launch(client, host.token(**claims)), "main")
    assert ("from there again" in page, "Another try will not help" in page) == (helps, not helps)


def at(seconds: float) -> int:
    return int(NOON.timestamp() + seconds)


BAD = [
    ({"exp": at(0)}, "launch-expired"),
    ({"iat": at(-300), "exp": at(-240)}, "launch-expired"),
    ({"iat": at(31), "exp": at(61)}, "launch-early"),
    ({"exp": at(61)}, "launch-lasting"),
    ({"exp": at(3600)}, "launch-lasting"),
    ({"exp": 10**30}, "launch-incomplete"),
    ({"exp": "tomorrow"}, "launch-incomplete"),
    ({"iat": True}, "launch-incomplete"),
    ({"iat": None}, "launch-incomplete"),
    ({"exp": None}, "launch-incomplete"),
    ({"jti": None}, "launch-incomplete"),
    ({"jti": ""}, "launch-incomplete"),
    ({"jti": "x" * 201}, "launch-incomplete"),
    ({"sub": None}, "launch-incomplete"),
    ({"origin": None}, "launch-incomplete"),
    ({"aud": None}, "launch-audience"),
    ({"aud": "https://other.example"}, "launch-audience"),
    ({"aud": ["https://other.example", {"x": 1}]}, "launch-audience"),
    ({"iss": None}, "launch-panel"),
    ({"iss": "https://panel.evil.example"}, "launch-panel"),
    ({"origin": "https://evil.example"}, "launch-origin"),
    ({"origin": f"{ORIGIN}/"}, "launch-origin"),
    ({"return_url": "https://evil.example/home/"}, "launch-return"),
    ({"return_url": f"{ORIGIN}/other"}, "launch-return"),
    ({"return_url": f"{ORIGIN}/home/../other"}, "launch-return"),
    ({"return_url": f"{ORIGIN}/home/%2e%2E/other"}, "launch-return"),
    ({"return_url": f"{ORIGIN}.evil.example/home/"}, "launch-return"),
    ({"return_url": "https://panel.acme.example@evil.example/home/"}, "launch-return"),
    ({"return_url": "https:\\\\panel.acme.example/home/"}, "launch-return"),
    ({"return_url": "javascript:alert(1)"}, "launch-return"),
    ({"return_url": f"{ORIGIN}/home/\n"}, "launch-return"),
    ({"return_url": f"{ORIGIN}/home/" + "x" * 500}, "launch-return"),
    ({"return_url": 5}, "launch-unreadable"),
    ({"route": "nowhere"}, "launch-route"),
    ({"route": "service"}, "launch-route"),
    ({"route": "services/S-1"}, "launch-route"),
    ({"route": "service/S-1/cancel"}, "launch-route"),
    ({"route": "service/../login"}, "launch-route"),
    ({"route": "batch/x"}, "launch-route"),
    ({"route": "//evil.example"}, "launch-route"),
    ({"route": "services?q=a b"}, "launch-route"),
    ({"route": "services?q=a#b"}, "launch-route"),
    ({"route": "services?q=" + "a" * 1000}, "launch-route"),
    ({"route": "services/?q=a"}, "launch-route"),
    ({"scope": "services:read everything"}, "launch-scope"),
    ({"scope": ["services:read"]}, "launch-unreadable"),
    ({"act": "support"}, "launch-incomplete"),
    ({"act": {}}, "launch-incomplete"),
    ({"act": {"sub": "x" * 41}}, "launch-incomplete"),
    ({"sub": "nobody"}, "launch-account"),
]


@pytest.mark.parametrize(("other", "why"), BAD, ids=[f"{why} {str(other)[:40]}" for other, why in BAD])
def test_what_a_panel_may_not_open_stays_shut(
    host: Host, alice: int, client: FlaskClient, world: World, other: dict[str, Any], why: str
) -> None:
    answer = launch(client, host.token(**other))
    assert (answer.status_code, refusal(answer)) == (403, why)
    assert not world.all(SignIn)
    assert launch(client, host.token()).status_code == 303, "the panel is none the worse for it"


LONG = jwt.encode({"iss": ORIGIN}, SECRET) + "x" * 4000


@pytest.mark.parametrize(
    "token",
    ["", "x", "a.b.c", "é", "\x00", LONG, "eyJhbGciOiJub25lIn0.e30."],
)
def test_what_is_no_token_is_told_so(host: Host, alice: int, client: FlaskClient, token: str) -> None:
    answer = launch(client, token)
    assert answer.status_code == 403
    assert refusal(answer) in ("launch-unreadable", "launch-panel")


def test_a_token_without_a_signature_opens_nothing(host: Host, alice: int, client: FlaskClient) -> None:
    unsigned = jwt.encode(host.claims(), None, algorithm="none")
    assert refusal(launch(client, unsigned)) == "launch-algorithm"
    assert refusal(launch(client, jwt.encode(host.claims(), SECRET * 2, algorithm="HS384"))) == "launch-algorithm"
    assert refusal(launch(client, jwt.encode(host.claims(), SECRET + "x"))) == "launch-forged"
    head, body, _signature = host.token().split(".")
    assert refusal(launch(client, f"{head}.{body}.")) == "launch-forged"


KEYS = [
    (Ed25519PrivateKey.generate(), "EdDSA", OKPAlgorithm),
    (new_curve_key(SECP256R1()), "ES256", ECAlgorithm),
    (new_rsa_key(65537, 2048), "RS256", RSAAlgorithm),
]


def published(key: Any, kind: Any, **more: str) -> dict[str, Any]:
    told: dict[str, Any] = kind.to_jwk(key.public_key(), as_dict=True)
    return {name: value for name, value in told.items() if name not in ("key_ops", "use", "alg")} | more


@pytest.mark.parametrize(("key", "algorithm", "kind"), KEYS, ids=[each[1] for each in KEYS])
def test_a_panel_signs_with_a_key_of_its_own(
    app: Flask, alice: int, client: FlaskClient, key: Any, algorithm: str, kind: Any
) -> None:
    panel = replace(
        ACME, secrets=(), keys=(published(key, kind, kid="new"), published(KEYS[0][0], OKPAlgorithm, kid="old"))
    )
    with installed(app, panel):
        host = Host(NOON, panel, key, algorithm)
        assert launch(client, host.token(head={"kid": "new"})).status_code == 303
        assert launch(client, host.token()).status_code == 303
        assert refusal(launch(client, host.token(head={"kid": "unknown"}))) == "launch-key"
        stranger = Host(NOON, panel, new_curve_key(SECP256R1()), "ES256")
        assert refusal(launch(client, stranger.token(head={"kid": "new"}))) in ("launch-forged", "launch-algorithm")


def test_a_public_key_is_no_secret(app: Flask, alice: int, client: FlaskClient) -> None:
    """Signed as if it were one, by somebody who has read it."""
    key = KEYS[2][0]
    panel = replace(ACME, secrets=(), keys=(published(key, RSAAlgorithm),))
    raw = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body, _signature = Host(NOON, panel).token().split(".")
    signature = urlsafe_b64encode(hmac.new(raw, f"{head}.{body}".encode(), "sha256").digest()).decode().rstrip("=")
    with installed(app, panel):
        assert refusal(launch(client, f"{head}.{body}.{signature}")) == "launch-algorithm"


def test_a_secret_is_replaced_without_a_pause(app: Flask, alice: int, client: FlaskClient) -> None:
    later = "the one that takes its place, made by chance too"
    with installed(app, replace(ACME, secrets=(SECRET, later))):
        assert launch(client, Host(NOON).token(jti="old")).status_code == 303
        assert launch(client, Host(NOON, key=later).token(jti="new")).status_code == 303


class Keys:
    """What a panel publishes, or fails to."""

    def __init__(self, *keys: dict[str, Any]) -> None:
        self._keys = keys

    def keys(self, address: str, key_id: str) -> list[dict[str, Any]]:
        if not self._keys:
            raise KeysAway(address)
        return list(self._keys)


def test_a_panel_publishes_its_keys(app: Flask, alice: int, client: FlaskClient) -> None:
    key, algorithm, kind = KEYS[0]
    panel = replace(ACME, secrets=(), jwks=f"{ORIGIN}/keys")
    host, before = Host(NOON, panel, key, algorithm), wiring_of(app)
    for keys, status in ((Keys(published(key, kind, kid="1")), 303), (Keys(), 503)):
        replace(before, adapters=replace(before.adapters, panel_keys=keys), panels={"acme": panel}).install(app)
        answer = launch(client, host.token(head={"kid": "1"}))
        before.install(app)
        assert answer.status_code == status
    assert refusal(answer) == "launch-keys-away"


def test_a_panel_opens_only_what_was_agreed(app: Flask, alice: int, client: FlaskClient) -> None:
    for panel, why in (
        (replace(ACME, enabled=False), "launch-off"),
        (replace(ACME, ways=frozenset({Way.PROXY})), "launch-way"),
        (replace(ACME, portal="QC"), "launch-account"),
    ):
        with installed(app, panel):
            assert refusal(launch(client, Host(NOON, panel).token())) == why
    with installed(app, replace(ACME, portal="FR")):
        assert launch(client, Host(NOON).token()).status_code == 303


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://localhost"])
def test_only_pages_of_the_panel_send_its_launches(host: Host, alice: int, client: FlaskClient, origin: str) -> None:
    assert refusal(launch(client, host.token(), Origin=origin)) == "launch-origin"


def test_browsers_that_do_not_say_where_they_come_from_are_let_in(host: Host, alice: int, client: FlaskClient) -> None:
    assert client.post("/launch", data={"token": host.token()}).status_code == 303


def test_whoever_sat_here_before_is_signed_out(host: Host, alice: int, world: World) -> None:
    bob = world.account("Bob")
    browser = world.client(bob)
    assert "Bob" in said(browser.get("/services"), ".who")
    with browser.session_transaction() as session:
        before = dict(session)
    launch(browser, host.token())
    assert "Alice" in said(browser.get("/services"), ".who")
    assert [each.account_id for each in world.all(SignIn)] == [alice]
    with browser.session_transaction() as session:
        assert session["_user_id"] != before["_user_id"]


def test_a_launch_that_is_refused_leaves_whoever_sits_here(host: Host, alice: int, world: World) -> None:
    browser = world.client(world.account("Bob"))
    launch(browser, host.token(aud="https://other.example"))
    assert "Bob" in said(browser.get("/services"), ".who")


def named(page: str, world: World, alice: int) -> str:
    """A route that leads there, about something of Alice's."""
    if page == "invoice":
        world.bill(world.service(alice, "billed.example"), 700, number="B-1")
        return "invoice/B-1"
    if page == "order":
        world.credit(alice, 100)
        with world.app.app_context():
            db.session.query(Order).update({"code": "AAAA-AAAA-AAAA-AAAA"})
            db.session.commit()
        return "order/AAAA-AAAA-AAAA-AAAA"
    if page == "batch":
        browser = world.client(alice)
        return (
            f"batch/{post(browser, '/batches', {'action': 'cancel', 'ref': 'S-shop.example'}).location.split('/')[-1]}"
        )
    return f"{page}/S-shop.example" if LEADS[page].about else page


@pytest.mark.parametrize("page", LEADS)
def test_every_page_that_has_a_name_is_led_to(
    page: str, host: Host, alice: int, client: FlaskClient, world: World
) -> None:
    answer = launch(client, host.token(route=named(page, world, alice)))
    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize("page", LEADS)
def test_a_page_in_a_frame_knows_the_name_that_leads_to_it(
    page: str, host: Host, alice: int, client: FlaskClient, world: World
) -> None:
    route = named(page, world, alice)
    opened = client.post("/in/acme/launch", data={"token": host.token(route=route)})
    assert found(client.get(opened.location), "body")["data-route"] == route


@pytest.mark.parametrize("within", ["", "/in/acme"])
def test_what_is_chosen_on_a_page_is_led_to_as_well(host: Host, alice: int, client: FlaskClient, within: str) -> None:
    token = host.token(route="services?sort=-name&q=shop%20x")
    opened = client.post(f"{within}/launch", data={"token": token})
    assert opened.location == f"{within}/services?sort=-name&q=shop%20x"
    assert client.get(opened.location).status_code == 200


def test_what_is_not_the_customers_is_not_found_by_its_name(
    host: Host, alice: int, client: FlaskClient, world: World
) -> None:
    world.service(world.account("Bob"), "bobs.example")
    answer = launch(client, host.token(route="service/S-bobs.example"))
    assert client.get(answer.location).status_code == 404


def test_the_panel_says_in_which_language(host: Host, alice: int, client: FlaskClient) -> None:
    launch(client, host.token(locale="fr-FR", return_url=f"{ORIGIN}/home/?tab=2"))
    page = client.get("/services")
    assert soup(page).html and soup(page).html["lang"] == "fr"  # type: ignore[index]
    assert found(page, '.who a[href^="https:"]')["href"] == f"{ORIGIN}/home/?tab=2"
    launch(client, host.token(locale="tlh"))
    assert soup(client.get("/services")).html["lang"] == "fr", "what was chosen before stays"  # type: ignore[index]


def test_who_came_through_a_panel_finds_back_to_it_afterwards(host: Host, alice: int, client: FlaskClient) -> None:
    launch(client, host.token())
    post(client, "/logout")
    page = client.get("/login")
    assert found(page, '.notice a[href^="https:"]')["href"] == f"{ORIGIN}/home/"
    assert "Open this portal from ACME again" in said(page, "main")


def test_a_panel_that_is_switched_off_has_let_nobody_in(
    app: Flask, host: Host, alice: int, client: FlaskClient
) -> None:
    launch(client, host.token())
    with installed(app, replace(ACME, enabled=False)):
        answer = client.get("/services")
        assert answer.location.startswith("/login")
        assert "ACME" not in client.get("/login").text
    with installed(app):
        assert client.get("/services").location.startswith("/login")


def test_the_list_of_sessions_says_which_came_through_a_panel(host: Host, alice: int, client: FlaskClient) -> None:
    launch(client, host.token())
    assert "through ACME" in said(client.get("/account/security"), "main")


def test_every_refusal_has_words_of_its_own(host: Host, alice: int, client: FlaskClient) -> None:
    answers = {why: launch(client, host.token(**other)) for other, why in BAD}
    said_of = {why: found(answer, "main h1 + p").text for why, answer in answers.items()}
    assert len(set(said_of.values())) == len(said_of)
