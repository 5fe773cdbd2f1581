"""What an account has with its seller is spent first: never twice, never more than there is, never lost."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from tests.operations.payments.shop import Shop, standing
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.ledger import EntryKind
from webapp.domain.billing.payment import Standing
from webapp.domain.billing.settlement import Means
from webapp.models import Attempt

TERM = ["2026-12-31/2027-12-31"]


@pytest.fixture
def shop(world: World, app: Flask, clock: FixedClock, till: Till) -> Shop:
    alice = world.account("Alice")
    for name in ("shop.example", "blog.example"):
        world.service(alice, name=name)
    return Shop(app, clock, alice, till)


@pytest.fixture
def code(shop: Shop) -> str:
    """Of an order for 60 euros."""
    return shop.order("S-shop.example")


def attempts(world: World, code: str) -> list[tuple[str, Means, int]]:
    return [(str(each.state), each.means, each.minor) for each in world.all(Attempt) if code in each.key]


def test_what_it_covers_is_given_at_once_and_no_provider_is_asked(world: World, shop: Shop, code: str) -> None:
    world.credit(shop.account, 7000)
    assert shop.begin(code) is None
    assert attempts(world, code) == [("succeeded", Means.BALANCE, 6000)] and shop.till.books == {}
    assert standing(world)["bought"] == TERM and standing(world)["orders"] == ["paid 6000", "paid 7000"]
    assert standing(world)["invoices"] == ["FR-000001 6000"]
    assert world.balance(shop.account) == 1000 and shop.differences() == []


def test_the_provider_is_asked_for_the_rest(world: World, shop: Shop, code: str) -> None:
    world.credit(shop.account, 2500)
    assert shop.begin(code) == f"https://till.example/{code}-2"
    assert attempts(world, code) == [("succeeded", Means.BALANCE, 2500), ("pending", Means.CHECKOUT, 3500)]
    assert standing(world)["bought"] == [] and shop.differences() == []
    shop.till.decide(f"{code}-2", Standing.SUCCEEDED)
    shop.learn(f"{code}-2")
    assert standing(world)["bought"] == TERM and shop.till.taken == 3500
    assert world.balance(shop.account) == 0 and shop.differences() == []


def test_a_saved_method_is_debited_for_the_rest(world: World, shop: Shop, code: str) -> None:
    card = world.card(shop.account)
    world.credit(shop.account, 2500)
    shop.charge(code, card)
    assert attempts(world, code) == [("succeeded", Means.BALANCE, 2500), ("succeeded", Means.SAVED, 3500)]
    assert standing(world)["bought"] == TERM and shop.differences() == []


def test_after_a_refusal_no_more_is_taken_from_it_than_before(world: World, shop: Shop, code: str) -> None:
    world.credit(shop.account, 2500)
    shop.begin(code)
    shop.till.decide(f"{code}-2", Standing.FAILED)
    shop.learn(f"{code}-2")
    shop.begin(code)
    assert [each[1:] for each in attempts(world, code)] == [
        (Means.BALANCE, 2500),
        (Means.CHECKOUT, 3500),
        (Means.CHECKOUT, 3500),
    ]


def test_what_comes_to_it_meanwhile_pays_the_rest(world: World, shop: Shop, code: str) -> None:
    world.credit(shop.account, 2500)
    shop.begin(code)
    shop.till.decide(f"{code}-2", Standing.FAILED)
    shop.learn(f"{code}-2")
    world.credit(shop.account, 5000)
    assert shop.begin(code) is None
    assert standing(world)["bought"] == TERM and world.balance(shop.account) == 1500
    assert shop.differences() == []


@pytest.mark.parametrize("lapses", [True, False])
def test_what_was_spent_on_an_order_that_is_not_paid_goes_back(
    world: World, shop: Shop, code: str, lapses: bool
) -> None:
    world.credit(shop.account, 2500)
    shop.begin(code)
    shop.till.decide(f"{code}-2", Standing.FAILED)
    shop.learn(f"{code}-2")
    if lapses:
        shop.sweep(timedelta(hours=24))
    else:
        shop.discard(code)
    assert [kind for kind, _minor in world.ledger(shop.account)] == [
        EntryKind.TOPPED_UP,
        EntryKind.SPENT,
        EntryKind.GIVEN_BACK,
    ]
    assert world.balance(shop.account) == 2500 and shop.differences() == []


def test_money_with_one_seller_pays_nothing_at_another_nor_in_another_currency(
    world: World, shop: Shop, code: str
) -> None:
    world.credit(shop.account, 7000, portal="DE")
    world.credit(shop.account, 7000, currency="CAD")
    assert shop.begin(code) == f"https://till.example/{code}-1"
    assert attempts(world, code) == [("pending", Means.CHECKOUT, 6000)]


def test_two_orders_that_are_paid_at_once_spend_it_once(world: World, shop: Shop, code: str) -> None:
    other = shop.order("S-blog.example")
    world.credit(shop.account, 7000)
    ready = Barrier(2)

    def pay(which: str) -> None:
        ready.wait()
        shop.begin(which)

    both = [Thread(target=pay, args=(which,)) for which in (code, other)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    spent = [each.minor for each in world.all(Attempt) if each.means is Means.BALANCE]
    assert sorted(spent) == [1000, 6000] and world.balance(shop.account) == 0
    assert standing(world)["bought"] == TERM and shop.differences() == []
