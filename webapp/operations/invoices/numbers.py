"""A number that somebody has in hand, and the document or order that goes by it."""

import re
from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ...domain.receipts import LETTERS
from ...models import Invoice, Order
from ..desk import Desk
from .register import seen_by

NUMBER = re.compile(rf"(?=\S*\d)\S{{4,60}}|[{LETTERS}-]{{16,19}}", re.IGNORECASE)
"""Numbers have a digit; codes may have none."""
MOST = 3


def documents_numbered(session: Session, text: str, desk: Desk) -> Sequence[Invoice]:
    """Those of the account, whatever became of hyphens and case."""
    if not NUMBER.fullmatch(text):
        return ()
    wanted = _compact(text)
    known = (func.upper(func.replace(name, "-", "")) == wanted for name in (Invoice.number, Invoice.code))
    query = select(Invoice).where(seen_by(desk), or_(*known)).order_by(Invoice.id.desc()).limit(MOST)
    return session.scalars(query).all()


def orders_numbered(session: Session, text: str, desk: Desk) -> Sequence[Order]:
    if not NUMBER.fullmatch(text):
        return ()
    code = func.replace(Order.code, "-", "")
    return session.scalars(select(Order).where(Order.account_id == desk.account_id, code == _compact(text))).all()


def _compact(text: str) -> str:
    return text.replace("-", "").upper()
