"""How something is paid here, as every page asks that leads to a payment."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..adapters.payments.port import PaymentProvider
from ..domain.actors import Scope
from ..domain.billing.order import NOT_PAYABLE
from ..domain.billing.settlement import Means, Part, plan
from ..domain.methods import CANNOT_BE_DEBITED, MethodKind
from ..domain.money import Money
from ..domain.refusals import Refusal, Refused
from ..domain.service.reasons import BEYOND_PANEL
from ..extensions import db
from ..models import PaymentMethod
from ..models.payment import LONGEST_RETURN
from ..operations.ledger import balance
from ..operations.methods.find import today_of, usable
from ..operations.payments.pay import begin_charge, begin_payment
from ..wiring import payments
from . import access
from .addresses import address_of
from .reader import reader
from .viewing import CameFrom, desk

ADDING = {"add-card": MethodKind.CARD, "add-debit": MethodKind.SEPA_DEBIT, "add-wallet": MethodKind.PAYPAL}
"""What buttons do that leave another method at the provider."""
PAGE, BALANCE = "page", "balance"
"""What forms send instead of a saved method: for the provider’s page, and where the balance pays all of it."""


@dataclass(frozen=True, slots=True)
class WaysToPay:
    """The saved methods that can be debited, and which of them is chosen; None is the provider’s page."""

    methods: Sequence[PaymentMethod]
    chosen: int | None
    from_balance: Money | None = None
    """How much of it the balance pays first, if any."""
    rest: Money | None = None
    """What is left then."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen in a form."""

    method: int | None
    at_once: bool
    """Whether ordering is paying."""


def obstacle() -> Refusal | None:
    """Why nothing can be paid, if so."""
    if Scope.PAY not in desk().scopes:
        return BEYOND_PANEL()
    return None if payments() else NOT_PAYABLE()


def provider() -> PaymentProvider:
    """Raises Refused where nothing can be paid."""
    till = payments()
    if till is None:
        raise Refused(NOT_PAYABLE())
    return till


def ways_to_pay(wanted: str | None = None, due: Money | None = None, portal: str = "") -> WaysToPay:
    """Where that much is due to that seller; the default is chosen where nothing else is wanted."""
    session = db.session()
    methods = usable(session, access.account().id, today_of(session, desk()))
    first = methods[0].id if methods and methods[0].is_default else None
    named = next((each.id for each in methods if str(each.id) == wanted), None)
    parts = {part.means: part.amount for part in funds(due, portal)} if due else {}
    return WaysToPay(methods, named if wanted else first, parts.get(Means.BALANCE), parts.get(Means.CHECKOUT))


def funds(due: Money, portal: str) -> Sequence[Part]:
    """By what so much is paid to that seller."""
    return plan(due, (), balance=balance(db.session(), access.account().id, (portal, due.currency)))


def wanted_means(wanted: str | None) -> Wanted:
    """Raises Refused where the method that was chosen cannot be debited any more."""
    if not wanted or wanted in (PAGE, BALANCE):
        return Wanted(None, at_once=wanted == BALANCE)
    chosen = ways_to_pay(wanted).chosen
    if chosen is None:
        raise Refused(CANNOT_BE_DEBITED())
    return Wanted(chosen, at_once=True)


def to_the_provider(code: str, came: CameFrom, method: int | None = None) -> str:
    """Begin to pay that order: the address of the provider’s page, or, where it has none to show, of what came of it.

    With a saved method its bank may have a page to show. Raises NoSuchOrder, Refused.
    """
    back = access.comes_back_to(address_of("orders.result", code=code, back=came.query or None, _external=True))
    if len(back) > LONGEST_RETURN:
        back = address_of("orders.result", code=code, _external=True)
    speaks = reader().language
    if method is None:
        address = begin_payment(code, desk(), provider(), return_to=back, language=speaks)
    else:
        address = begin_charge(code, method, desk(), provider(), return_to=back, language=speaks)
    return address or address_of("orders.result", code=code, back=came.query or None)


def paid_at_once(code: str, came: CameFrom, wanted: Wanted) -> str:
    """Where somebody is led who has ordered: to the order, or to what came of debiting their method.

    The order says what it lacks where it cannot be paid yet.
    """
    if not wanted.at_once:
        return address_of("orders.show", code=code, back=came.query or None)
    try:
        return to_the_provider(code, came, wanted.method)
    except Refused:
        return address_of("orders.show", code=code, back=came.query or None)
