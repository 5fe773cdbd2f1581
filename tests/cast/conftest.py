"""Everybody of the demo but its largest customer, each at a browser of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import webapp.demo.inventory
from tests.demo.conftest import started
from tests.demo.test_menu import signed_in
from tests.markup import post
from webapp.commands.demo import demo
from webapp.domain.service.case import Case
from webapp.extensions import db
from webapp.models import Account, Listing, Service
from webapp.operations.case import case_of, select_cases
from webapp.wiring import desk_of


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
    def today(self) -> date:
        return self.case.today


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
            self.contacts = tuple(_contacts())

    def browser(self, account: int, language: str) -> FlaskClient:
        """That customer's, reading that language."""
        client = self.browsers[account]
        post(client, "/language", {"language": language})
        return client


def _contacts() -> Iterator[Contact]:
    query = select_cases().add_columns(Service.started_on, Listing.account_id)
    for row in db.session.execute(query.join(Listing, Listing.service_id == Service.id).order_by(Service.id)):
        case = case_of(row, desk_of(row.account_id))
        yield Contact(row.reference, row.account_id, case, row.started_on)


@pytest.fixture(scope="package")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """As the demo has it; nothing is changed."""
    with loaded(tmp_path_factory.mktemp("cast")) as cast:
        yield cast


@contextmanager
def loaded(folder: Path) -> Iterator[Cast]:
    with pytest.MonkeyPatch.context() as without:
        without.setattr(webapp.demo.inventory, "large_items", lambda _seed: iter(()))
        app = started(folder)
        result = app.test_cli_runner().invoke(demo, ["load"])
    assert result.exit_code == 0, result.output
    yield Cast(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
