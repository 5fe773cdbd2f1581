"""Orders that add money to what an account has with its seller."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.billing.ledger import NO_AMOUNT
from ...domain.billing.order import OrderState
from ...domain.money import Money
from ...domain.refusals import Refused
from ...models import Order
from ..accounts import lock_account
from ..desk import Desk
from ..transaction import writing
from .place import Placed, give_up, new_order


def top_up(amount: Money, desk: Desk) -> Placed:
    """The order of that amount; it takes the place of one of another amount.

    Raises Refused for an amount that the rules do not allow, or where another one is being paid.
    """
    with writing() as session:
        account = lock_account(session, desk.account_id)
        portal = desk.rules.portals[account.portal]
        if not desk.rules.top_ups.allow(amount, portal.currency):
            raise Refused(NO_AMOUNT())
        for other in _open(session, desk):
            if (other.portal, other.gross) == (portal.code, amount):
                return Placed(other.code, new=False)
            give_up(session, other, OrderState.DISCARDED, desk)
        order = new_order(session, (portal.code, amount.currency), amount.minor, amount.minor, desk, tops_up=True)
        return Placed(order.code, new=True)


def _open(session: Session, desk: Desk) -> list[Order]:
    mine = (Order.account_id == desk.account_id, Order.tops_up, Order.state == OrderState.OPEN)
    return list(session.scalars(select(Order).where(*mine).order_by(Order.id).with_for_update(key_share=True)))
