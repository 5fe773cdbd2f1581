"""Orders that pay what is owed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import or_
from sqlalchemy.orm import Session

from ...domain.confirmation import Confirmed
from ...domain.labels import N_
from ...domain.purchase.bills import SETTLED_MEANWHILE
from ...domain.refusals import Reason, Refused
from ...domain.service.actions import Action, require
from ...models import Invoice, InvoiceLine
from ..change import read_case
from ..desk import Desk
from ..invoices.owed import OwedLine, facts_of, first_refusal, owed_lines
from ..transaction import writing
from .place import Placed, bill_line, place

NOTHING_CHOSEN = Reason("nothing-chosen", N_("Choose the bills that you want to pay."))
SEVERAL_SELLERS = Reason(
    "several-sellers",
    N_("These bills have several sellers or currencies, and one payment cannot settle them. Choose those of one."),
)


@dataclass(frozen=True, slots=True)
class OrderBills:
    """What someone confirmed: the service whose bills are paid, which others, and what they were shown."""

    reference: str
    together: frozenset[str]
    confirmed: Confirmed


def order_bills(command: OrderBills, desk: Desk) -> Placed:
    """Make the order that pays them.

    Raises NoSuchService; Refused with the reason; ShownOtherwise when the person decided on other bills.
    """
    with writing() as session:
        key = read_case(session, command.reference, desk).row.id
        wanted = or_(InvoiceLine.service_id == key, Invoice.code.in_(command.together))
        lines = owed_lines(session, desk, wanted, lock=True)
        own = [each for each in lines if each.held.row.id == key]
        require(Action.PAY, own[0].held.case if own else read_case(session, command.reference, desk).case)
        if refused := first_refusal(own):
            raise Refused(refused)
        command.confirmed.require(facts_of(own))
        return _placed(session, lines, command.together, desk)


def order_invoices(codes: Collection[str], desk: Desk) -> Placed:
    """The same for the bills of these names, whatever services they are on. Raises Refused."""
    if not codes:
        raise Refused(NOTHING_CHOSEN())
    with writing() as session:
        return _placed(session, owed_lines(session, desk, Invoice.code.in_(codes), lock=True), codes, desk)


def order_all(seller: str, desk: Desk) -> Placed:
    """The same for all that can be paid to one seller in one currency, written ``FR-EUR``. Raises Refused."""
    with writing() as session:
        portal, _hyphen, currency = seller.rpartition("-")
        lines = owed_lines(session, desk, Invoice.portal == portal, Invoice.currency == currency, lock=True)
        payable = [each for each in lines if each.waits is None]
        if not payable:
            raise Refused(SETTLED_MEANWHILE())
        return _placed(session, payable, (), desk)


def _placed(session: Session, lines: Sequence[OwedLine], codes: Collection[str], desk: Desk) -> Placed:
    """Of all these, or of none."""
    if not {each.bill.code for each in lines}.issuperset(codes):
        raise Refused(SETTLED_MEANWHILE())
    if refused := first_refusal(lines):
        raise Refused(refused)
    sellers = {each.seller for each in lines}
    if len(sellers) != 1:
        raise Refused(SEVERAL_SELLERS())
    return place(session, sellers.pop(), [bill_line(each.line, each.amount) for each in lines], desk)
