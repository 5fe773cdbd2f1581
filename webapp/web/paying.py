"""Whether anything can be paid here, as every page asks that leads to a payment."""

from ..adapters.payments.port import PaymentProvider
from ..domain.billing.order import NOT_PAYABLE
from ..domain.refusals import Refusal, Refused
from ..wiring import payments


def obstacle() -> Refusal | None:
    """Why nothing can be paid, if so."""
    return None if payments() else NOT_PAYABLE()


def provider() -> PaymentProvider:
    """Raises Refused where nothing can be paid."""
    till = payments()
    if till is None:
        raise Refused(NOT_PAYABLE())
    return till
