"""The same walks while days pass: whatever the engine meets, nothing is charged, given, told or taken away twice."""

from collections import Counter as Count
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from sqlalchemy.orm import aliased

from tests.operations.lifecycle.days import Days
from tests.operations.payments.test_pay_machine import FAULT, Counter, walk
from tests.provider import Killed
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.invoice import DocumentKind
from webapp.domain.billing.payment import Standing
from webapp.domain.events import EventKind
from webapp.extensions import db
from webapp.models import Event, Invoice, InvoiceLine, Outbox, Service

SIGNS = {DocumentKind.INVOICE: 1, DocumentKind.CREDIT_NOTE: -1, DocumentKind.PAYMENT_REQUEST: 0}
PAUSES = st.lists(st.sampled_from([1, 3, 7, 8, 30, 45]), min_size=1, max_size=8)
LOST = (EventKind.SUSPENDED, EventKind.DELETED, EventKind.ENDED)


class Year(Counter):
    """What may happen at the counter happens between days, too."""

    @rule(pauses=PAUSES, fault=FAULT, goes=st.sampled_from(list(Standing)), mailed=st.booleans())
    def days_pass(self, pauses: list[int], fault: str, goes: Standing, mailed: bool) -> None:
        """The engine runs after each pause; it may be ended while it asks the provider, and then runs again."""
        days, self.till.charges = Days(self.app, self.clock, self.till), goes
        for pause in pauses:
            self.clock.move_to(self.clock.now() + timedelta(days=pause))
            with suppress(Killed), self._suffering(fault):
                days.run()
            days.run()
            if mailed:
                days.mail()

    @invariant()
    def every_term_is_billed_once(self) -> None:
        """As far as that was not taken back."""
        with self.app.app_context():
            billed: Count[tuple[object, ...]] = Count()
            lines = db.session.query(InvoiceLine, Invoice.kind).join(Invoice)
            for line, kind in lines.filter(InvoiceLine.starts_on.is_not(None)):
                billed[line.service_id, line.starts_on] += SIGNS[kind]
            assert set(billed.values()) <= {0, 1}, billed

    @invariant()
    def whoever_loses_something_was_told(self) -> None:
        with self.app.app_context():
            told = [message.facts.get("services", ()) for message in db.session.query(Outbox)]
            names = {each["reference"] for services in told for each in services}
            lost = db.session.query(Service.reference).join(Event).filter(Event.kind.in_(LOST))
            assert {name for (name,) in lost} <= names

    @staticmethod
    def _accounted_for() -> int:
        """A bill that is taken back was given for nothing; a request that is taken back asks for what stands paid."""
        bill = aliased(Invoice)
        taken_back = db.session.query(Invoice.gross_minor).join(bill, bill.id == Invoice.corrects_id)
        unpaid = taken_back.where(Invoice.kind == DocumentKind.CREDIT_NOTE, bill.kind == DocumentKind.INVOICE)
        return Counter._accounted_for() - sum(minor for (minor,) in unpaid)


def test_time_passes_and_nothing_happens_twice(
    app: Flask, world: World, clock: FixedClock, tmp_path: Path, walks: int
) -> None:
    walk(Year, walks, app=app, world=world, clock=clock, folder=tmp_path)
