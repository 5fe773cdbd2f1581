"""The program and the provider are killed in the middle of a payment: it is taken once, and brings its term once."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest
import urllib3
from bs4 import BeautifulSoup
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete

from tests.schemas import schema_of_its_own
from tests.world import ENDS, World
from webapp import create_app
from webapp.domain.actors import AUDITOR
from webapp.extensions import db
from webapp.models import Attempt, Invoice, InvoiceLine, Lease, Order, Term
from webapp.operations.audit import audit
from webapp.sandbox.books import Books
from webapp.settings import Settings
from webapp.wiring import desk_for

from .test_carts import stock

ROOT = Path(__file__).parents[3]
PYTHON = (sys.executable, "-m")
SERVER = ("gunicorn", "--threads", "4", "--config", "python:webapp.serving", "--no-control-socket")
KEY = "what the program and the sandbox share in this test"
STEPS = ("order", "pay", "outcome", "return")
STRIKES = tuple(product(STEPS, ("program", "sandbox")))
KILLS = 3
"""During one purchase."""
MANY = 1000
"""Services that are renewed together, besides the one."""
PATIENCE = 120.0
"""Seconds until a payment has to be known."""
AHEAD = "/services/S-shop.example/anticipate"


class Interrupted(Exception):
    """Whoever was asked is not there any more, or says that it cannot answer."""


@dataclass
class Premises:
    """Both programs, which can be killed, and which somebody starts again."""

    var: Path
    app: Flask
    world: World
    url: str
    listener: socket.socket
    port: int = 0
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    @property
    def books(self) -> Books:
        return Books(self.var / "books.sqlite3", time.time)

    def start(self, name: str) -> None:
        environ = os.environ | {"ECHEANCE_VAR": str(self.var), "ECHEANCE_DATABASE_URL": self.url, "SANDBOX_KEY": KEY}
        environ["ECHEANCE_ENVIRONMENT"] = "demo"
        environ |= {"ECHEANCE_SANDBOX_KEY": KEY, "ECHEANCE_SANDBOX_URL": f"http://127.0.0.1:{self.port}"}
        handle = self.listener.fileno()
        books, notify = str(self.var / "books.sqlite3"), f"{self.address}/webhooks/sandbox"
        words = {
            "program": (*SERVER, "--bind", f"fd://{handle}", "wsgi:app"),
            "sandbox": ("webapp.sandbox", "--port", str(self.port), "--books", books, "--notify", notify),
        }
        process = subprocess.Popen(
            [*PYTHON, *words[name]],
            cwd=ROOT,
            env=environ,
            pass_fds=[handle],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.running[name] = process
        if name == "sandbox" and process.stdout:
            self.port = int(process.stdout.readline().rpartition(":")[2])

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()

    @contextmanager
    def striking(self, name: str, seconds: float) -> Iterator[None]:
        """Kill it that long after this begins; afterwards it is there again, and its lease is free as it will be."""

        def strike() -> None:
            time.sleep(seconds)
            self.kill(name)

        striker = Thread(target=strike)
        striker.start()
        try:
            yield
        finally:
            striker.join()
            with self.app.app_context():
                db.session.execute(delete(Lease))
                db.session.commit()
            self.start(name)


class Customer:
    """Alice at a plain browser; a page that does not come is asked for again."""

    def __init__(self, address: str) -> None:
        self._http = urllib3.PoolManager(retries=False, timeout=20)
        self._address, self._cookies = address, dict[str, str]()
        self._token = ""

    def get(self, path: str) -> BeautifulSoup:
        return self._answer("GET", path)[1]

    def send(self, path: str, form: Mapping[str, str]) -> str:
        """Where it leads to."""
        return self._answer("POST", path, {"csrf_token": self._token} | dict(form))[0]

    def _answer(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[str, BeautifulSoup]:
        url = path if path.startswith("http") else self._address + path
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            answer = self._http.request(
                method, url, body=urlencode(form) if form else None, headers=headers, redirect=False
            )
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Interrupted from error
        if answer.status >= 500:
            raise Interrupted
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        page = BeautifulSoup(answer.data, "html.parser")
        if token := page.select_one("input[name=csrf_token]"):
            self._token = str(token["value"])
        return answer.headers.get("Location", ""), page


def repeated(act: Callable[[], str]) -> str:
    """What somebody does who tries again until it works: an empty answer is no answer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if done := act():
                return done
        except Interrupted:
            pass
        time.sleep(0.2)
    raise AssertionError(f"{act} never came to an end")


@dataclass
class Purchase:
    """One term of the service, paid for step by step."""

    alice: Customer
    outcome: str
    order_address: str = ""
    page_address: str = ""

    def order(self) -> str:
        page = self.alice.get(AHEAD)
        fields = page.select(".acting form[method=post] input[type=hidden]")
        seen = {str(each["name"]): str(each["value"]) for each in fields}
        self.order_address = self.alice.send(AHEAD, seen | {"duration": "P1M", "action": "order"})
        return self.order_address

    def pay(self) -> str:
        """Leads to the order itself as long as nobody knows whether the provider has the payment."""
        page = self.alice.get(self.order_address)
        if not page.select("button[name='action.pay']"):
            return ""
        address = self.alice.send(self.order_address, {"action": "pay"})
        self.page_address = address if "/pay/" in address else ""
        return self.page_address

    def decide(self) -> str:
        return self.alice.send(self.page_address, {"outcome": self.outcome})

    def come_back(self) -> str:
        heading = self.alice.get(self.order_address).find("h1")
        return "paid" if heading and heading.get_text(strip=True) == "Your order is paid" else ""


@dataclass
class Together(Purchase):
    """The next term of everything that there is."""

    batch_address: str = ""

    def order(self) -> str:
        self.alice.get("/services")
        if not self.batch_address:
            self.batch_address = self.alice.send("/batches", {"action": "renew", "select": "all"})
        if self.alice.get(self.batch_address).select("button[name='action.confirm']"):
            self.alice.send(self.batch_address, {"action": "confirm"})
        link = self.alice.get(self.batch_address).select_one(".companions a[href^='/orders/']")
        self.order_address = str(link["href"]) if link else ""
        return self.order_address


def stop_at(day: date, var: Path) -> None:
    """All programs that share that folder have that business day, whatever day it is."""
    ahead = (day - datetime.now(UTC).date()).days
    var.mkdir()
    (var / "clock").write_text(f"{ahead} {ahead}")


@pytest.fixture
def premises(tmp_path: Path, database_url: str) -> Iterator[Premises]:
    var = tmp_path / "var"
    stop_at(ENDS - timedelta(days=30), var)
    url = schema_of_its_own("paying", database_url, tmp_path)
    app = create_app(Settings(var=var, database_url=url))
    with app.app_context():
        upgrade()
    world = World(app)
    world.service(world.account("Alice"))
    world.password("Alice", "correct horse")
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        premises = Premises(var, app, world, url, listener)
        premises.start("sandbox")
        premises.start("program")
        yield premises
        for name in list(premises.running):
            premises.kill(name)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """As many purchases as it takes to kill so often."""
    metafunc.parametrize("run", range(-(-metafunc.config.getoption("--kills") // KILLS)))


def test_a_payment_is_made_once_whoever_is_killed(premises: Premises, run: int) -> None:
    bought = carried_out(premises, run, Purchase)
    assert bought == 1


def test_a_thousand_are_renewed_all_or_none_whoever_is_killed(premises: Premises, run: int) -> None:
    stock(premises.world, [1], 1, MANY, random.Random(run))
    bought = carried_out(premises, run, Together)
    assert bought > MANY // 2
    with premises.app.app_context():
        lines = db.session.query(Order).filter(Order.state == "paid").one().lines
        assert len(lines) == bought == db.session.query(InvoiceLine).count()
        assert db.session.query(Invoice).count() == 1


def sound(premises: Premises) -> str:
    """Whether all is well once notices that were cut short have been delivered again."""
    with premises.app.app_context():
        return "" if audit(db.session(), desk_for(AUDITOR)).differences else "sound"


def carried_out(premises: Premises, run: int, kind: type[Purchase]) -> int:
    """However often it takes; how many terms it brought."""
    chance = random.Random(run)
    strikes = [STRIKES[(run * KILLS + number) % len(STRIKES)] for number in range(KILLS)]
    alice = Customer(premises.address)
    repeated(lambda: alice.get("/login").name)
    assert alice.send("/login", {"email": "alice@people.example", "password": "correct horse"})
    purchase = kind(alice, chance.choice(["pay", "pay", "no-answer"]))
    acts = {"order": purchase.order, "pay": purchase.pay, "outcome": purchase.decide, "return": purchase.come_back}
    for step, act in acts.items():
        for victim in [name for at, name in strikes if at == step]:
            with premises.striking(victim, chance.random() * 0.04), suppress(Interrupted):
                act()
        repeated(act)
    repeated(lambda: sound(premises))
    with premises.app.app_context():
        ours = {each.key: each.minor for each in db.session.query(Attempt) if each.state == "succeeded"}
        assert [order.state for order in db.session.query(Order) if order.state == "paid"] == ["paid"]
        bought = db.session.query(Term).filter(Term.order_line_id.is_not(None)).count()
    assert ours == {each.key: each.amount for each in premises.books.all() if each.status == "succeeded"}
    assert len(ours) == 1
    return bought
