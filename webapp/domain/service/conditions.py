"""What must hold for a service before something may be done with it: one small function each, with its reason."""

from collections.abc import Callable

from ..billing.order import PAYMENT_UNDER_WAY
from ..labels import N_
from ..refusals import Reason, Refusal
from ..roles import Role
from .case import Case
from .catalogue import RenewalDay
from .ending import end_of, is_over, last_moment
from .service import Availability, Kind, Mode, Service, Suspension

CANCELLATION_SCHEDULED = Reason(
    "cancellation-scheduled",
    N_("The cancellation of this service is scheduled for %(day)s."),
    N_("Their cancellation is scheduled."),
)
COMMITTED = Reason(
    "committed",
    N_("The commitment of this service ends on %(day)s: its renewal cannot be changed before."),
    N_("They are committed beyond this term: their renewal cannot be changed before."),
)
LAPSES = Reason(
    "lapses",
    N_("A manually renewed service need not be cancelled: unless you renew it, it ends on %(day)s."),
    N_("Manually renewed services need not be cancelled: unless you renew them, they end."),
)
LAPSED = Reason(
    "lapsed",
    N_("There is nothing to cancel: nobody renewed this service, and it ended on %(day)s."),
    N_("There is nothing to cancel: nobody renewed them, and they have ended."),
)
ENDS_BY_ITSELF = (LAPSES.code, LAPSED.code)
"""Codes of the refusals to cancel what nobody has to cancel."""
EXPIRED = Reason(
    "expired",
    N_("Its term ended on %(day)s: renew it first."),
    N_("Their terms have ended: renew them first."),
)
TOO_LATE = Reason(
    "too-late",
    N_("This was possible until 24 hours before %(day)s."),
    N_("This was possible until 24 hours before their end."),
)
TERMINATED = Reason(
    "terminated",
    N_("This service is terminated."),
    N_("They are terminated."),
)
ONE_OFF = Reason(
    "one-off",
    N_("This service was bought once: there is nothing to renew."),
    N_("They were bought once: there is nothing to renew."),
)
INCLUDED = Reason(
    "included",
    N_("This service is included in another one and renews with it."),
    N_("They are included in other services and renew with them."),
)
CREATING = Reason(
    "creating",
    N_("This service is still being created."),
    N_("They are still being created."),
)
NOT_CANCELLED = Reason(
    "not-cancelled",
    N_("No cancellation is scheduled for this service."),
    N_("No cancellation is scheduled for them."),
)
BILL_TO_PAY = Reason(
    "bill-to-pay",
    N_("A bill for this service must be paid first."),
    N_("Bills for them must be paid first."),
)
NOTHING_TO_PAY = Reason(
    "nothing-to-pay",
    N_("There is no bill to pay for this service."),
    N_("There are no bills to pay for them."),
)
FORCED = Reason(
    "forced",
    N_("The renewal of this product is fixed and cannot be changed."),
    N_("The renewal of these products is fixed and cannot be changed."),
)
MANUAL = Reason(
    "manual",
    N_("This service is renewed by hand: use “Renew service”."),
    N_("They are renewed by hand: use “Renew service”."),
)
AUTOMATIC = Reason(
    "automatic",
    N_("This service renews automatically: use “Bring forward payment”."),
    N_("They renew automatically: use “Bring forward payment”."),
)
SUSPENDED_FOR_DEBT = Reason(
    "suspended-for-debt",
    N_("This service is suspended for an unpaid bill; pay it first."),
    N_("They are suspended for unpaid bills; pay these first."),
)
BILLING_CONTACT = Reason(
    "billing-contact",
    N_("Only the billing contact of this service can do this."),
    N_("Only their billing contacts can do this."),
)
SUSPENDED_BY_PROVIDER = Reason(
    "suspended-by-provider",
    N_("This service is suspended by the provider; contact support before you pay for it."),
    N_("They are suspended by the provider; contact support before you pay for them."),
)
ANNIVERSARY = Reason(
    "anniversary",
    N_("A domain name renews on the anniversary of its registration, and that day cannot be moved."),
    N_("Domain names renew on the anniversary of their registration, and that day cannot be moved."),
)
DAY_FIXED = Reason(
    "day-fixed",
    N_("The renewal day of this type of service cannot be moved."),
    N_("The renewal day of services of these types cannot be moved."),
)
ON_THE_FIRST = Reason(
    "on-the-first",
    N_("It renews on the 1st of the month already, the only day that is possible for this type of service."),
    N_("They renew on the 1st of the month already, the only day that is possible for services of their types."),
)
ADMIN_CONTACT = Reason(
    "admin-contact",
    N_("Only the admin contact of this service can do this."),
    N_("Only their admin contacts can do this."),
)

Rule = Callable[[Case], Refusal | None]


def not_terminated(case: Case) -> Refusal | None:
    if case.service.availability is Availability.TERMINATED:
        return TERMINATED()
    return None


def has_a_term(case: Case) -> Refusal | None:
    if case.service.kind is Kind.ONE_OFF:
        return ONE_OFF()
    if case.service.kind is Kind.INCLUDED:
        return INCLUDED()
    if not case.service.renews:
        return CREATING()
    return None


def no_cancellation_scheduled(case: Case) -> Refusal | None:
    if case.service.cancels_on:
        return CANCELLATION_SCHEDULED(day=case.service.cancels_on)
    return None


def cancellation_scheduled(case: Case) -> Refusal | None:
    if not case.service.cancels_on:
        return NOT_CANCELLED()
    return None


def no_payment_in_progress(case: Case) -> Refusal | None:
    if case.service.paid_in:
        return PAYMENT_UNDER_WAY()
    return None


def no_bill_to_pay(case: Case) -> Refusal | None:
    if case.service.amount_due:
        return no_payment_in_progress(case) or BILL_TO_PAY()
    return None


def bill_to_pay(case: Case) -> Refusal | None:
    if not case.service.amount_due:
        return NOTHING_TO_PAY()
    return None


def not_expired(case: Case) -> Refusal | None:
    if case.service.mode is Mode.MANUAL and is_over(case.service, case.today):
        return EXPIRED(day=case.service.ends_on)
    return None


def not_committed(case: Case) -> Refusal | None:
    if case.service.committed_until and case.service.ends_on and case.service.committed_until > case.service.ends_on:
        return COMMITTED(day=case.service.committed_until)
    return None


def not_forced(case: Case) -> Refusal | None:
    if case.service.product.forced:
        return FORCED()
    return None


def renewal_day_can_move(case: Case) -> Refusal | None:
    match case.service.product.family.renewal_day:
        case RenewalDay.ANNIVERSARY:
            return ANNIVERSARY()
        case None:
            return DAY_FIXED()
        case RenewalDay.FIRST if _renews_on_the_first(case.service):
            return ON_THE_FIRST()
        case _:
            return None


def _renews_on_the_first(service: Service) -> bool:
    return (service.anchor_day or (service.ends_on.day if service.ends_on else None)) == 1


def is_automatic(case: Case) -> Refusal | None:
    if case.service.mode is not Mode.AUTOMATIC:
        return MANUAL()
    return None


def is_manual(case: Case) -> Refusal | None:
    if case.service.mode is not Mode.MANUAL:
        return AUTOMATIC()
    return None


def does_not_lapse_by_itself(case: Case) -> Refusal | None:
    if case.service.mode is not Mode.MANUAL:
        return None
    ended = is_over(case.service, case.today)
    return LAPSED(day=case.service.ends_on) if ended else LAPSES(day=case.service.ends_on)


def not_suspended_for_debt(case: Case) -> Refusal | None:
    if case.service.suspension is Suspension.DEBT:
        return no_payment_in_progress(case) or SUSPENDED_FOR_DEBT()
    return None


def not_suspended_by_the_provider(case: Case) -> Refusal | None:
    if case.service.suspension is Suspension.POLICY:
        return SUSPENDED_BY_PROVIDER()
    return None


def before_the_cut_off(case: Case) -> Refusal | None:
    end = end_of(case.service)
    if end and case.now > last_moment(end, case.rules.portal.zone):
        return TOO_LATE(day=end)
    return None


def by_the_billing_contact(case: Case) -> Refusal | None:
    if case.in_person and Role.BILLING not in case.roles:
        return BILLING_CONTACT()
    return None


def by_the_admin_contact(case: Case) -> Refusal | None:
    if case.in_person and Role.ADMIN not in case.roles:
        return ADMIN_CONTACT()
    return None
