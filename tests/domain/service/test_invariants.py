"""Each invariant is broken by one small change of a sound service, and by nothing else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.domain import cases
from webapp.domain.periods import Period
from webapp.domain.service.invariants import INVARIANTS, BrokenService, State, broken, require_sound
from webapp.domain.service.service import Availability, Kind, Mode, Suspension

SOUND = State(
    availability=Availability.ACTIVE,
    mode=Mode.AUTOMATIC,
    period=Period(12),
    anchor_day=31,
    started_on=date(2025, 12, 31),
    ends_on=date(2026, 12, 31),
)
CREATING = State(availability=Availability.CREATING)
INCLUDED = State(kind=Kind.INCLUDED, availability=Availability.ACTIVE)
BREACHES: list[tuple[State, dict[str, Any], str]] = [
    (SOUND, {"suspension": Suspension.DEBT}, "suspension"),
    (SOUND, {"suspended_on": date(2026, 1, 1)}, "suspended_on"),
    (SOUND, {"mode": None}, "mode"),
    (SOUND, {"period": None}, "period"),
    (SOUND, {"started_on": None}, "started_on"),
    (SOUND, {"ends_on": None}, "ends_on"),
    (SOUND, {"ends_on": date(2026, 12, 30)}, "ends_on"),
    (SOUND, {"ends_on": date(2025, 12, 31)}, "ends_on"),
    (SOUND, {"committed_until": date(2025, 1, 1)}, "committed_until"),
    (SOUND, {"cancels_on": date(2025, 1, 1)}, "cancels_on"),
    (SOUND, {"mode": Mode.MANUAL, "cancels_on": date(2026, 12, 31)}, "cancels_on"),
    (SOUND, {"bill": True}, "billed_on"),
    (SOUND, {"billed_on": date(2026, 11, 1)}, "billed_on"),
    (CREATING, {"mode": Mode.AUTOMATIC, "period": Period(1), "started_on": date(2026, 1, 1)}, "ends_on"),
    (INCLUDED, {"mode": Mode.AUTOMATIC}, "mode"),
    (INCLUDED, {"period": Period(1)}, "period"),
    (INCLUDED, {"cancels_on": date(2026, 1, 1)}, "cancels_on"),
    (State(availability=Availability.TERMINATED), {}, "ends_on"),
]


@pytest.mark.parametrize("state", [SOUND, CREATING, INCLUDED])
def test_a_sound_service_breaks_nothing(state: State) -> None:
    assert list(broken(state)) == []


def test_what_lies_on_the_first_day_lies_not_before_it() -> None:
    assert list(broken(replace(SOUND, committed_until=SOUND.started_on))) == []


@pytest.mark.parametrize(("sound", "change", "field"), BREACHES)
def test_a_breach_is_named_at_the_field_to_correct(sound: State, change: dict[str, Any], field: str) -> None:
    assert [invariant.field for invariant in broken(replace(sound, **change))] == [field]


def test_a_mistake_of_the_program_is_named_with_all_that_it_would_break() -> None:
    after = replace(cases.AUTOMATIC, mode=None, period=None)
    with pytest.raises(BrokenService) as raised:
        require_sound(cases.AUTOMATIC, after)
    told = "an active or suspended recurring service needs it"
    assert str(raised.value) == f"S-1 would be broken: mode: {told}; period: {told}"


def test_every_invariant_is_broken_by_one_of_them() -> None:
    met = {invariant for sound, change, _field in BREACHES for invariant in broken(replace(sound, **change))}
    early = replace(CREATING, ends_on=date(2026, 1, 1))
    met |= set(broken(early))
    met |= set(broken(replace(CREATING, mode=Mode.AUTOMATIC)))
    assert set(INVARIANTS) == met
