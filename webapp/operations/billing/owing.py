"""What an account has to pay, and the order that pays it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from ...domain.confirmation import Confirmed, Facts
from ...domain.labels import N_
from ...domain.money import Money
from ...domain.refusals import Reason, Refusal, Refused
from ...domain.renewal.bills import SETTLED_MEANWHILE, why_not_paid
from ...domain.service.actions import Action, refusal, require
from ...models import Invoice, InvoiceLine, Service
from ..case import NoSuchService
from ..change import Held, lock_cases, read_cases
from ..desk import Desk
from ..transaction import writing
from .bills import select_unpaid
from .place import bill_line, place

NOTHING_CHOSEN = Reason("nothing-chosen", N_("Choose the bills that you want to pay."))
SEVERAL_SELLERS = Reason(
    "several-sellers",
    N_("These bills have several sellers or currencies, and one payment cannot settle them. Choose those of one."),
)


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One line of an unpaid bill, on a service whose billing contact asks."""

    bill: Invoice
    line: InvoiceLine
    held: Held
    refusal: Refusal | None
    """Why it cannot be paid."""

    @property
    def amount(self) -> Money:
        return Money(self.line.gross_minor, self.bill.currency)

    @property
    def seller(self) -> tuple[str, str]:
        """One order has one seller and one currency."""
        return self.bill.portal, self.bill.currency


def owed_lines(session: Session, desk: Desk, *wanted: ColumnElement[bool], lock: bool = False) -> list[OwedLine]:
    """The oldest first, in a constant number of statements; under lock with their services, and read again then.

    What was billed meanwhile on others is left out.
    """
    query = select_unpaid(Invoice, InvoiceLine).join(Service, Service.id == InvoiceLine.service_id)
    query = query.where(Service.billing_id == desk.account_id, *wanted).order_by(Invoice.issued_on, InvoiceLine.id)
    rows = session.execute(query).all()
    fetch = lock_cases if lock else read_cases
    ids = {row.InvoiceLine.service_id for row in rows}
    held = {each.row.id: each for each in fetch(session, desk, Service.id.in_(ids))} if ids else {}
    if lock:
        rows = session.execute(query).all()
    return [_owed(row.Invoice, row.InvoiceLine, its) for row in rows if (its := held.get(row.InvoiceLine.service_id))]


def _owed(bill: Invoice, line: InvoiceLine, held: Held) -> OwedLine:
    refused = refusal(Action.PAY, held.case) or why_not_paid(held.case, line.starts_on, settled=False)
    return OwedLine(bill, line, held, refused)


@dataclass(frozen=True, slots=True)
class Paying:
    """What paying the bills of one service comes to, and which others can be paid with them."""

    held: Held
    own: Sequence[OwedLine]
    others: Sequence[OwedLine]
    apart: Sequence[OwedLine]
    """Those that need another order, since they have another seller or currency, or that cannot be paid."""

    @property
    def refusal(self) -> Refusal | None:
        return refusal(Action.PAY, self.held.case) or _first_refusal(self.own)

    @property
    def facts(self) -> Facts:
        return facts_of(self.own)

    def chosen(self, codes: Collection[str]) -> list[OwedLine]:
        """The service’s own, and the others of these names."""
        return [*self.own, *(each for each in self.others if each.bill.code in codes)]


def facts_of(own: Sequence[OwedLine]) -> Facts:
    """What a confirmation binds to; what others come to is told by their names, since bills never change."""
    return {"bills": " ".join(f"{each.bill.code}={each.line.gross_minor}={each.bill.currency}" for each in own)}


def _first_refusal(lines: Sequence[OwedLine]) -> Refusal | None:
    return next((each.refusal for each in lines if each.refusal), None)


def paying(session: Session, reference: str, desk: Desk) -> Paying:
    """Raises NoSuchService."""
    held = _held(session, reference, desk)
    lines = owed_lines(session, desk)
    own = [each for each in lines if each.held.row.id == held.row.id]
    rest = [each for each in lines if each.held.row.id != held.row.id]
    fits = [bool(own) and each.seller == own[0].seller and each.refusal is None for each in rest]
    others = [each for each, fit in zip(rest, fits, strict=True) if fit]
    return Paying(held, own, others, [each for each, fit in zip(rest, fits, strict=True) if not fit])


def _held(session: Session, reference: str, desk: Desk) -> Held:
    for held in read_cases(session, desk, Service.reference == reference):
        return held
    raise NoSuchService(reference)


@dataclass(frozen=True, slots=True)
class OrderBills:
    """What someone confirmed: the service whose bills are paid, which others, and what they were shown."""

    reference: str
    together: frozenset[str]
    confirmed: Confirmed


def order_bills(command: OrderBills, desk: Desk) -> tuple[str, bool]:
    """Make the order that pays them; its code, and whether it had to be made.

    Raises NoSuchService; Refused with the reason; ShownOtherwise when the person decided on other bills.
    """
    with writing() as session:
        key = _held(session, command.reference, desk).row.id
        wanted = or_(InvoiceLine.service_id == key, Invoice.code.in_(command.together))
        lines = owed_lines(session, desk, wanted, lock=True)
        own = [each for each in lines if each.held.row.id == key]
        require(Action.PAY, own[0].held.case if own else _held(session, command.reference, desk).case)
        if refused := _first_refusal(own):
            raise Refused(refused)
        command.confirmed.require(facts_of(own))
        return _placed(session, lines, command.together, desk)


def order_invoices(codes: Collection[str], desk: Desk) -> tuple[str, bool]:
    """The same for the bills of these names, whatever services they are on. Raises Refused."""
    if not codes:
        raise Refused(NOTHING_CHOSEN())
    with writing() as session:
        return _placed(session, owed_lines(session, desk, Invoice.code.in_(codes), lock=True), codes, desk)


def order_all(seller: str, desk: Desk) -> tuple[str, bool]:
    """The same for all that can be paid to one seller in one currency, written ``FR-EUR``. Raises Refused."""
    with writing() as session:
        portal, _hyphen, currency = seller.rpartition("-")
        lines = owed_lines(session, desk, Invoice.portal == portal, Invoice.currency == currency, lock=True)
        payable = [each for each in lines if each.refusal is None]
        if not payable:
            raise Refused(SETTLED_MEANWHILE())
        return _placed(session, payable, (), desk)


def _placed(session: Session, lines: Sequence[OwedLine], codes: Collection[str], desk: Desk) -> tuple[str, bool]:
    """Of all these, or of none."""
    if not {each.bill.code for each in lines}.issuperset(codes):
        raise Refused(SETTLED_MEANWHILE())
    if refused := _first_refusal(lines):
        raise Refused(refused)
    sellers = {each.seller for each in lines}
    if len(sellers) != 1:
        raise Refused(SEVERAL_SELLERS())
    placed = place(session, sellers.pop(), [bill_line(each.line) for each in lines], desk)
    return placed.order.code, placed.new
