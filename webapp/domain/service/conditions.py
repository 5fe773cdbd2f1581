"""What must hold for a service before something may be done with it: one small function each."""

from collections.abc import Callable

from ..actors import Scope
from ..billing.order import PAYMENT_UNDER_WAY
from ..refusals import Refusal
from ..roles import Role
from .case import Case
from .catalogue import RenewalDay
from .ending import end_of, is_over, last_moment, restored_by_support
from .reasons import (
    ADMIN_CONTACT,
    ANNIVERSARY,
    AUTOMATIC,
    BEYOND_PANEL,
    BILL_TO_PAY,
    BILLING_CONTACT,
    CANCELLATION_SCHEDULED,
    COMMITTED,
    CREATING,
    DAY_FIXED,
    EXPIRED,
    FORCED,
    INCLUDED,
    LAPSED,
    LAPSES,
    MANUAL,
    NOT_CANCELLED,
    NOTHING_TO_PAY,
    ON_THE_FIRST,
    ONE_OFF,
    RESTORED_BY_SUPPORT,
    SUSPENDED_BY_PROVIDER,
    SUSPENDED_FOR_DEBT,
    TERMINATED,
    TOO_LATE,
)
from .service import Availability, Kind, Mode, Service, Suspension

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


def restorable(case: Case) -> Refusal | None:
    return RESTORED_BY_SUPPORT() if restored_by_support(case.service, case.today) else None


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


def may_renew(case: Case) -> Refusal | None:
    return _within(Scope.RENEW, case)


def may_pay(case: Case) -> Refusal | None:
    return _within(Scope.PAY, case)


def may_terminate(case: Case) -> Refusal | None:
    return _within(Scope.TERMINATE, case)


def _within(scope: Scope, case: Case) -> Refusal | None:
    return None if scope in case.scopes else BEYOND_PANEL()
