"""The rows of a batch, each with what it comes to: decided in ``domain/batches/``, asked for many at once here."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sqlalchemy import Row
from sqlalchemy.orm import Session

from ...domain.batches.kinds import BatchAction
from ...domain.batches.outcomes import Wish
from ...domain.batches.planned import Plan
from ...domain.periods import Period
from ...domain.refusals import Refusal, Refused
from ...domain.renewal.align import Target
from ...domain.renewal.choices import Offer
from ...domain.service.actions import require
from ...domain.service.case import Case
from ...domain.service.service import Service
from ...models import Batch
from ..desk import Desk
from ..renewal.align import target
from ..renewal.offers import Offers, offers
from ..snapshot import put_back


class Known(Protocol):
    """A service, as far as a batch keeps it in mind."""

    @property
    def id(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def product_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of a batch with its service."""

    service_id: int
    version: int
    product_id: int
    case: Case
    duration: Period | None = None
    target: Target | None = None
    before: Service | None = None
    left_at: int | None = None
    """The version in which the batch that is undone left the service."""

    def wish(self, offer: Offer) -> Wish:
        touched = self.left_at not in (None, self.version)
        return Wish(self.case, offer, self.duration, self.target, self.before, touched=touched)


def asked_of(batch: Batch, row: Row[Any], service: Known, case: Case, desk: Desk) -> Asked:
    """A row of the batch with its service."""
    aim = target(batch.day, desk) if batch.day else None
    before = put_back(case.service, row.wanted) if row.wanted else None
    return Asked(service.id, service.version, service.product_id, case, batch.duration, aim, before, row.version)


def plans(
    session: Session, action: BatchAction, asked: Sequence[Asked], desk: Desk, agreed: Collection[str] = ()
) -> Iterator[tuple[Asked, Plan | Refusal]]:
    """Each row with its plan or the reason that there is none; what was ``agreed`` counts as not accepted before."""
    known = _offers(session, asked, desk)
    known = replace(known, accepted=known.accepted.difference(agreed))
    for each in asked:
        yield each, _plan(action, each, known)


def refusals(
    session: Session, actions: Sequence[BatchAction], asked: Sequence[Asked], desk: Desk
) -> Iterator[tuple[BatchAction, Refusal | None]]:
    """Why each row is left alone by each action, before anything is chosen."""
    known = _offers(session, asked, desk)
    for each in asked:
        for action in actions:
            yield action, _refusal(action, each, known)


def _refusal(action: BatchAction, asked: Asked, known: Offers) -> Refusal | None:
    if impossible := action.kind.impossible:
        return impossible(asked.case)
    plan = _plan(action, asked, known)
    return plan if isinstance(plan, Refusal) else None


def _offers(session: Session, asked: Sequence[Asked], desk: Desk) -> Offers:
    return offers(session, desk.account_id, {each.product_id for each in asked})


def _plan(action: BatchAction, asked: Asked, known: Offers) -> Plan | Refusal:
    kind, service = action.kind, asked.case.service
    try:
        require(kind.single(service), asked.case)
        return kind.outcome(asked.wish(known.of(asked.product_id, service.price.currency)))
    except Refused as refused:
        return refused.refusal
