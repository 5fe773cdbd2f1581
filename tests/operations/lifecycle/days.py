"""Days go by, and the engine does what is due on them."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from flask import Flask

from tests.provider import Till
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import AUDITOR, DAYS, MESSENGER, PAYMENTS
from webapp.extensions import db
from webapp.operations.audit import audit
from webapp.operations.delivery import deliver
from webapp.operations.lifecycle.engine import run
from webapp.operations.payments.ask import ask_due
from webapp.wiring import desk_for
from webapp.worker import HANDLERS


class Days:
    def __init__(self, app: Flask, clock: FixedClock, till: Till) -> None:
        self.app, self.clock, self.till = app, clock, till

    def move_to(self, day: date | str, hour: int = 12) -> None:
        """That hour, in UTC."""
        self.clock.move_to(datetime.combine(date.fromisoformat(str(day)), time(hour), UTC))

    def come(self, day: date | str, hour: int = 12) -> dict[str, int]:
        """What the engine does then, once and again after its mails were taken."""
        self.move_to(day, hour)
        done = self.run()
        self.mail()
        return dict(done + self.run())

    def run(self, *, confirmed: bool = False) -> Counter[str]:
        with self.app.app_context():
            steps = run(desk_for(DAYS), self.till, confirmed=confirmed).steps
            return Counter({step.value: number for step, number in steps.items()})

    def mail(self) -> None:
        with self.app.app_context():
            while deliver(HANDLERS, desk_for(MESSENGER)):
                pass

    def ask_again(self) -> None:
        """What the worker does about payments, some minutes later."""
        self.clock.move_to(self.clock.now() + timedelta(minutes=5))
        with self.app.app_context():
            while ask_due(desk_for(PAYMENTS), self.till):
                pass

    def differences(self) -> list[str]:
        with self.app.app_context():
            return list(audit(db.session(), desk_for(AUDITOR)).differences)
