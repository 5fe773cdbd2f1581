"""Pay bills that nobody has to act on: from the balance, then from the default method; else they are left to be paid.

What the balance pays is settled with the bill. A debit is written down before its provider is asked, so that whoever is
killed in between leaves one that is asked about.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...adapters.payments.port import Debiting, NoAnswer
from ...domain.billing.payment import Failure, not_begun
from ...domain.billing.settlement import Fund, Means, Part, order_of_funds
from ...domain.money import Money
from ...extensions import db
from ...models import Account, Attempt, Order, PaymentMethod
from ..desk import Desk
from ..invoices.bills import BillLine
from ..ledger import Seller, locked_balances
from ..orders.place import add_lines, bill_line, new_order
from ..payments.ask import ask_about
from ..payments.learn import learn
from ..payments.pay import add_part
from ..payments.settle import lock_services, settle

Funds = dict[tuple[int, Seller], int]
"""What accounts have with sellers, in minor units; whoever spends it takes it off."""


Amounts = Sequence[tuple[BillLine, int]]
"""Lines of bills, each with minor units."""


@dataclass(frozen=True, slots=True)
class Unpaid:
    """What one account owes one seller."""

    account_id: int
    """Of the billing contact."""
    seller: Seller
    lines: Amounts


@dataclass(slots=True)
class Paid:
    """What became of it."""

    keys: list[str] = field(default_factory=list)
    """Of the payments that the provider is to be asked for."""
    left: list[Unpaid] = field(default_factory=list)
    """What nothing could be debited for, one for each that was to be paid and was not in full."""


def locked_funds(session: Session, wanted: Collection[tuple[int, Seller]]) -> Funds:
    """Nobody else spends it before the commit."""
    known = locked_balances(session, {account_id for account_id, _seller in wanted})
    return {each: known.get(each, 0) for each in wanted}


def pay(session: Session, unpaid: Sequence[Unpaid], funds: Funds, desk: Desk, provider: Debiting | None) -> Paid:
    """Of services under lock."""
    methods = _methods(session, {each.account_id for each in unpaid}) if provider else {}
    paid = Paid()
    for each in unpaid:
        left = _from_balance(session, each, funds, desk)
        method = methods.get(each.account_id)
        if left.lines and provider and method and _debits(method, each, desk):
            paid.keys.append(_debit(session, left, method, desk, provider))
        elif left.lines:
            paid.left.append(left)
    return paid


def _methods(session: Session, account_ids: Collection[int]) -> Mapping[int, PaymentMethod]:
    """The default of each account."""
    query = select(PaymentMethod).where(PaymentMethod.account_id.in_(account_ids), PaymentMethod.is_default)
    return {method.account_id: method for method in session.scalars(query)}


def _debits(method: PaymentMethod, unpaid: Unpaid, desk: Desk) -> bool:
    today = desk.today_at(unpaid.seller[0])
    return Fund.METHOD in order_of_funds(today, method.snapshot())


def _from_balance(session: Session, unpaid: Unpaid, funds: Funds, desk: Desk) -> Unpaid:
    """What is left then."""
    paid, left, funded = [], [], max(0, funds[unpaid.account_id, unpaid.seller])
    for line, minor in unpaid.lines:
        part = min(funded, minor)
        funded -= part
        if part:
            paid.append((line, part))
        if part < minor:
            left.append((line, minor - part))
    if paid:
        order = _order(session, replace(unpaid, lines=paid), desk)
        add_part(session, order, Part(Means.BALANCE, order.gross), desk)
        settle(session, order, lock_services(session, Order.id == order.id), desk)
        funds[unpaid.account_id, unpaid.seller] = funded
    return replace(unpaid, lines=left)


def _debit(session: Session, unpaid: Unpaid, method: PaymentMethod, desk: Desk, provider: Debiting) -> str:
    order, account = _order(session, unpaid, desk), session.get_one(Account, unpaid.account_id)
    part = Part(Means.SAVED, order.gross)
    language = account.language or desk.rules.portals[account.portal].languages[0]
    return add_part(session, order, part, desk, provider.name, method_id=method.id, language=language).key


def _order(session: Session, unpaid: Unpaid, desk: Desk) -> Order:
    """One that nobody has to accept."""
    total, currency = sum(minor for _line, minor in unpaid.lines), unpaid.seller[1]
    order = new_order(session, unpaid.seller, total, total, desk, account_id=unpaid.account_id, automatic=True)
    lines = [bill_line(line, Money(minor, currency)) for line, minor in unpaid.lines]
    add_lines(session, order, [{"position": number, **line} for number, line in enumerate(lines, 1)])
    return order


def debit(key: str, desk: Desk, provider: Debiting) -> None:
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
