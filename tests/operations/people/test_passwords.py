"""Which passwords are taken, and how an operator gives one."""

import pytest
from click.testing import Result
from flask import Flask

from tests.world import World
from webapp.domain.actors import OPERATOR
from webapp.domain.passwords import LONGEST, PASSWORD_COMMON, PASSWORD_LONG, PASSWORD_SHORT, SHORTEST
from webapp.domain.refusals import Reason, Refused
from webapp.models import Account, SignIn
from webapp.operations.people.passwords import verify_password
from webapp.operations.people.set_password import set_password
from webapp.wiring import desk_for

GOOD = "three dull horses"


@pytest.fixture
def alice(world: World) -> int:
    return world.account("Alice Lindqvist-Moreau", handle="alice", email="alice.moreau@people.example")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", PASSWORD_SHORT),
        ("x7!kQ2#pL9z", PASSWORD_SHORT),
        ("é" * (SHORTEST - 1), PASSWORD_SHORT),
        ("x" * (LONGEST + 1), PASSWORD_LONG),
        ("password1234", PASSWORD_COMMON),
        ("P@ssword12345", PASSWORD_COMMON),
        ("motdepasse123", PASSWORD_COMMON),
        ("azertyuiop12", PASSWORD_COMMON),
        ("aaaaaaaaaaaaaaaa", PASSWORD_COMMON),
        ("abcabcabcabcabc", PASSWORD_COMMON),
        ("123456789012", PASSWORD_COMMON),
        ("lindqvist2026", PASSWORD_COMMON),
        ("alice.moreau@people.example", PASSWORD_COMMON),
    ],
)
def test_a_bad_password_is_refused_with_its_reason(
    app: Flask, world: World, alice: int, password: str, reason: Reason
) -> None:
    with app.app_context(), pytest.raises(Refused) as refused:
        set_password("alice", password, desk_for(OPERATOR))
    assert refused.value.refusal == reason()
    assert world.get(Account, alice).password_hash is None


@pytest.mark.parametrize("password", [GOOD, GOOD + "x" * 483, "Zwölf Boxkämpfer 🥊", "  spaces stay  "])
def test_what_is_hard_to_guess_is_taken_as_it_is(app: Flask, world: World, alice: int, password: str) -> None:
    with app.app_context():
        set_password("alice", password, desk_for(OPERATOR))
    kept = world.get(Account, alice).password_hash or ""
    assert verify_password(password, kept)[0]
    assert not verify_password(password.strip() + " ", kept)[0]


def given(app: Flask, *words: str, typed: str = "") -> Result:
    return app.test_cli_runner().invoke(args=["account", "password", *words], input=typed)


def test_an_operator_gives_one_by_a_line_of_the_input(app: Flask, world: World, alice: int) -> None:
    world.client(alice)
    assert given(app, "alice", typed=f"{GOOD}\n").exit_code == 0
    assert verify_password(GOOD, world.get(Account, alice).password_hash or "")[0]
    assert world.all(SignIn) == []


def test_no_password_is_a_word_of_the_command(app: Flask, world: World, alice: int) -> None:
    for words in (("alice", "--password", GOOD), ("alice", GOOD)):
        assert given(app, *words, typed=f"{GOOD}\n").exit_code == 2
    assert world.get(Account, alice).password_hash is None


@pytest.mark.parametrize(
    ("handle", "typed", "says"),
    [("alice", "password1234\n", "among the first"), ("alice", "", "at least 12"), ("bob", f"{GOOD}\n", "no account")],
)
def test_an_operator_is_told_why_not(app: Flask, world: World, alice: int, handle: str, typed: str, says: str) -> None:
    result = given(app, handle, typed=typed)
    assert result.exit_code == 1
    assert says in result.output
    assert world.get(Account, alice).password_hash is None
