"""Receipts: begun with an act, sealed once all of it is written, shown to those whom it concerns."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..domain import events
from ..domain.law.contracts import CustomerKind, Portal
from ..domain.messages import MOST_NAMED, Mentioned, ReceiptGiven
from ..domain.receipts import CODE, Cause, proof
from ..models import Account, Event, Receipt, Service
from .case import held_by
from .codes import new_code
from .desk import Desk
from .outbox import put
from .payers import paying_since
from .transaction import writing


class NoSuchReceipt(LookupError):
    """There is none of that code, or it does not concern this account."""


@dataclass(frozen=True, slots=True)
class DeclaredService:
    """One service of an act."""

    service_id: int
    reference: str
    name: str
    display_name: str
    portal: Portal
    """With whom its contract was made."""
    customer_kind: CustomerKind
    sees_money: bool
    """Whether the reader pays for it, and did so then."""
    fact: events.Declaration

    @property
    def zone(self) -> ZoneInfo:
        return self.portal.zone


@dataclass(frozen=True, slots=True)
class ShownReceipt:
    receipt: Receipt
    by: str
    """The name of who declared it."""
    mine: bool
    """Whether that is the reader."""
    declared: Sequence[DeclaredService]
    """The services that are the reader's, by their names."""
    hidden: int
    """How many more there are."""

    @property
    def contracts(self) -> list[tuple[Portal, CustomerKind]]:
        """Those of the services that are shown, each once."""
        of_each = {(each.portal.code, each.customer_kind): each.portal for each in self.declared}
        return [(portal, kind) for (_code, kind), portal in of_each.items()]


def begin_receipt(session: Session, kind: events.EventKind, desk: Desk, *, batch_id: int | None = None) -> Receipt:
    """One that leads nowhere before it is sealed."""
    receipt = Receipt(code=new_code(), kind=kind, account_id=desk.account_id, at=desk.now, batch_id=batch_id)
    session.add(receipt)
    session.flush()
    return receipt


def seal(session: Session, receipt: Receipt, desk: Desk) -> None:
    """Nothing is added to it from now on, and who declared it gets it; where nothing was, it leads nowhere for ever."""
    names = (Service.reference, Service.name, Service.display_name)
    query = select(*names, Event.kind, Event.old, Event.new).join(Event, Event.service_id == Service.id)
    rows = session.execute(query.where(Event.receipt_id == receipt.id).order_by(Service.folded_name, Service.id)).all()
    told = [(row.reference, events.read_declaration(row.kind, row.old, row.new)) for row in rows]
    if not told:
        return
    receipt.fingerprint = proof(receipt.kind, receipt.at, told)
    first = zip(rows[:MOST_NAMED], told, strict=False)
    services = tuple(Mentioned(row.reference, row.display_name or row.name, fact.day) for row, (_ref, fact) in first)
    put(session, ReceiptGiven(receipt.code, receipt.kind.value, services, len(told)), receipt.account_id, desk)


def verified(session: Session, code: str) -> Receipt:
    """For whoever was given the code, or typed something else. Raises NoSuchReceipt."""
    if not re.fullmatch(CODE, code):
        raise NoSuchReceipt(code)
    receipt = session.scalar(select(Receipt).where(Receipt.code == code, Receipt.fingerprint != ""))
    if receipt is None:
        raise NoSuchReceipt(code)
    return receipt


def show_receipt(session: Session, code: str, desk: Desk) -> ShownReceipt:
    """For who declared it, and for the contacts of its services. Raises NoSuchReceipt."""
    receipt = verified(session, code)
    mine = receipt.account_id == desk.account_id
    declared = list(_declared(session, receipt, desk))
    if not declared and not mine:
        raise NoSuchReceipt(code)
    total = session.scalar(select(func.count()).select_from(Event).where(Event.receipt_id == receipt.id)) or 0
    by = session.get_one(Account, receipt.account_id).name
    return ShownReceipt(receipt, by, mine, declared, total - len(declared))


def _declared(session: Session, receipt: Receipt, desk: Desk) -> Iterator[DeclaredService]:
    names = (Service.id, Service.reference, Service.name, Service.display_name)
    query = (
        select(*names, Service.billing_id, Account.portal, Account.kind.label("customer_kind"))
        .add_columns(Event.id.label("event_id"), Event.kind, Event.old, Event.new)
        .select_from(Event)
        .join(Service, Service.id == Event.service_id)
        .join(Account, Account.id == Service.owner_id)
        .where(Event.receipt_id == receipt.id, held_by(desk.account_id))
        .order_by(Service.folded_name, Service.id)
    )
    rows = session.execute(query).all()
    since = paying_since(session, select(Event.service_id).where(Event.receipt_id == receipt.id), desk.account_id)
    for row in rows:
        fact = events.read_declaration(row.kind, row.old, row.new)
        yield DeclaredService(
            service_id=row.id,
            reference=row.reference,
            name=row.name,
            display_name=row.display_name or row.name,
            portal=desk.rules.portals[row.portal],
            customer_kind=row.customer_kind,
            sees_money=row.billing_id == desk.account_id and row.event_id > since.get(row.id, 0),
            fact=fact,
        )


def tell_why(code: str, causes: Collection[Cause], comment: str, desk: Desk) -> None:
    """Who declared it may tell the reasons, and tell them again otherwise. Raises NoSuchReceipt."""
    with writing() as session:
        mine = (Receipt.code == code, Receipt.account_id == desk.account_id, Receipt.fingerprint != "")
        receipt = session.scalar(select(Receipt).where(*mine).with_for_update(key_share=True))
        if receipt is None:
            raise NoSuchReceipt(code)
        receipt.causes, receipt.comment = [cause.value for cause in causes], comment
