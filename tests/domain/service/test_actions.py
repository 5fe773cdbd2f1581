"""The table of actions: every case × every action, by the code of the refusal."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from tests.domain import cases
from tests.domain.cases import EVERYTHING, case
from webapp.domain.actors import EVERYTHING as EVERY_SCOPE
from webapp.domain.actors import Scope
from webapp.domain.refusals import Refused
from webapp.domain.roles import Role
from webapp.domain.service.actions import FIRST, RULES, Action, first, offered, refusal, require
from webapp.domain.service.case import Case
from webapp.domain.service.service import Service


@dataclass(frozen=True)
class Holder:
    """Anything that carries a case."""

    case: Case


COLUMNS = tuple(RULES)
OK = None
TABLE = {
    # configure, anticipate, renew, pay, cancel, undo-cancellation, align
    "AUTOMATIC": (OK, OK, "automatic", "nothing-to-pay", OK, "not-cancelled", OK),
    "MANUAL": (OK, "manual", OK, "nothing-to-pay", "lapses", "not-cancelled", OK),
    "BILLED": ("bill-to-pay", "bill-to-pay", "automatic", OK, OK, "not-cancelled", "bill-to-pay"),
    "CANCELLED": (
        "cancellation-scheduled",
        "cancellation-scheduled",
        "automatic",
        "nothing-to-pay",
        "cancellation-scheduled",
        OK,
        "cancellation-scheduled",
    ),
    "TERMINATED": (
        "terminated",
        "terminated",
        "terminated",
        "nothing-to-pay",
        "terminated",
        "terminated",
        "terminated",
    ),
    "COMMITTED": ("committed", OK, "automatic", "nothing-to-pay", OK, "not-cancelled", "committed"),
    "FORCED": ("forced", OK, "automatic", "nothing-to-pay", OK, "not-cancelled", "forced"),
    "LAPSED": ("expired", "manual", OK, "nothing-to-pay", "lapsed", "not-cancelled", OK),
    "IN_DEBT": ("bill-to-pay", "bill-to-pay", "automatic", OK, "suspended-for-debt", "not-cancelled", "bill-to-pay"),
    "CREATING": ("creating", "creating", "creating", "nothing-to-pay", "creating", "not-cancelled", "creating"),
    "INCLUDED": ("included", "included", "included", "nothing-to-pay", "included", "not-cancelled", "included"),
    "ONE_OFF": ("one-off", "one-off", "one-off", "nothing-to-pay", "one-off", "not-cancelled", "one-off"),
    "ENDING": (OK, OK, "automatic", "nothing-to-pay", "too-late", "not-cancelled", OK),
    "CANCELLED_ENDING": (
        "cancellation-scheduled",
        "cancellation-scheduled",
        "automatic",
        "nothing-to-pay",
        "cancellation-scheduled",
        "too-late",
        "cancellation-scheduled",
    ),
}


def code(action: Action, service: Service, roles: Role = EVERYTHING) -> str | None:
    seen = refusal(action, case(service, roles=roles))
    return seen and seen.code


@pytest.mark.parametrize("name", TABLE)
def test_each_action_is_allowed_or_refused_for_the_right_reason(name: str) -> None:
    service = getattr(cases, name)
    assert tuple(code(action, service) for action in COLUMNS) == TABLE[name]


@pytest.mark.parametrize("action", COLUMNS)
@pytest.mark.parametrize("role", [Role.OWNER, Role.TECHNICAL, Role.ADMIN, Role.BILLING])
def test_the_wrong_contact_is_told_who_the_right_one_is(action: Action, role: Role) -> None:
    right = Role.ADMIN if action in (Action.CANCEL, Action.UNDO_CANCELLATION) else Role.BILLING
    allowed = next(getattr(cases, name) for name in TABLE if code(action, getattr(cases, name)) is None)
    expected = None if role is right else f"{right.word}-contact"
    assert code(action, allowed, role) == expected


SCOPES = {
    Action.CONFIGURE: Scope.RENEW,
    Action.ALIGN: Scope.RENEW,
    Action.ANTICIPATE: Scope.PAY,
    Action.RENEW: Scope.PAY,
    Action.PAY: Scope.PAY,
    Action.CANCEL: Scope.TERMINATE,
    Action.UNDO_CANCELLATION: Scope.TERMINATE,
}


@pytest.mark.parametrize("action", COLUMNS)
def test_who_came_through_a_panel_does_what_it_lets_them(action: Action) -> None:
    allowed = next(getattr(cases, name) for name in TABLE if code(action, getattr(cases, name)) is None)
    asked = case(allowed)
    seen = refusal(action, replace(asked, scopes=EVERY_SCOPE - {SCOPES[action]}))
    assert seen and seen.code == "beyond-panel"
    assert refusal(action, replace(asked, scopes={SCOPES[action]})) is None


def test_nobody_is_sent_to_a_contact_who_would_be_refused_too() -> None:
    assert code(Action.CONFIGURE, cases.TERMINATED, Role.TECHNICAL) == "terminated"


@pytest.mark.parametrize(("hour", "expected"), [(22, None), (23, None)])
def test_the_cut_off_is_24_hours_before_the_end_on_the_contracts_clock(hour: int, expected: str | None) -> None:
    """The term ends at midnight of the 25th in Paris, 23:00 UTC of the 24th."""
    ending = replace(cases.AUTOMATIC, ends_on=datetime(2026, 11, 25, tzinfo=UTC).date())
    asked = case(ending, now=datetime(2026, 11, 23, hour, 0, tzinfo=UTC))
    assert refusal(Action.CANCEL, asked) is expected
    late = case(ending, now=datetime(2026, 11, 23, 23, 0, 1, tzinfo=UTC))
    seen = refusal(Action.CANCEL, late)
    assert seen
    assert seen.code == "too-late"


def test_the_three_questions_give_one_answer() -> None:
    for asked in [case(getattr(cases, name)) for name in TABLE]:
        for action, reason in offered(asked, COLUMNS):
            assert reason == refusal(action, asked)
            if reason is None:
                require(action, asked)
            else:
                with pytest.raises(Refused):
                    require(action, asked)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (case(cases.BILLED), Action.PAY),
        (case(cases.CANCELLED), Action.UNDO_CANCELLATION),
        (case(cases.MANUAL), Action.RENEW),
        (case(cases.AUTOMATIC), Action.CONFIGURE),
        (case(cases.AUTOMATIC, roles=Role.ADMIN), Action.CANCEL),
        (case(cases.TERMINATED), None),
        (case(cases.AUTOMATIC, roles=Role.TECHNICAL), None),
    ],
)
def test_what_matters_first_is_what_the_customer_has_to_do(case: Case, expected: Action | None) -> None:
    assert first(case) is expected


def test_only_what_is_asked_for_comes_first() -> None:
    assert first(case(cases.MANUAL), {Action.CONFIGURE, Action.CANCEL}) is Action.CONFIGURE
    assert set(FIRST) == set(Action)


def test_nobody_is_led_to_cancel_instead_of_paying() -> None:
    assert first(case(cases.BILLED), {Action.CONFIGURE, Action.CANCEL}) is None
    assert first(case(cases.BILLED, roles=Role.ADMIN), {Action.CONFIGURE, Action.CANCEL}) is Action.CANCEL
