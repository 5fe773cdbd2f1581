"""What the engine would do, without doing anything."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ...domain.lifecycle.due import LOSSES, EngineStep, due
from ...domain.money import Money
from ...models import Service
from ..case import case_of, select_cases
from ..desk import Desk
from ..transaction import reading


@dataclass(slots=True)
class Planned:
    steps: Counter[EngineStep] = field(default_factory=Counter)
    billed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """What is billed, tax included, in minor units of each currency."""

    @property
    def losses(self) -> int:
        return sum(self.steps[step] for step in LOSSES)

    @property
    def amounts(self) -> list[Money]:
        return [Money(minor, currency) for currency, minor in sorted(self.billed.items())]


class PlannedStep(NamedTuple):
    reference: str
    on: date
    step: EngineStep
    billed: Money | None
    """Tax included; None where nothing is."""


def planned_steps(until: date, desk: Desk) -> Iterator[PlannedStep]:
    """The next step of each service for which one is due by that day."""
    with reading(select_cases().where(Service.due_on <= until).order_by(Service.due_on, Service.id)) as rows:
        for row in rows:
            case = case_of(row, desk)
            its = due(case.service, desk.rules.lifecycle)
            if its and its.on <= until:
                billed = case.rules.gross(case.service.price) if its.step is EngineStep.RENEW else None
                yield PlannedStep(case.service.reference, its.on, its.step, billed)


def summed(steps: Iterable[PlannedStep]) -> Planned:
    plan = Planned()
    for each in steps:
        plan.steps[each.step] += 1
        if each.billed:
            plan.billed[each.billed.currency] += each.billed.minor
    return plan
