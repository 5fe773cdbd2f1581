"""Ask providers what became of payments."""

import logging
from datetime import datetime
from functools import partial

from sqlalchemy import select

from ...adapters.payments.port import Debiting, NoAnswer, PaymentProvider, Rejected
from ...domain.billing.payment import TAKEN, AttemptState, Failure, PaymentRequest, Statement, not_begun
from ...extensions import db
from ...models import Attempt, Order, PaymentMethod
from ...models.payment import OPEN
from ..desk import Desk
from ..orders.find import open_attempt, order_of
from ..outage import note_acting
from .learn import OtherAmount, learn, learn_nothing
from .pay import wanted_of

LOG = logging.getLogger(__name__)
ASKED_TOGETHER = 4
"""A provider that does not answer keeps the worker waiting, and never for as long as it holds its lease."""


def ask_about(key: str, desk: Desk, provider: Debiting) -> None:
    """What the provider has never heard of is asked for again, with the same key: then its answer is certain."""
    session = db.session()
    query = select(Attempt, Order, PaymentMethod).join(Order).outerjoin(PaymentMethod).where(Attempt.key == key)
    attempt, order, method = session.execute(query).one()
    wanted, asks = wanted_of(attempt, order), provider.open
    if method:
        asks = _refuse if method.removed_at else partial(provider.charge, method.reference)
    session.rollback()
    note_acting(session)
    try:
        statement = provider.ask(key) or asks(wanted)
    except NoAnswer:
        learn_nothing(key, desk)
    except Rejected:
        learn(key, not_begun(Failure.REJECTED), desk)
    else:
        _learn(key, statement, desk)


def _refuse(wanted: PaymentRequest) -> Statement:
    """What was removed is not debited, and the provider has never heard of it."""
    raise Rejected(wanted.key)


def _learn(key: str, statement: Statement, desk: Desk) -> AttemptState | None:
    """Where it stands then. What an operator has to look at stays as it is and keeps none from being asked about."""
    try:
        return learn(key, statement, desk)
    except OtherAmount as other:
        if other.new:
            LOG.warning("Payment %s: the provider tells of another amount than it was asked for", key)
        return None


def ask_before_showing(code: str, desk: Desk, provider: PaymentProvider) -> None:
    """What became of the payment of that order; whoever asks in vain is not made to wait again at once.

    Raises NoSuchOrder.
    """
    session = db.session()
    attempt = open_attempt(session, order_of(session, code, desk).id)
    if attempt is None or attempt.provider != provider.name:
        return
    if attempt.state is AttemptState.PENDING or attempt.ask_at <= desk.system_now:
        ask_about(attempt.key, desk, provider)


def ask_again(since: datetime, desk: Desk, provider: PaymentProvider) -> int:
    """What has become of every payment that was taken since then, as after notices that did not arrive.

    Returns how many stand otherwise now. Raises NoAnswer: then those that were not asked about stay as they are.
    """
    taken = (Attempt.state.in_(TAKEN), Attempt.ended_at >= since, Attempt.provider == provider.name)
    known = db.session.execute(select(Attempt.key, Attempt.state).where(*taken).order_by(Attempt.id)).all()
    db.session.rollback()
    changed = 0
    for key, state in known:
        if statement := provider.ask(key):
            changed += _learn(key, statement, desk) not in (None, state)
    return changed


def ask_pending(desk: Desk, provider: PaymentProvider) -> None:
    """About all that is on its way, as when a day has passed."""
    waiting = (Attempt.state == AttemptState.PENDING, Attempt.provider == provider.name)
    keys = db.session.scalars(select(Attempt.key).where(*waiting).order_by(Attempt.id)).all()
    db.session.rollback()
    for key in keys:
        ask_about(key, desk, provider)


def ask_due(desk: Desk, provider: PaymentProvider) -> bool:
    """About every attempt whose time has come; True where there are more."""
    due = select(Attempt.key).where(OPEN, Attempt.ask_at <= desk.system_now, Attempt.provider == provider.name)
    keys = db.session.scalars(due.order_by(Attempt.ask_at).limit(ASKED_TOGETHER)).all()
    db.session.rollback()
    for key in keys:
        ask_about(key, desk, provider)
    return len(keys) == ASKED_TOGETHER
