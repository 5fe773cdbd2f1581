"""Money that was paid and taken back: what it was for is kept, and the amount is owed again, or its credit is gone.

Part of the transaction that learns of it: the order and its services are under lock. These are read anew, since they
may have been paid for a moment ago.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ...domain.billing.invoice import DocumentKind, Settled
from ...domain.billing.ledger import EntryKind
from ...domain.billing.settlement import demanded
from ...domain.events import PaymentRestored, PaymentReturned, ServiceEvent
from ...domain.messages import PaymentTakenBack
from ...domain.money import Money
from ...domain.purchase.bills import owing
from ...models import Attempt, Invoice, InvoiceLine, LedgerEntry, Order
from ..case import case_of
from ..change import change_of, record
from ..desk import Desk
from ..invoices.bills import Settling, open_minor, owed, settle_lines
from ..invoices.issue import Draft, credit_note, issue, said_of
from ..ledger import LINE, enter_returned, was_credited
from ..outbox import put
from .settle import lock_services

Services = Sequence[Row[Any]]


def take_back(session: Session, order: Order, attempt: Attempt, desk: Desk) -> None:
    """The payment, for what it was for: what it brought is demanded again, what became credit is credit no more."""
    services = lock_services(session, Order.id == order.id)
    reason, demands = attempt.returned, _demands(session, order, attempt)
    issue(session, _requests(order, attempt, demands, services), desk)
    enter_returned(session, order, attempt, EntryKind.RETURNED, sum(demands.values()) - attempt.minor, desk)
    put(session, PaymentTakenBack(attempt.key, attempt.amount), order.account_id, desk)
    told = [(bill, line, line.gross_minor) for bill, line, _open in _demanded(session, attempt)]
    _tell(session, told, lambda bill, amount: PaymentReturned(order.code, bill, amount, reason), services, desk)


def restore(session: Session, order: Order, attempt: Attempt, desk: Desk) -> None:
    """It stands after all: what is still demanded of it is credited, and what was paid again is on the balance."""
    services = lock_services(session, Order.id == order.id)
    still = [(bill, line, minor) for bill, line, minor in _demanded(session, attempt) if minor]
    settle_lines(session, [Settling(line.id, minor) for _bill, line, minor in still], Settled.CREDITED, desk.now)
    by_bill: dict[Invoice, list[tuple[InvoiceLine, int]]] = defaultdict(list)
    for bill, line, minor in still:
        by_bill[bill].append((line, minor))
    issue(session, [credit_note(bill, lines) for bill, lines in by_bill.items()], desk)
    back = attempt.minor - sum(minor for _bill, _line, minor in still)
    enter_returned(session, order, attempt, EntryKind.RESTORED, back, desk)
    _tell(session, still, lambda bill, amount: PaymentRestored(order.code, bill, amount), services, desk)


def _demands(session: Session, order: Order, attempt: Attempt) -> Mapping[int, int]:
    """Minor units that are owed again, by line of the order: of those that keep what was paid for them.

    None where the payment itself brought nothing.
    """
    if was_credited(session, attempt):
        return {}
    entered = select(LedgerEntry.key).where(LedgerEntry.order_id == order.id, LedgerEntry.service_id.is_not(None))
    credited = set(session.scalars(entered))
    kept = {line.id: line.gross_minor for line in order.lines if f"{LINE} {line.id}" not in credited}
    return dict(zip(kept, demanded(kept.values(), attempt.minor), strict=True))


def _requests(order: Order, attempt: Attempt, demands: Mapping[int, int], services: Services) -> list[Draft]:
    """One for each owner; which taxes are in it stands on the invoice that was paid, and is not said twice."""
    rows, by_owner = {row.id: row for row in services}, defaultdict(list)
    for line in order.lines:
        if minor := demands.get(line.id):
            row = rows[line.service_id]
            by_owner[row.owner_id].append(said_of(row) | {"net_minor": None, "gross_minor": minor, "levies": []})
    parties = (DocumentKind.PAYMENT_REQUEST, order.portal, order.account_id)
    return [
        Draft(*parties, owner, order.currency, by_owner[owner], demands_id=attempt.id) for owner in sorted(by_owner)
    ]


def _demanded(session: Session, attempt: Attempt) -> list[tuple[Invoice, InvoiceLine, int]]:
    """What is demanded of it again, with the minor units of that which are still owed."""
    query = select(Invoice, InvoiceLine, open_minor(InvoiceLine)).join(InvoiceLine)
    rows = session.execute(query.where(Invoice.demands_id == attempt.id).order_by(InvoiceLine.id))
    return [(bill, line, minor) for bill, line, minor in rows]


def _tell(
    session: Session,
    told: Sequence[tuple[Invoice, InvoiceLine, int]],
    event: Callable[[str, Money], ServiceEvent],
    services: Services,
    desk: Desk,
) -> None:
    """Each service, whose row says what is owed on it by now."""
    cases = {row.id: case_of(row, desk) for row in services}
    dues = owed(session, cases) if told else {}
    changes = [
        change_of(
            line.service_id,
            cases[line.service_id],
            owing(cases[line.service_id].service, dues.get(line.service_id)),
            event(bill.code, Money(minor, bill.currency)),
        )
        for bill, line, minor in told
    ]
    record(session, changes, desk)
