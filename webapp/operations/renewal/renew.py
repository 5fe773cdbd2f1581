"""Pay for the next term of a service, and of those that belong to it: what it would cost, and the order for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from ...domain.billing.quote import Item, Quote
from ...domain.confirmation import Confirmed
from ...domain.facts import Alongside, Duration, Facts, given
from ...domain.periods import Period
from ...domain.refusals import Refusal, Refused
from ...domain.renewal.cancellation import NO_COMPANION
from ...domain.renewal.choices import Offer
from ...domain.renewal.renewing import (
    NOT_SOLD_SO,
    NOTHING_SOLD,
    OTHER_SELLER,
    RenewalWish,
    action_for,
    closest,
    durations,
    judge,
    quote,
)
from ...domain.service.actions import Action, refusal, require
from ...domain.service.case import Case
from ..change import Held, record_one
from ..companions import KnownCompanion, companions_of
from ..desk import Desk
from ..giving import given_free
from ..orders.place import place, release, term_line
from ..transaction import writing
from .declare import key_of, reached
from .offers import offers


@dataclass(frozen=True, slots=True)
class Renewable:
    """A service with what it may be paid for now."""

    held: Held
    offer: Offer
    refusal: Refusal | None
    """Why it cannot be paid for, whatever the duration."""
    durations: Sequence[Period]
    """That can be had now, shortest first."""
    unsold: Sequence[tuple[Period, Refusal]]
    """Durations that cannot be had now, each with the reason."""

    def wanted(self, duration: Period) -> RenewalWish:
        return RenewalWish(self.held.case, self.offer, duration)

    @property
    def items(self) -> list[Item]:
        """What each duration costs."""
        judged = [judge(self.wanted(duration)) for duration in self.durations]
        return [each for each in judged if isinstance(each, Item)]


@dataclass(frozen=True, slots=True)
class RenewableCompanion:
    known: KnownCompanion
    renewable: Renewable

    def duration(self, chosen: Period) -> Period:
        """How long it would be paid for together with a service that is paid for that long."""
        return closest(chosen, list(self.renewable.durations))

    def item(self, chosen: Period) -> Item:
        """What that costs."""
        duration = self.duration(chosen)
        return next(item for item in self.renewable.items if item.duration == duration)


class LeftOut(NamedTuple):
    known: KnownCompanion
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Renewing:
    """What somebody who wants to pay for a service is shown."""

    asked: Renewable
    companions: Sequence[RenewableCompanion]
    """Those that may be paid for as well."""
    left_out: Sequence[LeftOut]
    """Those that may not."""

    @property
    def facts(self) -> Facts:
        """Every price and every day that can be chosen: what is confirmed is bound to all of them."""
        theirs = (each.renewable for each in self.companions)
        return given(
            durations=_told(self.asked),
            companions=tuple(Alongside(each.held.case.service.reference, _told(each)) for each in theirs),
            taxes=self.asked.held.case.rules.taxes,
        )

    def quote(self, duration: Period, together: Collection[str]) -> Quote:
        """For this duration with these companions. Raises Refused where one does not belong to the service."""
        known = {each.known.reference: each for each in self.companions}
        if not known.keys() >= set(together):
            raise Refused(NO_COMPANION())
        theirs = [each for reference, each in known.items() if reference in together]
        more = [each.renewable.wanted(each.duration(duration)) for each in theirs]
        return quote([self.asked.wanted(duration), *more])

    @property
    def all(self) -> list[Renewable]:
        return [self.asked, *(each.renewable for each in self.companions)]

    @property
    def cases(self) -> dict[str, Case]:
        return {each.held.case.service.reference: each.held.case for each in self.all}

    @property
    def service_ids(self) -> dict[str, int]:
        return {each.held.case.service.reference: each.held.row.id for each in self.all}


def _told(renewable: Renewable) -> tuple[Duration, ...]:
    return tuple(Duration(item.duration, item.end, item.gross) for item in renewable.items if item.duration)


@dataclass(frozen=True, slots=True)
class OrderRenewal:
    """What someone confirmed: the service, how long, with whom, and what they were shown."""

    reference: str
    action: Action
    duration: Period | None
    together: frozenset[str]
    confirmed: Confirmed


def renewing(session: Session, reference: str, desk: Desk, *, lock: bool = False) -> Renewing:
    """How it stands for that desk, in a constant number of statements. Raises NoSuchService."""
    key = key_of(session, reference, desk)
    known = companions_of(session, [key], desk)[key]
    asked, others = reached(session, key, [each.service_id for each in known], desk, lock=lock)
    products = {held.row.product_id for held in (asked, *others.values())}
    offered = offers(session, asked.row.billing_id, products)

    def renewable(held: Held) -> Renewable:
        offer = offered.of(held.row.product_id, held.row.currency)
        possible = durations(held.case, offer)
        sold = [duration for duration, refused in possible if refused is None]
        unsold = [(duration, refused) for duration, refused in possible if refused]
        impossible = refusal(action_for(held.case.service), held.case) or (None if sold else NOTHING_SOLD())
        return Renewable(held, offer, impossible, sold, unsold)

    tied = [RenewableCompanion(each, renewable(others[each.service_id])) for each in known if each.service_id in others]
    judged = [(each, _why_left_out(each.renewable, asked)) for each in tied]
    return Renewing(
        asked=renewable(asked),
        companions=[each for each, refused in judged if refused is None],
        left_out=[LeftOut(each.known, refused) for each, refused in judged if refused],
    )


def _why_left_out(companion: Renewable, asked: Held) -> Refusal | None:
    """Why it is not paid for together with the service: one order has one seller and one currency."""
    theirs, its = companion.held.row, asked.row
    same = (theirs.seller, theirs.currency) == (its.seller, its.currency)
    return companion.refusal or (None if same else OTHER_SELLER())


@dataclass(frozen=True, slots=True)
class Ordered:
    """What came of it: an order, or, where nothing was due, the key of the event that tells of the new term."""

    order: str | None
    event: int | None
    new: bool


def order_renewal(command: OrderRenewal, desk: Desk, obstacle: Refusal | None = None) -> Ordered:
    """Make the order, or add the terms at once where nothing is due; ``obstacle`` is why nothing can be paid.

    Raises NoSuchService; Refused with the reason; ChangedMeanwhile or ShownOtherwise when the person decided on
    something else than it is now.
    """
    with writing() as session:
        asked = renewing(session, command.reference, desk, lock=True)
        require(command.action, asked.asked.held.case)
        if asked.asked.refusal:
            raise Refused(asked.asked.refusal)
        if command.duration is None:
            raise Refused(NOT_SOLD_SO())
        asked.asked.held.as_confirmed(command.confirmed, asked.facts)
        quoted = asked.quote(command.duration, command.together)
        if quoted.refused:
            raise Refused(quoted.refused[0][1])
        (part,) = quoted.parts
        if all(item.at_once for item in part.items):
            return Ordered(None, _given(session, asked, part.items, desk), new=True)
        if obstacle:
            raise Refused(obstacle)
        lines = [term_line(item, asked.service_ids[item.reference]) for item in part.items]
        placed = place(session, part.items[0].seller, lines, desk)
        return Ordered(placed.code, None, placed.new)


def _given(session: Session, asked: Renewing, items: Sequence[Item], desk: Desk) -> int:
    """The key of the event of the service that was asked for."""
    cases = asked.cases
    release(session, [asked.service_ids[item.reference] for item in items], desk)
    events = [
        record_one(session, given_free(asked.service_ids[item.reference], cases[item.reference], item), desk)
        for item in items
    ]
    return events[0]
