"""The payment methods of everybody of the cast: what is offered is accepted, and nothing else is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast.conftest import Cast, loaded
from tests.markup import post, soup
from webapp.domain.methods import MethodKind, MethodState
from webapp.extensions import db
from webapp.models import PaymentMethod

PAGE = "/payment-methods"
ADDING = ("add-card", "add-debit", "add-wallet")


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    """Of its own, since methods are removed."""
    with loaded(tmp_path) as cast:
        yield cast


def add(cast: Cast, account: int, state: MethodState) -> int:
    """Another method beside those that are there."""
    with cast.app.app_context():
        named = {"kind": MethodKind.CARD, "label": f"Card {state}", "reference": f"extra-{state}"}
        method = PaymentMethod(account_id=account, state=state, is_default=False, **named)
        db.session.add(method)
        db.session.commit()
        return method.id


def those_of(cast: Cast, account: int) -> list[int]:
    with cast.app.app_context():
        mine = select(PaymentMethod.id).where(PaymentMethod.account_id == account, PaymentMethod.removed_at.is_(None))
        return list(db.session.scalars(mine.order_by(PaymentMethod.id)))


def offers(client: FlaskClient, method: int, action: str) -> bool:
    return bool(soup(client.get(PAGE)).select(f"#method-{method} button[name='action.{action}']"))


def accepts(client: FlaskClient, method: int, action: str) -> bool:
    return post(client, PAGE, {f"action.{action}": "", "method": method}).status_code == 303


def test_what_is_offered_is_accepted_and_nothing_else(cast: Cast) -> None:
    outcomes = set()
    for account, client in cast.browsers.items():
        for state in (None, MethodState.REFUSED, MethodState.VALID):
            if state:
                add(cast, account, state)
            for method in those_of(cast, account):
                for action in ("default", "remove"):
                    shown = offers(client, method, action)
                    if action == "default" and not shown:
                        is_default = "idle" in str(soup(client.get(PAGE)).select(f"#method-{method} .badge"))
                        assert is_default or not accepts(client, method, action), (account, method)
                        continue
                    assert shown == accepts(client, method, action), (account, method, action)
                    outcomes.add((action, shown))
    assert outcomes == {("default", True), ("remove", True), ("remove", False)}


def test_what_can_be_added_is_what_is_offered(cast: Cast) -> None:
    outcomes = set()
    for account, client in cast.browsers.items():
        buttons = soup(client.get(PAGE)).select("[aria-labelledby=add] button")
        offered = {str(each["name"]).removeprefix("action.") for each in buttons}
        for action in ADDING:
            worked = post(client, PAGE, {f"action.{action}": ""}).status_code == 303
            assert worked == (action in offered), (account, action)
            outcomes.add((action, worked))
    assert outcomes == {(each, True) for each in ADDING} | {("add-debit", False)}


def test_a_stranger_finds_none_of_them(cast: Cast) -> None:
    with cast.app.app_context():
        owners = dict(db.session.execute(select(PaymentMethod.id, PaymentMethod.account_id)).all())
    for method, owner in owners.items():
        stranger = next(client for account, client in cast.browsers.items() if account != owner)
        for action in ("default", "describe", "remove"):
            assert post(stranger, PAGE, {f"action.{action}": "", "method": method}).status_code == 404
        for address in ("mandate", "mandate.pdf"):
            assert stranger.get(f"{PAGE}/{method}/{address}").status_code == 404
