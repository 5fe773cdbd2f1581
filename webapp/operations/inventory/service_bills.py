"""Bills that an inventory tells of: made, taken back, or settled elsewhere, as its rows come to say something else.

A service has one of them at a time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...domain.billing.invoice import DocumentKind, Settled
from ...domain.law.contracts import Levy, Portal
from ...domain.money import Money, parse_money
from ...domain.purchase.bills import billed_term
from ...models import Invoice, InvoiceLine, Settlement
from ...rules.loader import Rules
from ..desk import Desk
from ..invoices.bills import IS_BILL, Settling, open_minor, select_unpaid, settle_lines
from ..invoices.issue import Draft, credit_note, issue
from .columns import Values
from .parsers import rate
from .service_file import state_of
from .service_references import References
from .service_state import BILL, PaidHere


@dataclass(frozen=True, slots=True)
class ToldBill:
    """An unpaid one that an earlier import told of."""

    bill: Invoice
    line: InvoiceLine
    open: int
    """Minor units that are still owed of it."""

    @property
    def settling(self) -> Settling:
        return Settling(self.line.id, self.open)

    @property
    def columns(self) -> Values:
        net, currency = self.line.net(self.bill.currency), self.bill.currency
        return {
            "bill": self.line.gross(currency).decimal,
            "billed": self.bill.issued_on,
            "bill_number": self.bill.number,
            "bill_net": None if net is None else net.decimal,
            "bill_tax_rate": None if net is None else rate_of(self.bill.levies),
        }


NONE: Values = dict.fromkeys(BILL)


@dataclass(frozen=True, slots=True)
class WantedBill:
    """What a row wants of the bill of its service, where that is not so already."""

    service_id: int
    before: ToldBill | None
    values: Values
    """The row, completed."""


def told_bills(session: Session, service_ids: Iterable[int]) -> dict[int, ToldBill]:
    """By the key of the service."""
    told = (Invoice, InvoiceLine, open_minor(InvoiceLine).label("open"))
    query = select_unpaid(*told).where(InvoiceLine.service_id.in_(list(service_ids)))
    rows = session.execute(query.where(Invoice.serial.is_(None)))
    return {row.InvoiceLine.service_id: ToldBill(row.Invoice, row.InvoiceLine, row.open) for row in rows}


def paid_bills(session: Session, service_ids: Iterable[int], rules: Rules) -> dict[int, list[PaidHere]]:
    """What was paid here of those that earlier imports told of, by the key of the service."""
    paid = select(InvoiceLine.service_id, Invoice.number, Invoice.issued_on, Invoice.currency, Invoice.portal)
    query = (
        paid.add_columns(InvoiceLine.gross_minor, Settlement.at)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(Settlement, Settlement.invoice_line_id == InvoiceLine.id)
        .where(IS_BILL, Invoice.serial.is_(None), Settlement.left_minor == 0, Settlement.how == Settled.PAID)
        .where(InvoiceLine.service_id.in_(list(service_ids)))
    )
    known: dict[int, list[PaidHere]] = defaultdict(list)
    for row in session.execute(query.order_by(InvoiceLine.id.desc())):
        day = row.at.astimezone(rules.portals[row.portal].zone).date()
        amount = Money(row.gross_minor, row.currency).decimal
        known[row.service_id].append(PaidHere(row.number, row.issued_on, amount, day))
    return known


def write_bills(session: Session, wanted: Sequence[WantedBill], references: References, desk: Desk) -> None:
    """A changed amount is a credit note and a new bill; what is billed no more was settled elsewhere."""
    replaced = [(each.before, each) for each in wanted if each.before]
    corrected = [(before, each) for before, each in replaced if _corrects(before, each.values)]
    gone = [before for before, each in replaced if not _corrects(before, each.values)]
    settle_lines(session, [before.settling for before, _each in corrected], Settled.CREDITED, desk.now)
    settle_lines(session, [before.settling for before in gone], Settled.ELSEWHERE, desk.now)
    new = [each for each in wanted if each.values["bill"] is not None]
    names = _names(session, new)
    notes = [_taken_back(before, each.values["billed"]) for before, each in corrected]
    issue(session, [*notes, *(_draft(each, names[each.service_id], references, desk) for each in new)], desk)


def _corrects(before: ToldBill, values: Values) -> bool:
    return values["bill"] not in (None, before.columns["bill"])


def _taken_back(before: ToldBill, day: date) -> Draft:
    bill = before.bill
    return credit_note(bill, [(before.line, before.open)], known_as=(f"{bill.code}~credit", None, day))


def _names(session: Session, new: Sequence[WantedBill]) -> Mapping[int, str]:
    """What each is called in addresses, by the key of its service: its number, or the service and the day."""
    numbers = {each.values["bill_number"] for each in new} - {None}
    ids = [each.service_id for each in new]
    query = select(Invoice.code).join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
    query = query.where(or_(Invoice.number.in_(numbers), InvoiceLine.service_id.in_(ids)))
    taken = set(session.scalars(query)) if new else set()
    names = {}
    for each in new:
        base = each.values["bill_number"] or f"{each.values['reference']}~{each.values['billed']}"
        further = (f"{base}~{number}" for number in count(2))
        name = base if base not in taken else next(other for other in further if other not in taken)
        names[each.service_id] = name
        taken.add(name)
    return names


def rate_of(levies: Iterable[Levy]) -> Decimal:
    """All taxes together, as the file writes it."""
    return rate(f"{sum((levy.tax.percent for levy in levies), start=Decimal(0)):f}")


def _draft(wanted: WantedBill, name: str, references: References, desk: Desk) -> Draft:
    values, owner = wanted.values, references.holders[wanted.values["owner"]]
    portal = desk.rules.portals[owner.portal]
    today = desk.now.astimezone(portal.zone).date()
    known_as = (name, values["bill_number"], values["billed"])
    parties = (owner.portal, references.holders[values["billing"]].id, owner.id)
    line = _line(wanted, references, portal, today)
    return Draft(DocumentKind.INVOICE, *parties, values["currency"], [line], known_as=known_as)


def _line(wanted: WantedBill, references: References, portal: Portal, today: date) -> dict[str, Any]:
    values = wanted.values
    net, gross = (_money(values[name], values["currency"]) for name in ("bill_net", "bill"))
    levies = portal.told_levies(net, gross, values["bill_tax_rate"]) if net and gross else ()
    term = billed_term(state_of(values), today)
    return {
        "service_id": wanted.service_id,
        "name": values["name"],
        "display_name": values["display_name"] or "",
        "product": references.products[values["product"]].product.name,
        "duration": values["period"] if term else None,
        "starts_on": term.start if term else None,
        "ends_on": term.end if term else None,
        "net_minor": net and net.minor,
        "gross_minor": gross and gross.minor,
        "levies": [levy.stored() for levy in levies],
    }


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else parse_money(str(amount), currency)
