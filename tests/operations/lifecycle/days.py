"""Days go by, and the engine does what is due on them."""

from datetime import UTC, date, datetime

from flask import Flask

from tests.provider import Till
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import AUDITOR, DAYS
from webapp.extensions import db
from webapp.operations.audit import audit
from webapp.operations.lifecycle.engine import run
from webapp.wiring import desk_for


class Days:
    def __init__(self, app: Flask, clock: FixedClock, till: Till) -> None:
        self.app, self.clock, self.till = app, clock, till

    def come(self, day: date | str, hour: int = 12) -> dict[str, int]:
        """The engine runs at that hour, in UTC; what it did."""
        self.clock.move_to(datetime.combine(date.fromisoformat(str(day)), datetime.min.time(), UTC).replace(hour=hour))
        with self.app.app_context():
            return {step.value: number for step, number in run(desk_for(DAYS), self.till).steps.items()}

    def differences(self) -> list[str]:
        with self.app.app_context():
            return list(audit(db.session(), desk_for(AUDITOR)).differences)
