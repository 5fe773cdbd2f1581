"""What ending a service comes to, and what keeping it after all does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import takewhile

from ..events import CancellationUndone, Cancelled
from ..facts import Alongside, DebitDay, Facts, Stretch, given
from ..labels import N_
from ..money import Money
from ..refusals import Reason
from ..service.case import Case
from ..service.catalogue import Remains
from ..service.ending import debited_until_then, end_of, erased_on, last_moment
from ..service.service import Service
from .align import pro_rata
from .preview import Debit
from .terms import following

NO_COMPANION = Reason("no-companion", N_("One of the services you chose does not belong to this one."))


@dataclass(frozen=True, slots=True)
class Cancellation:
    """What cancelling one service leads to."""

    day: date
    """The first one without it."""
    undo_until: datetime
    committed: bool
    """It runs until the end of its commitment and is debited until then."""
    remains: Remains | None
    erased_on: date | None
    debits: tuple[Debit, ...] = ()
    """Those that are still made until then; the last one may be for a part of a term."""
    owed: Money | None = None
    """What is billed and not paid, tax included."""

    @property
    def event(self) -> Cancelled:
        return Cancelled(self.day, self.undo_until, self.owed, debited=self.committed)

    def after(self, service: Service) -> Service:
        return replace(service, cancels_on=self.day)

    @property
    def facts(self) -> Facts:
        """What is shown before it is confirmed."""
        days = tuple(DebitDay(debit.on, Stretch(debit.start, debit.end)) for debit in self.debits)
        return given(day=self.day, remains=self.remains, erased=self.erased_on, debits=days)

    @property
    def share(self) -> Debit | None:
        """The last debit, where it is for a part of a term."""
        return self.debits[-1] if self.debits and self.debits[-1].of_days else None


def cancellation(case: Case) -> Cancellation | None:
    """None where there is no term that could end."""
    service, day = case.service, end_of(case.service)
    if day is None:
        return None
    return Cancellation(
        day=day,
        undo_until=last_moment(day, case.rules.portal.zone),
        committed=debited_until_then(service),
        remains=service.product.family.remains,
        erased_on=erased_on(service, day),
        debits=debits_until(case, day),
        owed=service.amount_due,
    )


def debits_until(case: Case, end: date) -> tuple[Debit, ...]:
    """What is paid for a service that ends on that day: whole terms, and of the last one the days that it is had."""
    service = case.service
    if service.ends_on is None or service.period is None:
        return ()
    terms = takewhile(lambda term: term[0] < end, following(service.ends_on, service.anchor_day, service.period))
    return tuple(_debit(case, start, full, min(full, end)) for start, full in terms)


def _debit(case: Case, start: date, full: date, end: date) -> Debit:
    """For the days until that end of the term ``[start, full)``."""
    price = case.service.price
    net = price if end == full else pro_rata(price, (end - start).days, (full - start).days)
    of_days = (full - start).days if end < full else None
    return Debit(max(start, case.today), start, end, case.rules.gross(net), of_days)


def shown(seen: Cancellation, together: Mapping[str, date], included: Collection[str]) -> Facts:
    """With the companions that may be cancelled as well, and the services that end with them."""
    companions = tuple(Alongside(reference, day) for reference, day in sorted(together.items()))
    return {**seen.facts, **given(companions=companions, included=tuple(sorted(included)))}


@dataclass(frozen=True, slots=True)
class Undoing:
    """What keeping a service after all leads to."""

    day: date
    """When it would have ended."""
    undo_until: datetime
    renews_on: date | None

    @property
    def event(self) -> CancellationUndone:
        return CancellationUndone(self.day)

    def after(self, service: Service) -> Service:
        return replace(service, cancels_on=None)

    @property
    def facts(self) -> Facts:
        return given(day=self.day, renews=self.renews_on)


def undoing(case: Case) -> Undoing | None:
    """None where no cancellation is scheduled."""
    day = case.service.cancels_on
    return Undoing(day, last_moment(day, case.rules.portal.zone), case.service.ends_on) if day else None
