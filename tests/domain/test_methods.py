from datetime import date, timedelta

import pytest

from webapp.domain.methods import SOON, STILL_NEEDED, Health, MethodKind, MethodState, PaymentMethod, removal

TODAY = date(2026, 11, 23)
VALID, PENDING, REFUSED = MethodState


def method(state: MethodState = VALID, days: int | None = None, *, connected: bool = True) -> PaymentMethod:
    ends = None if days is None else TODAY + timedelta(days=days)
    return PaymentMethod(MethodKind.CARD, "Visa 4242", state, connected, ends)


@pytest.mark.parametrize(
    ("told", "health"),
    [
        (method(), Health.VALID),
        (method(days=SOON.days + 1), Health.VALID),
        (method(days=SOON.days), Health.EXPIRES_SOON),
        (method(days=1), Health.EXPIRES_SOON),
        (method(days=0), Health.EXPIRED),
        (method(PENDING), Health.AWAITING),
        (method(PENDING, days=0), Health.EXPIRED),
        (method(REFUSED), Health.REFUSED),
        (method(REFUSED, days=0), Health.REFUSED),
        (method(connected=False), Health.UNCONNECTED),
        (method(PENDING, connected=False), Health.UNCONNECTED),
        (method(days=0, connected=False), Health.EXPIRED),
        (method(REFUSED, connected=False), Health.REFUSED),
    ],
)
def test_how_it_stands_is_told_by_what_keeps_it_from_being_debited(told: PaymentMethod, health: Health) -> None:
    assert told.health(TODAY) is health
    assert told.usable_on(TODAY) is (health in (Health.VALID, Health.EXPIRES_SOON))


def test_a_card_is_debited_before_its_end_and_not_from_then_on() -> None:
    ends = method(days=10)
    assert [ends.usable_on(TODAY + timedelta(days=days)) for days in (9, 10, 11)] == [True, False, False]


GOOD, DEAD = method(), method(REFUSED)


@pytest.mark.parametrize(
    ("it", "others", "is_default", "needed", "goes"),
    [
        (GOOD, [], True, False, True),
        (GOOD, [], True, True, False),
        (GOOD, [DEAD], True, True, False),
        (GOOD, [DEAD, GOOD], True, True, True),
        (GOOD, [DEAD], False, True, False),
        (DEAD, [], True, True, False),
        (DEAD, [DEAD], False, True, True),
        (DEAD, [GOOD], True, True, True),
        (DEAD, [], False, False, True),
    ],
)
def test_it_goes_where_that_leaves_nobody_without(
    it: PaymentMethod, others: list[PaymentMethod], is_default: bool, needed: bool, goes: bool
) -> None:
    refusal = removal(it, others, TODAY, is_default=is_default, needed=needed)
    assert (refusal is None) is goes and (goes or refusal == STILL_NEEDED())
