"""What is declared about a contract leaves a receipt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.events import EventKind
from ...models import Receipt, Service
from ..case import NoSuchService, reached_by
from ..change import Change, Held, latest_event, lock_cases, read_cases, record
from ..desk import Desk
from ..receipts import begin_receipt, seal


def key_of(session: Session, reference: str, desk: Desk) -> int:
    """Of a service of the desk’s account. Raises NoSuchService."""
    key = session.scalar(select(Service.id).where(Service.reference == reference, reached_by(desk)))
    if key is None:
        raise NoSuchService(reference)
    return key


def reached(
    session: Session, key: int, others: Iterable[int], desk: Desk, *, lock: bool
) -> tuple[Held, dict[int, Held]]:
    """The service, and by their keys the others that an act on it reaches; all under lock or none.

    Raises NoSuchService.
    """
    fetch = lock_cases if lock else read_cases
    held = {each.row.id: each for each in fetch(session, desk, Service.id.in_([key, *others]))}
    if key not in held:
        raise NoSuchService(key)
    return held.pop(key), held


@dataclass(frozen=True, slots=True)
class Declared:
    """What came of it."""

    receipt: str
    """Its code."""
    new: bool
    """Whether anything had to be done for it."""


def declare(session: Session, kind: EventKind, changes: Sequence[Change], desk: Desk) -> Declared:
    """Record what one person does to several services at once."""
    receipt = begin_receipt(session, kind, desk)
    record(session, changes, desk, receipt_id=receipt.id)
    seal(session, receipt, desk)
    return Declared(receipt.code, new=True)


def receipt_before(held: Held, kind: EventKind, desk: Desk) -> Declared | None:
    """What the same person was given for the same act, if nothing has happened to the service since."""
    event = latest_event(held.session, held.row.id)
    if event is None or (event.kind, event.account_id, event.batch_id) != (kind, desk.account_id, None):
        return None
    code = held.session.scalar(select(Receipt.code).where(Receipt.id == event.receipt_id))
    return Declared(code, new=False) if code else None
