"""Set services aside with which something went wrong: with the reason, and tried again after a pause."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete

from ...models import SetAside
from ...models.set_aside import LONGEST_FAULT
from ..desk import Desk
from ..transaction import writing

PAUSES = tuple(timedelta(hours=hours) for hours in (1, 6, 24))


def set_aside(service_id: int, fault: Exception, desk: Desk) -> None:
    with writing() as session:
        row = session.get(SetAside, service_id, with_for_update={"key_share": True})
        if row is None:
            row = SetAside(service_id=service_id, tries=0)
            session.add(row)
        row.again_at = desk.system_now + PAUSES[min(row.tries, len(PAUSES) - 1)]
        row.tries, row.reason = row.tries + 1, f"{type(fault).__name__}: {fault}"[:LONGEST_FAULT]


def done_after_all(service_ids: Collection[int]) -> None:
    if service_ids:
        with writing() as session:
            session.execute(delete(SetAside).where(SetAside.service_id.in_(service_ids)))
