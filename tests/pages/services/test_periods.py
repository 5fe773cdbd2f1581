"""A period is told with its last day, a deadline with its last minute, a price with its basis: everywhere alike."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.markup import said
from tests.operations.payments.shop import Shop
from tests.world import World
from webapp.domain.actors import INVENTORY
from webapp.domain.events import InventoryChanged
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.operations.change import change_of, read_cases, record_one
from webapp.wiring import desk_for

URL = "/services/S-shop.example"
TAXED = {"QC": "taxes included", "FR": "tax included"}


def test_the_present_term_is_told_alike_wherever_it_is_told(alice: FlaskClient) -> None:
    assert "31 Dec 2025 to 30 Dec 2026" in said(alice.get(URL), "main")
    assert "until 30 Dec 2026 (included)" in said(alice.get(f"{URL}/anticipate"), "main")
    assert "until 30 Dec 2026 (included)" in said(alice.get(f"{URL}/align"), "main")
    assert "30 Dec 2026 (included)" in said(alice.get(f"{URL}/renewal"), "main")
    assert "31 Dec 2026 to 30 Dec 2027" in said(alice.get(f"{URL}/renewal"), ".debits")


def test_no_deadline_is_a_midnight(alice: FlaskClient, world: World) -> None:
    world.change(1, cancels_on=date(2026, 12, 31))
    for url in ("/services", URL, f"{URL}/cancel/undo"):
        words = said(alice.get(url), "main")
        assert "29 Dec 2026, 23:59 (Paris)" in words, url
        assert "00:00" not in words, url


def test_what_is_cancelled_is_not_told_to_renew(alice: FlaskClient, world: World) -> None:
    world.change(1, cancels_on=date(2026, 12, 31))
    assert "Automatic, every year" not in said(alice.get(URL), "main")


@pytest.mark.parametrize("portal", ["FR", "QC"])
@pytest.mark.parametrize("mode", list(Mode))
def test_consumers_are_told_no_price_without_tax(world: World, portal: str, mode: Mode) -> None:
    bob = world.account("Bob", portal=portal, country="FR")
    currency = {"QC": "CAD"}.get(portal, "EUR")
    world.service(bob, "their.example", mode=mode, price_minor=4000, currency=currency)
    client = world.client(bob)
    for page in ("", "/renewal?choice=P1M", "/renew", "/anticipate", "/align"):
        words = said(client.get(f"/services/S-their.example{page}"), "main").lower()
        assert "excl" not in words and "plus taxes" not in words and "without tax" not in words, page
    assert TAXED[portal] in said(client.get("/services/S-their.example"), "main")


def test_businesses_are_told_the_basis_of_every_amount(world: World) -> None:
    bob = world.account("Bob", kind=CustomerKind.BUSINESS)
    key = world.service(bob, "their.example", amount_due_minor=6000, billed_on=date(2026, 11, 1))
    row = said(world.client(bob).get("/services"), f"#row-{key}")
    assert "€60.00 , tax included" in row
    assert "€50.00 excl. tax" in row


def test_the_history_names_products(alice: FlaskClient, world: World, shop: Shop) -> None:
    world.product("domain")
    told = InventoryChanged({"product": "domain-False"}, {"product": "hosting-False"}, "EUR")
    with shop.app.app_context():
        (held,) = read_cases(db.session(), shop.desk)
        record_one(db.session(), change_of(1, held.case, held.case.service, told), desk_for(INVENTORY))
        db.session.commit()
    history = said(alice.get(URL), ".history")
    assert "domain one → hosting one" in history
    assert "domain-False" not in history


def test_quebec_reads_its_own_french(world: World) -> None:
    bob = world.account("Bob", portal="QC", country="CA", language="fr")
    world.card(bob)
    world.service(bob, "leur.example", price_minor=4000, currency="CAD", ends_on=date(2026, 12, 10), anchor_day=10)
    client = world.client(bob)
    for page in ("", "/renewal?choice=P1M", "/anticipate", "/align"):
        words = said(client.get(f"/services/S-leur.example{page}"), "main")
        assert "axes incluses" in words and "TTC" not in words, page
    assert "taxes incluses" in said(client.get("/services"), ".summary")
