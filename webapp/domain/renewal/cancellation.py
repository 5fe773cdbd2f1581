"""What ending a service comes to, and what keeping it after all does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from ..events import CancellationUndone, Cancelled
from ..facts import Alongside, Facts, given
from ..labels import N_
from ..refusals import Reason
from ..service.case import Case
from ..service.catalogue import Remains
from ..service.ending import debited_until_then, end_of, erased_on, last_moment
from ..service.service import Service

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

    @property
    def event(self) -> Cancelled:
        return Cancelled(self.day, self.undo_until)

    def after(self, service: Service) -> Service:
        return replace(service, cancels_on=self.day)

    @property
    def facts(self) -> Facts:
        """What is shown before it is confirmed."""
        return given(day=self.day, remains=self.remains, erased=self.erased_on)


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
    )


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
