"""The business day may be moved; what sign-ins, signatures and cadence go by may not. A request has one moment."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.provider import Till
from tests.walker import Walker
from tests.world import World
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.adapters.payments.sandbox import SandboxProvider
from webapp.extensions import db
from webapp.models import ProviderNotice, SignIn
from webapp.sandbox.notices import signed
from webapp.settings import Settings

KEY = "a key that is shared with the sandbox"
LATER = timedelta(days=45)


class CountingClock(FixedClock):
    """Goes on by a second each time somebody looks at it."""

    looks = 0

    def now(self) -> datetime:
        self.looks += 1
        return super().now() + timedelta(seconds=self.looks)


def running(folder: Path, adapters: Adapters) -> Iterator[World]:
    app: Flask = create_app(Settings(var=folder), adapters)
    app.testing = True
    with app.app_context():
        db.create_all()
    yield World(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[World]:
    """The business day is 45 days ahead."""
    sandbox = SandboxProvider("http://127.0.0.1:9/sandbox", KEY)
    yield from running(tmp_path, Adapters(FixedClock(NOON + LATER), sandbox, FixedClock(NOON)))


def notice(world: World, at: datetime) -> int:
    payment = {"key": "AAAA-1", "status": "failed", "id": "p-1", "amount": 100, "currency": "EUR", "address": ""}
    body = json.dumps({"event": "e-1", "payment": {**payment, "failure": "refused"}}).encode()
    headers = signed(body, KEY, at.timestamp())
    return world.app.test_client().post("/webhooks/sandbox", data=body, headers=headers).status_code


def test_a_genuine_notice_is_believed_whatever_the_business_day(moved: World) -> None:
    assert notice(moved, NOON) == 204
    assert [each.received_at for each in moved.all(ProviderNotice)] == [NOON]


def test_a_notice_that_is_really_old_is_forged_whatever_the_business_day(moved: World) -> None:
    assert notice(moved, NOON + LATER) == 400
    assert notice(moved, NOON - timedelta(minutes=6)) == 400
    assert moved.all(ProviderNotice) == []


def test_nobody_is_signed_out_by_another_business_day(moved: World) -> None:
    alice = moved.account()
    moved.service(alice, ends_on=NOON.date() + LATER)
    moved.password("Alice", "a long password")
    walker = Walker(moved.app).open("/").press("Sign in", email="alice@people.example", password="a long password")
    assert "shop.example" in walker.open("/services").text
    assert [each.started_at for each in moved.all(SignIn)] == [NOON]


PAGES = [
    "/services",
    "/services/S-shop.example",
    "/services/S-shop.example/actions",
    "/services/S-shop.example/renewal",
    "/services/S-shop.example/cancel",
    "/services/S-shop.example/anticipate",
    "/services/S-shop.example/align",
    "/invoices",
    "/account",
    "/batches",
]


@pytest.fixture
def ticking(tmp_path: Path) -> Iterator[World]:
    yield from running(tmp_path, Adapters(CountingClock(NOON), Till(), FixedClock(NOON)))


@pytest.mark.parametrize("page", PAGES)
def test_all_of_a_request_happens_at_one_moment(ticking: World, page: str) -> None:
    alice = ticking.account()
    ticking.card(alice)
    ticking.service(alice)
    browser = ticking.client(alice)
    clock = ticking.app.extensions["echeance"].adapters.clock
    before = clock.looks
    assert browser.get(page).status_code == 200
    assert clock.looks - before <= 1


def test_all_of_a_batch_that_a_request_works_on_happens_at_one_moment(ticking: World) -> None:
    alice = ticking.account()
    ticking.service(alice)
    browser = ticking.client(alice)
    clock = ticking.app.extensions["echeance"].adapters.clock
    page = browser.get("/services").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    before = clock.looks
    chosen = {"csrf_token": token, "action": "disable-automatic", "service": "S-shop.example"}
    answer = browser.post("/batches", data=chosen, headers={"Referer": "http://localhost/services"})
    assert (answer.status_code, clock.looks - before) == (303, 1)
