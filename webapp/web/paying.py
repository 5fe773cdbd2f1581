"""Whether anything can be paid here, as every page asks that leads to a payment."""

from ..adapters.payments.port import PaymentProvider
from ..domain.billing.order import NOT_PAYABLE
from ..domain.refusals import Refusal, Refused
from ..models.payment import LONGEST_RETURN
from ..operations.payments.pay import begin_payment
from ..wiring import payments
from .addresses import address_of
from .reader import reader
from .viewing import CameFrom, desk


def obstacle() -> Refusal | None:
    """Why nothing can be paid, if so."""
    return None if payments() else NOT_PAYABLE()


def provider() -> PaymentProvider:
    """Raises Refused where nothing can be paid."""
    till = payments()
    if till is None:
        raise Refused(NOT_PAYABLE())
    return till


def to_the_provider(code: str, came: CameFrom) -> str:
    """Begin to pay that order: the address of the provider’s page, or, where it has none to show, of what came of it.

    Raises NoSuchOrder, Refused.
    """
    back = address_of("orders.result", code=code, back=came.query or None, _external=True)
    if len(back) > LONGEST_RETURN:
        back = address_of("orders.result", code=code, _external=True)
    address = begin_payment(code, desk(), provider(), return_to=back, language=reader().language)
    return address or address_of("orders.result", code=code, back=came.query or None)
