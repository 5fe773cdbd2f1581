"""Take the steps that are due for some services, in one transaction."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from ...adapters.payments.port import PaymentProvider
from ...domain.events import Ended
from ...domain.lifecycle.due import EngineStep, due
from ...domain.messages import Mentioned, ServicesEnded
from ...domain.service.ending import erased_on
from ...domain.service.service import Availability, running
from ...models import Service
from ..change import Change, Held, lock_cases, record
from ..desk import Desk
from ..outbox import put
from ..projection import project
from ..transaction import writing
from .renew import renew


@dataclass(slots=True)
class Taken:
    """What was done, and which payments are to be asked for now."""

    steps: Counter[EngineStep] = field(default_factory=Counter)
    debits: list[str] = field(default_factory=list)
    """Their keys."""

    def add(self, other: "Taken") -> None:
        self.steps += other.steps
        self.debits += other.debits


def take_steps(ids: Sequence[int], desk: Desk, provider: PaymentProvider | None) -> Taken:
    """Of those among these services for which something is due; the others are looked at again when it is."""
    taken = Taken()
    with writing() as session:
        by_step: dict[EngineStep | None, list[Held]] = {}
        for each in lock_cases(session, desk, Service.id.in_(ids)):
            by_step.setdefault(_due(each), []).append(each)
        if ending := by_step.get(EngineStep.END):
            record(session, [_ended(each) for each in ending], desk)
            _tell_ended(session, ending, desk)
        if renewing := by_step.get(EngineStep.RENEW):
            taken.debits = renew(session, renewing, desk, provider)
        project(session, [each.row.id for each in by_step.pop(None, [])], rules=desk.rules, now=desk.now)
        taken.steps.update({step: len(several) for step, several in by_step.items() if step})
    return taken


def _due(held: Held) -> EngineStep | None:
    """What is due by now."""
    its = due(held.case.service)
    return its.step if its and its.on <= held.case.today else None


def _ended(held: Held) -> Change:
    service = held.case.service
    if service.cancels_on is None:
        raise ValueError(f"{service.reference} is not cancelled")
    after = replace(running(service), availability=Availability.TERMINATED)
    return held.become(after, Ended(service.cancels_on, erased_on(service, service.cancels_on)))


def _tell_ended(session: Session, ending: Sequence[Held], desk: Desk) -> None:
    """One message for those who pay for several of them."""
    by_payer: dict[int, list[Held]] = defaultdict(list)
    for each in ending:
        by_payer[each.row.billing_id].append(each)
    for payer, held in by_payer.items():
        told = tuple(Mentioned(each.case.service.reference, each.display_name, _erased(each)) for each in held)
        put(session, ServicesEnded(held[0].case.today, told), payer, desk)


def _erased(held: Held) -> date | None:
    service = held.case.service
    return erased_on(service, service.cancels_on) if service.cancels_on else None
