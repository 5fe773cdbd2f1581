"""What an account is told of its safety and of its means: once, and only where there is something to tell."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import found, post
from tests.operations.payments.shop import Shop
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import OPERATOR, PAYMENTS
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.methods import MethodKind
from webapp.extensions import db
from webapp.models import Outbox
from webapp.operations.methods.begin import begin_setup
from webapp.operations.methods.choose import remove
from webapp.operations.methods.learn import learn_setup
from webapp.operations.people.set_password import set_password
from webapp.wiring import desk_for, desk_of

OLD, NEW = "correct horse battery", "another horse entirely"


def told(world: World) -> list[str]:
    return [row.kind for row in world.all(Outbox)]


@pytest.fixture
def alice(world: World) -> int:
    account = world.account("Alice")
    world.password("Alice", OLD)
    return account


def enter(client: FlaskClient, password: str = OLD) -> None:
    token = str(found(client.get("/login"), 'form[action="/login"] input[name=csrf_token]')["value"])
    form = {"csrf_token": token, "email": "alice@people.example", "password": password}
    assert client.post("/login", data=form).status_code == 303


@pytest.mark.slowly
def test_a_browser_that_is_new_is_told_of_and_one_that_is_known_is_not(app: Flask, world: World, alice: int) -> None:
    known, other = app.test_client(), app.test_client()
    for client, expected in ((known, 1), (known, 1), (other, 2)):
        enter(client)
        assert told(world) == ["signed-in-anew"] * expected
        post(client, "/logout")
    assert world.all(Outbox)[0].facts["agent"].startswith("Werkzeug")


@pytest.mark.slowly
def test_a_changed_password_is_told_of_and_the_first_one_is_not(app: Flask, world: World, alice: int) -> None:
    assert told(world) == []
    client = app.test_client()
    enter(client)
    post(client, "/account/security/password", {"present": OLD, "new": NEW, "again": NEW})
    assert told(world) == ["signed-in-anew", "password-changed"]
    with app.app_context():
        set_password("alice", "one more horse to ride", desk_for(OPERATOR))
    assert told(world)[2:] == ["password-changed"]


def left(app: Flask, till: Till, account: int, standing: Standing, **told_: object) -> str:
    """A method that is left at the provider; the code of how."""
    with app.app_context():
        code, _address = begin_setup(
            MethodKind.CARD, desk_of(account), till, return_to=str, language="en", wanted_default=True
        )
        learn_setup(code, till.leave(code, standing, **told_), desk_for(PAYMENTS))
        return code


def test_a_method_is_told_of_when_it_can_be_debited_and_once(app: Flask, world: World, till: Till) -> None:
    alice = world.account("Alice")
    code = left(app, till, alice, Standing.SETTLING)
    assert told(world) == []
    with app.app_context():
        for _again in range(2):
            learn_setup(code, till.leave(code), desk_for(PAYMENTS))
    assert [(row.kind, row.facts) for row in world.all(Outbox)] == [
        ("method-added", {"method": "Visa 1881", "is_default": True})
    ]


def test_a_method_that_its_bank_does_not_confirm_is_told_of(app: Flask, world: World, till: Till) -> None:
    alice = world.account("Alice")
    code = left(app, till, alice, Standing.SETTLING)
    with app.app_context():
        till.leave(code, Standing.FAILED, failure=Failure.REFUSED)
        learn_setup(code, till.setups[code], desk_for(PAYMENTS))
    assert told(world) == ["method-refused"]


def test_a_method_that_was_never_left_is_not(app: Flask, world: World, till: Till) -> None:
    alice = world.account("Alice")
    with app.app_context():
        code, _address = begin_setup(
            MethodKind.CARD, desk_of(alice), till, return_to=str, language="en", wanted_default=True
        )
        till.leave_nothing(code, Failure.GIVEN_UP)
        learn_setup(code, till.setups[code], desk_for(PAYMENTS))
    assert told(world) == []


def test_a_method_that_is_removed_is_told_of_with_what_is_debited_instead(app: Flask, world: World) -> None:
    alice = world.account("Alice")
    first = world.card(alice, label="First", reference="first")
    second = world.card(alice, label="Second", reference="second", is_default=False)
    with app.app_context():
        for method in (first, second):
            remove(method, desk_of(alice))
            db.session.rollback()
    assert [row.facts for row in world.all(Outbox)] == [
        {"method": "First", "debited": "Second"},
        {"method": "Second", "debited": ""},
    ]


def test_a_payment_that_takes_days_is_told_of_once(app: Flask, world: World, till: Till, clock: FixedClock) -> None:
    alice = world.account("Alice")
    world.service(alice)
    shop = Shop(app, clock, alice, till)
    shop.begin(shop.order("S-shop.example"))
    (key,) = till.books
    for standing in (Standing.SETTLING, Standing.SETTLING):
        till.decide(key, standing)
        shop.learn(key)
        clock.move_to(clock.now() + timedelta(hours=1))
    assert told(world) == ["payment-under-way"]
    till.decide(key, Standing.SUCCEEDED)
    shop.learn(key)
    assert told(world) == ["payment-under-way", "order-paid"]
