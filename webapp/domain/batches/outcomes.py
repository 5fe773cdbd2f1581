"""What a batch comes to for one service: decided by the same functions as for one alone."""

from dataclasses import dataclass, replace

from ..periods import Period
from ..refusals import Refusal, Refused
from ..renewal.align import NO_SUCH_DAY, Target, align, movable
from ..renewal.cancellation import Cancellation, Undoing, cancellation, undoing
from ..renewal.choices import ALREADY_SO, Choice, Offer, automatic_choice, current, require_choice
from ..renewal.configured import configured
from ..renewal.preview import preview
from ..renewal.renewing import NOT_SOLD_SO, RenewalWish, judge
from ..service.case import Case
from ..service.service import Mode, Service
from .planned import DeclaredPlan, OrderPlan, RenewalPlan
from .states import CHANGED_SINCE


@dataclass(frozen=True, slots=True)
class Wish:
    """What a batch is to do with one service, which the rules of its single action allow."""

    case: Case
    offer: Offer
    duration: Period | None = None
    """How long it is to be paid for, or how often it is to renew, where the batch says so."""
    target: Target | None = None
    """The day of the month that the batch aims at."""
    before: Service | None = None
    """The service as it is to be again, where a batch is put back."""
    touched: bool = False
    """Whether somebody has changed it since the batch that is undone."""


def manual(wish: Wish) -> RenewalPlan:
    return _renewing(wish, require_choice(Mode.MANUAL, wish.case.service, wish.offer))


def automatic(wish: Wish) -> RenewalPlan:
    """As often as the batch says, else as it has it."""
    return _payable(_renewing(wish, automatic_choice(wish.case.service, wish.offer, wish.duration)))


def as_before(wish: Wish) -> RenewalPlan:
    """Exactly as it was, the price agreed with the customer included. Raises Refused where it was changed since."""
    _untouched(wish)
    after = wish.before or wish.case.service
    then = replace(wish.case, service=replace(after, mode=wish.case.service.mode))
    return _payable(_planned(wish, then, current(after), after))


def ended(wish: Wish) -> DeclaredPlan:
    return _declared(wish, cancellation(wish.case))


def kept(wish: Wish) -> DeclaredPlan:
    _untouched(wish)
    return _declared(wish, undoing(wish.case))


def ordered(wish: Wish) -> OrderPlan:
    """For as long as the batch says, else for its own period."""
    duration = wish.duration or wish.case.service.period
    judged = judge(RenewalWish(wish.case, wish.offer, duration)) if duration else NOT_SOLD_SO()
    if isinstance(judged, Refusal):
        raise Refused(judged)
    return OrderPlan(wish.case, judged)


def aligned(wish: Wish) -> OrderPlan:
    judged = align(wish.case, wish.target) if wish.target else NO_SUCH_DAY()
    if isinstance(judged, Refusal):
        raise Refused(judged)
    return OrderPlan(wish.case, judged)


def cannot_be_moved(case: Case) -> Refusal | None:
    """Before a day is chosen: why it could not be moved to any."""
    moved = movable(case)
    return moved if isinstance(moved, Refusal) else None


def _renewing(wish: Wish, choice: Choice) -> RenewalPlan:
    case = wish.case
    if choice == current(case.service):
        raise Refused(ALREADY_SO())
    return _planned(wish, case, choice, configured(case.service, choice, wish.offer))


def _planned(wish: Wish, then: Case, choice: Choice, after: Service) -> RenewalPlan:
    return RenewalPlan(wish.case, then, preview(then, choice, wish.offer), wish.offer, after)


def _payable(plan: RenewalPlan) -> RenewalPlan:
    if plan.seen.obstacle:
        raise Refused(plan.seen.obstacle)
    return plan


def _declared(wish: Wish, seen: Cancellation | Undoing | None) -> DeclaredPlan:
    if seen is None:
        raise ValueError(f"{wish.case.service.reference} was allowed to end, or to be kept, without a term")
    return DeclaredPlan(wish.case, seen)


def _untouched(wish: Wish) -> None:
    if wish.touched:
        raise Refused(CHANGED_SINCE())
