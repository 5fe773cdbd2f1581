"""`flask demo load`, and the passwords it sets."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from tests.keys import KEY
from webapp import create_app
from webapp.commands.demo import demo
from webapp.demo.load import load_demo
from webapp.demo.people import CLIENTS, SIGN_INS
from webapp.domain.actors import OPERATOR
from webapp.extensions import db
from webapp.models import Account, Event, Service, SignIn
from webapp.operations.desk import Desk
from webapp.operations.people.passwords import hash_password, verify_password, waste_time
from webapp.operations.people.set_password import UnknownAccount, set_password
from webapp.operations.transaction import writing
from webapp.settings import Environment, Settings
from webapp.wiring import desk_for, now, rules


def add_account(handle: str) -> int:
    with writing() as session:
        account = Account(handle=handle, email=f"{handle}@x.example", name=handle, kind=CLIENTS[0].kind, country="FR")
        account.portal = "FR"
        session.add(account)
    return account.id


def kept_password(handle: str) -> str | None:
    return db.session.scalars(select(Account.password_hash).where(Account.handle == handle)).one()


def test_loading_again_changes_nothing_and_says_so(demo_app: Flask) -> None:
    with demo_app.app_context():
        before = db.session.execute(select(Service.id, Service.version).order_by(Service.id)).all()
        events = db.session.query(Event).count()

    result = demo_app.test_cli_runner().invoke(demo, ["load"])

    assert result.exit_code == 0
    assert "already" in result.output
    with demo_app.app_context():
        assert db.session.execute(select(Service.id, Service.version).order_by(Service.id)).all() == before
        assert db.session.query(Event).count() == events


def test_a_load_that_was_broken_off_is_not_taken_for_the_demo(app: Flask, tmp_path: Path) -> None:
    def give_up(_desk: Desk) -> None:
        raise KeyboardInterrupt

    with app.app_context(), pytest.raises(KeyboardInterrupt):
        load_demo(tmp_path / "demo", rules=rules(), now=now(), tell=give_up)

    result = app.test_cli_runner().invoke(demo, ["load"])

    assert result.exit_code == 1
    assert "broken off" in result.output and str(tmp_path) in result.output


def test_the_demo_is_refused_in_production(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path, environment=Environment.PRODUCTION, secret_key=KEY, hosts="localhost")
    app = create_app(settings)
    with app.app_context():
        db.create_all()

    result = app.test_cli_runner().invoke(demo, ["load"])

    assert result.exit_code == 1
    assert "refused in production" in result.output
    assert not (tmp_path / "demo").exists()
    with app.app_context():
        assert db.session.scalar(select(Account.id)) is None


@pytest.mark.parametrize("handle", [person.handle for person in SIGN_INS])
def test_demo_sign_ins_have_the_password_that_is_told(demo_app: Flask, handle: str) -> None:
    with demo_app.app_context():
        assert verify_password("demo", kept_password(handle) or "") == (True, None)


def test_clients_of_the_demo_cannot_sign_in(demo_app: Flask) -> None:
    with demo_app.app_context():
        assert {kept_password(client.handle) for client in CLIENTS} == {None}


def test_a_new_password_replaces_the_old_one_and_ends_open_sessions(app: Flask) -> None:
    with app.app_context():
        alice, bob = add_account("alice"), add_account("bob")
        with writing() as session:
            session.add_all(SignIn(key=f"key-{owner}", account_id=owner, started_at=now()) for owner in (alice, bob))
        set_password("alice", "the first horse", desk_for(OPERATOR))
        set_password("alice", "the second horse", desk_for(OPERATOR))

        assert not verify_password("the first horse", kept_password("alice") or "")[0]
        assert verify_password("the second horse", kept_password("alice") or "")[0]
        assert kept_password("bob") is None
        assert db.session.scalars(select(SignIn.account_id)).all() == [bob]


def test_an_unknown_account_is_given_no_password(app: Flask) -> None:
    with app.app_context(), pytest.raises(UnknownAccount, match="nobody"):
        set_password("nobody", "correct horse", desk_for(OPERATOR))


def test_a_hash_made_with_weaker_parameters_is_renewed_at_sign_in() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("secret")
    matches, renewed = verify_password("secret", weak)

    assert matches
    assert renewed is not None
    assert verify_password("secret", renewed) == (True, None)


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password("secret") != hash_password("secret")


def test_time_can_be_wasted_on_any_text() -> None:
    waste_time("")
    waste_time("é" * 500)
