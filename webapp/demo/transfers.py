"""What banks still had on its way when the demo was loaded: it goes on at the sandbox."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from ..domain.billing.payment import AttemptState, PaymentRequest
from ..models import Attempt, Order
from ..operations.payments.pay import wanted_of
from ..operations.transaction import writing
from .till import Till
from .year import TRANSFER

Take = Callable[[str, Mapping[str, Any], float], None]
"""Write down a payment by its key, with what is wanted and the seconds after which it settles; often or once."""


def hand_over(take: Take, provider: str) -> None:
    """It is asked about there from now on, and settles when as many days have passed as banks take."""
    on_its_way = (Attempt.provider == Till.name, Attempt.state == AttemptState.PENDING)
    with writing() as session:
        for attempt, order in session.execute(select(Attempt, Order).join(Order).where(*on_its_way)).all():
            take(attempt.key, _told(wanted_of(attempt, order)), TRANSFER.total_seconds())
            attempt.provider = provider


def _told(wanted: PaymentRequest) -> Mapping[str, Any]:
    texts = {"title": wanted.title, "return_to": wanted.return_to, "language": wanted.language}
    return {"amount": wanted.amount.minor, "currency": wanted.amount.currency, **texts}
