"""What the engine would do, without doing anything."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

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


def planned(until: date, desk: Desk) -> Planned:
    """The next step of each service for which one is due by that day."""
    plan = Planned()
    with reading(select_cases().where(Service.due_on <= until)) as rows:
        for row in rows:
            case = case_of(row, desk)
            its = due(case.service, desk.rules.lifecycle)
            if its is None or its.on > until:
                continue
            plan.steps[its.step] += 1
            if its.step is EngineStep.RENEW:
                gross = case.rules.gross(case.service.price)
                plan.billed[gross.currency] += gross.minor
    return plan
