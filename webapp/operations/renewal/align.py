"""Move the day of the month on which a service renews: what each day would cost, and the order for it."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...domain.confirmation import Confirmed
from ...domain.refusals import Refusal, Refused
from ...domain.renewal.align import ALREADY_ON_DAY, Target, align
from ...domain.renewal.candidates import Comparison, compare
from ...domain.renewal.renewing import shown_item
from ...domain.service.actions import Action
from ...domain.service.service import Availability
from ...models import Service
from ..change import Held, changing, read_case, record_one
from ..desk import Desk
from ..giving import given_free
from ..orders.place import place, release, term_line


@dataclass(frozen=True, slots=True)
class Aligning:
    """A service with what each day of the month would come to."""

    held: Held
    compared: Comparison
    usual: int | None
    """The day on which most services of the account renew."""


@dataclass(frozen=True, slots=True)
class AlignService:
    """What someone confirmed: the service, the day, and what they were shown."""

    reference: str
    day: int
    confirmed: Confirmed


@dataclass(frozen=True, slots=True)
class DayMoved:
    """What came of it."""

    order: str | None
    """The code of the order that it takes; None where nothing is due."""
    new: bool
    """Whether anything had to be done."""


def aligning(session: Session, reference: str, desk: Desk) -> Aligning:
    """How it stands for that desk, in a constant number of statements. Raises NoSuchService."""
    held = read_case(session, reference, desk)
    compared = compare([held.case], desk.rules.orders.aligned_after)
    return Aligning(held, compared, usual_day(session, held.row.billing_id))


def usual_day(session: Session, account_id: int) -> int | None:
    """The day of the month on which most services renew that this account pays for."""
    renewing = (Service.mode.is_not(None), Service.availability != Availability.TERMINATED)
    query = select(Service.anchor_day).where(Service.billing_id == account_id, *renewing)
    counted = query.where(Service.anchor_day.is_not(None)).group_by(Service.anchor_day)
    return session.scalar(counted.order_by(func.count().desc(), Service.anchor_day).limit(1))


def target(day: int, desk: Desk) -> Target:
    """That day of the month under the rules in force."""
    return Target(day, desk.rules.orders.aligned_after)


def align_service(command: AlignService, desk: Desk, obstacle: Refusal | None) -> DayMoved:
    """Order the days until then, or move the day at once where nothing is due; ``obstacle`` is why nothing can be paid.

    Raises NoSuchService; Refused with the
    reason; ChangedMeanwhile or ShownOtherwise when the person decided on something else than it is now.
    """
    with changing(command.reference, desk, Action.ALIGN) as locked:
        item = align(locked.case, target(command.day, desk))
        if item == ALREADY_ON_DAY():
            return DayMoved(None, new=False)
        if isinstance(item, Refusal):
            raise Refused(item)
        locked.as_confirmed(command.confirmed, shown_item(item))
        if item.at_once:
            release(locked.session, [locked.row.id], desk)
            record_one(locked.session, given_free(locked.row.id, locked.case, item), desk)
            return DayMoved(None, new=True)
        if obstacle:
            raise Refused(obstacle)
        placed = place(locked.session, item.seller, [term_line(item, locked.row.id)], desk)
        return DayMoved(placed.code, new=placed.new)
