"""Balances that are asked back: off the balance at once, settled by an operator, once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ..domain.billing.ledger import NOT_ASKED_BACK, NOTHING_TO_ASK_BACK, PayoutState
from ..domain.refusals import Refused
from ..models import Account, Payout
from .codes import new_code
from .desk import Desk
from .ledger import Seller, balance, return_payout, take_payout
from .transaction import writing


class NoSuchPayout(LookupError):
    """Nobody has asked for one of that code, or it is not the account's."""


def ask_back(seller: Seller, desk: Desk) -> str:
    """All that the account has with that seller; the code of the request, which is the same while one is open.

    Raises Refused where there is nothing to ask for.
    """
    with writing() as session:
        money = balance(session, desk.account_id, seller, lock=True)
        mine = (Payout.account_id == desk.account_id, Payout.portal == seller[0], Payout.currency == seller[1])
        asked = session.scalar(select(Payout).where(*mine, Payout.state == PayoutState.ASKED))
        if asked:
            return asked.code
        if money.minor <= 0:
            raise Refused(NOTHING_TO_ASK_BACK())
        whose = {"account_id": desk.account_id, "portal": seller[0], "currency": seller[1], "minor": money.minor}
        payout = Payout(code=new_code(), **whose, state=PayoutState.ASKED, asked_at=desk.now)
        session.add(payout)
        take_payout(session, payout, desk)
        return payout.code


def settle_payout(code: str, state: PayoutState, note: str, desk: Desk) -> Payout:
    """Say that it was paid back, refused or withdrawn; what is not paid back is on the balance again.

    Customers settle none but their own. Raises NoSuchPayout; Refused where it was settled otherwise before.
    """
    with writing() as session:
        query = select(Payout).where(Payout.code == code).with_for_update(key_share=True)
        if desk.account_id is not None:
            query = query.where(Payout.account_id == desk.account_id)
        payout = session.scalar(query)
        if payout is None:
            raise NoSuchPayout(code)
        if payout.state is not PayoutState.ASKED:
            if payout.state is state:
                return payout
            raise Refused(NOT_ASKED_BACK())
        payout.state, payout.note, payout.ended_at = state, note, desk.now
        if state is not PayoutState.PAID:
            return_payout(session, payout, desk)
        return payout


def payouts_of(session: Session, desk: Desk) -> Sequence[Payout]:
    """What the account has asked back, the latest first."""
    mine = select(Payout).where(Payout.account_id == desk.account_id)
    return session.scalars(mine.order_by(Payout.id.desc()).limit(20)).all()


def asked_back(session: Session) -> Sequence[Row[*tuple[Any, ...]]]:
    """What operators have to settle, the oldest first, each with the handle and the name of who asks."""
    query = select(Payout, Account.handle, Account.name).join(Account, Account.id == Payout.account_id)
    return session.execute(query.where(Payout.state == PayoutState.ASKED).order_by(Payout.id)).all()
