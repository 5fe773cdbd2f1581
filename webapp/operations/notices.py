"""What payers were told that they may lose, and on which day: kept beside a service, which is no other one for that."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from ..domain.messages import NOTICES, MessageState
from ..models import Outbox, Service

SERVICE = cast(Table, Service.__table__)
NOTE = (
    update(SERVICE)
    .where(SERVICE.c.id == bindparam("key"))
    .values(noticed_on=bindparam("told"), promised_on=bindparam("named"))
)


def note(session: Session, told: Iterable[tuple[int, date, date]]) -> None:
    """By the keys of services that are under lock: on which day it was told, and which day was named.

    Whoever calls this projects them afterwards.
    """
    rows = [{"key": key, "told": on, "named": named} for key, on, named in told]
    if rows:
        session.execute(NOTE, rows)


def untold(session: Session, account_ids: Collection[int]) -> set[int]:
    """Those of these accounts to whom something was to be told that nobody took yet."""
    waiting = (Outbox.account_id.in_(account_ids), Outbox.kind.in_(NOTICES), Outbox.state != MessageState.DONE)
    return set(session.scalars(select(Outbox.account_id).where(*waiting).distinct()))
