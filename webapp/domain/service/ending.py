"""On which day a service ends when it is cancelled, and until when that can be done or undone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..money import Money
from .service import Availability, Service, Suspension

CUT_OFF = timedelta(hours=24)
"""Cancelling and undoing end this long before the service does (public guide on cancelling services)."""


def end_of(service: Service) -> date | None:
    """The first day without the service once it is cancelled, whether it is already or not.

    The end of the paid term, or of the commitment where that is later (public billing questions: a cancellation takes
    effect when validity or commitment ends). None where it has no term.
    """
    if service.cancels_on or service.ends_on is None:
        return service.cancels_on
    return max(service.ends_on, service.committed_until or service.ends_on)


def is_over(service: Service, today: date) -> bool:
    """Whether the time that is paid for has ended."""
    return service.ends_on is not None and service.ends_on <= today


def debited_until_then(service: Service) -> bool:
    """Whether terms are still to be paid before that day."""
    end = end_of(service)
    return end is not None and service.ends_on is not None and service.ends_on < end


def has_a_next_term(service: Service) -> bool:
    """Whether a term will still be paid for, so that its price means anything."""
    over = service.availability is Availability.TERMINATED
    return service.renews and not over and (service.cancels_on is None or debited_until_then(service))


def last_moment(end: date, zone: ZoneInfo) -> datetime:
    """Until when a service that ends on that day may be cancelled or kept after all: 24 hours that really pass."""
    return datetime.combine(end, time.min, zone).astimezone(UTC) - CUT_OFF


def lapsed_until(service: Service) -> date | None:
    """When a manual service is deleted that nobody renews; None where no source states it."""
    days = service.days_until_deletion
    return service.ends_on + timedelta(days=days) if service.ends_on and days is not None else None


def redeemed_from(service: Service) -> date | None:
    """The first day on which a name that lapsed is restored for a fee only; None where there is no such day.

    A name whose bill is unpaid was renewed at its registry: it is brought back by paying that bill alone.
    """
    if service.registry is None or service.suspension is not Suspension.EXPIRED or service.suspended_on is None:
        return None
    return service.suspended_on + timedelta(days=service.registry.grace_days)


def in_redemption(service: Service, today: date) -> bool:
    begins = redeemed_from(service)
    return begins is not None and begins <= today


def restore_fee(service: Service) -> Money | None:
    """What restoring it from redemption costs beside its next term, net; None where no source states it."""
    fees = service.registry.restore_fees if service.registry else ()
    return next((fee for fee in fees if fee.currency == service.price.currency), None)


def restored_by_support(service: Service, today: date) -> bool:
    """Whether nobody can restore it for a price that is known: none is promised that no source states."""
    return in_redemption(service, today) and restore_fee(service) is None


def erased_on(service: Service, end: date) -> date | None:
    """When its data is erased for good; None where no source states it."""
    days = service.product.family.kept_after_end_days
    return None if days is None else end + timedelta(days=days)
