"""What renewing services, or paying for them ahead of time, comes to."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..billing.quote import Item, Purpose, Quote
from ..facts import DayOfMonth, Facts, Stretch, given
from ..labels import N_
from ..periods import Period
from ..refusals import Reason, Refusal
from ..service.actions import Action, refusal
from ..service.case import Case
from ..service.ending import in_redemption, restore_fee
from ..service.service import Mode, Service
from .choices import Offer, net_price, periods
from .terms import next_term, why_not

NOT_SOLD_SO = Reason(
    "not-sold-so",
    N_("This service cannot be paid for with this duration. Choose another one."),
    N_("They cannot be paid for with this duration. Choose another one."),
)
NOTHING_SOLD = Reason(
    "nothing-sold",
    N_("There is no duration for which this service could be paid today."),
    N_("There is no duration for which they could be paid today."),
)
OTHER_SELLER = Reason(
    "other-seller",
    N_("It has another seller or another currency, and needs an order of its own."),
    N_("They have other sellers or other currencies, and need orders of their own."),
)
PURPOSES = {Action.RENEW: Purpose.RENEW, Action.ANTICIPATE: Purpose.ANTICIPATE}


@dataclass(frozen=True, slots=True)
class RenewalWish:
    """One service and how long it is to be paid for."""

    case: Case
    offer: Offer
    duration: Period


def action_for(service: Service) -> Action:
    """How somebody pays for its next term: a manual service is renewed, an automatic one paid ahead."""
    return Action.ANTICIPATE if service.mode is Mode.AUTOMATIC else Action.RENEW


def durations(case: Case, offer: Offer) -> list[tuple[Period, Refusal | None]]:
    """What it has a price for, shortest first; each with the reason where it cannot be paid for that long now."""
    terms = ((duration, next_term(case.service, duration)) for duration in periods(case.service, offer))
    return [(duration, why_not(case, term)) for duration, term in terms if term]


def quote(wanted: Iterable[RenewalWish]) -> Quote:
    """What each costs, and why some cannot be had. Later terms keep their period and their price."""
    items, refused = [], []
    for each in wanted:
        judged = judge(each)
        if isinstance(judged, Item):
            items.append(judged)
        else:
            refused.append((each.case.service.reference, judged))
    return Quote(items, refused)


def judge(wanted: RenewalWish) -> Item | Refusal:
    """One row of the quote, or why there is none."""
    case, service = wanted.case, wanted.case.service
    action = action_for(service)
    if refused := refusal(action, case):
        return refused
    if wanted.duration not in periods(service, wanted.offer):
        return NOT_SOLD_SO()
    term = next_term(service, wanted.duration)
    if term is None or term.start is None:
        return NOTHING_SOLD()
    if unfit := why_not(case, term):
        return unfit
    net = net_price(service, wanted.duration, wanted.offer)
    fee = restore_fee(service) if in_redemption(service, case.today) else None
    net = net + fee if fee else net
    seller, purpose, levies = case.rules.portal.code, PURPOSES[action], case.rules.levies(net)
    days = (term.start, term.end)
    return Item(service.reference, seller, purpose, wanted.duration, *days, net, levies, restore_fee=fee)


def shown_item(item: Item) -> Facts:
    """What it is shown with, as the facts that a confirmation binds to."""
    day = DayOfMonth(item.anchor_day) if item.anchor_day else None
    return given(term=Stretch(item.start, item.end), amount=item.gross, day=day)


def closest(duration: Period, among: list[Period]) -> Period:
    """For a companion: the same duration, else the longest shorter one, else the shortest that there is."""
    return max((each for each in among if each <= duration), default=min(among))
