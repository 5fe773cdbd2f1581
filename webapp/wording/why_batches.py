"""Why the days and amounts in the preview of a batch are what they are."""

from collections.abc import Sequence

from ..domain.batches.planned import DeclaredPlan, OrderPlan, Plan, RenewalPlan
from ..domain.periods import Period
from ..domain.refusals import Refusal
from ..domain.renewal.align import movable
from ..domain.renewal.cancellation import Cancellation
from ..domain.roles import Role
from ..language.speaker import Speaker
from .reckoned import reckoned_term
from .why import paid_for
from .why_acts import why_bought, why_ends, why_erased, why_moved, why_renewing


def why_planned(plan: Plan, at_least: Period, speaker: Speaker) -> Sequence[str]:
    """Of one row; a renewal day that is moved lies at least that much later."""
    match plan:
        case RenewalPlan(then=case, seen=seen, offer=offer):
            return why_renewing(seen, case, offer, speaker)
        case OrderPlan(now=case, item=item) if item.duration is None:
            moved = movable(case)
            return [] if isinstance(moved, Refusal) else why_moved(item, moved, at_least, speaker)
        case OrderPlan(now=case, item=item):
            return why_bought(item, case, speaker)
        case DeclaredPlan(now=case, seen=Cancellation() as seen):
            erased = why_erased(case.service, speaker) if seen.erased_on else []
            return [*why_ends(seen, case.service, speaker), *erased]
        case DeclaredPlan(now=case):
            price = reckoned_term(case.service, case.rules, speaker) if Role.BILLING in case.roles else []
            return [*paid_for(case.service, speaker), *price]
