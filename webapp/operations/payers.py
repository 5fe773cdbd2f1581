"""Since when somebody pays for a service: amounts from before that are not theirs to see."""

from collections.abc import Collection, Mapping

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ..domain.events import EventKind
from ..models import Account, Event


def paying_since(
    session: Session, services: Collection[int] | Select[int], account_id: int | None
) -> Mapping[int, int]:
    """By service, the event that made the account its billing contact; none where it has been that from the beginning.

    What is told of that event and those before it tells the account no amounts. ``services`` are their keys.
    """
    handle = select(Account.handle).where(Account.id == account_id).scalar_subquery()
    query = (
        select(Event.service_id, func.max(Event.id))
        .where(Event.service_id.in_(services), Event.kind == EventKind.IMPORT_CHANGED)
        .where(Event.new["billing"].as_string() == handle)
        .group_by(Event.service_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
