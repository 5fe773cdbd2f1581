"""What a batch comes to, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..domain.batches.kinds import BatchAction
from ..domain.batches.planned import DeclaredPlan, OrderPlan, Plan, RenewalPlan
from ..domain.batches.states import BEING_PAID_FOR, BILL_BY_MAIL, NOTHING_DUE, STILL_DEBITED, RowState
from ..domain.billing.quote import Item
from ..domain.billing.settlement import Fund, order_of_funds
from ..domain.labels import N_
from ..domain.money import Money
from ..domain.refusals import Reason
from ..domain.renewal.cancellation import Cancellation
from ..domain.renewal.choices import Choice, current
from ..domain.roles import Role
from ..domain.service.case import Case
from ..domain.service.catalogue import Remains
from ..domain.service.ending import is_over
from ..domain.service.service import Mode
from ..domain.service.status import Status
from ..language.speaker import Speaker
from ..operations.batches.page import Group

NOTES = {
    BILL_BY_MAIL: N_("No payment method can be debited then: a bill will be sent by e-mail, to be paid online."),
    NOTHING_DUE: N_("Nothing is due for them: their day moves as soon as you confirm."),
    BEING_PAID_FOR: N_(
        "Another term of them is being paid for. It cannot be given any more then: when the payment arrives, its "
        "amount is credited to the account that paid."
    ),
    STILL_DEBITED: N_("Committed: they end with their commitment, and every term until then is due."),
}
"""What is to be known of planned rows, by its code."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """How a service renews or ends, as its row of the preview says it; markup, empty where it does not apply."""

    mode: str
    day: str
    more: str
    """The amount, or what becomes of its data."""


def why(code: str, facts: Mapping[str, str], speaker: Speaker) -> str:
    """What is noted of a row, or why it was left alone; empty where there is nothing to say."""
    if note := NOTES.get(code):
        return speaker.gettext(note)
    refusal = Reason.stored(code, facts)
    return speaker.refusal(refusal) if refusal else ""


def heading(group: Group, action: BatchAction, speaker: Speaker) -> tuple[str, str]:
    """What the rows of a group have in common, and why."""
    reason = Reason.named(group.reason)
    why = NOTES.get(group.reason) or (reason.of(group.count) if reason else "")
    ordered = action.kind.orders and group.state is RowState.PLANNED and group.reason != NOTHING_DUE
    state = N_("Will be ordered") if ordered else group.state.label
    return speaker.gettext(state), speaker.gettext(why) if why else ""


def before(case: Case, speaker: Speaker) -> Renewal:
    """How the service renews now, or that it ends; the amount for its billing contact only."""
    if case.service.cancels_on:
        return _ends(case.service.cancels_on, speaker)
    return _renews(case, speaker)


def after(plan: Plan, speaker: Speaker) -> Renewal:
    """How it renews once the batch is confirmed, or that it ends."""
    match plan:
        case RenewalPlan(then=then, seen=seen):
            amount = _amount(seen.debits[0].amount, then, speaker) if seen.debits else ""
            return _renewal(then, seen.choice, speaker, amount)
        case OrderPlan(now=case, item=item):
            until, amount = speaker.until(item.end), _to_pay(item, case, speaker)
            if item.duration is None:
                return Renewal(until, _days_added(item, speaker), amount)
            return Renewal(speaker.duration(item.duration), until, amount)
        case DeclaredPlan(seen=Cancellation(day=day) as seen):
            return _ends(day, speaker, _remains(seen, speaker))
        case DeclaredPlan(now=case):
            return _renews(case, speaker)


def _to_pay(item: Item, case: Case, speaker: Speaker) -> str:
    amount = _amount(item.gross, case, speaker)
    if item.restore_fee is None:
        return amount
    fee = speaker.money(case.rules.gross(item.restore_fee))
    return speaker.markup("%(amount)s, of which %(fee)s for restoring the name", amount=amount, fee=fee)


def _days_added(item: Item, speaker: Speaker) -> str:
    return speaker.ngettext("%(num)s day added", "%(num)s days added", (item.end - item.start).days)


def _ends(day: date, speaker: Speaker, remains: str = "") -> Renewal:
    said = speaker.markup("ends on %(day)s", day=speaker.day(day))
    return Renewal(speaker.gettext(Status.CANCELLATION_SCHEDULED.label), said, remains)


def _remains(seen: Cancellation, speaker: Speaker) -> str:
    if seen.remains is None:
        return speaker.gettext("what becomes of its data is not stated")
    if seen.remains is Remains.RELEASED:
        return speaker.gettext("then goes back on the market")
    if seen.erased_on is None:
        return speaker.gettext("its data is erased then")
    return speaker.markup("its data is erased on %(day)s", day=speaker.day(seen.erased_on))


def _renews(case: Case, speaker: Speaker) -> Renewal:
    amount = _amount(case.rules.gross(case.service.price), case, speaker) if Role.BILLING in case.roles else ""
    return _renewal(case, current(case.service), speaker, amount)


def _amount(gross: Money, case: Case, speaker: Speaker) -> str:
    """With its tax; consumers are told of no other amounts."""
    amount = speaker.money(gross)
    return amount if case.rules.for_a_consumer else speaker.markup("%(amount)s, tax included", amount=amount)


def _renewal(case: Case, choice: Choice, speaker: Speaker, amount: str) -> Renewal:
    end = case.service.ends_on or case.today
    if choice.mode is Mode.MANUAL:
        expires = N_("expired on %(day)s") if is_over(case.service, case.today) else N_("expires on %(day)s")
        return Renewal(speaker.gettext(choice.mode.label), speaker.markup(expires, day=speaker.day(end)), "")
    often = speaker.period_label(choice.period) if choice.period else ""
    mode, due = speaker.gettext("Automatic, %(often)s", often=often), max(end, case.today)
    return Renewal(mode, speaker.markup(_due(case, due), day=speaker.day(due)), amount)


def _due(case: Case, day: date) -> str:
    """What that day brings; by what it is paid is for its billing contact only."""
    if Role.BILLING not in case.roles:
        return N_("renews on %(day)s")
    return N_("debited on %(day)s") if Fund.METHOD in order_of_funds(day, case.method) else N_("bill on %(day)s")
