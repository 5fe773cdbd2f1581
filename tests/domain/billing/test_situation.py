"""What an order says of itself, from its state and that of its latest payment."""

import pytest

from webapp.domain.billing.order import OrderState, Situation, situation
from webapp.domain.billing.payment import AttemptState

PENDING, UNKNOWN, FAILED = AttemptState.PENDING, AttemptState.UNKNOWN, AttemptState.FAILED


@pytest.mark.parametrize(
    ("attempt", "at_a_page", "late", "said"),
    [
        (None, False, False, Situation.TO_PAY),
        (None, False, True, Situation.EXPIRED),
        (PENDING, True, False, Situation.AT_THE_PROVIDER),
        (PENDING, True, True, Situation.AT_THE_PROVIDER),
        (PENDING, False, False, Situation.SETTLING),
        (PENDING, False, True, Situation.SETTLING),
        (UNKNOWN, False, False, Situation.UNKNOWN),
        (UNKNOWN, True, True, Situation.UNKNOWN),
        (FAILED, False, False, Situation.NOT_PAID),
        (FAILED, False, True, Situation.EXPIRED),
    ],
)
def test_an_open_order_says_where_its_payment_stands(
    attempt: AttemptState | None, at_a_page: bool, late: bool, said: Situation
) -> None:
    assert situation(OrderState.OPEN, attempt, at_a_page=at_a_page, late=late) is said


@pytest.mark.parametrize("state", [OrderState.PAID, OrderState.DISCARDED, OrderState.EXPIRED])
@pytest.mark.parametrize("attempt", [None, *AttemptState])
def test_an_order_that_is_over_says_how_it_ended(state: OrderState, attempt: AttemptState | None) -> None:
    said = situation(state, attempt, at_a_page=True, late=True).value
    gone = state is OrderState.PAID and attempt is AttemptState.RETURNED
    assert said == (Situation.RETURNED if gone else state.value)


def test_nobody_pays_while_it_is_not_known_whether_they_have() -> None:
    assert not any(each.payable and each.waiting for each in Situation)
    assert {each for each in Situation if each.payable} == {
        Situation.TO_PAY,
        Situation.AT_THE_PROVIDER,
        Situation.NOT_PAID,
    }
