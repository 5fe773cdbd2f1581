"""Write down what a provider says of a set-up, from whichever side it comes, as often as it comes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.billing.payment import AttemptState, Standing
from ...domain.billing.setup import KeptMethod, SetupStatement
from ...domain.messages import MethodAdded, MethodRefused
from ...domain.methods import MethodState
from ...models import Account, MethodSetup, PaymentMethod
from ..desk import Desk
from ..outbox import put_once
from ..transaction import writing
from .find import methods_of


class NoSuchSetup(LookupError):
    """Nobody ever began one of that key."""


def learn_setup(key: str, statement: SetupStatement, desk: Desk) -> None:
    """What is final stays, unless it was left after all. Raises NoSuchSetup."""
    with writing() as session:
        setup = _locked(session, key)
        match statement.standing:
            case Standing.SUCCEEDED if setup.state is not AttemptState.SUCCEEDED and statement.method:
                _end(setup, AttemptState.SUCCEEDED, statement, desk)
                method = _keep(session, setup, statement.method, MethodState.VALID)
                put_once(session, MethodAdded(key, method.label, method.is_default), setup.account_id, desk)
            case Standing.FAILED if setup.state.open:
                _end(setup, AttemptState.FAILED, statement, desk)
                if setup.method:
                    setup.method.state = MethodState.REFUSED
                    put_once(session, MethodRefused(key, setup.method.label), setup.account_id, desk)
            case Standing.SETTLING if setup.state.open and statement.method:
                setup.state, setup.address = AttemptState.PENDING, ""
                _keep(session, setup, statement.method, MethodState.PENDING)
                _ask_later(setup, desk)
            case Standing.WAITING if setup.state.open:
                setup.state, setup.address = AttemptState.PENDING, statement.address
                _ask_later(setup, desk)


def learn_nothing(key: str, desk: Desk) -> None:
    """The provider did not answer: it is asked again later. Raises NoSuchSetup."""
    with writing() as session:
        setup = _locked(session, key)
        if setup.state.open:
            setup.state = AttemptState.UNKNOWN
            _ask_later(setup, desk)


def _locked(session: Session, key: str) -> MethodSetup:
    """With its account under lock, so that an account has one default whatever comes at once."""
    owner = select(MethodSetup.account_id).where(MethodSetup.code == key).scalar_subquery()
    if session.scalar(select(Account.id).where(Account.id == owner).with_for_update(key_share=True)) is None:
        raise NoSuchSetup(key)
    return session.scalars(select(MethodSetup).where(MethodSetup.code == key)).one()


def _end(setup: MethodSetup, state: AttemptState, statement: SetupStatement, desk: Desk) -> None:
    setup.state, setup.failure, setup.address, setup.ended_at = state, statement.failure, "", desk.now


def _ask_later(setup: MethodSetup, desk: Desk) -> None:
    """Whoever asks earlier does not put off the next time."""
    if setup.ask_at <= desk.system_now:
        setup.asked += 1
        setup.ask_at = desk.system_now + desk.rules.orders.next_ask(setup.asked)


def _keep(session: Session, setup: MethodSetup, kept: KeptMethod, state: MethodState) -> PaymentMethod:
    """The provider may keep the same card once however often it is left."""
    mine = methods_of(session, setup.account_id)
    method = setup.method or next((each for each in mine if each.reference == kept.reference), None)
    if method is None:
        method = PaymentMethod(account_id=setup.account_id, kind=setup.kind, is_default=False)
        session.add(method)
    method.label, method.reference, method.state, method.expires_on = kept.label, kept.reference, state, kept.expires_on
    if kept.mandate:
        method.mandate_reference, method.creditor = kept.mandate.reference, kept.mandate.creditor
        method.signed_on = kept.mandate.signed_on
    setup.method = method
    default = next((each for each in mine if each.is_default), None)
    if default is None or (setup.wanted_default and state is MethodState.VALID):
        change_default(session, default, method)
    return method


def change_default(session: Session, old: PaymentMethod | None, new: PaymentMethod | None) -> None:
    """Never two at once, not even between two statements."""
    if old:
        old.is_default = False
        session.flush()
    if new and new.removed_at is None:
        new.is_default = True
