"""One service, with everything its page tells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from ...domain.events import EventKind
from ...domain.messages import (
    BillSettled,
    BillToPay,
    DebitRefused,
    DeletionAhead,
    Message,
    MessageState,
    RenewalsAhead,
    ServicesDeleted,
    ServicesEnded,
    ServicesExpire,
    ServicesInDebt,
    ServicesLapsed,
    ServicesUnpaid,
)
from ...domain.roles import ROLES, Role
from ...domain.service.service import Kind
from ...models import Account, Event, Outbox, Product, Service, Term
from ..case import held_by
from ..companions import KnownCompanion, companions_of
from ..desk import Desk
from ..payers import paying_since
from .matching import Viewer
from .page import Line, line_of

EVENTS_SHOWN = 100
TOLD_BY: Mapping[EventKind, tuple[type[Message], ...]] = {
    EventKind.BILLED: (BillToPay,),
    EventKind.BILL_PAID: (BillSettled,),
    EventKind.RECAPPED: (RenewalsAhead,),
    EventKind.REMINDED: (ServicesExpire, DeletionAhead),
    EventKind.ASKED_AGAIN: (ServicesUnpaid,),
    EventKind.NOT_DEBITED: (DebitRefused,),
    EventKind.SUSPENDED: (ServicesInDebt, ServicesLapsed),
    EventKind.DELETED: (ServicesDeleted,),
    EventKind.ENDED: (ServicesEnded,),
}
"""Which messages tell of what the engine did."""


@dataclass(frozen=True, slots=True)
class Shown:
    line: Line
    started_on: date | None
    """When the term began that today lies in, or the last one."""
    contacts: tuple[tuple[tuple[Role, ...], Account], ...]
    """Each account once, with all that it is to the service."""
    companions: Sequence[KnownCompanion]
    parent_ends_on: date | None
    """When the service ends in which it is included, if that one is cancelled."""
    events: Sequence[Event]
    paying_since: int
    """The event from which on the viewer pays for it; 0 where that was always so."""

    def tells_money(self, event: Event) -> bool:
        """Whether its amounts are the viewer’s to see: not those from before they paid for it."""
        return self.line.sees_money and event.id > self.paying_since

    def currency_at(self, event: Event) -> str:
        """Of amounts whose event kept none: what the service was priced in until an inventory said otherwise."""
        currency = self.line.service.price.currency
        for later in self.events:
            if later.id <= event.id:
                break
            if later.kind.by_import:
                currency = later.old.get("currency") or currency
        return currency


def show_service(session: Session, reference: str, viewer: Viewer) -> Shown:
    """The service as the viewer's table has it, its contacts, and its latest events first. Raises NoSuchService."""
    row = line_of(session, reference, viewer)
    related = (Service.owner, Service.admin, Service.technical, Service.billing, Service.product)
    begun = select(func.max(Term.starts_on)).where(Term.service_id == Service.id, Term.starts_on <= row.case.today)
    query = select(Service, begun.scalar_subquery()).where(Service.id == row.id)
    service, term_starts_on = session.execute(query.options(*(joinedload(each) for each in related))).one()
    return Shown(
        line=row,
        started_on=term_starts_on or service.started_on,
        contacts=_grouped(zip(ROLES, (service.owner, service.admin, service.technical, service.billing), strict=True)),
        companions=companions_of(session, [row.id], viewer.desk)[row.id],
        parent_ends_on=_parent_ends_on(session, service),
        events=history(session, row.id),
        paying_since=paying_since(session, [row.id], viewer.desk.account_id).get(row.id, 0),
    )


def _parent_ends_on(session: Session, service: Service) -> date | None:
    if service.kind is not Kind.INCLUDED or service.parent_id is None:
        return None
    return session.scalar(select(Service.cancels_on).where(Service.id == service.parent_id))


def _grouped(held: Iterable[tuple[Role, Account]]) -> tuple[tuple[tuple[Role, ...], Account], ...]:
    roles: dict[Account, tuple[Role, ...]] = {}
    for role, account in held:
        roles[account] = (*roles.get(account, ()), role)
    return tuple((each, account) for account, each in roles.items())


def history(session: Session, service_id: int) -> Sequence[Event]:
    query = (
        select(Event).where(Event.service_id == service_id).options(joinedload(Event.account), joinedload(Event.batch))
    )
    return session.scalars(query.order_by(Event.id.desc()).limit(EVENTS_SHOWN)).all()


def names_in(session: Session, events: Iterable[Event], desk: Desk) -> dict[str, str]:
    """Of products and of the desk’s services that an inventory told of, by their codes and references."""
    told = [columns for event in events if event.kind.by_import for columns in (event.old, event.new)]
    codes, parents = ({columns[name] for columns in told if columns.get(name)} for name in ("product", "parent"))
    if not codes | parents:
        return {}
    products = select(Product.code, Product.name).where(Product.code.in_(codes))
    services = select(Service.reference, func.coalesce(func.nullif(Service.display_name, ""), Service.name))
    theirs = services.where(Service.reference.in_(parents), held_by(desk.account_id))
    return dict(tuple(row) for query in (products, theirs) for row in session.execute(query))


def told_with(session: Session, shown: Shown, desk: Desk) -> Mapping[int, Sequence[int]]:
    """By the keys of its events: the keys of the messages that told the desk's account of them."""
    query = select(Outbox.id, Outbox.kind, Outbox.created_at, Outbox.facts)
    first = (Outbox.again_of.is_(None), Outbox.recipient == "")
    hers = (Outbox.account_id == desk.account_id, Outbox.state == MessageState.DONE, *first)
    times = {event.at for event in shown.events if event.kind in TOLD_BY}
    keys: dict[tuple[datetime, str], list[int]] = defaultdict(list)
    for row in session.execute(query.where(*hers, Outbox.created_at.in_(times)).order_by(Outbox.id)):
        if any(each["reference"] == shown.line.service.reference for each in row.facts.get("services", ())):
            keys[row.created_at, row.kind].append(row.id)
    told = {event.id: [keys[event.at, kind.kind] for kind in TOLD_BY.get(event.kind, ())] for event in shown.events}
    return {event_id: list(chain.from_iterable(several)) for event_id, several in told.items() if any(several)}


def event_of(session: Session, service_id: int, event_id: int) -> Event | None:
    related = (joinedload(Event.account), joinedload(Event.batch), joinedload(Event.receipt))
    return session.scalar(select(Event).where(Event.service_id == service_id, Event.id == event_id).options(*related))
