"""What demo-fr has ordered lately, by the way that customers do; the last order still waits."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from ..domain.actors import ORDERS, PAYMENTS, Person
from ..domain.billing.payment import Return, Standing, Statement
from ..domain.confirmation import Confirmed
from ..domain.periods import Period
from ..domain.renewal.renewing import action_for
from ..extensions import db
from ..models import Account, Product, Service
from ..operations.desk import Desk
from ..operations.orders.lapse import expire_orders
from ..operations.payments.learn import learn
from ..operations.payments.pay import begin_payment, discard_order
from ..operations.renewal.renew import OrderRenewal, order_renewal, renewing
from ..rules.loader import Rules
from .till import Till

BUYER = "demo-fr"
YEAR, QUARTER, MONTH = Period(12), Period(3), Period(1)


def pay(code: str, desk: Desk) -> None:
    begin_payment(code, desk, Till(Standing.SUCCEEDED), return_to="", language="fr")


def discard(code: str, desk: Desk) -> None:
    discard_order(code, desk, None)


def pay_too_late(code: str, desk: Desk) -> None:
    """The order was given up while the bank was still at it."""
    till = Till(Standing.WAITING)
    begin_payment(code, desk, till, return_to="", language="fr")
    discard_order(code, desk, till)
    for key, statement in till.books.items():
        learn(key, Statement(Standing.SUCCEEDED, statement.reference, statement.amount), desk)


def pay_and_lose(code: str, desk: Desk) -> None:
    """The bank returned the debit after it had succeeded."""
    till = Till(Standing.SUCCEEDED)
    begin_payment(code, desk, till, return_to="", language="fr")
    for key, paid in till.books.items():
        lost = replace(paid, standing=Standing.RETURNED, returned=Return.DEBIT)
        learn(key, lost, replace(desk, actor=PAYMENTS))


def pay_slowly(code: str, desk: Desk) -> None:
    """The bank takes its time."""
    begin_payment(code, desk, Till(Standing.SETTLING), return_to="", language="fr")


def leave(code: str, desk: Desk) -> None:
    """Nobody pays it."""


@dataclass(frozen=True, slots=True)
class Past:
    ago: timedelta
    name: str
    """Of the service, as it is displayed."""
    product: str
    duration: Period
    then: Callable[[str, Desk], None]


HISTORY = (
    Past(timedelta(days=61), "Archives 2012–2019", "grenier-archive", QUARTER, pay),
    Past(timedelta(days=33), "Fonds photographique", "domain-example", YEAR, leave),
    Past(timedelta(days=20), "Sauvegarde des photos brutes", "grenier-4000", YEAR, pay),
    Past(timedelta(days=6), "Carnet d’Islande", "domain-example", YEAR, discard),
    Past(timedelta(days=2), "Nuage personnel", "brindille-4", MONTH, pay_and_lose),
    Past(timedelta(days=1), "Serveur de rendu", "chene-32", MONTH, pay_too_late),
    Past(timedelta(hours=5), "Agent de sauvegarde", "palimpseste", YEAR, pay_slowly),
    Past(timedelta(hours=2), "Messagerie du studio", "colombe-5", YEAR, leave),
)


def live(past: Past, at: datetime, rules: Rules) -> None:
    """Order it, and what came of that; what waited for too long by then is given up."""
    desk = buyer_at(at, rules)
    expire_orders(Desk(ORDERS, at, rules, at))
    past.then(_ordered(past, desk), desk)


def buyer_at(at: datetime, rules: Rules) -> Desk:
    buyer = db.session.scalars(select(Account.id).where(Account.handle == BUYER)).one()
    return Desk(Person(buyer), at, rules, at)


def _ordered(past: Past, desk: Desk) -> str:
    query = select(Service.reference).join(Product, Product.id == Service.product_id)
    reference = db.session.scalars(query.where(Service.display_name == past.name, Product.code == past.product)).one()
    seen = renewing(db.session(), reference, desk)
    held = seen.asked.held
    confirmed = Confirmed.of(held.row.version, seen.facts)
    wanted = OrderRenewal(reference, action_for(held.case.service), past.duration, frozenset(), confirmed)
    return order_renewal(wanted, desk).order or ""
