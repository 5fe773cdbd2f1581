"""What a batch comes to for one service: decided by the same functions as for one alone."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Row
from sqlalchemy.orm import Session

from ...domain.batches.kinds import CHANGED_SINCE, BatchAction
from ...domain.periods import Period
from ...domain.refusals import Refusal, Refused
from ...domain.renewal.align import NO_SUCH_DAY, Target, align, movable
from ...domain.renewal.cancellation import Cancellation, Undoing, cancellation, undoing
from ...domain.renewal.choices import ALREADY_SO, Choice, Offer, automatic_choice, current, require_choice
from ...domain.renewal.configured import configured
from ...domain.renewal.preview import obstacle, preview
from ...domain.renewal.renewing import NOT_SOLD_SO, Wanted, judge
from ...domain.service.actions import require
from ...domain.service.case import Case
from ...domain.service.service import Mode, Service
from ...models import Batch
from ..desk import Desk
from ..renewal.align import target
from ..renewal.offers import offers
from ..snapshot import put_back
from .planned import DeclaredPlan, OrderPlan, Plan, RenewalPlan


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
    wanted: Mapping[str, Any] | None = None
    """The stored values to put back, where it is to be as it was before."""
    duration: Period | None = None
    """How long it is to be paid for, where the batch says so."""
    target: Target | None = None
    """The day of the month that the batch aims at."""
    left_at: int | None = None
    """The version in which the batch that is undone left the service."""


def asked_of(batch: Batch, row: Row[Any], service: Known, case: Case, desk: Desk) -> Asked:
    """A row of the batch with its service."""
    aim = target(batch.day, desk) if batch.day else None
    return Asked(service.id, service.version, service.product_id, case, row.wanted, batch.duration, aim, row.version)


def plans(
    session: Session, action: BatchAction, asked: Sequence[Asked], desk: Desk, agreed: Collection[str] = ()
) -> Iterator[tuple[Asked, Plan | Refusal]]:
    """Each row with its plan or the reason that there is none; what was ``agreed`` counts as not accepted before."""
    known = offers(session, desk.account_id or 0, {each.product_id for each in asked})
    known = replace(known, accepted=known.accepted.difference(agreed))
    for each in asked:
        yield each, _plan(action, each, known.of(each.product_id, each.case.service.price.currency))


def refusals(
    session: Session, actions: Sequence[BatchAction], asked: Sequence[Asked], desk: Desk
) -> Iterator[tuple[BatchAction, Refusal | None]]:
    """Why each row is left alone by each action, without looking at what would happen."""
    known = offers(session, desk.account_id or 0, {each.product_id for each in asked})
    for each in asked:
        offer = known.of(each.product_id, each.case.service.price.currency)
        for action in actions:
            yield action, _refusal(action, each, offer)


def _refusal(action: BatchAction, asked: Asked, offer: Offer) -> Refusal | None:
    """Before a day is chosen, why it could not be moved to any."""
    outcome = movable(asked.case) if action is BatchAction.ALIGN else _outcome(action, asked, offer)
    return outcome if isinstance(outcome, Refusal) else None


def _plan(action: BatchAction, asked: Asked, offer: Offer) -> Plan | Refusal:
    outcome = _outcome(action, asked, offer)
    if isinstance(outcome, Chosen):
        seen = preview(outcome.then, outcome.choice, offer)
        return RenewalPlan(asked.case, outcome.then, seen, offer, outcome.after)
    return outcome


class Chosen(NamedTuple):
    """The case as it will be previewed, how it renews then, and the service from then on."""

    then: Case
    choice: Choice
    after: Service


def _outcome(action: BatchAction, asked: Asked, offer: Offer) -> Chosen | DeclaredPlan | OrderPlan | Refusal:
    try:
        require(action.single(asked.case.service), asked.case)
        return OUTCOMES[action](asked, offer)
    except Refused as refused:
        return refused.refusal


def _manual(asked: Asked, offer: Offer) -> Chosen:
    return _chosen(asked.case, require_choice(Mode.MANUAL, asked.case.service, offer), offer)


def _automatic(asked: Asked, offer: Offer) -> Chosen:
    return _payable(asked, _chosen(asked.case, automatic_choice(asked.case.service, offer), offer))


def _chosen(case: Case, choice: Choice, offer: Offer) -> Chosen:
    if choice.mode is case.service.mode:
        raise Refused(ALREADY_SO())
    return Chosen(case, choice, configured(case.service, choice, offer))


def _put_back(asked: Asked, offer: Offer) -> Chosen:
    """Exactly the values of before, the price agreed with the customer included."""
    _unchanged(asked)
    after = put_back(asked.case.service, asked.wanted or {})
    then = replace(asked.case, service=replace(after, mode=asked.case.service.mode))
    return _payable(asked, Chosen(then, current(after), after))


def _payable(asked: Asked, chosen: Chosen) -> Chosen:
    if chosen.choice.period and (missing := obstacle(asked.case)):
        raise Refused(missing)
    return chosen


def _ended(asked: Asked, offer: Offer) -> DeclaredPlan:
    return _declared(asked, cancellation(asked.case))


def _kept(asked: Asked, offer: Offer) -> DeclaredPlan:
    if asked.left_at is not None:
        _unchanged(asked)
    return _declared(asked, undoing(asked.case))


def _ordered(asked: Asked, offer: Offer) -> OrderPlan:
    """For as long as the batch says, else for its own period."""
    duration = asked.duration or asked.case.service.period
    judged = judge(Wanted(asked.case, offer, duration)) if duration else NOT_SOLD_SO()
    if isinstance(judged, Refusal):
        raise Refused(judged)
    return OrderPlan(asked.case, judged)


def _aligned(asked: Asked, offer: Offer) -> OrderPlan:
    judged = align(asked.case, asked.target) if asked.target else NO_SUCH_DAY()
    if isinstance(judged, Refusal):
        raise Refused(judged)
    return OrderPlan(asked.case, judged)


def _declared(asked: Asked, seen: Cancellation | Undoing | None) -> DeclaredPlan:
    if seen is None:
        raise ValueError(f"{asked.case.service.reference} was allowed to end, or to be kept, without a term")
    return DeclaredPlan(asked.case, seen)


def _unchanged(asked: Asked) -> None:
    if asked.version != asked.left_at:
        raise Refused(CHANGED_SINCE())


OUTCOMES: Mapping[BatchAction, Callable[[Asked, Offer], Chosen | DeclaredPlan | OrderPlan]] = {
    BatchAction.RENEW: _ordered,
    BatchAction.DISABLE_AUTOMATIC: _manual,
    BatchAction.ENABLE_AUTOMATIC: _automatic,
    BatchAction.PUT_BACK: _put_back,
    BatchAction.ALIGN: _aligned,
    BatchAction.CANCEL: _ended,
    BatchAction.UNDO_CANCELLATION: _kept,
}
"""What each action comes to for a service that its rules allow it for; each raises Refused where it is not possible."""
