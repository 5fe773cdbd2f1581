"""What leads back to how a service stood before a change of it."""

from dataclasses import dataclass

from ..events import Cancelled, RenewalConfigured, RenewalWay, ServiceEvent
from ..refusals import Refusal
from ..service.actions import Action, refusal
from ..service.case import Case
from ..service.service import Mode
from .choices import NOT_OFFERED_ANY_MORE, Choice, Offer, current, periods, why_not_manual


@dataclass(frozen=True, slots=True)
class WayBack:
    action: Action
    to: RenewalWay | None
    """How it renewed before; None where the action alone says what becomes of it."""
    refusal: Refusal | None


def way_back(event: ServiceEvent, case: Case, offer: Offer) -> WayBack | None:
    """None where it is not that change by which the service stands as it does."""
    service = case.service
    match event:
        case RenewalConfigured(old=old, new=new):
            before, after = Choice(old.mode, old.period), Choice(new.mode, new.period)
            if current(service) != after or before == after:
                return None
            refused = refusal(Action.CONFIGURE, case) or _not_chosen(before, case, offer)
            return WayBack(Action.CONFIGURE, old, refused)
        case Cancelled(day=day) if service.cancels_on == day:
            return WayBack(Action.UNDO_CANCELLATION, None, refusal(Action.UNDO_CANCELLATION, case))
        case _:
            return None


def _not_chosen(choice: Choice, case: Case, offer: Offer) -> Refusal | None:
    """Why it cannot be chosen any more."""
    if choice.mode is Mode.MANUAL:
        return why_not_manual(case.service)
    return None if choice.period in periods(case.service, offer) else NOT_OFFERED_ANY_MORE()
