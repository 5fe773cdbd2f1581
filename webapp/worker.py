"""What is done without a request: named sweeps, one after the other, by whoever holds the lease.

The sweeps know nothing of this thread; anything that calls them again and again will do.
"""

import logging
import os
import socket
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from flask import Flask, current_app

from .adapters.payments.port import NoAnswer, Playing
from .domain.actors import DAYS, DOOR, MESSENGER, ORDERS, PAYMENTS
from .domain.messages import NOTICES
from .extensions import db
from .messages.letters import LETTERS
from .messages.post import recipient, send
from .operations.batches.unfinished import carry_on_unfinished
from .operations.delivery import Delivery, Handler, NotTold, deliver
from .operations.desk import Busy, Desk
from .operations.lease import WORKER, hold, let_go
from .operations.lifecycle.engine import run as run_engine
from .operations.methods.ask import ask_setups_due, forget_removed
from .operations.orders.lapse import expire_orders
from .operations.payments.ask import ask_due, ask_pending
from .operations.people.launch import forget_outlived
from .settings import WorkerKind
from .web.access import lasting
from .web.addresses import outside
from .web.mail_links import signed
from .web.papers import attached
from .wiring import desk_for, desk_of, mailer, movable_clock, payments, rules, settings, system_now

LOG = logging.getLogger(__name__)
LASTING = timedelta(seconds=30)
IDLE = 1.0
"""Seconds between two looks when there was nothing to do."""
AFTER_A_FAULT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Something that is looked after again and again; ``do`` says whether there is more of it right now."""

    name: str
    every: timedelta
    do: Callable[[], bool]


def _ask_about_payments() -> bool:
    provider = payments()
    return provider is not None and ask_due(desk_for(PAYMENTS), provider)


def _ask_about_methods() -> bool:
    provider = payments()
    if provider is None:
        return False
    forget_removed(provider)
    return ask_setups_due(desk_for(PAYMENTS), provider)


def _told(message: Delivery) -> None:
    """By mail; where nobody takes any, it is written down."""
    taker = mailer()
    if taker is None and message.kind in NOTICES:
        raise NotTold("nobody takes mails")
    if taker is None:
        LOG.info("%s for account %s", message.key, message.account_id)
        return
    to = recipient(message, rules(), outside(settings().address), signed)
    send(message, to, taker, current_app.jinja_env, attached)


def _let_a_day_pass() -> bool:
    """The next one that somebody wants to see, with all that happens on it."""
    clock = movable_clock()
    if clock is None or not clock.step():
        return False
    provider = payments()
    if isinstance(provider, Playing):
        _let_a_day_pass_at(provider)
    while run_engine(desk_for(DAYS), payments(), confirmed=True).steps:
        tell(desk_for(MESSENGER))
    return clock.days < clock.wanted


def _let_a_day_pass_at(provider: Playing) -> None:
    """Its banks took a day as well; where it does not answer, it is asked about what is on its way as ever."""
    try:
        provider.let_a_day_pass()
    except NoAnswer:
        return
    ask_pending(desk_for(PAYMENTS), provider)


def _forget_outlived() -> bool:
    forget_outlived(desk_for(DOOR), lasting())
    return False


def _do_what_is_due() -> bool:
    """Only where people can be told of it."""
    if mailer() is None:
        return False
    done = run_engine(desk_for(DAYS), payments())
    if done.held_back:
        LOG.warning("%s services are not suspended or deleted yet: flask engine run says why", done.held_back)
    return False


HANDLERS: Mapping[str, Handler] = dict.fromkeys(LETTERS, _told)
"""Who tells the messages of each kind."""


def tell(desk: Desk) -> None:
    """Everything that is to be told by now, as far as it is taken."""
    while _tell_some(desk):
        pass


def _tell_some(desk: Desk) -> bool:
    taker = mailer()
    return deliver(HANDLERS, desk, taker.room()) if taker else deliver(HANDLERS, desk)


SWEEPS = (
    Sweep("batches", timedelta(0), lambda: carry_on_unfinished(desk_of)),
    Sweep("payments", timedelta(seconds=2), _ask_about_payments),
    Sweep("methods", timedelta(seconds=2), _ask_about_methods),
    Sweep("messages", timedelta(seconds=2), lambda: _tell_some(desk_for(MESSENGER))),
    Sweep("days", timedelta(0), _let_a_day_pass),
    Sweep("engine", timedelta(minutes=1), _do_what_is_due),
    Sweep("sessions", timedelta(minutes=5), _forget_outlived),
    Sweep("orders", timedelta(minutes=1), lambda: expire_orders(desk_for(ORDERS))),
)


class Worker:
    """Runs the sweeps that are due until it is ended."""

    def __init__(self, app: Flask, sweeps: Sequence[Sweep] = SWEEPS) -> None:
        self._app, self._sweeps = app, sweeps
        self._name = f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
        self._due: dict[str, datetime] = {}
        self._renew_at = datetime.min.replace(tzinfo=UTC)
        self._ended = Event()
        self._thread = Thread(target=self.run, name="worker", daemon=True)

    def start(self) -> None:
        """In a thread of its own, which does not keep the process alive."""
        self._thread.start()

    def end(self) -> None:
        self._ended.set()

    def join(self, seconds: float | None = None) -> None:
        """Wait until its thread has ended, or for that long."""
        self._thread.join(seconds)

    def run(self, reached: Callable[[], bool] = lambda: False) -> None:
        """Until it is ended, or that is reached, which is asked after every turn."""
        while not self._ended.is_set():
            with self._app.app_context():
                busy = self.turn()
                if reached():
                    break
            if not busy:
                self._ended.wait(IDLE)
        with self._app.app_context():
            let_go(WORKER, self._name)

    def turn(self) -> bool:
        """Every sweep that is due, once; True where one of them has more to do."""
        if not self._holds():
            return False
        due = [sweep for sweep in self._sweeps if self._due.get(sweep.name, system_now()) <= system_now()]
        left = [self._swept(sweep) for sweep in due]
        return any(left)

    def _holds(self) -> bool:
        """Whether the lease is this one's; it is renewed at half time."""
        if system_now() < self._renew_at:
            return True
        try:
            held = hold(WORKER, self._name, now=system_now(), lasting=LASTING)
        except Busy:
            self._app.logger.warning("The worker cannot renew its lease: the database is busy")
            return False
        except Exception:
            self._app.logger.exception("The worker cannot reach its lease")
            return False
        self._renew_at = system_now() + LASTING / 2 if held else system_now()
        return held

    def _swept(self, sweep: Sweep) -> bool:
        """A fault of one sweep keeps no other one from its work; where the database is busy, it is tried again next."""
        try:
            more = sweep.do()
            self._due[sweep.name] = system_now() if more else system_now() + sweep.every
        except Busy:
            self._app.logger.info("The sweep of %s waits: the database is busy", sweep.name)
            return False
        except Exception:
            self._app.logger.exception("The sweep of %s failed", sweep.name)
            self._due[sweep.name] = system_now() + AFTER_A_FAULT
            return False
        finally:
            db.session.rollback()
        return more


def start_worker(app: Flask) -> Worker | None:
    """To be called where requests are served, after the fork; None where the settings want no thread."""
    with app.app_context():
        if settings().worker is WorkerKind.NONE:
            return None
    worker = Worker(app)
    worker.start()
    return worker
