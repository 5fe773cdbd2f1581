"""A customer's own password, and the browsers that are signed in."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.conftest import NOON
from tests.markup import found, post, said, soup
from tests.pages.session.test_sign_in import attempt
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.database import WRITING
from webapp.extensions import db
from webapp.models import Account, SignIn
from webapp.operations.people.sign_in import key_of

OLD, NEW = "correct horse", "three dull horses"
PAGE = "/account/security"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def alice(world: World) -> int:
    key = world.account("Alice")
    world.password("Alice", OLD)
    return key


@pytest.fixture
def client(alice: int, world: World) -> FlaskClient:
    return world.client(alice)


def test_a_new_password_is_the_one_that_opens(alice: int, client: FlaskClient, world: World) -> None:
    elsewhere = world.client(alice)
    answer = post(client, f"{PAGE}/password", {"present": OLD, "new": NEW, "again": NEW})
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert "Your password is changed" in said(client.get(PAGE), "#notice")
    assert elsewhere.get("/services").location.startswith("/login")
    assert len(world.all(SignIn)) == 1
    assert world.get(Account, alice).password_at == NOON
    fresh = world.app.test_client
    assert attempt(fresh(), "alice@people.example", OLD).status_code == 422
    assert attempt(fresh(), "alice@people.example", NEW).status_code == 303


@pytest.mark.parametrize(
    ("present", "new", "again", "field", "says"),
    [
        ("", NEW, NEW, "present", "Enter your present password"),
        ("wrong", NEW, NEW, "present", "not your present password"),
        (OLD, "short", "short", "new", "at least 12"),
        (OLD, "x" * 501, "x" * 501, "new", "at most 500"),
        (OLD, "password1234", "password1234", "new", "among the first"),
        (OLD, NEW, "three dull horse", "again", "not the same"),
    ],
)
def test_anything_else_changes_nothing_and_says_why(
    alice: int, client: FlaskClient, world: World, present: str, new: str, again: str, field: str, says: str
) -> None:
    before = world.get(Account, alice).password_hash
    answer = post(client, f"{PAGE}/password", {"present": present, "new": new, "again": again})
    assert answer.status_code == 422
    assert says in said(answer, f"#{field}-error")
    assert found(answer, f"#{field}")["aria-invalid"] == "true"
    assert not soup(answer).select("input[type=password][value]")
    assert world.get(Account, alice).password_hash == before
    assert client.get(PAGE).status_code == 200


def test_the_present_password_is_not_guessed_at_an_open_session(client: FlaskClient, alice: int) -> None:
    answers = [post(client, f"{PAGE}/password", {"present": "x", "new": NEW, "again": NEW}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


def test_whoever_is_signed_in_sees_where(alice: int, client: FlaskClient, world: World) -> None:
    other = world.app.test_client()
    other.environ_base["HTTP_USER_AGENT"] = FIREFOX
    attempt(other, "alice@people.example", OLD)
    listed = [" ".join(each.get_text(" ").split()) for each in soup(client.get(PAGE)).select(".history li")]
    assert len(listed) == 2
    assert any("this browser" in each and "Sign out" not in each for each in listed)
    assert any(each.startswith("Firefox on Linux") and "Sign out there" in each for each in listed)
    (button,) = soup(client.get(PAGE)).select(".history button")
    assert str(button["aria-label"]).startswith("Sign out Firefox on Linux, signed in on 23")
    assert button.get_text() == "Sign out there"


def test_another_browser_is_signed_out(alice: int, client: FlaskClient, world: World) -> None:
    other, third = world.client(alice), world.client(alice)
    button = soup(client.get(PAGE)).select("button[name^='end.']")[0]
    assert post(client, f"{PAGE}/sessions", {str(button["name"]): ""}).location == PAGE
    assert "That browser is signed out." in said(client.get(PAGE), "#notice")
    assert [each.get("/services").location is None for each in (other, third)].count(True) == 1


def test_all_others_are_signed_out_at_once(alice: int, client: FlaskClient, world: World) -> None:
    others = [world.client(alice) for _ in range(3)]
    post(client, f"{PAGE}/sessions", {"end.others": ""})
    assert all(each.get("/services").location.startswith("/login") for each in others)
    assert client.get("/services").status_code == 200


@pytest.mark.parametrize("which", ["nothing", "", "x" * 100])
def test_a_session_that_is_none_is_not_ended(client: FlaskClient, which: str) -> None:
    assert post(client, f"{PAGE}/sessions", {f"end.{which}": ""}).location == PAGE
    assert client.get("/services").status_code == 200


def test_nobody_ends_the_sessions_of_others(alice: int, client: FlaskClient, world: World) -> None:
    bob = world.client(world.account("Bob"))
    (hers,) = [each.key for each in world.all(SignIn) if each.account_id == alice]
    for which in (hers, "others"):
        post(bob, f"{PAGE}/sessions", {f"end.{which}": ""})
    assert client.get("/services").status_code == 200


def test_what_the_database_keeps_opens_nothing(client: FlaskClient, world: World) -> None:
    (kept,) = world.all(SignIn)
    thief = world.app.test_client()
    with client.session_transaction() as session:
        token = session["_user_id"]
    assert kept.key == key_of(token) != token
    with thief.session_transaction() as session:
        session["_user_id"], session["_fresh"] = kept.key, True
    assert thief.get("/services").location.startswith("/login")


def test_signing_in_again_ends_the_session_before(alice: int, world: World) -> None:
    client = world.client(alice)
    (before,) = world.all(SignIn)
    assert post(client, "/login", {"email": "alice@people.example", "password": OLD}).status_code == 303
    (after,) = world.all(SignIn)
    assert after.key != before.key


def test_a_session_that_nobody_uses_ends(alice: int, client: FlaskClient, clock: FixedClock) -> None:
    for minutes in (100, 200, 300):
        clock.move_to(NOON + timedelta(minutes=minutes))
        assert client.get("/services").status_code == 200
    clock.move_to(NOON + timedelta(minutes=421))
    assert client.get("/services").location.startswith("/login")


def test_its_last_use_is_written_every_five_minutes(client: FlaskClient, world: World, clock: FixedClock) -> None:
    noted = []
    for minutes in (0, 4, 6, 8, 12):
        clock.move_to(NOON + timedelta(minutes=minutes))
        client.get("/services")
        noted.append(world.all(SignIn)[0].used_at)
    at = [None if each is None else (each - NOON) // timedelta(minutes=1) for each in noted]
    assert at == [None, None, 6, 6, 12]


def test_writing_that_down_keeps_nobody_waiting_and_needs_no_lock(
    client: FlaskClient, world: World, clock: FixedClock
) -> None:
    clock.move_to(NOON + timedelta(minutes=30))
    with world.app.app_context(), db.engine.connect() as writer:
        writer = writer.execution_options(**WRITING)
        writer.execute(update(SignIn).values(ticks=1))
        assert client.get("/services").status_code == 200
        writer.rollback()
    assert world.all(SignIn)[0].used_at is None
    assert client.get("/services").status_code == 200
    assert world.all(SignIn)[0].used_at == NOON + timedelta(minutes=30)
