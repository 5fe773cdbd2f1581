"""Whatever is in a cart: what was quoted was ordered, charged, and is either invoiced and given or credited."""

from datetime import date
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.world import MONTH, YEAR, World
from webapp.adapters.clock import FixedClock
from webapp.domain.batches.kinds import BatchAction
from webapp.domain.billing.payment import Standing
from webapp.domain.listing.table import Table
from webapp.domain.periods import Period
from webapp.domain.service.service import Availability, Mode
from webapp.extensions import db
from webapp.models import Attempt, BatchRow, Invoice, InvoiceLine, LedgerEntry, Order, OrderLine, Service, Term
from webapp.operations.batches.begin import begin
from webapp.operations.batches.decide import batch_of, confirm
from webapp.operations.batches.order import orders_of, totals
from webapp.operations.batches.pace import carry_on
from webapp.operations.listing.matching import Viewer
from webapp.operations.projection import project
from webapp.wiring import desk_of, now, rules

from .shop import Shop

FATES = ({"availability": Availability.TERMINATED}, {"cancels_on": date(2026, 12, 31)}, {"ends_on": None})
"""What may happen to a service while it is being paid; the last one: an inventory gives it a later end."""


def stock(world: World, owners: list[int], billing: int, size: int, chance: Random) -> list[int]:
    """Services that cost anything, in any mode, some of them not to be renewed."""
    product = world.product()
    with world.app.app_context():
        services = []
        for number in range(size):
            owner = chance.choice(owners)
            period = chance.choice((MONTH, YEAR))
            fresh = chance.random() < 0.9
            services.append(
                Service(
                    reference=f"C-{number}",
                    name=f"cart-{number}.example",
                    folded_name=f"cart-{number}.example",
                    display_name="",
                    product_id=product,
                    owner_id=owner,
                    admin_id=owner,
                    technical_id=owner,
                    billing_id=billing,
                    kind="recurring",
                    availability=Availability.ACTIVE if fresh else Availability.TERMINATED,
                    mode=chance.choice((Mode.AUTOMATIC, Mode.MANUAL)),
                    period=period,
                    anchor_day=31,
                    started_on=date(2025, 12, 31),
                    ends_on=date(2026, 12, 31),
                    currency="EUR",
                    price_minor=chance.randint(1, 99999),
                )
            )
        db.session.add_all(services)
        db.session.flush()
        keys = [service.id for service in services]
        days = {"starts_on": date(2025, 12, 31), "ends_on": date(2026, 12, 31)}
        db.session.add_all(Term(service_id=key, **days) for key in keys)
        project(db.session(), keys, rules=rules(), now=now())
        db.session.commit()
        return keys


def quoted(
    shop: Shop, action: BatchAction, *, duration: Period | None = None, day: int | None = None
) -> tuple[int, list[str]]:
    """Do that to everything that there is: what the preview said it would come to, and the orders that came of it."""
    with shop.app.app_context():
        viewer = Viewer(shop.desk, "none", now().date(), ())
        batch_id = begin(action, Table(), viewer, duration=duration, day=day)
        carry_on(batch_id, desk_of, seconds=60, rest=lambda took: None)
        said = sum(each.gross.minor for each in totals(db.session(), batch_of(db.session(), batch_id, shop.desk)))
        db.session.rollback()
        confirm(batch_id, (), shop.desk)
        carry_on(batch_id, desk_of, seconds=60, rest=lambda took: None)
        return said, [order.code for order in orders_of(db.session(), batch_of(db.session(), batch_id, shop.desk))]


def befall(world: World, keys: list[int], chance: Random) -> None:
    """Something happens to some of them while the customer is at the bank."""
    for key in chance.sample(keys, k=min(len(keys), chance.randint(0, 5))):
        fate = dict(chance.choice(FATES))
        if "ends_on" in fate:
            fate["ends_on"] = date(2027, 12, 31)
            world.bought(key, date(2026, 12, 31), date(2027, 12, 31))
        world.change(key, **fate)


def amounts() -> dict[str, int]:
    def total(column: object, *conditions: object) -> int:
        return int(db.session.scalar(select(func.sum(column)).where(*conditions)) or 0)  # type: ignore[call-overload]

    return {
        "ordered": total(Order.gross_minor),
        "lines": total(OrderLine.gross_minor),
        "rows": total(BatchRow.gross_minor, BatchRow.state.in_(("done", "changed"))),
        "charged": total(Attempt.minor),
        "invoiced and credited": total(Invoice.gross_minor) + total(LedgerEntry.minor),
        "invoice lines and credited": total(InvoiceLine.gross_minor) + total(LedgerEntry.minor),
    }


@pytest.mark.parametrize(("size", "seed"), [(1, 1), (2, 2), (7, 3), (31, 4), (31, 5), (120, 6), (500, 7)])
def test_quote_order_charge_and_invoice_agree(
    app: Flask, world: World, clock: FixedClock, size: int, seed: int
) -> None:
    chance = Random(seed)
    people = [world.account(name) for name in ("Alice", "Bob", "Dana")]
    keys = stock(world, people, people[0], size, chance)
    shop = Shop(app, clock, people[0])
    said, codes = quoted(shop, BatchAction.RENEW, duration=chance.choice((None, MONTH, YEAR)))
    pay(world, shop, codes, keys, chance)
    with app.app_context():
        assert amounts() == dict.fromkeys(amounts(), said) and len(codes) == (said > 0)
    assert shop.differences() == []


def pay(world: World, shop: Shop, codes: list[str], keys: list[int], chance: Random) -> None:
    for code in codes:
        shop.begin(code)
        befall(world, keys, chance)
        shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
        shop.learn(f"{code}-1")


@pytest.mark.parametrize(("size", "seed"), [(1, 1), (7, 2), (31, 3), (500, 4)])
def test_the_same_holds_for_another_renewal_day(
    app: Flask, world: World, clock: FixedClock, size: int, seed: int
) -> None:
    """And what is given renews on that day, no sooner than it would have."""
    chance = Random(seed)
    people = [world.account(name) for name in ("Alice", "Bob", "Dana")]
    keys = stock(world, people, people[0], size, chance)
    shop, day = Shop(app, clock, people[0]), chance.randint(1, 30)
    said, codes = quoted(shop, BatchAction.ALIGN, day=day)
    pay(world, shop, codes, keys, chance)
    with app.app_context():
        ends = db.session.execute(
            select(Service.ends_on, Service.anchor_day).join(Term).where(Term.order_line_id.is_not(None))
        ).all()
        assert all(row.anchor_day == day and row.ends_on >= date(2027, 1, 31) for row in ends)
        assert amounts() == dict.fromkeys(amounts(), said) and len(codes) == (said > 0)
    assert shop.differences() == []
