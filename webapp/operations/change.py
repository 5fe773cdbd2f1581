"""The one ritual by which services change: lock, require, compare versions, record.

Whatever changes a service ends in :func:`record`, or in :func:`record_one`, which write rows, versions, events and the
listing in the caller's transaction.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, Table, Update, bindparam, insert, select, update
from sqlalchemy.orm import Session, joinedload

from ..domain.actors import stored
from ..domain.confirmation import Confirmed
from ..domain.events import ServiceEvent
from ..domain.facts import Facts
from ..domain.renewal.terms import Term
from ..domain.roles import ROLES
from ..domain.service.actions import Action, require
from ..domain.service.case import Case
from ..domain.service.invariants import require_sound
from ..domain.service.service import Service as Snapshot
from ..models import Event, Service
from ..rules.loader import Rules
from .case import NoSuchService, case_of, reached_by, select_cases
from .desk import Desk
from .projection import due_on, forget_former_contacts, project, project_known
from .snapshot import NOTED, difference
from .terms import append, paid_until
from .transaction import writing

SERVICE, EVENT = cast(Table, Service.__table__), cast(Table, Event.__table__)
Values = Mapping[str, Any]
CONTACTS = {f"{role.word}_id" for role in ROLES}
UNSEEN = {*NOTED, "due_on"}
"""Columns that make a service no other one for whoever looks at it."""


class ChangedMeanwhile(Exception):
    """Somebody changed the service after this person looked at it; its latest event says what."""

    def __init__(self, service_id: int) -> None:
        super().__init__(service_id)
        self.service_id = service_id


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one service, which is locked or new: the event, and the service as it is from then on."""

    service_id: int
    event: ServiceEvent
    before: Snapshot | None
    """None for one that was not there."""
    after: Snapshot
    rules: str = ""
    """The contract whose rules were applied."""
    term: Term | None = None
    """What it is paid for beyond what it was; the day on which it ends follows from that."""
    besides: Values = field(default_factory=dict)
    """Columns with other values that no rule looks at: contacts, names, what was imported."""
    row: Row[Any] | None = None
    """What else is known of it, where that was read under lock: since then nobody began to pay for it, or ended to."""

    def columns(self, rules: Rules) -> Values:
        """All that have other values now; none for a service that was written already."""
        if self.before is None:
            return {}
        day, moved = due_on(self.after, rules), difference(self.before, self.after) | dict(paid_until(self.term))
        stored = self.row.due_on if self.row else due_on(self.before, rules)
        return {**moved, **({"due_on": day} if day != stored else {}), **self.besides}

    def require_sound(self) -> None:
        """Raises BrokenService where it breaks an invariant, ValueError where it takes or gives time without a term."""
        require_sound(self.before, self.after)
        end = self.term.end if self.term else self.before and self.before.ends_on
        if self.after.ends_on != end:
            raise ValueError(f"{self.after.reference} ends on {self.after.ends_on}, its terms on {end}")


def change_of(
    service_id: int,
    case: Case,
    after: Snapshot,
    event: ServiceEvent,
    term: Term | None = None,
    *,
    row: Row[Any] | None = None,
) -> Change:
    """What becomes of it under the contract of that case; with its row, where that still says what else is known."""
    return Change(service_id, event, case.service, after, case.rules.name, term, row=row)


def record(
    session: Session,
    changes: Sequence[Change],
    desk: Desk,
    *,
    batch_id: int | None = None,
    receipt_id: int | None = None,
) -> None:
    """Write a set of changes, part of a batch or not, proven by a receipt or not.

    Raises BrokenService, for whoever asks, before anything is written.
    """
    if changes:
        _require_sound(changes)
        together = {"batch_id": batch_id, "receipt_id": receipt_id}
        session.execute(insert(EVENT), [_event(change, desk) | together for change in changes])
        _write(session, changes, desk)


def record_one(session: Session, change: Change, desk: Desk) -> int:
    """Write one change; returns the key of its event. Raises BrokenService."""
    _require_sound([change])
    event_id = session.scalars(insert(EVENT).returning(EVENT.c.id), _event(change, desk)).one()
    _write(session, [change], desk)
    return int(event_id)


def _require_sound(changes: Sequence[Change]) -> None:
    for change in changes:
        change.require_sound()


def _event(change: Change, desk: Desk) -> dict[str, Any]:
    old, new = change.event.stored()
    return {
        "service_id": change.service_id,
        "account_id": desk.account_id,
        "actor": stored(desk.actor),
        "at": desk.now,
        "kind": change.event.kind,
        "old": old,
        "new": new,
        "rules": change.rules,
    }


def _write(session: Session, changes: Sequence[Change], desk: Desk) -> None:
    """One statement for all that change the same columns; each of them is a version older then."""
    alike: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for change in changes:
        columns = change.columns(desk.rules)
        if columns:
            new = {f"new_{name}": value for name, value in columns.items()}
            alike[tuple(columns)].append({**new, "key": change.service_id})
    for names, rows in alike.items():
        session.execute(_update(names), rows)
    append(session, [(change.service_id, change.term) for change in changes if change.term])
    forget_former_contacts(session, [change.service_id for change in changes if CONTACTS & change.besides.keys()])
    project_known(
        session, [(change.row, change.after) for change in changes if change.row], rules=desk.rules, now=desk.now
    )
    project(session, [change.service_id for change in changes if not change.row], rules=desk.rules, now=desk.now)


def _update(names: Sequence[str]) -> Update:
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    if not UNSEEN.issuperset(names):
        new["version"] = SERVICE.c.version + 1
    return update(SERVICE).where(SERVICE.c.id == bindparam("key")).values(new)


@dataclass(frozen=True, slots=True)
class Held:
    """One service of the desk’s account; where it was locked, nobody else can change it before the commit."""

    session: Session
    row: Row[Any]
    case: Case

    @property
    def display_name(self) -> str:
        return str(self.row.display_name or self.row.name)

    def as_confirmed(self, confirmed: Confirmed, facts: Facts) -> None:
        """Raises ChangedMeanwhile where the person decided on an older state, ShownOtherwise on another preview."""
        if confirmed.version != self.row.version:
            raise ChangedMeanwhile(self.row.id)
        confirmed.require(facts)

    def become(self, after: Snapshot, event: ServiceEvent, term: Term | None = None) -> Change:
        """The service as it is from now on, under its own contract."""
        return change_of(self.row.id, self.case, after, event, term, row=self.row)


@contextmanager
def changing(reference: str, desk: Desk, action: Action) -> Iterator[Held]:
    """One service under lock, for a contact who may do that to it; what is recorded inside is committed at the end.

    Raises NoSuchService, or Refused with the reason.
    """
    with writing() as session:
        locked = lock_cases(session, desk, Service.reference == reference)
        if not locked:
            raise NoSuchService(reference)
        require(action, locked[0].case)
        yield locked[0]


def lock_cases(session: Session, desk: Desk, *wanted: ColumnElement[bool]) -> list[Held]:
    """Services of that account under lock.

    All are locked in one order, so that two who do this at once wait for each other instead of clashing.
    """
    return _held(
        session, desk, select_cases().where(*wanted).order_by(Service.id).with_for_update(of=Service, key_share=True)
    )


def read_cases(session: Session, desk: Desk, *wanted: ColumnElement[bool]) -> list[Held]:
    """The same for those who only look."""
    return _held(session, desk, select_cases().where(*wanted))


def read_case(session: Session, reference: str, desk: Desk) -> Held:
    """One service, to look at it. Raises NoSuchService."""
    for held in read_cases(session, desk, Service.reference == reference):
        return held
    raise NoSuchService(reference)


def _held(session: Session, desk: Desk, query: Select[Any]) -> list[Held]:
    rows = session.execute(query.where(reached_by(desk)))
    return [Held(session, row, case_of(row, desk)) for row in rows]


def latest_event(session: Session, service_id: int) -> Event | None:
    """With the person who did it."""
    query = select(Event).where(Event.service_id == service_id).options(joinedload(Event.account))
    return session.scalar(query.order_by(Event.id.desc()).limit(1))
