"""What a new way of renewing changes, and how it is told."""

from collections.abc import Mapping
from typing import Any

from ..events import RenewalConfigured, Renewing
from ..service.case import Case
from .choices import Choice, Offer, current, net_price
from .preview import Preview


def new_values(case: Case, choice: Choice, offer: Offer) -> Mapping[str, Any]:
    """The service's values from then on. A manual service keeps its period: it is what its reminders will propose."""
    if choice.period is None:
        return {"mode": choice.mode}
    price = net_price(case.service, choice.period, offer)
    return {"mode": choice.mode, "period": choice.period, "price_minor": price.minor}


def event_of(now: Case, then: Case, seen: Preview, offer: Offer) -> RenewalConfigured:
    """From how it renews now to the choice of the preview, which was made of ``then``."""
    return RenewalConfigured(
        old=_renewing(now, current(now.service), offer),
        new=_renewing(then, seen.choice, offer),
        currency=now.service.price.currency,
        taxes=now.rules.taxes,
        agreements=tuple(agreement.title for agreement in seen.agreements),
    )


def _renewing(case: Case, choice: Choice, offer: Offer) -> Renewing:
    if choice.period is None:
        return Renewing(choice.mode)
    net = net_price(case.service, choice.period, offer)
    return Renewing(choice.mode, choice.period, net, case.rules.gross(net))
