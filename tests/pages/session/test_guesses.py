"""Who guesses gets nowhere, and keeps nobody out."""

from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits.errors import StorageError

from tests.markup import said
from tests.pages.session.test_sign_in import attempt, signing_in
from tests.world import World
from webapp.operations.people import passwords
from webapp.operations.people import sign_in as signing

EMAIL, RIGHT = "alice@people.example", "correct horse"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def alice(world: World) -> int:
    key = world.account("Alice")
    world.password("Alice", RIGHT)
    return key


@pytest.fixture(autouse=True)
def _checked_fast(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 takes its time by design, which hundreds of tries need not."""
    if "slowly" not in request.keywords:
        monkeypatch.setattr(signing, "verify_password", lambda text, _stored: (text == RIGHT, None))
        monkeypatch.setattr(signing, "waste_time", lambda _text: None)


class Guesser:
    """One browser that keeps its cookies or throws them away."""

    def __init__(self, app: Flask, *, forgetful: bool = True) -> None:
        self.client = app.test_client()
        self._forgetful = forgetful

    def tries(self, password: str, *, email: str = EMAIL, at: str = HERE) -> int:
        form = signing_in(self.client, email, password)
        status = self.client.post("/login", data=form, environ_base={"REMOTE_ADDR": at}).status_code
        if self._forgetful:
            self.client.delete_cookie("echeance-known")
        return status


@pytest.fixture
def guesser(app: Flask) -> Guesser:
    return Guesser(app)


def test_guessing_is_slowed_down_and_said_so(alice: int, client: FlaskClient) -> None:
    answers = [attempt(client, EMAIL, "wrong") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "Attendez une minute" in said(answers[-1], "main")
    assert attempt(client, EMAIL, RIGHT).status_code == 429


UNSEEN = ("", " ", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\U000e0041", "\u00a0", "\x00", "\t")


def test_no_way_of_writing_an_address_gives_more_guesses(alice: int, guesser: Guesser) -> None:
    """Characters that nobody sees, capital letters, accents in two parts: what finds the account is what counts."""
    ways = [f"{before}Alice@{within}People.example{after}" for before, within, after in product(UNSEEN, repeat=3)]
    answers = [guesser.tries("wrong", email=email) for email in ways[:60]]
    assert answers == [422] * 10 + [429] * 50


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_nobody_sees_keeps_nobody_out(alice: int, guesser: Guesser, unseen: str) -> None:
    assert guesser.tries(RIGHT, email=f"{unseen}Alice@People.example{unseen}") == 303


@pytest.mark.parametrize(
    "places",
    [
        [f"2001:db8:0:1::{number:x}" for number in range(1, 12)],
        [f"2001:db8:0:1:{number:x}::1" for number in range(11)],
        [f"::ffff:{HERE}", HERE] * 5 + [HERE],
        ["203.0.113.7"] * 11,
    ],
)
def test_one_network_is_one_guesser(alice: int, guesser: Guesser, places: list[str]) -> None:
    assert [guesser.tries("wrong", at=place) for place in places] == [422] * 10 + [429]


def test_another_network_is_another(alice: int, guesser: Guesser) -> None:
    assert [guesser.tries("wrong", at="2001:db8:0:1::1") for _ in range(11)][-1] == 429
    assert guesser.tries("wrong", at="2001:db8:0:2::1") == 422


def test_a_try_counts_before_its_password_is_checked(
    alice: int, guesser: Guesser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many at once would all be checked before the first of them counted."""
    checked = []
    monkeypatch.setattr(signing, "verify_password", lambda *given: checked.append(given) or (False, None))
    for _ in range(15):
        guesser.tries("wrong")
    assert len(checked) == 10


def test_many_networks_together_have_a_limit_for_one_account(alice: int, guesser: Guesser) -> None:
    places = [f"10.0.{number}.1" for number in range(31)]
    answers = [guesser.tries("wrong", at=place) for place in places for _ in range(10)]
    assert answers == [422] * 300 + [429] * 10


def test_whoever_tries_from_elsewhere_keeps_no_known_browser_out(alice: int, app: Flask, guesser: Guesser) -> None:
    known = Guesser(app, forgetful=False)
    assert known.tries(RIGHT) == 303
    known.client.delete_cookie("echeance")
    for number in range(32):
        for _ in range(10):
            guesser.tries("wrong", at=f"10.0.{number}.1")
    for _ in range(11):
        guesser.tries("wrong", at=HERE)
    assert guesser.tries(RIGHT, at=ELSEWHERE) == 429
    assert known.tries(RIGHT) == 303


def test_a_known_browser_guesses_no_more_than_another(alice: int, app: Flask) -> None:
    thief = Guesser(app, forgetful=False)
    assert thief.tries(RIGHT) == 303
    thief.client.delete_cookie("echeance")
    assert [thief.tries("wrong", at=f"10.0.0.{number}") for number in range(11)] == [422] * 10 + [429]


def test_a_browser_is_known_for_the_accounts_that_signed_in_at_it_alone(alice: int, world: World, app: Flask) -> None:
    world.account("Bob")
    world.password("Bob", RIGHT)
    bob = Guesser(app, forgetful=False)
    assert bob.tries(RIGHT, email="bob@people.example") == 303
    bob.client.delete_cookie("echeance")
    places = [f"10.0.{number}.1" for number in range(31)]
    assert [bob.tries("wrong", at=place) for place in places for _ in range(10)] == [422] * 300 + [429] * 10


@pytest.mark.parametrize("cookie", ["", "x", "WyJhIl0.x", "null", "é" * 50])
def test_nobody_makes_up_a_known_browser(alice: int, app: Flask, cookie: str) -> None:
    forger = Guesser(app, forgetful=False)
    answers = []
    for _ in range(11):
        forger.client.set_cookie("echeance-known", cookie)
        answers.append(forger.tries("wrong"))
    assert answers == [422] * 10 + [429]


def test_one_network_tries_few_passwords_at_many_accounts(alice: int, guesser: Guesser) -> None:
    answers = [guesser.tries("wrong", email=f"someone-{number}@people.example") for number in range(121)]
    assert answers == [422] * 120 + [429]


def test_the_known_browser_is_kept_out_of_reach_of_scripts(alice: int, client: FlaskClient) -> None:
    (cookie,) = [
        each
        for each in attempt(client, EMAIL, RIGHT).headers.getlist("Set-Cookie")
        if each.startswith("echeance-known=")
    ]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert EMAIL not in cookie


def test_where_tries_cannot_be_counted_nobody_tries(
    alice: int, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = signing_in(client, EMAIL, RIGHT)

    def gone(*_given: object) -> bool:
        raise StorageError(ConnectionError("gone"))

    monkeypatch.setattr(client.application.extensions["pace"], "hit", gone)
    answer = client.post("/login", data=form)
    assert answer.status_code == 503
    assert "Rien n’a été modifié" in said(answer, "main")


@pytest.mark.slowly
@pytest.mark.parametrize("email", ["nobody@people.example", "carol@people.example", EMAIL])
def test_an_address_that_is_none_takes_as_long_as_a_wrong_password(
    alice: int, world: World, guesser: Guesser, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    """One password is checked whatever the address is: of the account, or of nobody where there is none to check."""
    world.account("Carol")
    checked: list[str] = []
    hasher = passwords._hasher
    real = {name: getattr(hasher, name) for name in ("verify", "verify_and_update")}
    for name, check in real.items():
        monkeypatch.setattr(hasher, name, lambda *given, check=check, name=name: checked.append(name) or check(*given))
    assert guesser.tries("wrong", email=email) == 422
    assert len(checked) == 1
