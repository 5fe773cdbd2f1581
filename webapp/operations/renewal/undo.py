"""Keep a service after all: exactly what its cancellation wrote is taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ...domain.confirmation import Confirmed
from ...domain.events import EventKind, read_declaration
from ...domain.facts import Facts
from ...domain.refusals import Refusal
from ...domain.renewal.cancellation import Undoing, undoing
from ...domain.service.actions import Action, refusal, require
from ...models import Event
from ..change import Held
from ..desk import Desk
from ..transaction import writing
from .declare import Declared, declare, key_of, reached, receipt_before


@dataclass(frozen=True, slots=True)
class UndoCancellation:
    """What someone confirmed: the service, and what they were shown."""

    reference: str
    confirmed: Confirmed


@dataclass(frozen=True, slots=True)
class Returning:
    """A service whose cancellation may be undone, with those that were cancelled together with it."""

    held: Held
    seen: Undoing | None
    """None where no cancellation is scheduled."""
    together: Sequence[tuple[Held, Refusal | None]]
    """With the reason of those that stay cancelled."""

    @property
    def kept(self) -> list[Held]:
        return [self.held, *(held for held, refused in self.together if refused is None)]

    @property
    def facts(self) -> Facts:
        if self.seen is None:
            return {}
        return {**self.seen.facts, "services": tuple(sorted(held.case.service.reference for held in self.kept))}


def returning(session: Session, reference: str, desk: Desk, *, lock: bool = False) -> Returning:
    """How it stands for that desk. Raises NoSuchService."""
    key = key_of(session, reference, desk)
    asked, others = reached(session, key, session.scalars(_ever_declared_with(key)), desk, lock=lock)
    receipts = _present_receipts(session, [asked, *others.values()])
    receipt_id = receipts.get(key)
    together = [each for key, each in others.items() if receipt_id and receipts.get(key) == receipt_id]
    return Returning(
        asked, undoing(asked.case), [(each, refusal(Action.UNDO_CANCELLATION, each.case)) for each in together]
    )


def _ever_declared_with(service_id: int) -> Select[int]:
    """The services of the acts that this one was part of; what a batch does to one is an act of its own."""
    mine = (Event.service_id == service_id, Event.receipt_id.is_not(None), Event.batch_id.is_(None))
    return select(Event.service_id).where(Event.receipt_id.in_(select(Event.receipt_id).where(*mine))).distinct()


def _present_receipts(session: Session, held: Collection[Held]) -> dict[int, int | None]:
    """Of each service that is cancelled the way it was last declared, the receipt of that act."""
    declared = (Event.service_id.in_([each.row.id for each in held]), Event.kind == EventKind.CANCELLED)
    events = session.scalars(select(Event).where(*declared).order_by(Event.id))
    latest = {event.service_id: event for event in events}
    days = {each.row.id: each.row.cancels_on for each in held}
    same = {key: event for key, event in latest.items() if event.batch_id is None and _day(event) == days[key]}
    return {key: event.receipt_id for key, event in same.items()}


def _day(event: Event) -> date:
    return read_declaration(event.kind, event.old, event.new).day


def undo_cancellation(command: UndoCancellation, desk: Desk) -> Declared:
    """Do it.

    Raises NoSuchService; Refused with the reason; ChangedMeanwhile or ShownOtherwise when the person decided on
    something else than it is now.
    """
    with writing() as session:
        asked = returning(session, command.reference, desk, lock=True)
        if asked.seen is None and (declared := receipt_before(asked.held, EventKind.CANCELLATION_UNDONE, desk)):
            return declared
        require(Action.UNDO_CANCELLATION, asked.held.case)
        asked.held.as_confirmed(command.confirmed, asked.facts)
        back = [(held, undoing(held.case)) for held in asked.kept]
        changes = [held.become(seen.after(held.case.service), seen.event) for held, seen in back if seen]
        return declare(session, EventKind.CANCELLATION_UNDONE, changes, desk)
