from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import NOON
from tests.markup import HTMX, found, post, said
from tests.walker import Walker
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.models import SignIn


@pytest.fixture
def alice(world: World) -> int:
    key = world.account("Alice")
    world.password("Alice", "correct horse")
    return key


def attempt(client: FlaskClient, email: str, password: str, **more: str) -> TestResponse:
    return client.post("/login", data=signing_in(client, email, password) | more)


def signing_in(client: FlaskClient, email: str, password: str) -> dict[str, str]:
    token = found(client.get("/login"), 'form[action="/login"] input[name=csrf_token]')["value"]
    return {"csrf_token": str(token), "email": email, "password": password}


def test_the_right_password_leads_to_the_services(alice: int, walker: Walker) -> None:
    walker.open("/").press("Sign in", email="Alice@People.example ", password="correct horse")
    assert walker.url == "/services"
    assert "Alice" in walker.text


def test_whoever_asks_for_a_page_first_comes_back_to_it(alice: int, walker: Walker) -> None:
    walker.open("/services?sort=name&q=x").press("Sign in", email="alice@people.example", password="correct horse")
    assert walker.url == "/services?sort=name&q=x"


@pytest.mark.parametrize(
    ("email", "password"),
    [("alice@people.example", "wrong"), ("nobody@people.example", "correct horse"), ("x" * 300, "y"), ("", "")],
)
def test_anything_else_stays_and_says_why_without_losing_the_address(
    alice: int, walker: Walker, email: str, password: str
) -> None:
    walker.open("/login").press("Sign in", email=email, password=password)
    assert walker.response.status_code == 422
    assert walker.page.title
    assert "Error" in walker.page.title.get_text()
    (field,) = walker.page.select("#email")
    assert field["value"] == email
    assert not walker.page.select("#password[value]")


def test_an_account_without_password_cannot_sign_in(world: World, walker: Walker) -> None:
    world.account("Bob")
    walker.open("/login").press("Sign in", email="bob@people.example", password="x")
    assert walker.response.status_code == 422


def test_signing_in_rightly_is_not_counted(alice: int, client: FlaskClient) -> None:
    for _ in range(12):
        fresh = client.application.test_client()
        assert attempt(fresh, "alice@people.example", "correct horse").status_code == 303


def test_the_session_cookie_is_out_of_reach_of_scripts(alice: int, client: FlaskClient) -> None:
    cookie = attempt(client, "alice@people.example", "correct horse").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie


def test_signing_out_makes_the_cookie_worthless(alice: int, world: World) -> None:
    client = world.client(alice)
    stolen = world.app.test_client()
    cookie = client.get_cookie("echeance")
    assert cookie
    stolen.set_cookie("echeance", cookie.value)
    assert post(client, "/logout").status_code == 303
    assert world.all(SignIn) == []
    assert stolen.get("/services").location.startswith("/login")


def test_a_session_ends_after_its_hours(alice: int, world: World, clock: FixedClock) -> None:
    client = world.client(alice)
    assert client.get("/services").status_code == 200
    clock.move_to(NOON + timedelta(hours=12, seconds=1))
    assert client.get("/services").location.startswith("/login")


def test_a_session_that_ended_during_a_swap_leads_to_the_sign_in_page(client: FlaskClient) -> None:
    """Never half a page: htmx is told to leave, and where to come back to."""
    response = client.get("/services?page=2", headers=HTMX | {"HX-Current-URL": "http://localhost/services?q=x"})
    assert response.headers["HX-Redirect"] == "/login?next=/services?page%3D2"
    assert response.data == b""


def test_a_session_that_ended_before_a_button_was_pressed_leads_back_to_its_form(client: FlaskClient) -> None:
    token = found(client.get("/login"), 'form[action="/login"] input[name=csrf_token]')["value"]
    for url, back in {
        "/services/S-1/renewal": "/services/S-1/renewal",
        "/batches": "/batches",
        "/views/1/deletion": "/services",
    }.items():
        asked = client.post(url, data={"csrf_token": token})
        assert asked.location == f"/login?next={back}", url
    swapped = client.post(
        "/views/1/deletion", data={"csrf_token": token}, headers=HTMX | {"HX-Current-URL": "http://localhost/views"}
    )
    assert swapped.headers["HX-Redirect"] == "/login?next=/views"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "x", ""],
)
def test_nobody_is_sent_to_another_site(alice: int, client: FlaskClient, target: str) -> None:
    response = attempt(client, "alice@people.example", "correct horse", next=target)
    assert response.location == "/services"


@pytest.mark.parametrize("url", ["/services", "/services/S-1", "/services/S-1/renewal", "/views"])
def test_every_page_asks_for_a_sign_in(client: FlaskClient, url: str) -> None:
    assert client.get(url).location.startswith("/login?next=")


def test_a_form_without_its_token_is_refused_in_words(alice: int, world: World) -> None:
    response = world.client(alice).post("/batches", data={"csrf_token": "old"})
    assert response.status_code == 400
    assert "This form has expired" in said(response, "main")


@pytest.mark.parametrize(
    ("accepted", "heading"),
    [
        ("en;q=0.9, fr;q=0.1", "Sign in"),
        ("fr-CA", "Se connecter"),
        ("de", "Se connecter"),
        ("c", "Se connecter"),
        ("", "Se connecter"),
    ],
)
def test_a_stranger_is_spoken_to_as_the_browser_asks_or_as_the_portal_does(
    client: FlaskClient, accepted: str, heading: str
) -> None:
    assert said(client.get("/login", headers={"Accept-Language": accepted}), "h1") == heading


def test_old_sessions_are_swept_up(alice: int, world: World, client: FlaskClient, clock: FixedClock) -> None:
    world.client(alice)
    clock.move_to(NOON + timedelta(hours=13))
    attempt(client, "alice@people.example", "correct horse")
    assert len(world.all(SignIn)) == 1


def test_the_language_sticks_to_the_browser_and_to_the_account(alice: int, walker: Walker) -> None:
    walker.open("/login").press("Français")
    assert "Se connecter" in walker.text
    walker.press("Se connecter", email="alice@people.example", password="correct horse")
    assert "Mes services" in walker.text
    walker.press("English").press("Sign out")
    assert "Sign in" in walker.text
    walker.press("Français").press("Se connecter", email="alice@people.example", password="correct horse")
    assert "Mes services" in walker.text
