"""What renewing services, or paying for them ahead of time, comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ..billing.order import ORDER_OVER
from ..billing.quote import Item, Purpose, Quote
from ..labels import N_
from ..periods import Period
from ..refusals import Reason, Refusal
from ..service.actions import Action, refusal
from ..service.case import Case
from ..service.conditions import BILL_TO_PAY, CANCELLATION_SCHEDULED, TERMINATED
from ..service.service import Availability, Mode, Service, Suspension, running
from .bills import SETTLED_MEANWHILE
from .choices import Offer, net_price, periods
from .terms import next_term, why_not

NOT_SOLD_SO = Reason("not-sold-so", N_("This service cannot be paid for with this duration. Choose another one."))
NOTHING_SOLD = Reason("nothing-sold", N_("There is no duration for which this service could be paid today."))
RENEWED_MEANWHILE = Reason("renewed-meanwhile", N_("The service was paid for meanwhile: this term is bought already."))
OTHER_SELLER = Reason("other-seller", N_("It has another seller or another currency, and needs an order of its own."))
WHY_CREDITED = {
    TERMINATED.code: N_("The service was terminated before the payment arrived."),
    CANCELLATION_SCHEDULED.code: N_("The service was cancelled before the payment arrived."),
    RENEWED_MEANWHILE.code: N_("The service was paid for otherwise before the payment arrived."),
    BILL_TO_PAY.code: N_("A bill for the service came before the payment, and must be paid first."),
    SETTLED_MEANWHILE.code: N_("The bill was settled otherwise before the payment arrived."),
    ORDER_OVER.code: N_("The order was over when the payment arrived."),
}
"""By the code that the ledger keeps."""
PURPOSES = {Action.RENEW: Purpose.RENEW, Action.ANTICIPATE: Purpose.ANTICIPATE}


@dataclass(frozen=True, slots=True)
class Wanted:
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


def quote(wanted: Iterable[Wanted]) -> Quote:
    """What each costs, and why some cannot be had. Later terms keep their period and their price."""
    items, refused = [], []
    for each in wanted:
        judged = judge(each)
        if isinstance(judged, Item):
            items.append(judged)
        else:
            refused.append((each.case.service.reference, judged))
    return Quote(items, refused)


def judge(wanted: Wanted) -> Item | Refusal:
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
    seller, purpose, levies = case.rules.portal.code, PURPOSES[action], case.rules.levies(net)
    return Item(service.reference, seller, purpose, wanted.duration, term.start, term.end, net, levies)


def closest(duration: Period, among: list[Period]) -> Period:
    """For a companion: the same duration, else the longest shorter one, else the shortest that there is."""
    return max((each for each in among if each <= duration), default=min(among))


def why_credited(case: Case, start: date) -> Refusal | None:
    """Why a term that was paid for is not given: something happened to the service while it was being paid.

    Who asks makes no difference any more; the money becomes credit, and nothing is lost.
    """
    service = case.service
    if service.availability is Availability.TERMINATED:
        return TERMINATED()
    if service.cancels_on:
        return CANCELLATION_SCHEDULED(day=service.cancels_on)
    if service.ends_on != start:
        return RENEWED_MEANWHILE()
    return BILL_TO_PAY() if service.amount_due else None


def paid_until(case: Case, end: date) -> Service:
    """The service once it is paid for until then: one that had lapsed is there again."""
    service = replace(case.service, ends_on=end)
    return running(service) if service.suspension is Suspension.EXPIRED and end > case.today else service
