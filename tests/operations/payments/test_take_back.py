"""Money that is taken back after it was paid: what it brought is kept, and is owed again; nothing is counted twice."""

from itertools import permutations

import pytest
from flask import Flask

from tests.operations.payments.shop import Shop, standing
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.commands.payments import payment
from webapp.domain.actors import PAYMENTS
from webapp.domain.billing.payment import Return, Standing, Statement
from webapp.domain.events import EventKind
from webapp.domain.money import Money
from webapp.models import Attempt, Event, Invoice, LedgerEntry, Outbox, Service
from webapp.operations.orders.for_bills import order_all
from webapp.operations.orders.top_up import top_up
from webapp.operations.payments.ask import ask_again
from webapp.operations.payments.learn import OtherAmount, learn
from webapp.wiring import desk_for

WAYS = (Standing.SUCCEEDED, Standing.RETURNED, Standing.RESTORED)


@pytest.fixture
def shop(world: World, app: Flask, clock: FixedClock, till: Till) -> Shop:
    alice = world.account("Alice")
    world.service(alice)
    return Shop(app, clock, alice, till)


@pytest.fixture
def paid(shop: Shop) -> str:
    """The key of a payment that has arrived."""
    code = shop.order("S-shop.example")
    shop.begin(code)
    return told(shop, f"{code}-1", Standing.SUCCEEDED)


def told(shop: Shop, key: str, *standings: Standing) -> str:
    for each in standings:
        shop.till.decide(key, each)
        shop.learn(key)
    return key


def documents(world: World) -> list[str]:
    return [f"{each.number} {each.gross_minor}" for each in world.all(Invoice)]


def due(world: World) -> int | None:
    return world.all(Service)[0].amount_due_minor


def entries(world: World) -> list[tuple[str, int]]:
    return [(each.kind.value, each.minor) for each in world.all(LedgerEntry)]


def pay_again(shop: Shop) -> str:
    with shop.app.app_context():
        code = order_all("FR-EUR", shop.desk).code
    shop.begin(code)
    return told(shop, f"{code}-1", Standing.SUCCEEDED)


def test_the_term_is_kept_and_the_amount_is_owed_again(world: World, shop: Shop, paid: str) -> None:
    told(shop, paid, Standing.RETURNED, Standing.RETURNED)
    assert standing(world)["bought"] == ["2026-12-31/2027-12-31"]
    assert (documents(world), due(world), entries(world)) == (["FR-000001 6000", "FR-R000001 6000"], 6000, [])
    asked, attempt = world.all(Invoice)[1], world.all(Attempt)[0]
    assert (asked.net_minor, asked.demands_id, attempt.returned) == (None, attempt.id, Return.DISPUTE)
    event = world.all(Event)[-1]
    assert (event.kind, event.new["bill"]) == (EventKind.PAYMENT_RETURNED, "FR-R000001")
    assert [each.kind for each in world.all(Outbox)] == ["order-paid", "payment-taken-back"]
    assert (shop.till.taken, shop.differences()) == (0, [])


def test_what_is_owed_again_is_paid_like_any_bill(world: World, shop: Shop, paid: str) -> None:
    told(shop, paid, Standing.RETURNED)
    again = pay_again(shop)
    assert (due(world), shop.till.taken, shop.differences()) == (0, 6000, [])
    told(shop, again, Standing.RETURNED)
    assert documents(world)[1:] == ["FR-R000001 6000", "FR-R000002 6000"]
    assert (due(world), shop.differences()) == (6000, [])


def test_one_that_stands_after_all_is_owed_no_more(world: World, shop: Shop, paid: str) -> None:
    told(shop, paid, Standing.RETURNED, Standing.RESTORED, Standing.RESTORED)
    assert documents(world)[1:] == ["FR-R000001 6000", "FR-C000001 6000"]
    assert (due(world), entries(world)) == (0, [])
    assert world.all(Event)[-1].kind is EventKind.PAYMENT_RESTORED
    assert (shop.till.taken, shop.differences()) == (6000, [])


def test_what_was_paid_again_by_then_is_credit(world: World, shop: Shop, paid: str) -> None:
    told(shop, paid, Standing.RETURNED)
    pay_again(shop)
    told(shop, paid, Standing.RESTORED)
    assert (due(world), entries(world)) == (0, [("restored", 6000)])
    assert (shop.till.taken, shop.differences()) == (12000, [])


@pytest.mark.parametrize("order", list(permutations(WAYS)), ids=str)
def test_in_whichever_order_it_is_told_the_same_comes_of_it(
    world: World, shop: Shop, order: tuple[Standing, ...]
) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    told(shop, f"{code}-1", *order)
    assert (standing(world)["bought"], due(world)) == (["2026-12-31/2027-12-31"], 0)
    assert [each.state for each in world.all(Attempt)] == [Standing.RESTORED.value]
    assert shop.differences() == []


def test_a_payment_that_came_and_went_gives_the_term_and_the_bill(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    told(shop, f"{code}-1", Standing.RETURNED, Standing.SUCCEEDED)
    assert (standing(world)["attempts"], due(world), shop.differences()) == (["returned"], 6000, [])


def test_what_became_balance_is_taken_off_it_even_where_it_is_spent(world: World, shop: Shop) -> None:
    with shop.app.app_context():
        code = top_up(Money(2000, "EUR"), shop.desk).code
    shop.begin(code)
    told(shop, f"{code}-1", Standing.SUCCEEDED)
    order = shop.order("S-shop.example")
    shop.begin(order)
    told(shop, f"{order}-2", Standing.SUCCEEDED)
    told(shop, f"{code}-1", Standing.RETURNED)
    assert world.balance(shop.account) == -2000
    assert entries(world) == [("topped-up", 2000), ("spent", -2000), ("returned", -2000)]
    assert shop.differences() == []
    told(shop, f"{order}-2", Standing.RETURNED)
    assert (due(world), world.balance(shop.account), shop.differences()) == (4000, -2000, [])
    told(shop, f"{code}-1", Standing.RESTORED)
    assert (world.balance(shop.account), shop.differences()) == (0, [])


def test_late_money_that_was_credited_is_credit_no_more(world: World, shop: Shop) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    late = shop.till.books[f"{code}-1"]
    shop.till.decide(f"{code}-1", Standing.FAILED)
    shop.learn(f"{code}-1")
    shop.discard(code)
    shop.till.books[f"{code}-1"] = late
    shop.learn(f"{code}-1")
    assert world.balance(shop.account) == 6000
    told(shop, f"{code}-1", Standing.RETURNED)
    assert (world.balance(shop.account), len(world.all(Invoice)), shop.differences()) == (0, 0, [])


def test_asking_finds_what_no_notice_told(world: World, shop: Shop, paid: str) -> None:
    shop.till.decide(paid, Standing.RETURNED)
    with shop.app.app_context():
        desk = desk_for(PAYMENTS)
        assert ask_again(desk.now, desk, shop.till) == 1
        assert ask_again(desk.now, desk, shop.till) == 0
    assert (due(world), shop.differences()) == (6000, [])


def test_an_operator_asks_by_a_command(world: World, shop: Shop, paid: str) -> None:
    shop.till.decide(paid, Standing.RETURNED)
    told_to = shop.app.test_cli_runner()
    assert "1 stand otherwise" in told_to.invoke(payment, ["ask"]).output
    assert "0 stand otherwise" in told_to.invoke(payment, ["ask", "--days", "1"]).output
    shop.till.silent = 1
    silent = told_to.invoke(payment, ["ask"])
    assert silent.exit_code == 1 and "does not answer" in silent.output
    assert (due(world), shop.differences()) == (6000, [])


def test_of_a_part_that_is_taken_back_people_are_told(world: World, shop: Shop, paid: str) -> None:
    with shop.app.app_context(), pytest.raises(OtherAmount):
        learn(paid, Statement(Standing.RETURNED, "pay", Money(100, "EUR")), desk_for(PAYMENTS))
    assert (due(world), [str(each.state) for each in world.all(Attempt)]) == (0, ["succeeded"])


@pytest.mark.parametrize(
    ("model", "values", "said"),
    [
        (Attempt, {"minor": 5000}, "5000 was taken back, 6000 is owed or off the balance"),
        (Attempt, {"state": "succeeded"}, "demanded again 6000"),
        (Invoice, {"demands_id": None}, "0 is owed or off the balance"),
    ],
)
def test_the_audit_finds_what_does_not_add_up(
    world: World, shop: Shop, paid: str, model: type[Attempt] | type[Invoice], values: dict[str, object], said: str
) -> None:
    told(shop, paid, Standing.RETURNED)
    world.change_row(model, world.all(model)[-1].id, **values)
    assert any(said in each for each in shop.differences()), shop.differences()


def test_a_bill_that_is_paid_and_taken_back_at_once_is_owed_again(world: World, shop: Shop) -> None:
    world.bill(1, 2400)
    with shop.app.app_context():
        code = order_all("FR-EUR", shop.desk).code
    shop.begin(code)
    told(shop, f"{code}-1", Standing.RETURNED)
    assert (due(world), documents(world)[1:], shop.differences()) == (2400, ["FR-R000001 2400"], [])
