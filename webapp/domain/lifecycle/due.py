"""On which day something is next to be done for a service, and what.

Nothing is taken away before a notice has named the day: a loss that nobody was told of yet is told first, and then it
comes on the day that was named, however late that notice was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from ..periods import Period, after
from ..service.service import Availability, Kind, Mode, Service
from ..service.status import deleted_on


@dataclass(frozen=True, slots=True)
class LifecycleRules:
    """When what is told and done (rules/lifecycle.toml); days before something in falling order."""

    suspended_after_days: int
    """How long a bill may stay unpaid before its service is suspended."""
    reminders: tuple[int, ...]
    """Days before the end of what is renewed by hand."""
    asked_again: tuple[int, ...]
    """Days after its bill was made, in rising order, on which what is unpaid is debited, or asked for, again."""
    recap_over_months: int
    """Terms longer than that are told of in the month before they renew by themselves."""
    last_calls: tuple[int, ...]
    """Days before a deletion."""
    method_expires: tuple[int, ...]
    """Days before the end of a payment method."""
    told_late_days: int
    """Days between a notice that comes late and what it names."""
    losses_percent: int
    losses_at_least: int
    """Above that share of all running services, and that many, nothing is suspended or deleted unless confirmed."""

    def recaps(self, period: Period) -> bool:
        """Whether a term that long is told of before it renews by itself."""
        return period.months > self.recap_over_months


class EngineStep(StrEnum):
    RECAP = "recap"
    """Its payer is told that it will renew by itself."""
    RENEW = "renew"
    """Its next term is billed and given."""
    REMIND = "remind"
    """Its payer is told that it ends."""
    ASK_AGAIN = "ask-again"
    """What is unpaid is debited again, or asked for."""
    SUSPEND = "suspend"
    WARN = "warn"
    """Its payer is told that it will be deleted."""
    DELETE = "delete"
    END = "end"
    """Its cancellation takes effect."""


LOSSES = frozenset((EngineStep.SUSPEND, EngineStep.DELETE))
"""What is never done without a notice before."""


class DueStep(NamedTuple):
    on: date
    step: EngineStep


@dataclass(frozen=True, slots=True)
class Loss:
    """What is taken away from a customer unless they act."""

    on: date
    """The earliest day."""
    step: EngineStep
    notice: EngineStep
    before: tuple[int, ...]
    """Days before it on which notices are due."""

    def told(self, service: Service) -> date | None:
        """The day that the latest notice has named for it; None where there was none."""
        named = service.promised_on
        return named if named is not None and named >= self.on else None

    def to_name(self, service: Service, today: date, rules: LifecycleRules) -> date:
        """The day that a notice of today names."""
        named = self.told(service)
        if named is not None and today <= named:
            return named
        return self.on if today < self.on else today + timedelta(days=rules.told_late_days)

    def next_step(self, service: Service) -> DueStep:
        named = self.told(service)
        if named is None or service.noticed_on is None:
            return DueStep(self.on - timedelta(days=max(self.before)), self.notice)
        notices = (named - timedelta(days=days) for days in self.before)
        left = min((day for day in notices if day > service.noticed_on), default=None)
        return DueStep(named, self.step) if left is None else DueStep(left, self.notice)


def loss_of(service: Service, rules: LifecycleRules) -> Loss | None:
    """What lies ahead of it; None while somebody pays for it, and where no source says when it would be."""
    if service.paid_in is not None or service.kind is not Kind.RECURRING:
        return None
    if service.availability is Availability.SUSPENDED:
        gone = deleted_on(service)
        return Loss(gone, EngineStep.DELETE, EngineStep.WARN, rules.last_calls) if gone else None
    if service.availability is not Availability.ACTIVE:
        return None
    if service.billed_on is not None:
        last, again = service.billed_on + timedelta(days=rules.suspended_after_days), rules.asked_again
        before = tuple(rules.suspended_after_days - days for days in again)
        return Loss(last, EngineStep.SUSPEND, EngineStep.ASK_AGAIN, before)
    if service.mode is Mode.MANUAL and service.ends_on is not None:
        return Loss(service.ends_on, EngineStep.SUSPEND, EngineStep.REMIND, rules.reminders)
    return None


def due(service: Service, rules: LifecycleRules) -> DueStep | None:
    """None where no day is known on which anything would have to be done.

    While somebody pays for it, or a bill on it is unpaid, no other term of it is billed.
    """
    if service.availability not in (Availability.ACTIVE, Availability.SUSPENDED):
        return None
    steps = []
    if loss := loss_of(service, rules):
        steps.append(loss.next_step(service))
    cancelled, end = service.cancels_on, service.ends_on
    if cancelled is not None:
        steps.append(DueStep(cancelled, EngineStep.END))
    if _renews_by_itself(service) and end is not None and (cancelled is None or end < cancelled):
        steps.append(_renewal(service, end, rules))
    return min(steps, default=None, key=lambda each: each.on)


def _renewal(service: Service, end: date, rules: LifecycleRules) -> DueStep:
    """A long term is told of on the first day of the month before, however late that is."""
    day = recapped_on(service, rules)
    if day is None or service.recapped_for == end:
        return DueStep(end, EngineStep.RENEW)
    return DueStep(day, EngineStep.RECAP)


def recapped_on(service: Service, rules: LifecycleRules) -> date | None:
    """When its payer is told that it will renew by itself; None where the contract does not demand it."""
    if service.period is None or service.ends_on is None or not rules.recaps(service.period):
        return None
    return after(service.ends_on, Period(1), anchor_day=1, times=-1)


def method_notice(end: date, told_on: date | None, today: date, before: Sequence[int]) -> bool:
    """Whether the owner of a method that ends on that day is to be told now: of notices that were missed, the last."""
    days = (end - timedelta(days=each) for each in before)
    return any(day <= today and (told_on is None or told_on < day) for day in days)


def _renews_by_itself(service: Service) -> bool:
    runs = service.availability is Availability.ACTIVE and service.renews and service.period is not None
    return runs and service.mode is Mode.AUTOMATIC and service.amount_due is None and service.paid_in is None
