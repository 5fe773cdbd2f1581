"""Somebody leaves payment methods at the provider, without a browser."""

from typing import Any

from flask import Flask

from tests.provider import Till
from tests.world import World
from webapp.domain.actors import PAYMENTS
from webapp.domain.billing.payment import Standing
from webapp.domain.methods import MethodKind
from webapp.domain.refusals import Refused
from webapp.models import PaymentMethod
from webapp.operations.methods.ask import ask_setups_due, forget_removed
from webapp.operations.methods.begin import begin_setup
from webapp.operations.methods.choose import make_default, remove
from webapp.operations.methods.learn import learn_setup
from webapp.wiring import desk_for, desk_of


class Wallet:
    """What one account does, and what the provider and the worker do."""

    def __init__(self, app: Flask, account: int, till: Till) -> None:
        self.app, self.account, self.till = app, account, till

    def begin(self, kind: MethodKind = MethodKind.CARD, *, default: bool = True) -> tuple[str, str | None]:
        """The code, and the address of the provider's page."""
        with self.app.app_context():
            return begin_setup(
                kind,
                desk_of(self.account),
                self.till,
                return_to=lambda code: f"https://portal.example/{code}",
                language="en",
                wanted_default=default,
            )

    def learn(self, code: str) -> None:
        """The provider's books are read to us."""
        with self.app.app_context():
            learn_setup(code, self.till.setups[code], desk_for(PAYMENTS))

    def leave(self, kind: MethodKind = MethodKind.CARD, *, default: bool = True, **told: Any) -> str:
        """From the button to the answer; its code."""
        code, _address = self.begin(kind, default=default)
        self.till.leave(code, **{"reference": f"kept-{code}"} | told)
        self.learn(code)
        return code

    def pend(self, code: str) -> None:
        """The bank takes its time."""
        self.till.leave(code, Standing.SETTLING)
        self.learn(code)

    def sweep(self) -> None:
        with self.app.app_context():
            forget_removed(self.till)
            ask_setups_due(desk_for(PAYMENTS), self.till)

    def make_default(self, method: int) -> str:
        with self.app.app_context():
            return refused_as(lambda: make_default(method, desk_of(self.account)))

    def remove(self, method: int) -> str:
        with self.app.app_context():
            return refused_as(lambda: remove(method, desk_of(self.account)))


def refused_as(act: Any) -> str:
    """The code of why not; empty where it was done."""
    try:
        act()
    except Refused as refused:
        return refused.refusal.code
    return ""


def methods(world: World) -> list[str]:
    """What is there, in short; the default is marked."""
    return [
        f"{each.label} {each.state}{' *' if each.is_default else ''}"
        for each in world.all(PaymentMethod)
        if each.removed_at is None
    ]
