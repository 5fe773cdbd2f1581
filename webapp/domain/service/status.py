"""What a row says about a service: derived from its state, never decided anywhere else."""

from datetime import date, timedelta

from ..labels import N_, Labelled
from .ending import end_of
from .service import Availability, Kind, Mode, Service, Suspension


class Status(Labelled):
    """In order of precedence: the first that fits is what the row says."""

    TERMINATED = "terminated", N_("Terminated")
    CANCELLATION_SCHEDULED = "cancellation-scheduled", N_("Cancellation scheduled")
    PAYMENT_IN_PROGRESS = "payment-in-progress", N_("Payment in progress")
    BILL_TO_PAY = "bill-to-pay", N_("Bill to pay")
    SUSPENDED = "suspended", N_("Suspended")
    EXPIRES = "expires", N_("Manual renewal")
    AUTOMATIC = "automatic", N_("Automatic renewal")
    CREATING = "creating", N_("Being created")
    INCLUDED = "included", N_("Included")
    ONE_OFF = "one-off", N_("One-off")


ENDING = frozenset((Status.CANCELLATION_SCHEDULED, Status.EXPIRES))
"""On the day that they take effect nothing of the service is left; a debit or a deletion may still be made on it."""


def has_come(status: Status, effective_on: date | None, today: date) -> bool:
    """Whether the day is over, or has come, on which the status takes effect."""
    if effective_on is None:
        return False
    return effective_on < today or (status in ENDING and effective_on == today)


def status_of(service: Service) -> Status:
    """The one status that takes precedence."""
    if service.availability is Availability.TERMINATED:
        return Status.TERMINATED
    if service.cancels_on:
        return Status.CANCELLATION_SCHEDULED
    if service.paid_in:
        return Status.PAYMENT_IN_PROGRESS
    if service.amount_due:
        return Status.BILL_TO_PAY
    if service.availability is Availability.SUSPENDED:
        return Status.SUSPENDED
    if service.renews:
        return Status.EXPIRES if service.mode is Mode.MANUAL else Status.AUTOMATIC
    if service.availability is Availability.CREATING:
        return Status.CREATING
    return Status.INCLUDED if service.kind is Kind.INCLUDED else Status.ONE_OFF


def deleted_on(service: Service) -> date | None:
    """When a suspended service is erased; None where no source states the family's delay, or nothing lapsed."""
    days = service.days_until_deletion
    if service.suspended_on is None or days is None or service.suspension is Suspension.POLICY:
        return None
    earliest = service.suspended_on + timedelta(days=days)
    return max(earliest, service.promised_on or earliest)


def effective_on(service: Service) -> date | None:
    """The date the status takes effect next: debit, expiry, end, bill or deletion.

    None where nothing lies ahead: terminated, being created, included, one-off.
    """
    match status_of(service):
        case Status.CANCELLATION_SCHEDULED:
            return end_of(service)
        case Status.PAYMENT_IN_PROGRESS | Status.BILL_TO_PAY:
            return service.billed_on or service.ends_on
        case Status.SUSPENDED:
            return deleted_on(service) or service.suspended_on
        case Status.EXPIRES | Status.AUTOMATIC:
            return service.ends_on
        case _:
            return None
