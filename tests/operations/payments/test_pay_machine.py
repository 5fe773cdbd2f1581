"""Whatever customers, banks, imports and faults do in whatever order: paid once, given once, nothing lost."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.confirming import leaving_looked_at, renewing_looked_at, returning_looked_at
from tests.conftest import NOON, empty_tables
from tests.operations.inventory.inventory import ACCOUNT, PRODUCT, SERVICE, Inventory
from tests.provider import Killed, Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import AUDITOR, PAYMENTS
from webapp.domain.billing.invoice import DocumentKind
from webapp.domain.billing.ledger import PayoutState
from webapp.domain.billing.order import OrderState
from webapp.domain.billing.payment import TAKEN, AttemptState, Failure, Standing, Statement
from webapp.domain.billing.settlement import Means
from webapp.domain.confirmation import ShownOtherwise
from webapp.domain.money import Money
from webapp.domain.periods import Period, after
from webapp.domain.refusals import Refused
from webapp.domain.renewal.renewing import action_for
from webapp.extensions import db
from webapp.models import (
    Account,
    Attempt,
    Invoice,
    InvoiceLine,
    LedgerEntry,
    Order,
    PaymentMethod,
    Payout,
    Service,
    Term,
)
from webapp.operations.audit import audit
from webapp.operations.change import ChangedMeanwhile
from webapp.operations.desk import Desk
from webapp.operations.inventory import ImportRefused
from webapp.operations.invoices.bills import IS_BILL, open_minor
from webapp.operations.orders.for_bills import order_all
from webapp.operations.orders.lapse import expire_orders
from webapp.operations.orders.top_up import top_up
from webapp.operations.payments.ask import ask_again, ask_before_showing, ask_due
from webapp.operations.payments.learn import learn
from webapp.operations.payments.pay import begin_charge, begin_payment, discard_order
from webapp.operations.payouts import ask_back, settle_payout
from webapp.operations.renewal.cancel import cancel_service
from webapp.operations.renewal.renew import OrderRenewal, order_renewal, renewing
from webapp.operations.renewal.undo import undo_cancellation
from webapp.wiring import desk_for, desk_of

T = TypeVar("T")
SITE = {"name": "shop.example", "price": "20", "owner": "alice"}
SUSPENDED = {"mode": "manual", "state": "suspended", "suspension": "expired", "suspended": "2026-11-10"}
SUSPENDED |= {"start": "2025-11-10", "expiry": "2026-11-10"}
SERVICES = {
    "hosting": SERVICE | SITE | {"reference": "hosting", "product": "host"},
    "domain": SERVICE | SITE | {"reference": "domain", "expiry": "2026-12-31", "start": "2025-12-31", "mode": "manual"},
    "lapsed": SERVICE | SITE | SUSPENDED | {"reference": "lapsed", "product": "host", "name": "old.example"},
}
NAMES = tuple(SERVICES)
NAME = st.sampled_from(NAMES)
DURATION = st.sampled_from(["P1M", "P12M"])
CHOICE = st.sampled_from([0, 0, 0, 1, 2, 3])
FAULT = st.sampled_from(["none", "none", "silent", "killed"])
OUTCOMES = {
    "pay": (Standing.SUCCEEDED, None),
    "refuse": (Standing.FAILED, Failure.REFUSED),
    "later": (Standing.SETTLING, None),
}
UNDECIDED = (Standing.WAITING, Standing.SETTLING)
CARD = {"payment_kind": "card", "payment_label": "Visa 4242", "payment_reference": "pm-1"}
TOLD = (Refused, ChangedMeanwhile, ShownOtherwise)


def lately(things: list[T], which: int) -> T:
    """The last one, or one of the few before it."""
    return things[-1 - which % len(things)]


class Counter(RuleBasedStateMachine):
    """Keeps nothing but what people still have in their hands: forms they looked at, statements that were sent."""

    app: ClassVar[Flask]
    world: ClassVar[World]
    clock: ClassVar[FixedClock]
    folder: ClassVar[Path]

    @initialize()
    def open(self) -> None:
        self.till = Till()
        self.forms: list[OrderRenewal] = []
        self.codes: list[str] = []
        self.statements: list[tuple[str, Statement]] = []
        with self.app.app_context():
            db.session.remove()
            empty_tables()
            self.clock.move_to(NOON)
            self.inventory = Inventory(self.folder)
            prices = ({"period": "P1M", "price": "1.13"}, {"period": "P1Y", "price": "9.99"})
            self.inventory.rows("products", *(PRODUCT | each for each in prices))
            host = {"product": "host", "name": "Host", "family": "hosting"}
            self.inventory.rows("products", *(PRODUCT | host | each for each in prices))
            self.inventory.rows("accounts", ACCOUNT | CARD)
            self.inventory.rows("services", *SERVICES.values())
            self.alice = db.session.query(Account.id).scalar()
            self.card = db.session.query(PaymentMethod.id).scalar()
            self.opened = dict(db.session.query(Service.reference, Service.ends_on))
            self.anchors = dict(db.session.query(Service.reference, Service.anchor_day))
            db.session.remove()

    @property
    def desk(self) -> Desk:
        return desk_of(self.alice)

    @rule(name=NAME, duration=DURATION, together=st.sets(NAME), at_once=st.booleans())
    def look(self, name: str, duration: str, together: set[str], at_once: bool) -> None:
        with self.app.app_context():
            seen = renewing(db.session(), name, self.desk)
            action = action_for(seen.asked.held.case.service)
            wanted = together & {each.known.reference for each in seen.companions}
            self.forms.append(renewing_looked_at(name, duration, self.desk, wanted, action))
        if at_once:
            self._order(self.forms[-1])

    @precondition(lambda self: self.forms)
    @rule(which=CHOICE)
    def order(self, which: int) -> None:
        """A form that somebody looked at, just now or long ago, for the first time or again."""
        self._order(lately(self.forms, which))

    def _order(self, form: OrderRenewal) -> None:
        with self.app.app_context(), suppress(*TOLD):
            quoted = renewing(db.session(), form.reference, self.desk).quote(form.duration or Period(1), form.together)
            placed = order_renewal(form, self.desk)
            order = db.session.query(Order).filter_by(code=placed.order).one()
            assert order.gross == quoted.parts[0].gross
            self.codes += [placed.order] if placed.order and placed.new else []

    @rule(minor=st.integers(500, 3000))
    def top_up(self, minor: int) -> None:
        """An order like any other, and what it adds pays for others from then on."""
        with self.app.app_context(), suppress(Refused):
            placed = top_up(Money(minor, "EUR"), self.desk)
            self.codes += [placed.code] if placed.new else []

    @rule(settled=st.sampled_from([None, PayoutState.PAID, PayoutState.REFUSED, PayoutState.WITHDRAWN]))
    def ask_back(self, settled: PayoutState | None) -> None:
        """All that is on the balance, which an operator pays back, or does not."""
        with self.app.app_context(), suppress(Refused):
            code = ask_back(("FR", "EUR"), self.desk)
            if settled:
                settle_payout(code, settled, "", self.desk)

    @staticmethod
    def _accounted_for() -> int:
        """What was given for money and not taken back, is on the balance, was asked back, or waits for its rest."""
        sold = db.session.query(Invoice.gross_minor).where(Invoice.kind == DocumentKind.INVOICE)
        given = sum(minor for (minor,) in sold)
        still = sum(minor for (minor,) in db.session.query(open_minor(InvoiceLine)).join(Invoice).where(IS_BILL))
        owed = sum(minor for (minor,) in db.session.query(LedgerEntry.minor))
        out = db.session.query(Payout.minor).where(Payout.state.in_([PayoutState.ASKED, PayoutState.PAID]))
        spent = db.session.query(Attempt.minor).join(Order).where(Order.state == OrderState.OPEN)
        held = spent.where(Attempt.means == Means.BALANCE)
        return given + owed - still + sum(minor for (minor,) in [*out, *held])

    @precondition(lambda self: self.codes)
    @rule(which=CHOICE, fault=FAULT)
    def pay(self, which: int, fault: str) -> None:
        code = lately(self.codes, which)
        with self.app.app_context(), suppress(Killed, *TOLD), self._suffering(fault):
            begin_payment(code, self.desk, self.till, return_to="https://x.example", language="en")

    @precondition(lambda self: self.codes)
    @rule(which=CHOICE, fault=FAULT, goes=st.sampled_from([Standing.SUCCEEDED, *Standing]))
    def charge(self, which: int, fault: str, goes: Standing) -> None:
        """With a saved card, which its bank may refuse, think about, or ask the person for."""
        code, self.till.charges = lately(self.codes, which), goes
        with self.app.app_context(), suppress(Killed, *TOLD), self._suffering(fault):
            begin_charge(code, self.card, self.desk, self.till, return_to="https://x.example", language="en")

    @contextmanager
    def _suffering(self, fault: str) -> Iterator[None]:
        self.till.silent, self.till.killing = int(fault == "silent"), fault == "killed"
        try:
            yield
        finally:
            self.till.silent, self.till.killing = 0, False

    @precondition(lambda self: self._standing(*UNDECIDED))
    @rule(which=CHOICE, outcome=st.sampled_from(list(OUTCOMES)), is_told=st.booleans())
    def decide(self, which: int, outcome: str, is_told: bool) -> None:
        """The person, then their bank; what is final stays."""
        undecided = self._standing(*UNDECIDED)
        key = undecided[which % len(undecided)]
        self.statements.append((key, self.till.books[key]))
        self.statements.append((key, self.till.decide(key, *OUTCOMES[outcome])))
        if is_told:
            self._tell(self.statements[-1])

    @precondition(lambda self: self._standing(Standing.SUCCEEDED, Standing.RETURNED))
    @rule(which=CHOICE, is_told=st.booleans())
    def take_back(self, which: int, is_told: bool) -> None:
        """Banks return what was paid, and find later that it was right."""
        paid = self._standing(Standing.SUCCEEDED, Standing.RETURNED)
        key = paid[which % len(paid)]
        back = self.till.books[key].standing is Standing.SUCCEEDED
        self.statements.append((key, self.till.books[key]))
        self.statements.append((key, self.till.decide(key, Standing.RETURNED if back else Standing.RESTORED)))
        if is_told:
            self._tell(self.statements[-1])

    @rule()
    def pay_what_is_owed(self) -> None:
        """An order of all bills, which goes the way of any order."""
        with self.app.app_context(), suppress(Refused):
            placed = order_all("FR-EUR", self.desk)
            self.codes += [placed.code] if placed.new else []

    def _standing(self, *standings: Standing) -> list[str]:
        """Keys of payments, as the provider’s books have them."""
        return [key for key, told in self.till.books.items() if told.standing in standings]

    @precondition(lambda self: self.statements)
    @rule(which=CHOICE)
    def tell(self, which: int) -> None:
        """A notice: late, again, out of order."""
        self._tell(lately(self.statements, which))

    def _tell(self, told: tuple[str, Statement]) -> None:
        with self.app.app_context():
            learn(*told, desk_for(PAYMENTS))

    @precondition(lambda self: self.codes)
    @rule(which=CHOICE, fault=FAULT, gives_up=st.sampled_from([False, False, True]))
    def come_back(self, which: int, fault: str, gives_up: bool) -> None:
        code = lately(self.codes, which)
        with self.app.app_context(), suppress(Killed, Refused), self._suffering(fault):
            if gives_up:
                discard_order(code, self.desk, self.till)
            else:
                ask_before_showing(code, self.desk, self.till)

    @rule(what=st.sampled_from(["work", "wait", "import", "cancel or keep"]), name=NAME, number=st.integers(1, 14))
    def happen(self, what: str, name: str, number: int) -> None:
        """What happens elsewhere meanwhile."""
        match what:
            case "work":
                self._work(timedelta(minutes=number))
            case "wait":
                self._work(timedelta(hours=5 * number))
            case "import":
                self._bring_in(name, Period(number))
            case _:
                self._cancel_or_keep()

    def _work(self, later: timedelta) -> None:
        self.clock.move_to(self.clock.now() + later)
        with self.app.app_context():
            ask_due(desk_for(PAYMENTS), self.till)
            expire_orders(desk_for(PAYMENTS))

    def _bring_in(self, name: str, longer: Period) -> None:
        """Another system sold a term as well; an end that lies before what is paid for is refused."""
        start = date.fromisoformat(SERVICES[name]["expiry"])
        expiry = after(start, longer, anchor_day=self.anchors[name])
        with self.app.app_context(), suppress(ImportRefused):
            before = db.session.query(Service.ends_on).filter_by(reference=name).scalar()
            db.session.rollback()
            self.inventory.rows("services", SERVICES[name] | {"expiry": expiry.isoformat()})
            assert db.session.query(Service.ends_on).filter_by(reference=name).scalar() >= before

    def _cancel_or_keep(self) -> None:
        with self.app.app_context(), suppress(Refused):
            if db.session.query(Service.cancels_on).filter_by(reference="hosting").scalar() is None:
                cancel_service(leaving_looked_at("hosting", self.desk), self.desk)
            else:
                undo_cancellation(returning_looked_at("hosting", self.desk), self.desk)

    @invariant()
    def no_paid_day_is_lost(self) -> None:
        with self.app.app_context():
            for service in db.session.query(Service):
                terms = db.session.query(Term).filter_by(service_id=service.id).order_by(Term.ends_on).all()
                assert terms[0].ends_on == self.opened[service.reference]
                assert terms[-1].ends_on == service.ends_on
                assert [term.starts_on for term in terms[1:]] == [term.ends_on for term in terms[:-1]]
                assert service.anchor_day is not None

    @invariant()
    def what_was_taken_is_given_or_owed(self) -> None:
        """As soon as it is known; and nothing is given that was not taken."""
        with self.app.app_context():
            assert self._accounted_for() <= self.till.taken + self._not_told()

    def _not_told(self) -> int:
        """What was taken back without our knowing of it."""
        back = db.session.query(Attempt).where(Attempt.key.in_(self._standing(Standing.RETURNED)))
        return sum(each.minor for each in back if each.state is not AttemptState.RETURNED)

    def teardown(self) -> None:
        """In the end everything is asked about, both have the same in their books, and the audit finds nothing."""
        if not hasattr(self, "till"):
            return
        for _day in range(3):
            self._work(timedelta(hours=25))
        with self.app.app_context():
            ask_again(NOON, desk_for(PAYMENTS), self.till)
        with self.app.app_context():
            asked_for = db.session.query(Attempt).where(Attempt.means != Means.BALANCE)
            attempts = {attempt.key: attempt for attempt in asked_for}
            by_state = {state: {key for key, each in attempts.items() if each.state is state} for state in TAKEN}
            still_open = {key for key, attempt in attempts.items() if attempt.state.open}
            for state, keys in by_state.items():
                assert keys == set(self._standing(Standing.of(state.value)))
            assert still_open == set(self._standing(*UNDECIDED))
            assert attempts.keys() == self.till.books.keys()
            assert self._accounted_for() == self.till.taken
            assert list(audit(db.session(), desk_for(AUDITOR)).differences) == []


def walk(machine: type[RuleBasedStateMachine], walks: int, **given: Any) -> None:
    """So many times, each of forty steps."""
    here: Any = type("Here", (machine,), given)
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        here, settings=settings(max_examples=walks, stateful_step_count=40, deadline=None, suppress_health_check=quiet)
    )


def test_everything_is_paid_once_and_given_once(
    app: Flask, world: World, clock: FixedClock, tmp_path: Path, walks: int
) -> None:
    walk(Counter, walks, app=app, world=world, clock=clock, folder=tmp_path)
