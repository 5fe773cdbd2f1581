"""Which changes of a service can be put back."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from ...domain.events import EventKind
from ...domain.renewal.way_back import WayBack, way_back
from ...domain.service.actions import Action
from ...models import Service
from ..desk import Desk
from ..listing.service_page import Shown
from .offers import offers

DECLARED = (EventKind.RENEWAL_CONFIGURED, EventKind.CANCELLED)


def ways_back(session: Session, shown: Shown, desk: Desk) -> Mapping[int, WayBack]:
    """By the key of the event that it puts back: the latest of each kind."""
    declared = [event for event in shown.events if event.kind in DECLARED]
    if not declared:
        return {}
    service, case = session.get_one(Service, shown.line.id), shown.line.case
    offer = offers(session, desk.account_id, [service.product_id]).of(service.product_id, service.currency)
    latest: dict[Action, tuple[int, WayBack]] = {}
    for event in declared:
        if back := way_back(event.facts, case, offer):
            latest.setdefault(back.action, (event.id, back))
    return dict(latest.values())
