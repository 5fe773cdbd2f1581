"""The history tells amounts as they were, and to nobody those from before their time."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import confirmation, post, said, soup
from tests.operations.inventory.inventory import ACCOUNT, PRODUCT, SERVICE, Cells, Inventory
from tests.world import World
from webapp.domain.events import EventKind
from webapp.extensions import db
from webapp.models import Account, Event, Receipt, SignIn
from webapp.operations.transaction import writing

PAGE = "/services/s-1"
HERS: Cells = SERVICE | {"price": "77.00"}
BILLED = {"bill": "55.00", "bill_number": "H-1", "billed": "2026-11-01"}


@pytest.fixture
def inventory(app: Flask, tmp_path: Path) -> Inventory:
    with app.app_context():
        inventory = Inventory(tmp_path)
        inventory.rows("products", PRODUCT, PRODUCT | {"currency": "CAD"})
        people = {"alice": "individual", "bob": "individual", "carol": "business"}
        accounts = [
            ACCOUNT | {"handle": handle, "email": f"{handle}@x.example", "name": handle.title(), "kind": kind}
            for handle, kind in people.items()
        ]
        dora = {"handle": "dora", "email": "dora@x.example", "name": "Dora", "country": "CA", "portal": "QC"}
        inventory.rows("accounts", *(each | {"language": "en"} for each in (*accounts, ACCOUNT | dora)))
        inventory.rows("services", HERS)
        return inventory


def browser(world: World, handle: str) -> FlaskClient:
    with world.app.app_context():
        key = db.session.query(Account.id).filter_by(handle=handle).scalar()
    return world.client(int(key))


def brought(world: World, inventory: Inventory, **cells: str) -> None:
    with world.app.app_context():
        inventory.rows("services", HERS | cells)


def told(client: FlaskClient) -> str:
    """The whole page of the service, and each entry of its history with its own."""
    page = client.get(PAGE)
    entries = [str(link["href"]) for link in soup(page).select(".history a[href*='/events/']")]
    assert entries
    return " ".join(said(each, "main") for each in (page, *map(client.get, entries)))


@pytest.mark.parametrize("moved", ["owner", "billing"])
def test_whoever_pays_from_now_on_sees_no_price_from_before(world: World, inventory: Inventory, moved: str) -> None:
    brought(world, inventory, price="66.00")
    brought(world, inventory, price="44.00", **{moved: "bob"})
    brought(world, inventory, price="33.00", **{moved: "bob"})
    seen = told(browser(world, "bob"))
    assert [amount for amount in ("77", "66", "44", "55") if f"€{amount}.00" in seen.replace("€55.00 to pay", "")] == [
        "44"
    ]
    assert "€44.00 → €33.00" in seen


def test_what_was_hers_stays_hers_as_long_as_she_pays(world: World, inventory: Inventory) -> None:
    brought(world, inventory, price="66.00")
    brought(world, inventory, price="44.00", technical="bob")
    seen = told(browser(world, "alice"))
    assert "€77.00 → €66.00" in seen and "€66.00 → €44.00" in seen
    assert "€" not in said(browser(world, "bob").get(PAGE), ".history")


def test_a_receipt_from_before_tells_no_debt(world: World, inventory: Inventory) -> None:
    brought(world, inventory, **BILLED)
    alice = browser(world, "alice")
    cancel = f"{PAGE}/cancel"
    assert post(alice, cancel, confirmation(alice.get(cancel)) | {"action": "confirm"}).status_code == 303
    (receipt,) = world.all(Receipt)
    details = f"/receipts/{receipt.code}/details"
    assert "€55.00" in said(alice.get(details), "main")
    brought(world, inventory, owner="bob", cancellation="2027-01-31", **BILLED)
    seen = said(browser(world, "bob").get(details), "main")
    assert "s-1" in seen and "€55.00" not in seen


def test_an_amount_is_never_called_by_the_currency_of_today(world: World, inventory: Inventory) -> None:
    """Also of events from version 0.1, which kept no currency of their own."""
    forget_currencies(world)
    brought(world, inventory, price="66.00")
    forget_currencies(world)
    brought(world, inventory, price="90.00", currency="CAD", owner="dora", billing="alice")
    seen = told(browser(world, "alice"))
    assert "€77.00 → €66.00" in seen and "€66.00 → CA$90.00" in seen
    assert "CA$77" not in seen and "CA$66" not in seen and "€90" not in seen


def forget_currencies(world: World) -> None:
    with world.app.app_context(), writing() as session:
        for event in session.query(Event).where(Event.kind == EventKind.IMPORT_CHANGED):
            event.old = {name: value for name, value in event.old.items() if name != "currency"}
            event.new = {name: value for name, value in event.new.items() if name != "currency"}


def test_another_tax_of_today_makes_no_other_amount(world: World, inventory: Inventory) -> None:
    """What was told to an individual reads the same once the contract is a company's."""
    brought(world, inventory, price="66.00")
    before = said(browser(world, "alice").get(PAGE), ".history")
    assert "Price without tax €77.00 → €66.00" in before
    with world.app.app_context():
        row = ACCOUNT | {"language": "en", "kind": "business", "email": "alice@x.example"}
        inventory.rows("accounts", row)
    assert said(browser(world, "alice").get(PAGE), ".history") == before
    assert world.all(SignIn)
