"""What the page is drawn from that pays the bills of a service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ...domain.billing.quote import total
from ...domain.facts import Facts
from ...domain.labels import N_
from ...domain.money import Money
from ...domain.purchase.bills import after_paying
from ...domain.refusals import Refusal
from ...domain.service.service import Suspension
from ...extensions import db
from ...models import Invoice
from ...operations.invoices.owed import OwedLine, paying
from ...web.addresses import address_of
from ...web.paying import WaysToPay, obstacle, ways_to_pay
from ...web.reader import reader
from ...web.subject import Subject
from ...web.viewing import desk
from ...wording.bills import number
from ...wording.reckoned import Named
from ...wording.why_bills import why_owed
from .forms import PayForm

MOST_OTHERS = 20
"""Bills of other services that are offered as well; there may be hundreds."""


@dataclass(frozen=True, slots=True)
class PayPage:
    subject: Subject
    facts: Facts
    own: Sequence[OwedLine]
    """The bills of the service."""
    others: Sequence[OwedLine]
    """Bills of other services that can be paid together with them."""
    more: int
    """How many there are besides, which the list of all bills shows."""
    together: frozenset[str]
    """Names of those that are ticked already."""
    apart: Sequence[OwedLine]
    """Bills that need a payment of their own."""
    total: Money | None
    """Of what is chosen."""
    comes_back: bool
    """Whether the service is there again as soon as its bills are paid."""
    stays_lapsed: bool
    """Whether it then still has to be renewed, since its time is over."""
    why: Named
    """Of the service’s own bills, each by its number."""
    begun: str | None
    """The code of the order in which somebody has begun to pay them."""
    lapses_at: datetime
    """Until when it can be paid, once it is begun."""
    ways: WaysToPay
    impossible: Refusal | None

    def number(self, bill: Invoice) -> str:
        return number(bill, reader())

    def place(self, code: str) -> str:
        """Which element a refusal is about."""
        return "others" if code == "settled-meanwhile" and self.others else "what"


def pay_page(reference: str, form: PayForm) -> PayPage:
    """The page with what was chosen. Raises NoSuchService."""
    session, asking = db.session(), desk()
    asked = paying(session, reference, asking)
    held, case = asked.held, asked.held.case
    bought = [each.line.ends_on for each in asked.own if each.line.ends_on]
    then = after_paying(case, None, max(bought, default=case.service.ends_on))
    chosen = asked.chosen(form.codes)
    ticked = [each for each in asked.others if each.bill.code in form.codes]
    rest = [each for each in asked.others if each.bill.code not in form.codes]
    others = ticked + rest[: max(0, MOST_OTHERS - len(ticked))]
    due = total(each.amount for each in chosen) if chosen else None
    return PayPage(
        subject=Subject.of(held, N_("Pay the bill for %(name)s"), address_of("invoices.pay", reference=reference)),
        facts=asked.facts,
        own=asked.own,
        others=others,
        more=len(asked.others) - len(others),
        together=frozenset(each.bill.code for each in ticked),
        apart=asked.apart,
        total=due,
        comes_back=case.service.suspension is not None and then.suspension is None,
        stays_lapsed=then.suspension is Suspension.EXPIRED,
        why=[(number(each.bill, reader()), why_owed(each, reader())) for each in asked.own],
        begun=next((each.paid_in for each in asked.own if each.paid_in), None),
        lapses_at=asking.now + asking.rules.orders.order_lasts,
        ways=ways_to_pay(form.means.data, due, chosen[0].bill.portal if chosen else ""),
        impossible=asked.refusal or next((each.waits for each in asked.own if each.waits), None) or obstacle(),
    )
