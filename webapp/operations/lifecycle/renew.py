"""Renew what renews by itself: a bill for the next term of each, given at once, and paid from what there is.

One bill for each billing contact, owner, seller, currency and day. Locks are taken in the order in which everyone takes
them: services, accounts, and the numbers of documents last.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...adapters.payments.port import Debiting
from ...domain.billing.invoice import DocumentKind
from ...domain.billing.quote import Item, Purpose
from ...domain.events import RenewedOnBill
from ...domain.law.contracts import TaxNote
from ...domain.messages import BillToPay
from ...domain.money import Money
from ...domain.renewal.terms import Term, next_term
from ...models import Invoice, InvoiceLine
from ..change import Change, Held, record
from ..desk import Desk
from ..invoices.bills import BillLine, mentioned
from ..invoices.issue import Draft, issue, said_of
from ..orders.place import release_free
from ..outbox import put_all
from .funds import Funds, Unpaid, locked_funds, pay

LONGEST = 500
"""Lines of one bill."""


@dataclass(frozen=True, slots=True)
class DueTerm:
    """One service with the term that is due."""

    held: Held
    item: Item

    @property
    def parties(self) -> tuple[int, int, str, str, date]:
        """Those who have one bill for it with others."""
        return self.held.row.billing_id, self.held.row.owner_id, *self.item.seller, self.item.start


def renew(session: Session, held: Sequence[Held], desk: Desk, provider: Debiting | None) -> tuple[int, list[str]]:
    """Services under lock whose terms are over; what somebody pays for at this moment is left to them.

    Returns how many were renewed, and the keys of the payments that are to be asked for.
    """
    paying = release_free(session, [each.row.id for each in held], desk)
    wanted = [DueTerm(each, price_of(each)) for each in held if each.row.id not in paying]
    free = [each for each in wanted if each.item.at_once]
    record(session, [_renewed(each, desk) for each in free], desk)
    bills = [several for group in _grouped(wanted) for several in _cut(group)]
    if not bills:
        return len(wanted), []
    funds = locked_funds(session, {(each[0].held.row.billing_id, each[0].item.seller) for each in bills})
    return len(wanted), _billed(session, bills, funds, desk, provider)


def price_of(held: Held) -> Item:
    """Of the next term, as it is kept for the customer."""
    case, service = held.case, held.case.service
    term = next_term(service, service.period) if service.period else None
    if term is None or term.start is None:
        raise ValueError(f"{service.reference} has no term to add to")
    levies = case.rules.levies(service.price)
    seller = case.rules.portal.code
    return Item(service.reference, seller, Purpose.RENEW, service.period, term.start, term.end, service.price, levies)


def _grouped(wanted: Iterable[DueTerm]) -> Iterator[list[DueTerm]]:
    by_parties: dict[tuple[int, int, str, str, date], list[DueTerm]] = defaultdict(list)
    for each in wanted:
        if not each.item.at_once:
            by_parties[each.parties].append(each)
    return (by_parties[parties] for parties in sorted(by_parties))


def _cut(group: Sequence[DueTerm]) -> Iterator[Sequence[DueTerm]]:
    return (group[start : start + LONGEST] for start in range(0, len(group), LONGEST))


def _billed(
    session: Session,
    bills: Sequence[Sequence[DueTerm]],
    funds: Funds,
    desk: Desk,
    provider: Debiting | None,
) -> list[str]:
    codes = issue(session, [_draft(each) for each in bills], desk)
    lines = _lines(session, codes)
    changes, unpaid = [], []
    for code, due_terms in zip(codes, bills, strict=True):
        changes += [_renewed(each, desk, code, line.id) for each, line in zip(due_terms, lines[code], strict=True)]
        parties = due_terms[0].held.row.billing_id, due_terms[0].item.seller
        unpaid.append(Unpaid(*parties, [(line, line.gross_minor) for line in lines[code]]))
    record(session, changes, desk)
    paid = pay(session, unpaid, funds, desk, provider)
    by_line = {line.id: code for code, several in lines.items() for line in several}
    names = {each.held.row.id: each.item.reference for several in bills for each in several}
    told = [(_asking(by_line[each.lines[0][0].id], each, names, desk), each.account_id) for each in paid.left]
    put_all(session, told, desk)
    return paid.keys


def _suspended_on(billed_on: date, desk: Desk) -> date:
    return billed_on + timedelta(days=desk.rules.lifecycle.suspended_after_days)


def _asking(code: str, left: Unpaid, names: Mapping[int, str], desk: Desk) -> BillToPay:
    """Nothing can be debited: they are told what they have to pay, and until when; ``names`` are references by key."""
    portal, currency = left.seller
    amount = Money(sum(minor for _line, minor in left.lines), currency)
    told = mentioned([line for line, _minor in left.lines], names, currency)
    return BillToPay(code, amount, _suspended_on(desk.today_at(portal), desk), told)


def _lines(session: Session, codes: Sequence[str]) -> Mapping[str, list[BillLine]]:
    """Of these bills, in order."""
    query = select(Invoice.code, *InvoiceLine.__table__.c).join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
    lines: dict[str, list[BillLine]] = defaultdict(list)
    for line in session.execute(query.where(Invoice.code.in_(codes)).order_by(InvoiceLine.position)):
        lines[line.code].append(line)
    return lines


def _draft(renewing: Sequence[DueTerm]) -> Draft:
    row, item = renewing[0].held.row, renewing[0].item
    lines = [_line(each) for each in renewing]
    parties = (DocumentKind.INVOICE, item.portal, row.billing_id, row.owner_id, item.net.currency)
    return Draft(*parties, lines, tax_note=_tax_note(renewing))


def _line(renewing: DueTerm) -> dict[str, Any]:
    item = renewing.item
    return {
        **said_of(renewing.held.row),
        "duration": item.duration,
        "starts_on": item.start,
        "ends_on": item.end,
        "net_minor": item.net.minor,
        "gross_minor": item.gross.minor,
        "levies": [levy.stored() for levy in item.levies],
    }


def _tax_note(renewing: Sequence[DueTerm]) -> TaxNote | None:
    """Why they are sold without tax, if they are."""
    return None if any(each.item.levies for each in renewing) else renewing[0].held.case.rules.tax_note


def _renewed(renewing: DueTerm, desk: Desk, bill: str | None = None, line_id: int | None = None) -> Change:
    case, item = renewing.held.case, renewing.item
    after, gross = replace(case.service, ends_on=item.end), item.gross
    if bill:
        owing = replace(after, amount_due=gross, billed_on=case.today)
        after = owing.noticed(case.today, _suspended_on(case.today, desk))
    event = RenewedOnBill(bill, item.start, item.end, item.net, gross, case.rules.taxes)
    return renewing.held.become(after, event, Term(item.start, item.end, invoice_line_id=line_id))
