"""What is always true of a service, whoever changes it: importer, engine, API and audit ask here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from ..periods import Period, clamp
from .service import Availability, Kind, Mode, Service, Suspension


@dataclass(frozen=True, slots=True)
class State:
    """A service as it is stored, or as somebody wants it to be; a field is None where nothing is given."""

    kind: Kind = Kind.RECURRING
    availability: Availability | None = None
    suspension: Suspension | None = None
    suspended_on: date | None = None
    mode: Mode | None = None
    period: Period | None = None
    anchor_day: int | None = None
    started_on: date | None = None
    ends_on: date | None = None
    committed_until: date | None = None
    cancels_on: date | None = None
    bill: bool = False
    """Whether a bill is to be paid."""
    billed_on: date | None = None

    @classmethod
    def of(cls, service: Service) -> Self:
        told = {name: getattr(service, name) for name in TOLD}
        return cls(**told, bill=service.amount_due is not None)

    @property
    def recurring(self) -> bool:
        return self.kind is Kind.RECURRING

    @property
    def running(self) -> bool:
        return self.recurring and self.availability in (Availability.ACTIVE, Availability.SUSPENDED)

    @property
    def half_created(self) -> bool:
        """A term is there, but not all of it."""
        given = [getattr(self, name) is not None for name in TERM]
        return self.recurring and self.availability is Availability.CREATING and any(given) and not all(given)


TOLD = tuple(field.name for field in fields(State) if field.name != "bill")
TERM = ("mode", "period", "started_on", "ends_on")


@dataclass(frozen=True, slots=True)
class Invariant:
    """Something that several fields agree on."""

    field: str
    """The one that is to be corrected."""
    reads: tuple[str, ...]
    broken: Callable[[State], bool]
    says: str


def _only_while_suspended(name: str) -> Invariant:
    return Invariant(
        name,
        ("availability",),
        lambda state: (getattr(state, name) is not None) != (state.availability is Availability.SUSPENDED),
        "it is given exactly when state is suspended",
    )


def _required_while_running(name: str) -> Invariant:
    return Invariant(
        name,
        ("kind", "availability"),
        lambda state: getattr(state, name) is None and state.running,
        "an active or suspended recurring service needs it",
    )


def _required_with_the_term(name: str) -> Invariant:
    return Invariant(
        name,
        ("kind", "availability", *TERM),
        lambda state: getattr(state, name) is None and state.half_created,
        "a service being created has all of mode, period, start and expiry, or none of them",
    )


def _only_recurring(name: str) -> Invariant:
    return Invariant(
        name,
        ("kind",),
        lambda state: getattr(state, name) is not None and not state.recurring,
        "only a recurring service has it",
    )


def _not_before_the_start(name: str) -> Invariant:
    return Invariant(
        name,
        ("started_on",),
        lambda state: _before(getattr(state, name), state.started_on),
        "it lies before the start",
    )


def _before(day: date | None, start: date | None) -> bool:
    return day is not None and start is not None and day < start


def _off_anchor(state: State) -> bool:
    end, anchor = state.ends_on, state.anchor_day
    return end is not None and anchor is not None and end != clamp(end.year, end.month, anchor)


INVARIANTS = (
    *(_only_while_suspended(name) for name in ("suspension", "suspended_on")),
    *(_required_while_running(name) for name in TERM),
    *(_required_with_the_term(name) for name in TERM),
    *(_only_recurring(name) for name in ("mode", "period", "cancels_on")),
    Invariant(
        "ends_on",
        ("kind", "availability"),
        lambda state: state.ends_on is None and state.recurring and state.availability is Availability.TERMINATED,
        "a terminated recurring service needs it",
    ),
    Invariant(
        "ends_on",
        ("started_on",),
        lambda state: bool(state.started_on and state.ends_on and state.ends_on <= state.started_on),
        "it must lie after the start",
    ),
    Invariant(
        "ends_on",
        ("anchor_day",),
        _off_anchor,
        "it must fall on the anchor day, or on the last day of a shorter month",
    ),
    _not_before_the_start("committed_until"),
    _not_before_the_start("cancels_on"),
    Invariant(
        "cancels_on",
        ("mode", "kind"),
        lambda state: state.cancels_on is not None and state.recurring and state.mode is not Mode.AUTOMATIC,
        "only a service in automatic mode can have it",
    ),
    Invariant(
        "billed_on",
        ("bill",),
        lambda state: (state.billed_on is not None) != state.bill,
        "it is given exactly when bill is given",
    ),
)


def broken(state: State) -> Iterator[Invariant]:
    """Every invariant that does not hold."""
    return (invariant for invariant in INVARIANTS if invariant.broken(state))


class BrokenService(ValueError):
    """Somebody was about to make a service say two things that cannot both be true: a mistake of the program."""

    def __init__(self, reference: str, invariants: tuple[Invariant, ...]) -> None:
        says = "; ".join(f"{invariant.field}: {invariant.says}" for invariant in invariants)
        super().__init__(f"{reference} would be broken: {says}")


def require_sound(before: Service | None, after: Service) -> None:
    """Raises BrokenService where an invariant holds no more; one that did not hold before is not the change's doing."""
    worse = tuple(broken(State.of(after)))
    if worse and before:
        known = {*broken(State.of(before))}
        worse = tuple(invariant for invariant in worse if invariant not in known)
    if worse:
        raise BrokenService(after.reference, worse)
