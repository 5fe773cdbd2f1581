"""Begin to pay an order, or give it up: first it is written down, then the provider is called, then its answer is."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ...adapters.payments.port import Checkout, NoAnswer, PaymentProvider, Rejected
from ...domain.billing.order import ORDER_OVER, PAYMENT_UNDER_WAY, OrderState
from ...domain.billing.payment import AttemptState, Failure, PaymentRequest, Statement, not_begun
from ...domain.billing.settlement import Means, Part, plan
from ...domain.law.parties import ADDRESS_MISSING
from ...domain.methods import CANNOT_BE_DEBITED
from ...domain.money import Money
from ...domain.purchase.bills import SETTLED_MEANWHILE
from ...domain.refusals import Refused
from ...extensions import db
from ...models import Attempt, Order, PaymentMethod
from ..desk import Desk
from ..invoices.bills import settled_otherwise
from ..ledger import balance, spend
from ..methods.find import method_of, today_of
from ..orders.find import lacks_address, open_attempt, order_of, taken_for
from ..orders.place import give_up
from ..outage import note_acting
from ..transaction import writing
from .learn import OtherAmount, learn, learn_nothing
from .settle import lock_services, settle

OURSELVES = "balance"
"""Who takes what is paid from the balance; no provider is asked."""


def begin_payment(code: str, desk: Desk, provider: Checkout, *, return_to: str, language: str) -> str | None:
    """The address of the provider’s page; None where it has none to show, and then the order says why.

    The balance is spent first; what it pays all of is given at once.
    Whoever begins twice is led to the same payment. Raises NoSuchOrder; Refused where the order is over, where its
    invoice would lack an address, or where another provider has a payment for it that is not known to have failed.
    """
    return _begin(code, desk, provider, provider.open, None, return_to, language)


def begin_charge(
    code: str, method_id: int, desk: Desk, provider: PaymentProvider, *, return_to: str, language: str
) -> str | None:
    """The same with a saved method; an address where the person’s bank asks for them.

    A payment page that is still open is closed first. Raises NoSuchMethod besides; Refused where it cannot be debited.
    """
    session = db.session()
    reference = chargeable(session, method_id, desk).reference
    open_page = open_attempt(session, order_of(session, code, desk).id)
    if open_page and open_page.means is Means.CHECKOUT and open_page.address:
        _close_page(code, desk, provider)
    return _begin(code, desk, provider, partial(provider.charge, reference), method_id, return_to, language)


def chargeable(session: Session, method_id: int, desk: Desk) -> PaymentMethod:
    """One of the account’s own that can be debited today. Raises NoSuchMethod, Refused."""
    method = method_of(session, method_id, desk)
    if method.removed_at or not method.snapshot().usable_on(today_of(session, desk)):
        raise Refused(CANNOT_BE_DEBITED())
    return method


def _begin(
    code: str,
    desk: Desk,
    provider: Checkout,
    asks: Callable[[PaymentRequest], Statement],
    method_id: int | None,
    return_to: str,
    language: str,
) -> str | None:
    means = Means.CHECKOUT if method_id is None else Means.SAVED
    with writing() as session:
        services = _lock_what_the_balance_pays(session, code, desk)
        order = order_of(session, code, desk, lock=True)
        if order.state is not OrderState.OPEN:
            raise Refused(ORDER_OVER())
        attempt = open_attempt(session, order.id)
        if attempt and attempt.provider != provider.name:
            raise Refused(PAYMENT_UNDER_WAY())
        if attempt is None:
            _require_payable(session, order, desk)
            money = balance(session, order.account_id, order.seller, lock=True) if services else None
            for part in plan(order.gross, taken_for(session, order), means, money):
                attempt = add_part(session, order, part, desk, provider.name, return_to=return_to, language=language)
            if attempt is None or attempt.means is Means.BALANCE:
                settle(session, order, services, desk)
                return None
            attempt.method_id = method_id
        wanted, address, state = wanted_of(attempt, order), attempt.address, attempt.state
        same = attempt.method_id == method_id
    if address or state is AttemptState.UNKNOWN or not same:
        return address or None
    return _ask(asks, wanted, desk)


def _ask(asks: Callable[[PaymentRequest], Statement], wanted: PaymentRequest, desk: Desk) -> str | None:
    """Call the provider and learn its answer; the address where the person goes on, if there is one."""
    try:
        statement = asks(wanted)
    except NoAnswer:
        learn_nothing(wanted.key, desk)
        return None
    except Rejected:
        learn(wanted.key, not_begun(Failure.REJECTED), desk)
        return None
    try:
        state = learn(wanted.key, statement, desk)
    except OtherAmount:
        return None
    return statement.address if state.open and statement.address else None


def _lock_what_the_balance_pays(session: Session, code: str, desk: Desk) -> Sequence[Row[Any]]:
    """The services of that order, which are locked before it, where the balance may pay it at once."""
    mine = (Order.code == code, Order.account_id == desk.account_id, Order.state == OrderState.OPEN)
    seller = session.execute(select(Order.portal, Order.currency).where(*mine)).one_or_none()
    if seller is None or balance(session, desk.account_id, (seller.portal, seller.currency)).minor <= 0:
        return ()
    return lock_services(session, Order.code == code)


def _require_payable(session: Session, order: Order, desk: Desk) -> None:
    """Raises Refused where it is too late to begin, or too early."""
    if order.expires_at <= desk.now:
        raise Refused(ORDER_OVER())
    if settled_otherwise(session, order.id):
        raise Refused(SETTLED_MEANWHILE())
    if lacks_address(session, order, desk.rules):
        raise Refused(ADDRESS_MISSING())


def add_part(
    session: Session, order: Order, part: Part, desk: Desk, provider: str = OURSELVES, **given: Any
) -> Attempt:
    """A part of the order that is begun; what the balance pays is taken with it."""
    number = 1 + (session.scalar(select(func.count()).where(Attempt.order_id == order.id)) or 0)
    attempt = Attempt(
        order_id=order.id,
        number=number,
        key=f"{order.code}-{number}",
        provider=provider,
        state=AttemptState.PENDING,
        means=part.means,
        currency=part.amount.currency,
        minor=part.amount.minor,
        begun_at=desk.now,
        ask_at=desk.system_now + desk.rules.orders.next_ask(0),
        **{"return_to": "", "language": "", **given},
    )
    if part.means is Means.BALANCE:
        attempt.provider, attempt.state, attempt.ended_at = OURSELVES, AttemptState.SUCCEEDED, desk.now
        spend(session, order, attempt, desk)
    session.add(attempt)
    session.flush()
    return attempt


def wanted_of(attempt: Attempt, order: Order) -> PaymentRequest:
    """What the provider is asked for: the same whenever it is asked again."""
    amount = Money(attempt.minor, attempt.currency)
    return PaymentRequest(attempt.key, amount, order.code, attempt.return_to, attempt.language)


def discard_order(code: str, desk: Desk, provider: Checkout | None) -> None:
    """Give it up; a payment page that is still open is closed first.

    Nothing is done where it is over already. Raises NoSuchOrder, or Refused while money may be under way.
    """
    if provider:
        _close_page(code, desk, provider)
    with writing() as session:
        order = order_of(session, code, desk, lock=True)
        if order.state is OrderState.OPEN:
            give_up(session, order, OrderState.DISCARDED, desk)


def _close_page(code: str, desk: Desk, provider: Checkout) -> None:
    """Raises NoSuchOrder; Refused where the provider does not say that it is closed."""
    session = db.session()
    attempt = open_attempt(session, order_of(session, code, desk).id)
    key = attempt.key if attempt and attempt.provider == provider.name else None
    session.rollback()
    if key is None:
        return
    note_acting(session)
    try:
        statement = provider.withdraw(key)
    except NoAnswer as error:
        raise Refused(PAYMENT_UNDER_WAY()) from error
    try:
        learn(key, statement or not_begun(Failure.GIVEN_UP), desk)
    except OtherAmount as error:
        raise Refused(PAYMENT_UNDER_WAY()) from error
