"""A lease: what only one may do at a time, whoever is killed while doing it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_

from ..models import Lease
from .transaction import INSERTS, writing

WORKER = "worker"
"""The lease of whoever does what is done without a request."""


def hold(name: str, holder: str, *, now: datetime, lasting: timedelta) -> bool:
    """Take it, or keep it for longer; False while somebody else holds it."""
    with writing() as session:
        insert = INSERTS[session.get_bind().dialect.name](Lease).values(name=name, holder=holder, until=now + lasting)
        taken = {"holder": insert.excluded.holder, "until": insert.excluded.until}
        free = or_(Lease.holder == holder, Lease.until < now)
        upsert = insert.on_conflict_do_update(index_elements=["name"], set_=taken, where=free).returning(Lease.name)
        return session.scalar(upsert) is not None


def let_go(name: str, holder: str) -> None:
    """So that the next one need not wait until it ends."""
    with writing() as session:
        session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
