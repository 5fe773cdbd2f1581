"""The ledger of what accounts have with their sellers; each entry's key says what it is for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.orm import Session

from ..domain.billing.ledger import EntryKind, falls_below
from ..domain.billing.order import ORDER_OVER
from ..domain.billing.settlement import Means
from ..domain.messages import BalanceLow
from ..domain.money import Money
from ..domain.refusals import Refusal
from ..models import Account, Attempt, LedgerEntry, Order, OrderLine, Payout, Service
from .desk import Desk
from .outbox import put

LINE = "order-line"
MOST_SHOWN = 200

Seller = tuple[str, str]
"""A portal and a currency: money that one seller has is of no use at another."""


def credit_line(session: Session, order: Order, line: OrderLine, refusal: Refusal, desk: Desk) -> None:
    """For a term that cannot be given any more."""
    entry = {"key": f"{LINE} {line.id}", "service_id": line.service_id, "minor": line.gross_minor}
    _enter(session, order, desk, EntryKind.CREDITED, **entry, reason=refusal.code)


def credit_payment(session: Session, order: Order, attempt: Attempt, desk: Desk) -> None:
    """For what was taken of an order that is over: what came from the balance goes back to it."""
    kind, reason = EntryKind.CREDITED, ORDER_OVER.code
    if attempt.means is Means.BALANCE:
        kind, reason = EntryKind.GIVEN_BACK, ""
    _enter(session, order, desk, kind, key=_payment(attempt), minor=attempt.minor, reason=reason)


def was_credited(session: Session, attempt: Attempt) -> bool:
    """Whether all that was taken with that payment brought nothing."""
    return session.scalar(select(LedgerEntry.id).where(LedgerEntry.key == _payment(attempt))) is not None


def _payment(attempt: Attempt) -> str:
    return f"payment {attempt.key}"


def enter_returned(session: Session, order: Order, attempt: Attempt, kind: EntryKind, minor: int, desk: Desk) -> None:
    """For what a payment that is taken back had added, or for what that comes to when it stands after all."""
    if minor:
        _enter(session, order, desk, kind, key=f"{kind.value} {attempt.key}", minor=minor, reason="")


def add(session: Session, order: Order, desk: Desk) -> None:
    """For an order that adds its amount, which is paid."""
    _enter(session, order, desk, EntryKind.TOPPED_UP, key=f"top-up {order.code}", minor=order.gross_minor, reason="")


def spend(session: Session, order: Order, attempt: Attempt, desk: Desk) -> None:
    """For the part of an order that is paid from the balance, which is under lock; who wants to be told of that is."""
    before = balance(session, order.account_id, order.seller)
    account = session.get_one(Account, order.account_id)
    left = Money(before.minor - attempt.minor, order.currency)
    if account.portal == order.portal and falls_below(before, left, account.balance_alert_minor):
        put(session, BalanceLow(attempt.key, left), account.id, desk)
    _enter(session, order, desk, EntryKind.SPENT, key=spent_on(attempt.key), minor=-attempt.minor, reason="")


def for_line(line_id: Any) -> ColumnElement[str]:
    """The key of the entry for that line of an order."""
    return LINE + " " + cast(line_id, String)


def take_payout(session: Session, payout: Payout, desk: Desk) -> None:
    """For what is asked back; the balance is under lock."""
    _enter_payout(session, payout, EntryKind.ASKED_BACK, f"payout {payout.code}", -payout.minor, desk)


def return_payout(session: Session, payout: Payout, desk: Desk) -> None:
    """For what was asked back and is not paid back after all."""
    _enter_payout(session, payout, EntryKind.KEPT, f"payout-kept {payout.code}", payout.minor, desk)


def _enter_payout(session: Session, payout: Payout, kind: EntryKind, key: str, minor: int, desk: Desk) -> None:
    whose = {"account_id": payout.account_id, "portal": payout.portal, "currency": payout.currency}
    session.add(LedgerEntry(key=key, kind=kind, minor=minor, reason="", at=desk.now, **whose))


def spent_on(key: Any) -> Any:
    """The key of the entry for that payment; both texts, or both columns."""
    return "spent " + key


def _enter(session: Session, order: Order, desk: Desk, kind: EntryKind, **entry: Any) -> None:
    """For the account that paid. Raises IntegrityError, with the commit at the latest, where it is there already."""
    paid = {"account_id": order.account_id, "portal": order.portal, "order_id": order.id, "currency": order.currency}
    session.add(LedgerEntry(**paid, kind=kind, at=desk.now, **entry))


def locked_balances(session: Session, account_ids: Collection[int]) -> Mapping[tuple[int, Seller], int]:
    """What these accounts have, in minor units, where they have anything; nobody else spends it before the commit."""
    _lock(session, account_ids)
    columns = (LedgerEntry.account_id, LedgerEntry.portal, LedgerEntry.currency)
    query = select(*columns, func.sum(LedgerEntry.minor).label("minor")).where(LedgerEntry.account_id.in_(account_ids))
    rows = session.execute(query.group_by(*columns))
    return {(row.account_id, (row.portal, row.currency)): int(row.minor) for row in rows}


def _lock(session: Session, account_ids: Collection[int | None]) -> None:
    """In one order, so that two who do this at once wait for each other instead of clashing."""
    accounts = select(Account.id).where(Account.id.in_(account_ids)).order_by(Account.id)
    session.execute(accounts.with_for_update(key_share=True))


def balance(session: Session, account_id: int | None, seller: Seller, *, lock: bool = False) -> Money:
    """What the account has with that seller; under lock nobody else spends it before the commit."""
    if lock:
        _lock(session, [account_id])
    portal, currency = seller
    own = (LedgerEntry.account_id == account_id, LedgerEntry.portal == portal, LedgerEntry.currency == currency)
    return Money(int(session.scalar(select(func.sum(LedgerEntry.minor)).where(*own)) or 0), currency)


def balances(session: Session, desk: Desk) -> Mapping[Seller, Money]:
    """The same with each seller with which there is anything."""
    columns = (LedgerEntry.portal, LedgerEntry.currency)
    total = func.sum(LedgerEntry.minor).label("minor")
    query = select(*columns, total).where(LedgerEntry.account_id == desk.account_id).group_by(*columns)
    rows = session.execute(query.having(total != 0).order_by(*columns))
    return {(row.portal, row.currency): Money(int(row.minor), row.currency) for row in rows}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry, as it is shown."""

    entry: LedgerEntry
    order: str | None
    """Its code; None where money is asked back."""
    service: str | None
    """As it is displayed; None where it is not about a single one."""


def entries_of(session: Session, desk: Desk, most: int | None = None) -> Sequence[LedgerLine]:
    """All entries of the account, or so many, the youngest first."""
    query = (
        select(LedgerEntry, Order.code, Service.name, Service.display_name)
        .outerjoin(Order, Order.id == LedgerEntry.order_id)
        .outerjoin(Service, Service.id == LedgerEntry.service_id)
        .where(LedgerEntry.account_id == desk.account_id)
        .order_by(LedgerEntry.id.desc())
        .limit(most)
    )
    return [LedgerLine(row.LedgerEntry, row.code, row.display_name or row.name) for row in session.execute(query)]
