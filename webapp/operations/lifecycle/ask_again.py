"""Debit what is unpaid again, or ask for it, as long as nothing is suspended for it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from ...adapters.payments.port import Debiting
from ...domain.events import AskedAgain
from ...domain.messages import Mentioned, ServicesUnpaid
from ...domain.periods import DaysFrom
from ...models import Invoice, InvoiceLine
from ..change import Held
from ..desk import Desk
from ..invoices.bills import BillLine, open_minor, select_unpaid
from ..ledger import Seller
from ..orders.place import release_free
from .funds import Unpaid, locked_funds, pay
from .losses import announce, tell


def ask_again(session: Session, held: Sequence[Held], desk: Desk, provider: Debiting | None) -> tuple[int, list[str]]:
    """Of services under lock. Returns how many, and the keys of the payments that are to be asked for."""
    named = announce(session, held, desk, AskedAgain)
    paying = release_free(session, [each.row.id for each in held], desk)
    unpaid = [each for each in _unpaid(session, held) if not paying.intersection(_services(each))]
    funds = locked_funds(session, {(each.account_id, each.seller) for each in unpaid})
    paid = pay(session, unpaid, funds, desk, provider)
    left = {line.service_id for each in paid.left for line, _minor in each.lines}
    tried = {line.service_id for each in unpaid for line, _minor in each.lines}
    asked = [each for each in held if each.row.id in left or each.row.id not in tried]
    tell(session, ServicesUnpaid, asked, lambda each: _owing(each, named[each.row.id], desk), desk)
    return len(held), paid.keys


def _owing(held: Held, day: date, desk: Desk) -> Mentioned:
    service = held.case.service
    billed = DaysFrom(service.billed_on, desk.rules.lifecycle.suspended_after_days) if service.billed_on else None
    return Mentioned(service.reference, held.display_name, day, service.amount_due, counted=billed)


def _unpaid(session: Session, held: Sequence[Held]) -> list[Unpaid]:
    """What is open on them, by those who pay for them now and those to whom it is owed."""
    payers = {each.row.id: each.row.billing_id for each in held}
    query = select_unpaid(InvoiceLine, Invoice.portal, Invoice.currency, open_minor(InvoiceLine).label("open"))
    rows = session.execute(query.where(InvoiceLine.service_id.in_(payers)).order_by(InvoiceLine.id))
    owed: dict[tuple[int, Seller], list[tuple[BillLine, int]]] = defaultdict(list)
    for row in rows:
        owed[payers[row.InvoiceLine.service_id], (row.portal, row.currency)].append((row.InvoiceLine, row.open))
    return [Unpaid(*parties, lines) for parties, lines in sorted(owed.items(), key=lambda each: each[0])]


def _services(unpaid: Unpaid) -> set[int | None]:
    return {line.service_id for line, _minor in unpaid.lines}
