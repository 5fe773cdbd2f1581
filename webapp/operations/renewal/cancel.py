"""End a service for the future, and whichever of its companions the person wants to end with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ...domain.confirmation import Confirmed
from ...domain.events import EventKind
from ...domain.facts import Facts
from ...domain.refusals import Refusal, Refused
from ...domain.renewal.cancellation import NO_COMPANION, Cancellation, cancellation, shown
from ...domain.service.actions import Action, refusal, require
from ...domain.service.service import Availability, Kind
from ..change import Held
from ..companions import KnownCompanion, companions_of
from ..desk import Desk
from ..transaction import writing
from .declare import Declared, declare, key_of, reached, receipt_before


@dataclass(frozen=True, slots=True)
class CancelService:
    """What someone confirmed: the service, the references of companions to cancel as well, and what they were shown."""

    reference: str
    together: frozenset[str]
    confirmed: Confirmed


@dataclass(frozen=True, slots=True)
class Tied:
    """A companion, and whether the same can be done to it."""

    known: KnownCompanion
    held: Held
    seen: Cancellation | None
    refusal: Refusal | None
    included: Sequence[KnownCompanion]
    """What ends with it."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A service with everything that ending it touches."""

    held: Held
    seen: Cancellation | None
    """None where it has no term."""
    companions: Sequence[Tied]
    included: Sequence[KnownCompanion]
    """What ends with it."""

    @property
    def free(self) -> list[Tied]:
        """The companions that may be cancelled as well."""
        return [each for each in self.companions if each.refusal is None]

    @property
    def facts(self) -> Facts:
        days = {each.known.reference: each.seen.day for each in self.free if each.seen}
        included = [*self.included, *(each for tied in self.free for each in tied.included)]
        return shown(self.seen, days, [each.reference for each in included]) if self.seen else {}


def leaving(session: Session, reference: str, desk: Desk, *, lock: bool = False) -> Leaving:
    """How it stands for that desk. Raises NoSuchService."""
    key = key_of(session, reference, desk)
    known = companions_of(session, [key], desk)[key]
    asked, others = reached(session, key, [each.service_id for each in known], desk, lock=lock)
    standing = [each for each in known if each.service_id in others and _stands_alone(others[each.service_id])]
    theirs = companions_of(session, [each.service_id for each in standing], desk) if standing else {}
    tied = [_tied(each, others[each.service_id], _included(theirs[each.service_id])) for each in standing]
    return Leaving(asked, cancellation(asked.case), tied, _included(known))


def _included(known: Sequence[KnownCompanion]) -> list[KnownCompanion]:
    return [each for each in known if each.ends_with_it]


def _stands_alone(held: Held) -> bool:
    service = held.case.service
    return service.kind is Kind.RECURRING and service.availability is not Availability.TERMINATED


def _tied(known: KnownCompanion, held: Held, included: Sequence[KnownCompanion]) -> Tied:
    return Tied(known, held, cancellation(held.case), refusal(Action.CANCEL, held.case), included)


def cancel_service(command: CancelService, desk: Desk) -> Declared:
    """Do it.

    Raises NoSuchService; Refused with the reason; ChangedMeanwhile or ShownOtherwise when the person decided on
    something else than it is now.
    """
    with writing() as session:
        asked = leaving(session, command.reference, desk, lock=True)
        together = _chosen(asked, command.together)
        if all(each.held.case.service.cancels_on for each in together) and (
            declared := receipt_before(asked.held, EventKind.CANCELLED, desk)
        ):
            return declared
        require(Action.CANCEL, asked.held.case)
        asked.held.as_confirmed(command.confirmed, asked.facts)
        if refused := next((each.refusal for each in together if each.refusal), None):
            raise Refused(refused)
        ending = [(asked.held, asked.seen), *((each.held, each.seen) for each in together)]
        changes = [held.become(seen.after(held.case.service), seen.event) for held, seen in ending if seen]
        return declare(session, EventKind.CANCELLED, changes, desk)


def _chosen(asked: Leaving, references: Collection[str]) -> list[Tied]:
    """Raises Refused where one of them does not belong to the service."""
    known = {each.known.reference: each for each in asked.companions}
    if not known.keys() >= set(references):
        raise Refused(NO_COMPANION())
    return [known[reference] for reference in references]
