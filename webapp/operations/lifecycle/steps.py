"""Take the steps that are due for some services, in one transaction."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ...adapters.payments.port import Debiting
from ...domain.lifecycle.due import LOSSES, EngineStep, due
from ...models import Service
from ..change import Held, lock_cases
from ..desk import Desk
from ..notices import untold
from ..projection import project
from ..transaction import writing
from .ask_again import ask_again
from .losses import delete, end, remind, suspend, warn
from .recap import recap
from .renew import renew

Debits = list[str]
"""Keys of payments that the provider is to be asked for."""


@dataclass(slots=True)
class Taken:
    """What was done, and what was left."""

    steps: Counter[EngineStep] = field(default_factory=Counter)
    held_back: int = 0
    """Services of which something would be taken away, that are left alone for now."""
    failed: set[int] = field(default_factory=set)
    """Keys of services with which something went wrong; they are set aside."""
    debits: Debits = field(default_factory=list)

    def add(self, other: "Taken") -> None:
        self.steps += other.steps
        self.held_back += other.held_back
        self.failed |= other.failed
        self.debits += other.debits


WITHOUT_MONEY: Mapping[EngineStep, Callable[[Session, Sequence[Held], Desk], int]] = {
    EngineStep.END: end,
    EngineStep.RECAP: recap,
    EngineStep.REMIND: remind,
    EngineStep.SUSPEND: suspend,
    EngineStep.WARN: warn,
    EngineStep.DELETE: delete,
}
WITH_MONEY: Mapping[EngineStep, Callable[[Session, Sequence[Held], Desk, Debiting | None], tuple[int, Debits]]] = {
    EngineStep.ASK_AGAIN: ask_again,
    EngineStep.RENEW: renew,
}


def take_steps(ids: Sequence[int], desk: Desk, provider: Debiting | None, *, losses: bool) -> Taken:
    """Of those among these services for which something is due; the others are looked at again when it is.

    Nothing is taken away where ``losses`` are not wanted, nor from those who have yet to be told of something.
    """
    taken = Taken()
    with writing() as session:
        by_step = _by_step(lock_cases(session, desk, Service.id.in_(ids)), desk)
        project(session, [each.row.id for each in by_step.pop(None, ())], rules=desk.rules, now=desk.now)
        payers = {each.row.billing_id for step in LOSSES for each in by_step.get(step, ())}
        spared = untold(session, payers) if losses and payers else payers
        for step in LOSSES & by_step.keys():
            taken.held_back += sum(each.row.billing_id in spared for each in by_step[step])
            by_step[step] = [each for each in by_step[step] if each.row.billing_id not in spared]
        for step, act in WITHOUT_MONEY.items():
            if held := by_step.get(step):
                done = act(session, held, desk)
                taken.steps += Counter({step: done})
                taken.held_back += len(held) - done
        for step, charge in WITH_MONEY.items():
            if held := by_step.get(step):
                done, debits = charge(session, held, desk, provider)
                taken.steps += Counter({step: done})
                taken.debits += debits
    return taken


def _by_step(held: Sequence[Held], desk: Desk) -> dict[EngineStep | None, list[Held]]:
    """By what is due by now."""
    by_step: dict[EngineStep | None, list[Held]] = defaultdict(list)
    for each in held:
        its = due(each.case.service, desk.rules.lifecycle)
        by_step[its.step if its and its.on <= each.case.today else None].append(each)
    return dict(by_step)
