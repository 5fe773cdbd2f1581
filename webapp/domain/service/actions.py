"""THE table of actions: what may be done with a service, and if not, why not.

The menu, the page, the batch, the operation: all ask the four questions at the end of this file and
nobody formulates a condition a second time. A rule is one small function; rules that hold for anyone
come before those about the person who asks, so that nobody is sent to a contact who would be refused too.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from ..billing.methods import PaymentMethod
from ..labels import N_, Labelled
from ..law.contracts import ContractRules
from ..roles import Role
from .service import Availability, Kind, Mode, Service, Suspension

CUT_OFF = timedelta(hours=24)
"""Cancelling and undoing end this long before the term does (public guide on cancelling services)."""


class Action(Labelled):
    CONFIGURE = "configure", N_("Configure renewal")
    ANTICIPATE = "anticipate", N_("Bring forward payment")
    RENEW = "renew", N_("Renew service")
    PAY = "pay", N_("Pay my bill")
    CANCEL = "cancel", N_("Cancel my service")
    UNDO_CANCELLATION = "undo-cancellation", N_("Undo cancellation")


@dataclass(frozen=True, slots=True)
class Situation:
    """Who asks, when, and under which contract."""

    now: datetime
    roles: Role
    rules: ContractRules
    method: PaymentMethod | None = None
    """Default payment method of the service's billing contact."""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.rules.portal.zone).date()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason: ``message`` is a sentence to translate, ``facts`` fill its placeholders."""

    code: str
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """An operation was asked for something that the table refuses."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


Rule = Callable[[Service, Situation], Refusal | None]


def not_terminated(service: Service, situation: Situation) -> Refusal | None:
    if service.availability is Availability.TERMINATED:
        return Refusal("terminated", N_("This service is terminated."))
    return None


def has_a_term(service: Service, situation: Situation) -> Refusal | None:
    if service.kind is Kind.ONE_OFF:
        return Refusal("one-off", N_("This service was bought once: there is nothing to renew."))
    if service.kind is Kind.INCLUDED:
        return Refusal("included", N_("This service is included in another one and renews with it."))
    if not service.renews:
        return Refusal("creating", N_("This service is still being created."))
    return None


def no_cancellation_scheduled(service: Service, situation: Situation) -> Refusal | None:
    if service.cancels_on:
        message = N_("The cancellation of this service is scheduled for %(day)s.")
        return Refusal("cancellation-scheduled", message, {"day": service.cancels_on})
    return None


def cancellation_scheduled(service: Service, situation: Situation) -> Refusal | None:
    if not service.cancels_on:
        return Refusal("not-cancelled", N_("No cancellation is scheduled for this service."))
    return None


def no_bill_to_pay(service: Service, situation: Situation) -> Refusal | None:
    if service.amount_due:
        return Refusal("bill-to-pay", N_("A bill for this service must be paid first."))
    return None


def bill_to_pay(service: Service, situation: Situation) -> Refusal | None:
    if not service.amount_due:
        return Refusal("nothing-to-pay", N_("There is no bill to pay for this service."))
    return None


def not_committed(service: Service, situation: Situation) -> Refusal | None:
    if service.committed_until and service.ends_on and service.committed_until > service.ends_on:
        message = N_("This service is committed until %(day)s: its renewal cannot be changed before.")
        return Refusal("committed", message, {"day": service.committed_until})
    return None


def not_forced(service: Service, situation: Situation) -> Refusal | None:
    if service.product.forced:
        return Refusal("forced", N_("The renewal of this product is fixed and cannot be changed."))
    return None


def is_automatic(service: Service, situation: Situation) -> Refusal | None:
    if service.mode is not Mode.AUTOMATIC:
        return Refusal("manual", N_("This service is renewed by hand: use “Renew service”."))
    return None


def is_manual(service: Service, situation: Situation) -> Refusal | None:
    if service.mode is not Mode.MANUAL:
        return Refusal("automatic", N_("This service renews automatically: use “Bring forward payment”."))
    return None


def does_not_lapse_by_itself(service: Service, situation: Situation) -> Refusal | None:
    if service.mode is Mode.MANUAL:
        message = N_("A manually renewed service need not be cancelled: unless you renew it, it ends on %(day)s.")
        return Refusal("lapses", message, {"day": service.ends_on})
    return None


def not_suspended_for_debt(service: Service, situation: Situation) -> Refusal | None:
    if service.suspension is Suspension.DEBT:
        return Refusal("suspended-for-debt", N_("This service is suspended for an unpaid bill; pay it first."))
    return None


def before_the_cut_off(service: Service, situation: Situation) -> Refusal | None:
    end = service.cancels_on or service.ends_on
    if end is None:
        return None
    midnight = datetime.combine(end, datetime.min.time(), tzinfo=situation.rules.portal.zone)
    if situation.now > midnight - CUT_OFF:
        return Refusal("too-late", N_("This was possible until 24 hours before %(day)s."), {"day": end})
    return None


def by_the_billing_contact(service: Service, situation: Situation) -> Refusal | None:
    if Role.BILLING not in situation.roles:
        return Refusal("billing-contact", N_("Only the billing contact of this service can do this."))
    return None


def by_the_admin_contact(service: Service, situation: Situation) -> Refusal | None:
    if Role.ADMIN not in situation.roles:
        return Refusal("admin-contact", N_("Only the admin contact of this service can do this."))
    return None


RULES: Mapping[Action, tuple[Rule, ...]] = {
    Action.CONFIGURE: (
        not_terminated,
        has_a_term,
        no_cancellation_scheduled,
        no_bill_to_pay,
        not_committed,
        not_forced,
        by_the_billing_contact,
    ),
    Action.ANTICIPATE: (
        not_terminated,
        has_a_term,
        is_automatic,
        no_cancellation_scheduled,
        no_bill_to_pay,
        by_the_billing_contact,
    ),
    Action.RENEW: (not_terminated, has_a_term, is_manual, by_the_billing_contact),
    Action.PAY: (bill_to_pay, by_the_billing_contact),
    Action.CANCEL: (
        not_terminated,
        has_a_term,
        no_cancellation_scheduled,
        does_not_lapse_by_itself,
        not_suspended_for_debt,
        before_the_cut_off,
        by_the_admin_contact,
    ),
    Action.UNDO_CANCELLATION: (
        not_terminated,
        cancellation_scheduled,
        before_the_cut_off,
        by_the_admin_contact,
    ),
}


def refusal(action: Action, service: Service, situation: Situation) -> Refusal | None:
    """Why this person may not do it now, or None when they may."""
    return next((said for rule in RULES[action] if (said := rule(service, situation))), None)


def offered(
    service: Service, situation: Situation, among: Iterable[Action] = tuple(RULES)
) -> list[tuple[Action, Refusal | None]]:
    """The actions of a menu, each with the reason when it is refused."""
    return [(action, refusal(action, service, situation)) for action in among]


def split(
    action: Action, cases: Iterable[tuple[Service, Situation]]
) -> tuple[list[Service], list[tuple[Service, Refusal]]]:
    """Those that go ahead and those that are left alone, each of these with its reason."""
    accepted, refused = [], []
    for service, situation in cases:
        if reason := refusal(action, service, situation):
            refused.append((service, reason))
        else:
            accepted.append(service)
    return accepted, refused


def require(action: Action, service: Service, situation: Situation) -> None:
    """Raise Refused when the action is not allowed."""
    if reason := refusal(action, service, situation):
        raise Refused(reason)
