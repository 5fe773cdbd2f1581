"""Alice pays for what she holds, without a browser."""

from datetime import timedelta

from flask import Flask

from tests.confirming import renewing_looked_at
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import AUDITOR, PAYMENTS
from webapp.domain.service.actions import Action
from webapp.extensions import db
from webapp.models import Attempt, Invoice, LedgerEntry, Order, OrderLine, Term
from webapp.operations.audit import audit
from webapp.operations.desk import Desk
from webapp.operations.orders.lapse import expire_orders
from webapp.operations.payments.ask import ask_due
from webapp.operations.payments.learn import learn
from webapp.operations.payments.pay import begin_charge, begin_payment, discard_order
from webapp.operations.renewal.renew import order_renewal
from webapp.wiring import desk_for, desk_of

BACK = "https://portal.example/orders/1"


class Shop:
    """What one account does, and what the provider and the worker do."""

    def __init__(self, app: Flask, clock: FixedClock, account: int, till: Till | None = None) -> None:
        self.app, self.clock, self.account, self.till = app, clock, account, till or Till()

    def order(self, reference: str, duration: str = "P12M", *together: str, action: Action = Action.ANTICIPATE) -> str:
        with self.app.app_context():
            command = renewing_looked_at(reference, duration, self.desk, together, action)
            db.session.rollback()
            return order_renewal(command, self.desk).order or ""

    def begin(self, code: str) -> str | None:
        with self.app.app_context():
            return begin_payment(code, self.desk, self.till, return_to=BACK, language="en")

    def charge(self, code: str, method: int) -> str | None:
        """Pay with a saved method."""
        with self.app.app_context():
            return begin_charge(code, method, self.desk, self.till, return_to=BACK, language="en")

    def discard(self, code: str) -> None:
        with self.app.app_context():
            discard_order(code, self.desk, self.till)

    def learn(self, key: str) -> None:
        """The provider's books are read to us."""
        with self.app.app_context():
            learn(key, self.till.books[key], desk_for(PAYMENTS))

    def sweep(self, later: timedelta = timedelta(0)) -> None:
        """What the worker does, after that long."""
        self.clock.move_to(self.clock.now() + later)
        with self.app.app_context():
            ask_due(desk_for(PAYMENTS), self.till)
            expire_orders(desk_for(PAYMENTS))

    def differences(self) -> list[str]:
        with self.app.app_context():
            return list(audit(db.session(), desk_for(AUDITOR)).differences)

    @property
    def desk(self) -> Desk:
        return desk_of(self.account)


def standing(world: World) -> dict[str, list[str]]:
    """Everything that was ordered and paid, in short."""
    return {
        "orders": [f"{each.state} {each.gross_minor}" for each in world.all(Order)],
        "attempts": [str(each.state) for each in world.all(Attempt)],
        "claims": [str(each.starts_on) for each in world.all(OrderLine) if each.claiming],
        "bought": [f"{each.starts_on}/{each.ends_on}" for each in world.all(Term) if each.order_line_id],
        "invoices": [f"{each.number} {each.gross_minor}" for each in world.all(Invoice)],
        "credit": [f"{each.reason} {each.minor}" for each in world.all(LedgerEntry)],
    }
