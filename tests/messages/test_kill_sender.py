"""Whoever sends mails is killed wherever it is: each mail goes once, or is told of as perhaps sent."""

import os
import random
import signal
import subprocess
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, func, select, update

from tests.adapters.relay import Behaviour, relay
from tests.operations.payments.test_kill_payment import PYTHON, ROOT
from tests.schemas import schema_of_its_own
from tests.world import World
from webapp import create_app
from webapp.adapters.mail.typed import fit
from webapp.domain.actors import MESSENGER
from webapp.domain.messages import MessageState, OrderPaid
from webapp.extensions import db
from webapp.models import Lease, Outbox
from webapp.operations.outbox import put_all
from webapp.operations.transaction import writing
from webapp.settings import Settings
from webapp.wiring import desk_for, system_now

FOR_A_KILL = 25
"""Mails: more than go before it is struck."""
ACCOUNTS = 5


def test_whoever_is_killed_each_mail_goes_once_or_is_told_of(
    tmp_path: Path, database_url: str, pytestconfig: pytest.Config
) -> None:
    var, url = tmp_path / "var", schema_of_its_own("sender", database_url, tmp_path)
    app, chance, kills = create_app(Settings(var=var, database_url=url)), random.Random(1), 0
    wanted = pytestconfig.getoption("--kills")
    with app.app_context():
        upgrade()
    world = World(app)
    accounts = [world.account(f"Payer{number}") for number in range(ACCOUNTS)]
    with app.app_context(), writing() as session:
        orders = [(OrderPaid(f"{number}"), accounts[number % ACCOUNTS]) for number in range(FOR_A_KILL * wanted)]
        put_all(session, orders, desk_for(MESSENGER))
    taken = Behaviour(takes=0.01)
    with relay(taken) as port:
        environ = os.environ | {
            "ECHEANCE_ENVIRONMENT": "demo",
            "ECHEANCE_VAR": str(var),
            "ECHEANCE_DATABASE_URL": url,
            "ECHEANCE_SMTP_URL": f"smtp+plain://127.0.0.1:{port}",
        }
        while _left(app, again=True):
            before = len(taken.taken)
            with subprocess.Popen(
                [*PYTHON, "flask", "--app", "wsgi", "worker"],
                cwd=ROOT,
                env=environ,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            ) as worker:
                while len(taken.taken) == before and _left(app):
                    time.sleep(0.01)
                time.sleep(chance.random() * 0.2)
                while kills >= wanted and _left(app):
                    time.sleep(0.05)
                os.killpg(worker.pid, signal.SIGKILL)
                kills += 1
    arrived = Counter(str(message_from_bytes(each)["Message-ID"]).partition("@")[0][1:] for each in taken.taken)
    with app.app_context():
        rows = list(db.session.scalars(select(Outbox)))
        assert {row.state for row in rows} <= {MessageState.DONE, MessageState.UNSURE}
        for row in rows:
            assert arrived[fit(row.key)] in ((1,) if row.state is MessageState.DONE else (0, 1)), row.key
        assert kills >= wanted and sum(row.state is MessageState.UNSURE for row in rows) <= kills
        db.session.remove()
        db.engine.dispose()


def _left(app: Flask, *, again: bool = False) -> int:
    """How many are still to be sent; ``again`` also lets pass what one who was killed leaves waiting."""
    with app.app_context():
        if again:
            with writing() as session:
                session.execute(delete(Lease))
                session.execute(update(Outbox).where(Outbox.state == MessageState.WAITING).values(due_at=system_now()))
        left = db.session.scalar(select(func.count()).where(Outbox.state == MessageState.WAITING)) or 0
        db.session.rollback()
        return left
