"""The engine: everything that is due, in the order of those who pay, some hundred services at a time.

It may run late, twice, in parallel, or be killed at any point: each step is one transaction that finds the service
under lock as it is, and the day on which the next one is due moves with it.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from ...adapters.payments.port import Debiting
from ...domain.service.service import Availability, Mode
from ...extensions import db
from ...models import Service, SetAside
from ..desk import Busy, Desk
from .aside import done_after_all, set_aside
from .digests import tell_digests
from .expiring import tell_of_expiry
from .funds import debit
from .own_days import remind_as_wished
from .plan import planned_steps, summed
from .steps import Taken, take_steps

LOG = logging.getLogger(__name__)
MOST = 500
"""Services in one transaction."""
RUNNING = (Availability.ACTIVE, Availability.SUSPENDED)
TOGETHER = (Service.billing_id, Service.owner_id, Service.currency, Service.due_on)
"""What services share that have one bill."""
PAYERS = 100
"""Billing contacts whose services are looked up together."""


def run(desk: Desk, provider: Debiting | None, *, confirmed: bool = False) -> Taken:
    """Do all that is due by now, and tell what that was.

    Where more would be suspended and deleted than is likely, that is held back unless it is confirmed: a wrong clock
    or inventory looks like that.
    """
    until, done = _latest_today(desk), Taken()
    tell_of_expiry(until, desk)
    losses = confirmed or not _unlikely(until, desk)
    for payers in _payers(until):
        while due := _due(payers, until, desk):
            taken = Taken()
            for some in _chunks(due):
                taken.add(_taken(some, desk, provider, losses=losses))
            done_after_all({row.id for row in due if row.tries} - taken.failed)
            if provider:
                for key in taken.debits:
                    debit(key, desk, provider)
            done.add(taken)
            if not taken.steps:
                break
    remind_as_wished(until, desk)
    tell_digests(desk)
    return done


def _unlikely(until: date, desk: Desk) -> bool:
    """Whether the losses that are due by that day are more than is likely."""
    rules = desk.rules.lifecycle
    threatened = or_(
        Service.mode == Mode.MANUAL, Service.availability == Availability.SUSPENDED, Service.billed_on.is_not(None)
    )
    if _count(and_(Service.due_on <= until, threatened)) <= rules.losses_at_least:
        return False
    bound = max(rules.losses_at_least, _count(Service.availability.in_(RUNNING)) * rules.losses_percent // 100)
    return summed(planned_steps(until, desk)).losses > bound


def _count(condition: ColumnElement[bool]) -> int:
    number = db.session.scalar(select(func.count()).where(condition)) or 0
    db.session.rollback()
    return number


def _taken(ids: Sequence[int], desk: Desk, provider: Debiting | None, *, losses: bool) -> Taken:
    """Where something goes wrong, each on its own, so that one service stops no other one."""
    try:
        return take_steps(ids, desk, provider, losses=losses)
    except Busy:
        raise
    except Exception as fault:
        if len(ids) == 1:
            LOG.exception("What is due for the service with the key %s", ids[0])
            set_aside(ids[0], fault, desk)
            return Taken(failed={ids[0]})
    taken = Taken()
    for each in ids:
        taken.add(_taken([each], desk, provider, losses=losses))
    return taken


def _latest_today(desk: Desk) -> date:
    """The day that it is where it is latest; whether it has come where a contract was made, each step asks anew."""
    return max(desk.now.astimezone(portal.zone).date() for portal in desk.rules.portals.values())


def _payers(until: date) -> Iterator[Sequence[int]]:
    """Everyone for whom something is due by that day, some at a time.

    The sum keeps SQLite from finding them by their own index, where it would read every service there is.
    """
    payers = sorted(db.session.scalars(select(Service.billing_id + 0).where(Service.due_on <= until).distinct()))
    db.session.rollback()
    return (payers[start : start + PAYERS] for start in range(0, len(payers), PAYERS))


def _due(payers: Sequence[int], until: date, desk: Desk) -> Sequence[Any]:
    """Services of these that are not set aside for now, those that have one bill together."""
    query = select(Service.id, *TOGETHER, SetAside.tries).outerjoin(SetAside, SetAside.service_id == Service.id)
    free = or_(SetAside.again_at.is_(None), SetAside.again_at <= desk.system_now)
    query = query.where(Service.billing_id.in_(payers), Service.due_on <= until, free)
    rows = db.session.execute(query.order_by(*TOGETHER, Service.id)).all()
    db.session.rollback()
    return rows


def _chunks(due: Sequence[Any]) -> Iterator[list[int]]:
    """What has one bill stays together, as far as it fits."""
    chunk: list[int] = []
    for _parties, alike in groupby(due, key=lambda row: row[1 : 1 + len(TOGETHER)]):
        ids = [row.id for row in alike]
        if chunk and len(chunk) + len(ids) > MOST:
            yield chunk
            chunk = []
        chunk += ids
        while len(chunk) > MOST:
            yield chunk[:MOST]
            chunk = chunk[MOST:]
    if chunk:
        yield chunk
