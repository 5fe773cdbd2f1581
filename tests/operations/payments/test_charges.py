"""Orders that are paid with a saved method: at once, slowly, after a second step, or not at all; never twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.operations.methods.wallet import Wallet, refused_as
from tests.operations.payments.shop import Shop, standing
from tests.operations.test_races import PEOPLE, at_once
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.billing.settlement import Means
from webapp.domain.methods import MethodState
from webapp.models import Attempt, PaymentMethod
from webapp.operations.methods.find import NoSuchMethod
from webapp.operations.payments.pay import begin_charge

from .shop import BACK


@pytest.fixture
def shop(world: World, app: Flask, clock: FixedClock, till: Till) -> Shop:
    alice = world.account("Alice")
    world.service(alice)
    return Shop(app, clock, alice, till)


@pytest.fixture
def card(world: World, shop: Shop) -> int:
    return world.card(shop.account)


@pytest.fixture
def code(shop: Shop) -> str:
    return shop.order("S-shop.example")


def attempts(world: World) -> list[tuple[str, str, int | None]]:
    return [(str(each.state), str(each.means), each.method_id) for each in world.all(Attempt)]


def test_a_charge_that_succeeds_gives_what_was_ordered(world: World, shop: Shop, card: int, code: str) -> None:
    assert shop.charge(code, card) is None
    assert attempts(world) == [("succeeded", Means.SAVED, card)]
    assert standing(world)["bought"] == ["2026-12-31/2027-12-31"]
    assert (shop.till.taken, shop.differences()) == (6000, [])


@pytest.mark.parametrize(("standing_there", "state"), [(Standing.FAILED, "failed"), (Standing.SETTLING, "pending")])
def test_one_that_does_not_gives_nothing_yet(
    world: World, shop: Shop, card: int, code: str, standing_there: Standing, state: str
) -> None:
    shop.till.charges = standing_there
    assert shop.charge(code, card) is None
    assert [each[0] for each in attempts(world)] == [state] and standing(world)["bought"] == []
    shop.till.charges = Standing.SUCCEEDED
    shop.charge(code, card)
    assert [each[0] for each in attempts(world)] == ([state, "succeeded"] if state == "failed" else [state])


def test_a_slow_debit_may_be_refused_by_the_bank_after_days(world: World, shop: Shop, card: int, code: str) -> None:
    shop.till.charges = Standing.SETTLING
    shop.charge(code, card)
    shop.till.decide(f"{code}-1", Standing.FAILED, Failure.REFUSED)
    shop.sweep(timedelta(days=2))
    assert attempts(world) == [("failed", Means.SAVED, card)] and standing(world)["bought"] == []


def test_a_second_step_leads_to_the_bank_and_back(world: World, shop: Shop, card: int, code: str) -> None:
    shop.till.charges = Standing.WAITING
    address = f"https://till.example/{code}-1"
    assert shop.charge(code, card) == shop.charge(code, card) == shop.begin(code) == address
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    assert standing(world)["orders"] == ["paid 6000"] and len(attempts(world)) == 1


def test_a_charge_without_an_answer_is_asked_about_and_never_repeated(
    world: World, shop: Shop, card: int, code: str
) -> None:
    shop.till.silent = 1
    assert shop.charge(code, card) is None and attempts(world)[0][0] == "unknown"
    assert shop.charge(code, card) is None and shop.begin(code) is None
    shop.sweep(timedelta(hours=1))
    assert attempts(world) == [("succeeded", Means.SAVED, card)] and shop.till.taken == 6000


def test_what_the_provider_never_heard_of_is_charged_with_the_same_key(
    world: World, shop: Shop, card: int, code: str
) -> None:
    shop.till.silent = 1
    shop.charge(code, card)
    shop.till.books.clear()
    shop.sweep(timedelta(hours=1))
    assert list(shop.till.books) == [f"{code}-1"] and standing(world)["orders"] == ["paid 6000"]


def test_a_method_that_was_removed_meanwhile_is_not_charged_after_all(
    world: World, shop: Shop, card: int, code: str
) -> None:
    shop.till.silent = 1
    shop.charge(code, card)
    shop.till.books.clear()
    world.change_row(PaymentMethod, card, removed_at=world.now(), is_default=False)
    shop.sweep(timedelta(hours=1))
    assert attempts(world)[0][0] == "failed" and shop.till.taken == 0
    assert world.all(Attempt)[0].failure is Failure.REJECTED


def test_a_charge_that_was_under_way_when_its_method_was_removed_counts(
    world: World, shop: Shop, card: int, code: str
) -> None:
    shop.till.silent = 1
    shop.charge(code, card)
    world.change_row(PaymentMethod, card, removed_at=world.now(), is_default=False)
    shop.sweep(timedelta(hours=1))
    assert standing(world)["bought"] == ["2026-12-31/2027-12-31"]


def test_the_payment_page_is_closed_before_a_method_is_charged(world: World, shop: Shop, card: int, code: str) -> None:
    assert shop.begin(code)
    assert shop.charge(code, card) is None
    assert attempts(world) == [("failed", Means.CHECKOUT, None), ("succeeded", Means.SAVED, card)]
    assert shop.till.taken == 6000


def test_whoever_has_paid_on_the_page_is_not_charged(world: World, shop: Shop, card: int, code: str) -> None:
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    assert refused_as(lambda: shop.charge(code, card)) == "order-over"
    assert shop.till.taken == 6000 and standing(world)["orders"] == ["paid 6000"]


def test_a_page_that_may_still_be_paid_on_keeps_the_method_from_being_charged(
    world: World, shop: Shop, card: int, code: str
) -> None:
    shop.begin(code)
    shop.till.silent = 1
    assert refused_as(lambda: shop.charge(code, card)) == "payment-under-way"
    shop.till.decide(f"{code}-1", Standing.SETTLING)
    assert shop.charge(code, card) is None
    assert attempts(world) == [("pending", Means.CHECKOUT, None)]


UNFIT: dict[str, dict[str, Any]] = {
    "expired": {"expires_on": date(2026, 11, 23)},
    "refused": {"state": MethodState.REFUSED},
    "awaiting": {"state": MethodState.PENDING},
    "unconnected": {"reference": ""},
}


@pytest.mark.parametrize("unfit", UNFIT)
def test_what_cannot_be_debited_is_not(world: World, shop: Shop, card: int, code: str, unfit: str) -> None:
    world.change_row(PaymentMethod, card, **UNFIT[unfit])
    assert refused_as(lambda: shop.charge(code, card)) == "method-cannot-be-debited"
    assert attempts(world) == [] and shop.till.books == {}


def test_nobody_pays_with_the_method_of_somebody_else(world: World, shop: Shop, code: str) -> None:
    bobs = world.card(world.account("Bob"))
    with pytest.raises(NoSuchMethod):
        shop.charge(code, bobs)
    assert attempts(world) == []


def test_what_the_provider_rejects_can_be_paid_otherwise(world: World, shop: Shop, card: int, code: str) -> None:
    shop.till.forgotten.add(f"card-{shop.account}")
    assert shop.charge(code, card) is None
    assert world.all(Attempt)[0].failure is Failure.REJECTED
    assert shop.begin(code) == f"https://till.example/{code}-2"


def test_whoever_clicks_twice_at_once_is_charged_once(
    app: Flask, world: World, shop: Shop, card: int, code: str, till: Till
) -> None:
    at_once(app, *[lambda: begin_charge(code, card, shop.desk, till, return_to=BACK, language="en")] * PEOPLE)
    assert till.taken == 6000 and len(till.books) == 1
    assert attempts(world) == [("succeeded", Means.SAVED, card)] and shop.differences() == []


def test_two_tabs_that_make_different_defaults_leave_one(app: Flask, world: World, till: Till, shop: Shop) -> None:
    wallet = Wallet(app, shop.account, till)
    several = [world.card(shop.account, is_default=False, reference=f"r-{each}") for each in range(PEOPLE)]
    at_once(app, *[lambda each=each: wallet.make_default(each) for each in several])  # type: ignore[misc]
    assert [each.is_default for each in world.all(PaymentMethod)].count(True) == 1
