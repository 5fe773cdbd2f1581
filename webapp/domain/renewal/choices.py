"""How a service may renew."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..labels import N_
from ..money import Money, rounded
from ..periods import Period
from ..refusals import Reason, Refusal, Refused
from ..service.catalogue import PriceList
from ..service.service import Mode, Service

MONTHS_A_YEAR = 12
NO_SUCH_CHOICE = Reason("no-such-choice", N_("Choose how this service should renew."))
ALWAYS_AUTOMATIC = Reason(
    "always-automatic",
    N_("Services of this type always renew automatically."),
    N_("Services of these types always renew automatically."),
)
ALREADY_SO = Reason(
    "already-so",
    N_("This service renews this way already."),
    N_("They renew this way already."),
)
NOT_OFFERED_ANY_MORE = Reason("not-offered-any-more", N_("This way of renewing is not offered any more."))
NOT_SOLD = Reason(
    "not-sold",
    N_("There is no price at which this service could renew automatically."),
    N_("There is no price at which they could renew automatically."),
)


NOT_SOLD_SO_OFTEN = Reason(
    "not-sold-so-often",
    N_("There is no price at which this service could renew this often."),
    N_("There is no price at which they could renew this often."),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Manual, or automatic with a period."""

    mode: Mode
    period: Period | None = None

    @property
    def key(self) -> str:
        """How the choice is written in addresses and forms: ``manual`` or the period."""
        return str(self.period or self.mode)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the seller puts before the billing contact."""

    prices: PriceList
    """The product's, in the service's currency."""
    accepted: frozenset[str]
    """Codes of the agreements that contact has accepted already."""


def current(service: Service) -> Choice:
    """How it renews today."""
    mode = service.mode or Mode.MANUAL
    return Choice(mode, service.period if mode is Mode.AUTOMATIC else None)


def choices(service: Service, offer: Offer) -> tuple[Choice, ...]:
    """What this service may be set to, manual first, then the product's periods, shortest first."""
    automatic = tuple(Choice(Mode.AUTOMATIC, period) for period in periods(service, offer))
    return (Choice(Mode.MANUAL), *automatic) if service.product.family.manual_allowed else automatic


def periods(service: Service, offer: Offer) -> list[Period]:
    """What it has a price for, shortest first: the product's periods, and the one it has."""
    return sorted({*offer.prices, *([service.period] if service.period else [])})


def require_choice(key: str, service: Service, offer: Offer) -> Choice:
    """The service's choice with that key. Raises Refused."""
    if choice := choice_named(key, service, offer):
        return choice
    impossible = why_not_manual(service) if key == Mode.MANUAL else None
    raise Refused(impossible or NO_SUCH_CHOICE())


def automatic_choice(service: Service, offer: Offer, often: Period | None = None) -> Choice:
    """With that period, else the one it has, else the shortest that its product is sold for. Raises Refused."""
    if often:
        if often not in periods(service, offer):
            raise Refused(NOT_SOLD_SO_OFTEN())
        return Choice(Mode.AUTOMATIC, often)
    possible = [service.period] if service.period else sorted(offer.prices)
    if not possible:
        raise Refused(NOT_SOLD())
    return Choice(Mode.AUTOMATIC, possible[0])


def choice_named(key: str, service: Service, offer: Offer) -> Choice | None:
    """The service's choice with that key, if it has one."""
    return next((choice for choice in choices(service, offer) if choice.key == key), None)


def net_price(service: Service, period: Period, offer: Offer) -> Money:
    """What one term costs this customer: the price agreed for the present period, else the product's."""
    return service.price if period == service.period else offer.prices[period]


@dataclass(frozen=True, slots=True)
class Rate:
    """A price for a period, beside the others: to compare, never to charge."""

    price: Money
    a_month: Money | None
    """None where it is the price of a month."""
    saved_a_year: Money | None
    """Beside the dearest of them; None where nothing is saved."""


def rates(prices: Mapping[Period, Money]) -> dict[Period, Rate]:
    """What each period costs, all shown alike."""
    yearly = {period: Decimal(price.minor * MONTHS_A_YEAR) / period.months for period, price in prices.items()}
    dearest = max(yearly.values(), default=Decimal(0))
    known = {}
    for period, price in prices.items():
        saved = Money(rounded(dearest - yearly[period]), price.currency)
        a_month = price.over(period.months) if period.months > 1 else None
        known[period] = Rate(price, a_month, saved if saved.minor else None)
    return known


def why_not_manual(service: Service) -> Refusal | None:
    """The reason that the manual choice is missing."""
    if service.product.family.manual_allowed:
        return None
    return ALWAYS_AUTOMATIC()
