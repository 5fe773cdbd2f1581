"""Names that lapsed: what bringing them back costs is said before, ordered, billed and done."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.markup import confirmation, post, said
from tests.operations.payments.shop import Shop
from tests.world import World
from webapp.domain.billing.payment import Standing
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.service.service import Availability, Mode, Suspension
from webapp.models import Invoice, InvoiceLine, Order, OrderLine, Service

LAPSED = {
    "family": "domain",
    "mode": Mode.MANUAL,
    "availability": Availability.SUSPENDED,
    "suspension": Suspension.EXPIRED,
    "started_on": date(2025, 11, 1),
    "ends_on": date(2026, 11, 1),
    "suspended_on": date(2026, 11, 1),
    "anchor_day": 1,
}
"""Seen on 23 November."""
URL, ORDER = "/services/S-name.example", {"duration": "P12M", "action": "order"}


@pytest.fixture
def name(world: World, shop: Shop) -> int:
    return world.service(shop.account, "name.example", **LAPSED)


def test_the_fee_is_told_quoted_and_a_part_of_what_is_paid(
    world: World, alice: FlaskClient, shop: Shop, name: int
) -> None:
    page = said(alice.get(URL), "main")
    assert "Redemption Since 8 Nov 2026 , restoring it costs €72.00 (tax included) beside its term." in page
    assert "deleted on 13 Dec 2026 unless it is renewed" in page
    quoted = said(alice.get(f"{URL}/renew"), ".acting")
    assert "1 year until 31 Oct 2027 (included) €60.00" in quoted
    assert "Since 8 Nov 2026 , restoring it costs €72.00 (tax included) beside its term." in quoted
    assert "of which €72.00 for restoring the name 1 Nov 2026 to 31 Oct 2027 €132.00" in quoted
    post(alice, f"{URL}/renew", confirmation(alice.get(f"{URL}/renew")) | ORDER)
    (placed,) = world.all(Order)
    assert (placed.net_minor, placed.gross_minor) == (11_000, 13_200)
    assert "1 year, of which €72.00 for restoring the name" in said(alice.get(f"/orders/{placed.code}"), ".ordered")
    shop.begin(placed.code)
    shop.till.decide(f"{placed.code}-1", Standing.SUCCEEDED)
    shop.learn(f"{placed.code}-1")
    assert world.get(Service, name).availability is Availability.ACTIVE
    assert [line.restore_fee_minor for line in (*world.all(OrderLine), *world.all(InvoiceLine))] == [6000, 6000]
    (document,) = world.all(Invoice)
    assert "of which €60.00 without tax for restoring the name" in said(alice.get(f"/invoices/{document.code}"), "main")
    assert world.get(Service, name).price_minor == 5000


def test_before_redemption_it_costs_what_it_always_did(world: World, alice: FlaskClient, name: int) -> None:
    world.change(name, suspended_on=date(2026, 11, 20), ends_on=date(2026, 11, 20))
    quoted = said(alice.get(f"{URL}/renew"), ".acting")
    assert "From 27 Nov 2026 on, restoring it costs €72.00 (tax included) beside its term." in quoted
    assert "of which €72.00" not in quoted and "Total, tax included: €60.00" in quoted


def test_a_price_that_was_looked_at_in_grace_is_not_what_is_taken_in_redemption(
    world: World, alice: FlaskClient, name: int
) -> None:
    world.change(name, suspended_on=date(2026, 11, 20))
    seen = confirmation(alice.get(f"{URL}/renew"))
    world.change(name, suspended_on=date(2026, 11, 1))
    assert post(alice, f"{URL}/renew", seen | ORDER).status_code == 409
    assert world.all(Order) == []


def test_where_no_fee_is_known_it_says_who_restores_it(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.service(shop.account, "name.com", **LAPSED)
    page = said(alice.get("/services/S-name.com"), "main")
    assert "expired on 1 Nov 2026 ; only support can have it restored" in page
    assert "Since 8 Nov 2026 , only support can have it restored, for a fee." in page
    refused = said(alice.get("/services/S-name.com/renew"), "main")
    assert "This name is in its redemption period: contact support to have it restored." in refused
    assert "order with obligation" not in refused.lower()


def test_whoever_sees_net_prices_sees_a_net_fee(world: World) -> None:
    bob = world.account("Bob", kind=CustomerKind.BUSINESS)
    world.service(bob, "name.example", **LAPSED)
    quoted = said(world.client(bob).get(f"{URL}/renew"), ".acting")
    assert "restoring it costs €60.00 (excl. tax) beside its term" in quoted
    assert "of which €60.00 for restoring the name 1 Nov 2026 to 31 Oct 2027 €110.00" in quoted


def test_a_batch_tells_it_with_the_row(alice: FlaskClient, name: int) -> None:
    begun = post(alice, "/batches", {"action": "renew", "ref": ["S-name.example"]})
    assert "€132.00 , of which €72.00 for restoring the name" in said(alice.get(begun.location), "main")


def test_the_fee_is_for_those_who_pay_to_know(world: World, shop: Shop, name: int) -> None:
    bob = world.account("Bob")
    world.change(name, technical_id=bob)
    assert "restoring" not in said(world.client(bob).get(URL), "main")
