"""THE table of actions: what may be done with a service, and if not, why not.

The row, the menu, the page, the batch, the operation: all ask the four questions at the end of this file and
nobody formulates a condition a second time. Conditions that hold for anyone come before those about the person
who asks, so that nobody is sent to a contact who would be refused too.
"""

from collections.abc import Collection, Iterable, Mapping

from ..labels import N_, Labelled
from ..refusals import Refusal, Refused
from .case import Case
from .conditions import (
    Rule,
    before_the_cut_off,
    bill_to_pay,
    by_the_admin_contact,
    by_the_billing_contact,
    cancellation_scheduled,
    does_not_lapse_by_itself,
    has_a_term,
    is_automatic,
    is_manual,
    may_pay,
    may_renew,
    may_terminate,
    no_bill_to_pay,
    no_cancellation_scheduled,
    no_payment_in_progress,
    not_committed,
    not_expired,
    not_forced,
    not_suspended_by_the_provider,
    not_suspended_for_debt,
    not_terminated,
    renewal_day_can_move,
    restorable,
)


class Action(Labelled):
    CONFIGURE = "configure", N_("Configure renewal")
    ANTICIPATE = "anticipate", N_("Bring forward payment")
    RENEW = "renew", N_("Renew service")
    PAY = "pay", N_("Pay my bill")
    CANCEL = "cancel", N_("Cancel my service")
    UNDO_CANCELLATION = "undo-cancellation", N_("Undo cancellation")
    ALIGN = "align", N_("Align renewal date")


RULES: Mapping[Action, tuple[Rule, ...]] = {
    Action.CONFIGURE: (
        not_terminated,
        has_a_term,
        no_cancellation_scheduled,
        no_bill_to_pay,
        not_expired,
        not_committed,
        not_forced,
        by_the_billing_contact,
        may_renew,
    ),
    Action.ANTICIPATE: (
        not_terminated,
        has_a_term,
        is_automatic,
        no_cancellation_scheduled,
        no_payment_in_progress,
        no_bill_to_pay,
        not_suspended_by_the_provider,
        by_the_billing_contact,
        may_pay,
    ),
    Action.RENEW: (
        not_terminated,
        has_a_term,
        is_manual,
        no_payment_in_progress,
        no_bill_to_pay,
        not_suspended_by_the_provider,
        restorable,
        by_the_billing_contact,
        may_pay,
    ),
    Action.PAY: (bill_to_pay, no_payment_in_progress, by_the_billing_contact, may_pay),
    Action.CANCEL: (
        not_terminated,
        has_a_term,
        no_cancellation_scheduled,
        does_not_lapse_by_itself,
        not_suspended_for_debt,
        before_the_cut_off,
        by_the_admin_contact,
        may_terminate,
    ),
    Action.UNDO_CANCELLATION: (
        not_terminated,
        cancellation_scheduled,
        before_the_cut_off,
        by_the_admin_contact,
        may_terminate,
    ),
    Action.ALIGN: (
        not_terminated,
        has_a_term,
        renewal_day_can_move,
        not_forced,
        no_cancellation_scheduled,
        no_payment_in_progress,
        no_bill_to_pay,
        not_committed,
        not_suspended_by_the_provider,
        by_the_billing_contact,
        may_renew,
    ),
}


FIRST = (
    Action.PAY,
    Action.UNDO_CANCELLATION,
    Action.RENEW,
    Action.CONFIGURE,
    Action.ANTICIPATE,
    Action.CANCEL,
    Action.ALIGN,
)
"""Which action matters first, where several are possible."""


def refusal(action: Action, case: Case) -> Refusal | None:
    """Why this person may not do it now, or None when they may."""
    return next((said for rule in RULES[action] if (said := rule(case))), None)


def offered(case: Case, among: Iterable[Action] = tuple(RULES)) -> list[tuple[Action, Refusal | None]]:
    """The actions of a menu, each with the reason when it is refused."""
    return [(action, refusal(action, case)) for action in among]


def first(case: Case, among: Collection[Action] = FIRST) -> Action | None:
    """The one that matters first of those that this person may do now, if there is any.

    Nobody is led to cancel where something else is to be done, be it elsewhere.
    """
    foremost = next((action for action in FIRST if action in among and refusal(action, case) is None), None)
    if foremost is Action.CANCEL and any(refusal(action, case) is None for action in FIRST if action not in among):
        return None
    return foremost


def require(action: Action, case: Case) -> None:
    """Raise Refused when the action is not allowed."""
    if reason := refusal(action, case):
        raise Refused(reason)
