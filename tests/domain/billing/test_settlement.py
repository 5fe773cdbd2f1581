"""In which parts something is paid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.cases import RULES
from webapp.domain.billing.settlement import Fund, Means, Part, covered, order_of_funds, plan
from webapp.domain.methods import MethodKind, MethodState, PaymentMethod
from webapp.domain.money import Money, MoneyError


def euros(*minors: int) -> list[Money]:
    return [Money(minor, "EUR") for minor in minors]


def test_all_of_it_is_asked_for_at_once() -> None:
    assert plan(Money(6000, "EUR"), []) == (Part(Means.CHECKOUT, Money(6000, "EUR")),)


def test_the_rest_is_asked_for_where_parts_were_paid() -> None:
    assert plan(Money(6000, "EUR"), euros(1000, 500)) == (Part(Means.CHECKOUT, Money(4500, "EUR")),)
    assert plan(Money(6000, "EUR"), euros(5999)) == (Part(Means.CHECKOUT, Money(1, "EUR")),)


def test_nothing_is_asked_for_where_nothing_is_left() -> None:
    assert plan(Money(6000, "EUR"), euros(6000)) == ()
    assert plan(Money(0, "EUR"), euros(0)) == ()


def test_what_costs_nothing_is_one_part_of_nothing() -> None:
    assert plan(Money(0, "EUR"), []) == (Part(Means.CHECKOUT, Money(0, "EUR")),)


@pytest.mark.parametrize(
    ("balance", "parts"),
    [(0, (6000,)), (-5, (6000,)), (1, (1, 5999)), (5999, (5999, 1)), (6000, (6000,)), (9000, (6000,))],
)
def test_a_balance_is_spent_first_and_never_more_of_it_than_is_due(balance: int, parts: tuple[int, ...]) -> None:
    planned = plan(Money(6000, "EUR"), [], Means.SAVED, Money(balance, "EUR"))
    assert tuple(part.amount.minor for part in planned) == parts
    assert planned[0].means is (Means.BALANCE if balance > 0 else Means.SAVED)
    assert planned[-1].means is (Means.BALANCE if balance >= 6000 else Means.SAVED)


CARD = PaymentMethod(MethodKind.CARD, "Visa 4242", MethodState.VALID, True, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("on", "method", "balance", "funds"),
    [
        (date(2026, 12, 31), CARD, None, (Fund.METHOD,)),
        (date(2027, 1, 1), CARD, None, (Fund.BILL,)),
        (date(2026, 12, 31), None, None, (Fund.BILL,)),
        (date(2026, 12, 31), CARD, 1, (Fund.BALANCE, Fund.METHOD)),
        (date(2027, 1, 1), CARD, 1, (Fund.BALANCE, Fund.BILL)),
        (date(2026, 12, 31), None, 0, (Fund.BILL,)),
        (date(2026, 12, 31), CARD, -1, (Fund.METHOD,)),
    ],
)
def test_first_the_balance_then_the_method_else_a_bill(
    on: date, method: PaymentMethod | None, balance: int | None, funds: tuple[Fund, ...]
) -> None:
    assert order_of_funds(on, method, None if balance is None else Money(balance, "EUR")) == funds


def test_parts_have_one_currency() -> None:
    with pytest.raises(MoneyError):
        plan(Money(6000, "EUR"), [Money(1, "CAD")])


@given(due=st.integers(1, 10**9), taken=st.lists(st.integers(1, 10**9), max_size=5))
def test_what_was_taken_and_what_is_planned_pay_exactly_what_is_due(due: int, taken: list[int]) -> None:
    planned = [part.amount for part in plan(Money(due, "EUR"), euros(*taken))]
    assert covered(Money(due, "EUR"), [*euros(*taken), *planned])
    assert sum(amount.minor for amount in planned) == max(0, due - sum(taken))
    assert covered(Money(due, "EUR"), euros(*taken)) is (not planned)


def test_the_provider_is_asked_after_growing_pauses_and_then_again_and_again() -> None:
    pauses = RULES.orders.ask_again
    assert len(set(pauses)) > 2 and list(pauses) == sorted(pauses)
    assert [RULES.orders.next_ask(asked) for asked in range(len(pauses) + 2)] == [*pauses, pauses[-1], pauses[-1]]
