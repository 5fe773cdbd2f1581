"""What a new way of renewing changes, and how it is told."""

from dataclasses import replace

from ..events import RenewalConfigured, RenewalWay
from ..service.case import Case
from ..service.service import Service
from .choices import Choice, Offer, current, net_price
from .preview import Preview


def configured(service: Service, choice: Choice, offer: Offer) -> Service:
    """The service from then on. A manual one keeps its period: it is what its reminders will propose."""
    if choice.period is None:
        return replace(service, mode=choice.mode)
    price = net_price(service, choice.period, offer)
    return replace(service, mode=choice.mode, period=choice.period, price=price)


def event_of(now: Case, then: Case, seen: Preview, offer: Offer) -> RenewalConfigured:
    """From how it renews now to the choice of the preview, which was made of ``then``."""
    return RenewalConfigured(
        old=_renewing(now, current(now.service), offer),
        new=_renewing(then, seen.choice, offer),
        currency=now.service.price.currency,
        taxes=now.rules.taxes,
        agreements=tuple(agreement.title for agreement in seen.agreements),
        day=now.service.ends_on,
    )


def _renewing(case: Case, choice: Choice, offer: Offer) -> RenewalWay:
    if choice.period is None:
        return RenewalWay(choice.mode)
    net = net_price(case.service, choice.period, offer)
    return RenewalWay(choice.mode, choice.period, net, case.rules.gross(net))
