"""Ask the provider what became of set-ups, and tell it what it must not debit any more."""

from sqlalchemy import select

from ...adapters.payments.port import NoAnswer, SavedMethods
from ...extensions import db
from ...models import MethodSetup, PaymentMethod
from ...models.payment import OPEN
from ..desk import Desk
from ..outage import note_acting
from ..transaction import writing
from .begin import open_setup, wanted_of
from .find import setup_of
from .learn import learn_nothing, learn_setup

ASKED_TOGETHER = 4
"""A provider that does not answer keeps the worker waiting, and never for as long as it holds its lease."""


def ask_about_setup(key: str, desk: Desk, provider: SavedMethods) -> None:
    """What the provider has never heard of is asked for again, with the same key: then its answer is certain."""
    session = db.session()
    setup = session.scalars(select(MethodSetup).where(MethodSetup.code == key)).one()
    wanted = wanted_of(setup)
    session.rollback()
    note_acting(session)
    try:
        statement = provider.ask_saved(key)
    except NoAnswer:
        learn_nothing(key, desk)
        return
    if statement:
        learn_setup(key, statement, desk)
    else:
        open_setup(wanted, desk, provider)


def ask_before_showing_setup(code: str, desk: Desk, provider: SavedMethods) -> None:
    """Raises NoSuchMethod."""
    setup = setup_of(db.session(), code, desk)
    if setup.state.open and setup.provider == provider.name:
        ask_about_setup(code, desk, provider)


def ask_setups_due(desk: Desk, provider: SavedMethods) -> bool:
    """About every set-up whose time has come; True where there are more."""
    due = select(MethodSetup.code).where(OPEN, MethodSetup.ask_at <= desk.system_now)
    mine = due.where(MethodSetup.provider == provider.name)
    keys = db.session.scalars(mine.order_by(MethodSetup.ask_at).limit(ASKED_TOGETHER)).all()
    db.session.rollback()
    for key in keys:
        ask_about_setup(key, desk, provider)
    return len(keys) == ASKED_TOGETHER


def forget_removed(provider: SavedMethods) -> None:
    """Tell the provider of every removed method that it must not be debited any more."""
    gone = (PaymentMethod.removed_at.is_not(None), PaymentMethod.forgotten.is_(False), PaymentMethod.reference != "")
    query = select(PaymentMethod.id, PaymentMethod.reference).where(*gone).order_by(PaymentMethod.id)
    removed = db.session.execute(query.limit(ASKED_TOGETHER)).all()
    db.session.rollback()
    for method_id, reference in removed:
        forget_one(method_id, reference, provider)


def forget_one(method_id: int, reference: str, provider: SavedMethods) -> None:
    """Where the provider does not answer, it is told later."""
    try:
        provider.forget(reference)
    except NoAnswer:
        return
    with writing() as session:
        session.get_one(PaymentMethod, method_id).forgotten = True
