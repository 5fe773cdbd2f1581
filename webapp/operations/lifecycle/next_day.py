"""When something is next done by itself for what an account holds."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models import Service
from ..case import held_by
from ..desk import Desk


def next_day(session: Session, today: date, desk: Desk) -> date | None:
    """The first one after today on which it is; None where none is known."""
    mine = (held_by(desk.account_id), Service.due_on > today)
    return session.scalar(select(func.min(Service.due_on)).where(*mine))
