"""Cancelling and undoing among everything else: what is kept is as it was, whatever was tried in between."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import count
from typing import Any, ClassVar

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.confirming import leaving_looked_at, looked_at, returning_looked_at
from tests.conftest import NOON
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.confirmation import ShownOtherwise
from webapp.domain.refusals import Refused
from webapp.domain.service.service import Mode
from webapp.domain.service.status import Status
from webapp.extensions import db
from webapp.models import Listing, Service
from webapp.operations.renewal.cancel import cancel_service
from webapp.operations.renewal.configure import configure_renewal
from webapp.operations.renewal.undo import undo_cancellation
from webapp.wiring import desk_of

NAMES = ("domain", "hosting", "email", "vps")
ENDS = (date(2026, 12, 1), date(2026, 11, 26), date(2027, 2, 28), date(2026, 12, 31))
LIVES = dict(zip(NAMES, ENDS, strict=True))
NAME = st.sampled_from(NAMES)
ROUNDS = count()
COMPARED_APART = ("version", "cancels_on")


class Customer(RuleBasedStateMachine):
    """Knows what each service should look like: its columns, and the act that ended it."""

    app: ClassVar[Flask]
    world: ClassVar[World]
    clock: ClassVar[FixedClock]

    @initialize()
    def sign_in(self) -> None:
        self.clock.move_to(NOON)
        self.round = next(ROUNDS)
        self.account = self.world.account(f"Alice {self.round}")
        self.world.card(self.account)
        self.keys = {name: self._made(name) for name in NAMES}
        self.columns = {name: self._stored(name) for name in NAMES}
        self.acts: dict[str, frozenset[str]] = {}
        self.versions = dict.fromkeys(NAMES, 1)

    def _made(self, name: str) -> int:
        site = "shop.example" if name != "vps" else "vps-1.example"
        more: dict[str, Any] = {"reference": self._reference(name), "ends_on": LIVES[name]}
        if name == "vps":
            more["committed_until"] = date(2028, 3, 15)
        return self.world.service(self.account, site, family=name, anchor_day=LIVES[name].day, **more)

    def _reference(self, name: str) -> str:
        return f"S-{self.round}-{name}"

    def _stored(self, name: str) -> dict[str, Any]:
        row, names = self.world.get(Service, self.keys[name]), Service.__table__.columns.keys()
        return {each: getattr(row, each) for each in names if each not in COMPARED_APART}

    @rule(name=NAME, together=st.sets(NAME))
    def cancel(self, name: str, together: set[str]) -> None:
        wanted = together & (set(NAMES[:3]) - {name}) if name != "vps" else set()
        with self.app.app_context():
            command = leaving_looked_at(self._reference(name), desk_of(self.account), map(self._reference, wanted))
            before = dict(self.acts)
            with suppress(Refused):
                changed = cancel_service(command, desk_of(self.account)).new
                if changed:
                    act = frozenset({name, *wanted})
                    assert not act & before.keys()
                    self.acts |= dict.fromkeys(act, act)
                    self._written(act)

    @rule(name=NAME)
    def undo(self, name: str) -> None:
        with self.app.app_context(), suppress(Refused):
            command = returning_looked_at(self._reference(name), desk_of(self.account))
            if undo_cancellation(command, desk_of(self.account)).new:
                act = self.acts[name]
                back = {each for each in act if self.acts.get(each) is act and self._in_time(each)}
                assert name in back
                for each in back:
                    del self.acts[each]
                self._written(back)

    def _in_time(self, name: str) -> bool:
        """Midnight in Paris is 23:00 UTC in winter, 22:00 in summer; none of the days is near the change."""
        end = self._end(name)
        return self.clock.now() <= NOON.replace(year=end.year, month=end.month, day=end.day, hour=0) - timedelta(
            hours=25
        )

    def _end(self, name: str) -> date:
        return date(2028, 3, 15) if name == "vps" else LIVES[name]

    @rule(name=NAME, choice=st.sampled_from(["manual", "P1M", "P12M"]))
    def configure(self, name: str, choice: str) -> None:
        with self.app.app_context(), suppress(Refused, ShownOtherwise):
            command = looked_at(self._reference(name), choice, desk_of(self.account))
            if configure_renewal(command, desk_of(self.account)):
                assert name not in self.acts
                self._written({name})
                self.columns[name] = self._stored(name)

    @rule(hours=st.integers(1, 30))
    def wait(self, hours: int) -> None:
        self.clock.move_to(self.clock.now() + timedelta(hours=hours))

    def _written(self, names: frozenset[str] | set[str]) -> None:
        for name in names:
            self.versions[name] += 1

    @invariant()
    def each_service_is_as_it_should_be(self) -> None:
        for name, key in self.keys.items():
            row = self.world.get(Service, key)
            assert row.cancels_on == (self._end(name) if name in self.acts else None)
            assert row.version == self.versions[name]
            assert self._stored(name) == self.columns[name]
            with self.app.app_context():
                listed = db.session.query(Listing).filter_by(service_id=key).one()
                ends, manual = name in self.acts, row.mode is Mode.MANUAL
                expected = Status.CANCELLATION_SCHEDULED if ends else Status.EXPIRES if manual else Status.AUTOMATIC
                assert listed.status is expected
                assert listed.effective_on == (row.cancels_on or row.ends_on)


def test_keeping_a_service_leaves_nothing_of_its_cancellation(app: Flask, world: World, clock: FixedClock) -> None:
    here = type("Here", (Customer,), {"app": app, "world": world, "clock": clock})
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        here, settings=settings(max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=quiet)
    )
