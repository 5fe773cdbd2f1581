"""In which parts something is paid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.cases import RULES
from webapp.domain.billing.settlement import Means, Part, covered, plan
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
