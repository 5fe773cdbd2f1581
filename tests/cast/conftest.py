"""Everybody of the demo but its largest customer, each at a browser of their own."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import webapp.demo.inventory
from tests.demo.conftest import started
from tests.markup import post
from webapp.commands.demo import demo
from webapp.demo.year import SHORTEST
from webapp.domain.roles import Role
from webapp.domain.service.case import Case
from webapp.domain.service.ending import is_over
from webapp.domain.service.status import status_of
from webapp.extensions import db
from webapp.models import Account, Listing, Service, SignIn
from webapp.operations.case import case_of, select_cases
from webapp.operations.people.sign_in import key_of
from webapp.wiring import desk_of, now


@dataclass(frozen=True, slots=True)
class Contact:
    """A service and somebody who has a role on it."""

    reference: str
    account_id: int
    case: Case
    started_on: date | None

    @property
    def url(self) -> str:
        return f"/services/{self.reference}"

    @property
    def kind(self) -> tuple[object, ...]:
        """What decides what is said of it: how it stands, under which contract, to whom."""
        service, rules, method = self.case.service, self.case.rules, self.case.method
        family, usable = service.product.family, method and method.usable_on(self.today)
        stands = (status_of(service), service.availability, service.suspension, is_over(service, self.today))
        ends = (service.committed_until is None, family.deletion_after_days, family.manual_allowed, family.renewal_day)
        return stands, ends, rules.portal.code, rules.for_a_consumer, rules.tax_note, self.case.roles & SAYS, usable

    @property
    def today(self) -> date:
        return self.case.today


SAYS = Role.ADMIN | Role.BILLING
"""What an owner or a technical contact is besides makes no difference to what is said."""


class Cast:
    """The application, the browsers of its customers and all that they hold."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.look_again()
        with app.app_context():
            accounts = db.session.scalars(select(Account.id).order_by(Account.id)).all()
        self.browsers = {account: signed_in(app, account) for account in accounts}

    def look_again(self) -> None:
        """How everything stands now."""
        with self.app.app_context():
            self.contacts = self.everybody = tuple(_contacts())

    def narrow(self, kind: "Callable[[Contact], Hashable]") -> None:
        """One contact of each kind is enough."""
        self.contacts = tuple({kind(each): each for each in reversed(self.contacts)}.values())

    def browser(self, account: int, language: str) -> FlaskClient:
        """That customer's, reading that language."""
        client = self.browsers[account]
        post(client, "/language", {"language": language})
        return client


def signed_in(app: Flask, account: int) -> FlaskClient:
    client, token = app.test_client(), f"cast-{account}"
    with app.app_context():
        version = db.session.get_one(Account, account).password_version
        db.session.add(SignIn(key=key_of(token), account_id=account, started_at=now(), password_version=version))
        db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = token
    return client


def _contacts() -> Iterator[Contact]:
    query = select_cases().add_columns(Service.started_on, Listing.account_id)
    for row in db.session.execute(query.join(Listing, Listing.service_id == Service.id).order_by(Service.id)):
        case = case_of(row, desk_of(row.account_id))
        yield Contact(row.reference, row.account_id, case, row.started_on)


@pytest.fixture(scope="package")
def cast(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """As the demo has it; nothing is changed."""
    with loaded(tmp_path_factory.mktemp("cast")) as cast:
        if not request.config.getoption("--whole"):
            cast.narrow(lambda contact: contact.kind)
        yield cast


@contextmanager
def loaded(folder: Path, database_url: str = "") -> Iterator[Cast]:
    """With the last months behind it instead of a year."""
    if not database_url:
        shutil.copytree(_template(), folder, dirs_exist_ok=True)
    app = started(folder, database_url)
    if database_url:
        _load(app)
    yield Cast(app)
    _leave(app)


@cache
def _template() -> Path:
    """The folder of one on SQLite, made once in each process."""
    folder = Path(tempfile.mkdtemp(prefix="echeance-cast-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = started(folder)
    _load(app)
    _leave(app)
    return folder


def _load(app: Flask) -> None:
    with pytest.MonkeyPatch.context() as smaller:
        smaller.setattr(webapp.demo.inventory, "large_items", lambda _seed: iter(()))
        result = app.test_cli_runner().invoke(demo, ["load", "--days", str(SHORTEST.days)])
    assert result.exit_code == 0, result.output


def _leave(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
