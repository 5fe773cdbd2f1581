"""What an account has to do, over all that it holds: one statement, however much that is."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy import case as when
from sqlalchemy.orm import Session

from ...domain.billing.order import OrderState
from ...domain.billing.quote import Purpose
from ...domain.law.contracts import Portal, rules_for
from ...domain.listing.table import SOON_DAYS
from ...domain.listing.todo import AHEAD, Task, ToDo, pressing
from ...domain.money import Money
from ...domain.service.status import Status
from ...models import Acceptance, Account, Attempt, LedgerEntry, Listing, Order, OrderLine, PaymentMethod
from .matching import Viewer

ME = bindparam("account", type_=Integer)
PORTAL, CURRENCY = bindparam("portal", type_=String), bindparam("currency", type_=String)
TODAY, SOON, LATER = (bindparam(name, type_=Date) for name in ("today", "soon", "later"))
MINE = Listing.account_id == ME
NO_MONEY, NO_DAY, NO_NAME = cast(null(), BigInteger), cast(null(), Date), cast(null(), String)
RENEWS = and_(MINE, Listing.status == Status.AUTOMATIC, Listing.price_minor.is_not(None))
"""What renews by itself and is the account's to pay."""
ACCEPTED, RENEWING = "accepted", "renewing"
"""What is asked besides, from which it follows whether an agreement is missing."""


def _of(task: Task, *conditions: Any, minor: Any = NO_MONEY, first: Any = None) -> Select[Any]:
    """How many rows of the account's table are like that, in each currency, what they come to, and the first day."""
    first = Listing.effective_on if first is None else first
    named = (literal(task.value).label("task"), Listing.currency.label("currency"), NO_NAME.label("name"))
    figures = (func.count().label("number"), cast(func.sum(minor), BigInteger).label("minor"))
    query = select(*named, *figures, func.min(first).label("first_on"))
    return query.where(MINE, *conditions).group_by(Listing.currency)


def _orders() -> Select[Any]:
    """Open ones, as the account's page lists them, that nobody is paying."""
    bills = select(OrderLine.id).where(OrderLine.order_id == Order.id, OrderLine.purpose == Purpose.BILL).exists()
    begun = select(Attempt.id).where(Attempt.order_id == Order.id)
    waits = (Order.account_id == ME, Order.state == OrderState.OPEN, Order.expires_at > bindparam("now"))
    listed = (~bills | begun.exists(), ~begun.where(Attempt.in_progress).exists())
    named = (literal(Task.ORDERS.value), Order.currency, func.max(Order.code))
    figures = (func.count(), cast(func.sum(Order.gross_minor), BigInteger), NO_DAY)
    return select(*named, *figures).where(*waits, *listed).group_by(Order.currency)


def _balance() -> Select[Any]:
    """Where less is on it than the account wants to be told of."""
    total = func.sum(LedgerEntry.minor)
    whose = (LedgerEntry.account_id == ME, LedgerEntry.portal == PORTAL, LedgerEntry.currency == CURRENCY)
    left = select(cast(func.coalesce(total, 0), BigInteger)).where(*whose).scalar_subquery()
    named = (literal(Task.LITTLE_LEFT.value), CURRENCY, NO_NAME)
    told = or_(Account.balance_alert_minor > left, left < 0)
    return select(*named, literal(1), left, NO_DAY).where(Account.id == ME, told)


def _fact(what: str, *conditions: Any, name: Any = NO_NAME) -> Select[Any]:
    return select(literal(what), NO_NAME, name, literal(1), NO_MONEY, NO_DAY).where(*conditions)


DEFAULT = select(PaymentMethod.fails_from(TODAY)).where(PaymentMethod.account_id == ME, PaymentMethod.is_default)
FAILS_FROM = func.coalesce(DEFAULT.scalar_subquery(), date.min)
"""The first day on which nothing can be debited."""
EVERYTHING = _of(
    Task.BILLS,
    Listing.amount_due_minor.is_not(None),
    minor=Listing.amount_due_minor,
    first=when((Listing.status == Status.BILL_TO_PAY, Listing.effective_on)),
).union_all(
    _of(Task.OTHERS_BILLS, Listing.status == Status.BILL_TO_PAY, Listing.amount_due_minor.is_(None), first=NO_DAY),
    _of(Task.IN_PROGRESS, Listing.status == Status.PAYMENT_IN_PROGRESS, first=NO_DAY),
    _of(Task.DELETED_SOON, Listing.status == Status.SUSPENDED, Listing.effective_on > TODAY),
    _of(Task.EXPIRED, Listing.status == Status.EXPIRES, Listing.effective_on <= TODAY, minor=Listing.price_minor),
    _of(
        Task.EXPIRING,
        Listing.status == Status.EXPIRES,
        Listing.effective_on > TODAY,
        Listing.effective_on <= SOON,
        minor=Listing.price_minor,
    ),
    _of(
        Task.FAILING,
        RENEWS,
        Listing.effective_on >= FAILS_FROM,
        Listing.effective_on <= LATER,
        minor=Listing.price_minor,
    ),
    _orders(),
    _balance(),
    _fact(ACCEPTED, Acceptance.account_id == ME, name=Acceptance.agreement),
    _fact(RENEWING, select(Listing.service_id).where(RENEWS).exists()),
)
"""Built once, since building it takes longer than running it."""


def to_do(session: Session, account: Account, viewer: Viewer) -> list[ToDo]:
    """The most pressing first; nothing where nothing is to be done."""
    desk, today = viewer.desk, viewer.today
    portal = desk.rules.portals[account.portal]
    given = {
        "account": account.id,
        "portal": portal.code,
        "currency": portal.currency,
        "now": desk.now,
        "today": today,
        "soon": today + timedelta(days=SOON_DAYS),
        "later": today + AHEAD,
    }
    rows = session.execute(EVERYTHING, given).all()
    return pressing([*_tasks(rows), *_missing(rows, account, portal, today)], desk.rules.lifecycle)


def _tasks(rows: Iterable[Row[Any]]) -> Iterable[ToDo]:
    """One for each task, whatever currencies it has."""
    by_task: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_task[row.task].append(row)
    for task in Task:
        if several := by_task.get(task.value):
            count, days = sum(row.number for row in several), [row.first_on for row in several if row.first_on]
            amounts = tuple(Money(int(row.minor), row.currency) for row in several if row.minor is not None)
            yield ToDo(task, count, amounts, min(days, default=None), several[0].name or "" if count == 1 else "")


def _missing(rows: Iterable[Row[Any]], account: Account, portal: Portal, today: date) -> Iterable[ToDo]:
    """Agreements that the account's contract asks for where services renew by themselves, and that it can accept."""
    accepted = {row.name for row in rows if row.task == ACCEPTED}
    if not any(row.task == RENEWING for row in rows):
        return
    asked = [each for each in rules_for(portal, account.kind, today).agreements if each.wording]
    if missing := [each.code for each in asked if each.code not in accepted]:
        yield ToDo(Task.AGREEMENTS, len(missing), (), None, missing[0])
