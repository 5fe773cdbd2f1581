"""What each way of renewing leads to, before anyone confirms it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import islice

from ..billing.settlement import Fund, order_of_funds
from ..facts import DebitDay, Facts, Method, Stretch, given
from ..labels import N_
from ..law.contracts import Agreement
from ..money import Money
from ..periods import Period
from ..refusals import Reason, Refusal, Refused
from ..service.case import Case
from ..service.service import Mode, Service
from .choices import Choice, Offer, net_price
from .terms import following

DEBITS_SHOWN = 3
NO_VALID_METHOD = Reason(
    "no-valid-method", N_("Automatic renewal needs a valid default payment method, and there is none on this account.")
)
AGREEMENT_UNREADABLE = Reason(
    "agreement-unreadable",
    N_("An agreement has to be accepted first, and its text is not available here. Contact support."),
    N_("An agreement has to be accepted first, and its text is not available here."),
)
AGREEMENT_MISSING = Reason("agreement-missing", N_("Accept the agreement to let this service renew automatically."))


@dataclass(frozen=True, slots=True)
class Debit:
    """One future payment: the day it is taken, the term it pays, the amount with tax."""

    on: date
    start: date
    end: date
    amount: Money
    of_days: int | None = None
    """How long the whole term is of which it pays a part; None where it pays all of it."""


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
    """The price agreed with this customer that another period does not have, as prices are shown to them."""


def preview(case: Case, choice: Choice, offer: Offer) -> Preview:
    """What the choice would lead to, seen from today."""
    service = case.service
    if choice.period is None:
        return Preview(choice, (), service.ends_on, (), None, None)
    amount, missing = case.rules.gross(net_price(service, choice.period, offer)), missing_agreements(case, offer)
    unreadable = any(agreement.wording is None for agreement in missing)
    return Preview(
        choice,
        debits(service, choice.period, amount, case.today),
        None,
        missing,
        obstacle(case) or (AGREEMENT_UNREADABLE() if unreadable else None),
        price_given_up(case, choice, offer),
    )


def shown(seen: Preview, case: Case) -> Facts:
    """What the preview tells, as the facts that a confirmation binds to."""
    going = bool(seen.debits)
    return given(
        debits=tuple(DebitDay(debit.on, Stretch(debit.start, debit.end)) for debit in seen.debits),
        amount=seen.debits[0].amount if going else None,
        taxes=case.rules.taxes if going else None,
        method=_method(seen, case),
        expires=seen.expires_on,
        agreements=tuple(map(_version, case.rules.agreements)) if going else None,
        price_given_up=seen.price_given_up,
    )


def pays(seen: Preview, case: Case) -> bool:
    """Whether the first debit can be tried; where it cannot, a bill is sent."""
    return bool(seen.debits) and Fund.METHOD in order_of_funds(seen.debits[0].on, case.method)


def _method(seen: Preview, case: Case) -> Method | None:
    return Method(case.method.kind, case.method.label) if case.method and pays(seen, case) else None


def _version(agreement: Agreement) -> str:
    """Demanded whether or not it was accepted before, so that accepting it elsewhere meanwhile changes nothing."""
    return f"{agreement.code}@{agreement.wording.version if agreement.wording else ''}"


def price_given_up(case: Case, choice: Choice, offer: Offer) -> Money | None:
    """A price below the product's holds for the present period only."""
    service = case.service
    listed = offer.prices.get(service.period) if service.period else None
    if choice.period == service.period or listed is None or service.price.minor >= listed.minor:
        return None
    return case.rules.shown(service.price)


def debits(service: Service, period: Period, amount: Money, today: date) -> tuple[Debit, ...]:
    """The next payments: on the first day of each term, or today where that day has passed."""
    if service.ends_on is None:
        return ()
    terms = islice(following(service.ends_on, service.anchor_day, period), DEBITS_SHOWN)
    return tuple(Debit(max(start, today), start, end, amount) for start, end in terms)


def missing_agreements(case: Case, offer: Offer) -> tuple[Agreement, ...]:
    """What the contract wants accepted before automatic renewal and the billing contact has not accepted yet."""
    return tuple(each for each in case.rules.agreements if each.code not in offer.accepted)


def obstacle(case: Case) -> Refusal | None:
    """Turning automatic renewal on may demand a payment method; staying automatic never does."""
    if case.service.mode is Mode.AUTOMATIC or not case.rules.method_needed_for_automatic:
        return None
    if case.method is None or not case.method.usable_on(case.today):
        return NO_VALID_METHOD()
    return None


def require_agreed(seen: Preview, agreed: Collection[str]) -> None:
    """Raises Refused where something stands in the way, or an agreement of the preview is not among the accepted."""
    if seen.obstacle:
        raise Refused(seen.obstacle)
    if any(agreement.code not in agreed for agreement in seen.agreements):
        raise Refused(AGREEMENT_MISSING())
