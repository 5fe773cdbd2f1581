"""How a service may renew, and what each choice leads to before anyone confirms it."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ..labels import N_
from ..law.contracts import Agreement
from ..money import Money
from ..periods import Period, after
from ..service.actions import Refusal, Situation
from ..service.catalogue import PriceList
from ..service.service import Mode, Service

DEBITS_SHOWN = 3


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


@dataclass(frozen=True, slots=True)
class Debit:
    """One future payment: the day it is taken, the term it pays, the amount with tax."""

    on: date
    start: date
    end: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Preview:
    choice: Choice
    debits: tuple[Debit, ...]
    expires_on: date | None
    """For a manual choice: the day it lapses unless someone renews it."""
    agreements: tuple[Agreement, ...]
    """Still to be accepted for this choice."""
    obstacle: Refusal | None
    """Why the choice cannot be confirmed as things stand."""
    price_given_up: Money | None
    """The net price agreed with this customer that another period does not have."""


def current(service: Service) -> Choice:
    """How it renews today."""
    mode = service.mode or Mode.MANUAL
    return Choice(mode, service.period if mode is Mode.AUTOMATIC else None)


def choices(service: Service, offer: Offer) -> tuple[Choice, ...]:
    """What this service may be set to, manual first, then the product's periods, shortest first."""
    periods = sorted({*offer.prices, *([service.period] if service.period else [])})
    automatic = tuple(Choice(Mode.AUTOMATIC, period) for period in periods)
    return (Choice(Mode.MANUAL), *automatic) if service.product.family.manual_allowed else automatic


def net_price(service: Service, period: Period, prices: PriceList) -> Money:
    """What one term costs this customer: the price agreed for the present period, else the product's."""
    return service.price if period == service.period else prices[period]


def choice_named(key: str, service: Service, offer: Offer) -> Choice | None:
    """The service's choice with that key, if it has one."""
    return next((choice for choice in choices(service, offer) if choice.key == key), None)


def why_not_manual(service: Service) -> Refusal | None:
    """The reason that the manual choice is missing."""
    if service.product.family.manual_allowed:
        return None
    return Refusal("always-automatic", N_("Services of this type always renew automatically."))


def preview(service: Service, choice: Choice, offer: Offer, situation: Situation) -> Preview:
    """What the choice would lead to, seen from today."""
    if choice.period is None:
        return Preview(choice, (), service.ends_on, (), None, None)
    amount = situation.rules.gross(net_price(service, choice.period, offer.prices))
    return Preview(
        choice,
        debits(service, choice.period, amount, situation.today),
        None,
        missing_agreements(offer, situation),
        obstacle(service, situation),
        price_given_up(service, choice, offer),
    )


def price_given_up(service: Service, choice: Choice, offer: Offer) -> Money | None:
    """A price below the product's holds for the present period only."""
    listed = offer.prices.get(service.period) if service.period else None
    if choice.period == service.period or listed is None or service.price.minor >= listed.minor:
        return None
    return service.price


def debits(service: Service, period: Period, amount: Money, today: date) -> tuple[Debit, ...]:
    """The next payments: on the first day of each term, or today where that day has passed."""
    if service.ends_on is None:
        return ()
    anchor_day = service.anchor_day or service.ends_on.day
    starts = [service.ends_on] + [
        after(service.ends_on, period, anchor_day=anchor_day, times=times) for times in range(1, DEBITS_SHOWN + 1)
    ]
    return tuple(Debit(max(start, today), start, end, amount) for start, end in pairwise(starts))


def missing_agreements(offer: Offer, situation: Situation) -> tuple[Agreement, ...]:
    """What the contract wants accepted before automatic renewal and the billing contact has not accepted yet."""
    return tuple(each for each in situation.rules.agreements if each.code not in offer.accepted)


def obstacle(service: Service, situation: Situation) -> Refusal | None:
    """Turning automatic renewal on may demand a payment method; staying automatic never does."""
    if service.mode is Mode.AUTOMATIC or not situation.rules.method_needed_for_automatic:
        return None
    if situation.method is None or not situation.method.usable_on(situation.today):
        return Refusal(
            "no-valid-method",
            N_("Automatic renewal needs a valid default payment method, and there is none on this account."),
        )
    return None
