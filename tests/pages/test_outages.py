"""A database that is held, slow, cut off or standing still: people are told in words, in time, and truly."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from flask import Flask, request_finished
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, text

from tests.markup import post, said
from tests.operations.inventory.inventory import ACCOUNT, as_csv
from tests.operations.payments.shop import Shop
from tests.pages.session.test_sign_in import attempt
from tests.provider import Till
from tests.world import World
from webapp import create_app
from webapp.domain.actors import INVENTORY
from webapp.domain.billing.payment import PaymentRequest, Statement
from webapp.extensions import db
from webapp.models import Account
from webapp.operations.inventory import import_accounts
from webapp.settings import Settings
from webapp.wiring import desk_for

IN_TIME = 10
"""Seconds after which nobody may still be waiting."""
NOTHING_CHANGED = "Nothing was changed. Try again in a moment."
UNCERTAIN = "Check whether your last action went through before you repeat it."


@pytest.fixture
def beside(app: Flask) -> Iterator[Engine]:
    """Connections that are not the program's own."""
    with app.app_context():
        engine = create_engine(db.engine.url)
    yield engine
    engine.dispose()


@pytest.fixture
def on_postgresql(beside: Engine) -> None:
    if beside.dialect.name != "postgresql":
        pytest.skip("a matter of PostgreSQL")


@contextmanager
def held(beside: Engine, table: str) -> Iterator[None]:
    """Somebody else holds every row of it; on SQLite, where there is one writer, everything."""
    with beside.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text(f'SELECT 1 FROM "{table}" FOR UPDATE'))
        yield
        connection.rollback()


def make_compact(client: FlaskClient) -> tuple[int, str, float]:
    """A change of one's own account: what was answered, and after how long."""
    begun = time.monotonic()
    response = post(client, "/services", {"compact.yes": ""})
    return response.status_code, said(response), time.monotonic() - begun


def test_whoever_waits_too_long_for_another_is_told_and_nothing_is_changed(
    world: World, alice: FlaskClient, shop: Shop, beside: Engine
) -> None:
    with held(beside, "account"):
        status, words, seconds = make_compact(alice)
        assert status == 503 and NOTHING_CHANGED in words and seconds < IN_TIME
        assert alice.get("/services").status_code == 200
    assert not world.get(Account, shop.account).compact
    assert post(alice, "/services", {"compact.yes": ""}).status_code == 303


def test_nobody_is_told_that_nothing_was_changed_once_a_provider_was_asked(
    alice: FlaskClient, shop: Shop, till: Till, beside: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = shop.order("S-shop.example")
    holding = held(beside, "customer_order")
    opened = till.open

    def open_and_hold(wanted: PaymentRequest) -> Statement:
        holding.__enter__()
        return opened(wanted)

    monkeypatch.setattr(till, "open", open_and_hold)
    response = post(alice, f"/orders/{code}", {"action.pay": "Pay"})
    holding.__exit__(None, None, None)
    assert response.status_code == 503
    assert UNCERTAIN in said(response) and NOTHING_CHANGED not in said(response)
    monkeypatch.undo()
    assert post(alice, f"/orders/{code}", {"action.pay": "Pay"}).location.startswith("https://till.example/")


def test_sign_ins_and_pages_go_on_during_an_import_of_the_same_account(
    app: Flask, world: World, shop: Shop, on_postgresql: None, tmp_path: Path
) -> None:
    world.password("Alice", "correct horse")
    alice = world.client(shop.account)
    path, reached, go_on = tmp_path / "accounts.csv", Event(), Event()
    mine = {"email": "alice@people.example", "name": "Alice Neuve"}
    path.write_text(as_csv([ACCOUNT | mine]))

    def bring_in() -> int:
        def pause(_read: int) -> None:
            reached.set()
            go_on.wait(60)

        with app.app_context():
            return import_accounts(path, desk_for(INVENTORY), pause).changed

    with ThreadPoolExecutor(1) as pool:
        importing = pool.submit(bring_in)
        try:
            assert reached.wait(IN_TIME)
            assert attempt(app.test_client(), "alice@people.example", "correct horse").location == "/services"
            assert alice.get("/services").status_code == 200
            assert post(alice, "/logout").status_code == 303
        finally:
            go_on.set()
        assert importing.result() == 1


def test_connections_that_were_cut_are_made_anew(alice: FlaskClient, on_postgresql: None, beside: Engine) -> None:
    assert alice.get("/services").status_code == 200
    cut(beside, "pid <> pg_backend_pid()")
    assert alice.get("/services").status_code == 200


def cut(beside: Engine, which: str) -> None:
    with beside.connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {which}"))


def test_a_connection_that_is_cut_while_it_is_waited_for_is_told(
    alice: FlaskClient, on_postgresql: None, beside: Engine
) -> None:
    with ThreadPoolExecutor(1) as pool, held(beside, "account"):
        waiting = pool.submit(make_compact, alice)
        time.sleep(1)
        cut(beside, "wait_event_type = 'Lock'")
        status, words, _seconds = waiting.result()
    assert status == 503 and NOTHING_CHANGED in words


def test_a_server_that_stands_still_is_given_up_and_found_again(
    alice: FlaskClient, on_postgresql: None, beside: Engine
) -> None:
    if os.environ.get("ECHEANCE_TEST_DATABASE_URL"):
        pytest.skip("only a server of one's own can be stopped")
    assert alice.get("/services").status_code == 200
    with beside.connect() as connection:
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        processes = list(connection.scalars(text("SELECT pid FROM pg_stat_activity WHERE pid IS NOT NULL")))
    processes.insert(0, int((folder / "postmaster.pid").read_text().split()[0]))
    begun = time.monotonic()
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        response = alice.get("/services")
        assert response.status_code == 503 and time.monotonic() - begun < IN_TIME
        assert "Busy at the moment" in said(response)
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)
    time.sleep(1)
    assert alice.get("/services").status_code == 200


def test_a_server_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    nowhere = Settings(var=tmp_path, database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    client = create_app(nowhere).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"
    response = client.get("/services")
    assert response.status_code == 503 and "Busy at the moment" in said(response)


def test_a_connection_that_is_cut_after_the_page_was_drawn_is_nobodys_trouble(
    world: World, beside: Engine, on_postgresql: None
) -> None:
    """What is let go at the end of the request has been let go by the server."""
    client = world.client(world.account())

    def cut(_app: Flask, response: object) -> None:
        pid = db.session.scalar(text("SELECT pg_backend_pid()"))
        with beside.begin() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        time.sleep(0.1)

    with request_finished.connected_to(cut, world.app):
        assert client.get("/services").status_code == 200
    assert client.get("/services").status_code == 200
