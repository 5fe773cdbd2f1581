"""What a batch comes to for one service: decided by the same functions as for one alone."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from ...domain.batches.kinds import BILL_BY_MAIL, CHANGED_SINCE, BatchAction
from ...domain.confirmation import Facts
from ...domain.events import RenewalConfigured
from ...domain.money import Money
from ...domain.periods import Period
from ...domain.refusals import Refusal, Refused
from ...domain.renewal.choices import ALREADY_SO, Choice, Offer, automatic_choice, current, require_choice
from ...domain.renewal.configured import event_of, new_values
from ...domain.renewal.preview import Preview, obstacle, pays, preview, shown
from ...domain.service.actions import require
from ...domain.service.case import Case
from ...domain.service.service import Mode
from ..desk import Desk
from ..renewal.offers import offers

Wanted = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of a batch with its service."""

    service_id: int
    version: int
    product_id: int
    case: Case
    wanted: Wanted | None = None
    """The stored values to put back, where it is to be as it was before."""
    left_at: int | None = None
    """The version in which the batch that is undone left the service."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to one service when it is confirmed."""

    now: Case
    then: Case
    """The same with what is put back."""
    seen: Preview
    offer: Offer
    values: Mapping[str, Any]
    """Columns of the service that get other values."""

    @property
    def facts(self) -> Facts:
        return shown(self.seen, self.then)

    @property
    def note(self) -> str:
        """What should be known beforehand, by its code."""
        return BILL_BY_MAIL if self.seen.debits and not pays(self.seen, self.then) else ""

    @property
    def event(self) -> RenewalConfigured:
        return event_of(self.now, self.then, self.seen, self.offer)


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
            outcome = _outcome(action, each, offer)
            yield action, outcome if isinstance(outcome, Refusal) else None


def _plan(action: BatchAction, asked: Asked, offer: Offer) -> Plan | Refusal:
    outcome = _outcome(action, asked, offer)
    if isinstance(outcome, Refusal):
        return outcome
    then, choice, values = outcome
    return Plan(asked.case, then, preview(then, choice, offer), offer, values)


Outcome = tuple[Case, Choice, Mapping[str, Any]]
"""The case as it will be previewed, how it renews then, and the values that change."""


def _outcome(action: BatchAction, asked: Asked, offer: Offer) -> Outcome | Refusal:
    case = asked.case
    try:
        require(action.single, case)
        match action:
            case BatchAction.DISABLE_AUTOMATIC:
                outcome = _chosen(case, require_choice(Mode.MANUAL, case.service, offer), offer)
            case BatchAction.ENABLE_AUTOMATIC:
                outcome = _chosen(case, automatic_choice(case.service, offer), offer)
            case BatchAction.PUT_BACK:
                outcome = _put_back(asked)
    except Refused as refused:
        return refused.refusal
    return (outcome[1].period and obstacle(case)) or outcome


def _chosen(case: Case, choice: Choice, offer: Offer) -> Outcome:
    """Raises Refused."""
    if choice.mode is case.service.mode:
        raise Refused(ALREADY_SO())
    return case, choice, new_values(case, choice, offer)


def _put_back(asked: Asked) -> Outcome:
    """Exactly the values of before, the price agreed with the customer included. Raises Refused."""
    if asked.version != asked.left_at:
        raise Refused(CHANGED_SINCE())
    service, values = asked.case.service, read_values(asked.wanted or {})
    price = Money(values.get("price_minor", service.price.minor), service.price.currency)
    then = replace(asked.case, service=replace(service, period=values.get("period", service.period), price=price))
    return then, current(replace(then.service, mode=values["mode"])), values


def values_now(case: Case, names: Iterable[str]) -> dict[str, Any]:
    """Columns of the service as a batch keeps them: words, numbers of months, minor units."""
    service = case.service
    kept = {
        "mode": service.mode,
        "period": service.period and service.period.months,
        "price_minor": service.price.minor,
    }
    return {name: kept[name] for name in names}


def read_values(stored: Mapping[str, Any]) -> dict[str, Any]:
    readers: Mapping[str, Any] = {"mode": Mode.of, "period": Period}
    return {name: readers.get(name, int)(value) if value is not None else None for name, value in stored.items()}
