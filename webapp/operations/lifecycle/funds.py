"""Pay bills that nobody has to act on: from the balance, then from the default method; else they are left to be paid.

What the balance pays is settled with the bill. A debit is written down before its provider is asked, so that whoever is
killed in between leaves one that is asked about.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...adapters.payments.port import NoAnswer, PaymentProvider
from ...domain.billing.payment import Failure, not_begun
from ...domain.billing.settlement import Fund, Means, Part, order_of_funds
from ...domain.messages import BillToPay
from ...domain.money import Money
from ...extensions import db
from ...models import Account, Attempt, InvoiceLine, Order, PaymentMethod
from ..desk import Desk
from ..invoices.bills import mentioned
from ..ledger import Seller, balance
from ..orders.place import add_lines, bill_line, new_order
from ..outbox import put
from ..payments.ask import ask_about
from ..payments.learn import learn
from ..payments.pay import add_part
from ..payments.settle import lock_services, settle

Funds = dict[tuple[int, Seller], int]
"""What accounts have with sellers, in minor units; whoever spends it takes it off."""


@dataclass(frozen=True, slots=True)
class Bill:
    """One that is still unpaid."""

    code: str
    """Its name in addresses."""
    account_id: int
    """Of the billing contact."""
    seller: Seller
    lines: Sequence[InvoiceLine]


def locked_funds(session: Session, wanted: Collection[tuple[int, Seller]]) -> Funds:
    """Nobody else spends it before the commit."""
    return {each: balance(session, *each, lock=True).minor for each in sorted(wanted)}


def pay(
    session: Session, bills: Sequence[Bill], funds: Funds, desk: Desk, provider: PaymentProvider | None
) -> list[str]:
    """Bills of services under lock. Returns the keys of the payments that the provider is to be asked for."""
    methods = _methods(session, {bill.account_id for bill in bills}) if provider else {}
    keys = []
    for bill in bills:
        left = _from_balance(session, bill, funds, desk)
        method = methods.get(bill.account_id)
        if provider and method and left and _debits(method, bill, desk):
            keys.append(_debit(session, bill, left, method, desk, provider))
        elif left:
            _ask_for(session, bill, left, desk)
    return keys


def _methods(session: Session, account_ids: Collection[int]) -> Mapping[int, PaymentMethod]:
    """The default of each account."""
    query = select(PaymentMethod).where(PaymentMethod.account_id.in_(account_ids), PaymentMethod.is_default)
    return {method.account_id: method for method in session.scalars(query)}


def _debits(method: PaymentMethod, bill: Bill, desk: Desk) -> bool:
    return Fund.METHOD in order_of_funds(_today(bill, desk), method.snapshot())


def _today(bill: Bill, desk: Desk) -> date:
    return desk.now.astimezone(desk.rules.portals[bill.seller[0]].zone).date()


Amounts = Sequence[tuple[InvoiceLine, int]]
"""Minor units of lines of a bill."""


def _from_balance(session: Session, bill: Bill, funds: Funds, desk: Desk) -> Amounts:
    """What is left to be paid of it."""
    paid, left, funded = [], [], max(0, funds[bill.account_id, bill.seller])
    for line in bill.lines:
        part = min(funded, line.gross_minor)
        funded -= part
        if part:
            paid.append((line, part))
        if part < line.gross_minor:
            left.append((line, line.gross_minor - part))
    if paid:
        order = _order(session, bill, paid, desk)
        add_part(session, order, Part(Means.BALANCE, order.gross), desk)
        settle(session, order, lock_services(session, Order.id == order.id), desk)
        funds[bill.account_id, bill.seller] = funded
    return left


def _debit(
    session: Session, bill: Bill, left: Amounts, method: PaymentMethod, desk: Desk, provider: PaymentProvider
) -> str:
    order, account = _order(session, bill, left, desk), session.get_one(Account, bill.account_id)
    part = Part(Means.SAVED, order.gross)
    language = account.language or desk.rules.portals[account.portal].languages[0]
    return add_part(session, order, part, desk, provider.name, method_id=method.id, language=language).key


def _order(session: Session, bill: Bill, amounts: Amounts, desk: Desk) -> Order:
    """One that nobody has to accept."""
    total, currency = sum(minor for _line, minor in amounts), bill.seller[1]
    order = new_order(session, bill.seller, total, total, desk, account_id=bill.account_id, automatic=True)
    lines = [bill_line(line, Money(minor, currency)) for line, minor in amounts]
    add_lines(session, order, [{"position": number, **line} for number, line in enumerate(lines, 1)])
    return order


def _ask_for(session: Session, bill: Bill, left: Amounts, desk: Desk) -> None:
    """Nothing can be debited: they are told what they have to pay, and until when."""
    currency, day = bill.seller[1], _today(bill, desk) + timedelta(days=desk.rules.orders.suspended_after_days)
    amount = Money(sum(minor for _line, minor in left), currency)
    told = mentioned(session, [line for line, _minor in left], currency)
    put(session, BillToPay(bill.code, amount, day, told), bill.account_id, desk)


def debit(key: str, desk: Desk, provider: PaymentProvider) -> None:
    """Ask the provider for that payment; where the bank wants the person to confirm it, it is left to them to pay."""
    ask_about(key, desk, provider)
    query = select(Attempt.address).where(Attempt.key == key, Attempt.undecided, Attempt.address != "")
    waits = db.session.scalar(query)
    db.session.rollback()
    if waits:
        try:
            statement = provider.withdraw(key)
        except NoAnswer:
            return
        learn(key, statement if statement and statement.standing.taken else not_begun(Failure.NEEDS_YOU), desk)
