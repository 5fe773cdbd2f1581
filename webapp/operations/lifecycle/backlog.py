"""What the engine has yet to do, and what keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from ...domain.messages import NOTICES
from ...extensions import db
from ...models import Outbox, Service, SetAside
from ..notices import UNTOLD

MOST = 20
"""Services set aside that are named."""


@dataclass(frozen=True, slots=True)
class Backlog:
    due: int
    """Services for which something is due by today."""
    late: int
    """Those for which it was before."""
    next_day: date | None
    untold: int
    """Notices without which nothing is taken away."""
    aside: int
    named: Sequence[Any]
    """The first of those set aside: reference, tries, when it is tried again, and why it failed."""


def backlog(today: date) -> Backlog:
    session, due = db.session(), Service.due_on <= today
    count = select(func.count())
    asides = select(Service.reference, SetAside.tries, SetAside.again_at, SetAside.reason).join(Service).where(due)
    told = Backlog(
        session.scalar(count.where(due)) or 0,
        session.scalar(count.where(Service.due_on < today)) or 0,
        session.scalar(select(func.min(Service.due_on)).where(Service.due_on > today)),
        session.scalar(count.where(Outbox.kind.in_(NOTICES), *UNTOLD)) or 0,
        session.scalar(select(func.count()).select_from(asides.subquery())) or 0,
        session.execute(asides.order_by(SetAside.again_at, Service.id).limit(MOST)).all(),
    )
    session.rollback()
    return told
