"""The engine is killed wherever it is, while days pass: everything is billed, debited and told once."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import delete, select

from tests.operations.payments.test_kill_payment import KEY, PYTHON, ROOT
from tests.schemas import schema_of_its_own
from tests.world import MONTH, World
from webapp import create_app
from webapp.domain.actors import AUDITOR, MESSENGER
from webapp.domain.messages import MessageState
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Attempt, Lease, Outbox, Service, Term
from webapp.operations.audit import audit
from webapp.operations.desk import Desk
from webapp.sandbox.books import Books
from webapp.settings import Settings
from webapp.wiring import desk_for, now, rules, system_now
from webapp.worker import tell

EACH = 8
DAYS_FOR_A_KILL = 8
"""As many as can pass between two, and some."""
PAYERS = ("test-accepted", "test-accepted", "test-later", "test-refused", "")
"""What their methods are known by; the last one has none."""


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[str]:
    words = (
        "webapp.sandbox",
        "--port",
        "0",
        "--books",
        str(tmp_path / "books.sqlite3"),
        "--notify",
        "http://127.0.0.1:9/",
    )
    with subprocess.Popen(
        [*PYTHON, *words],
        cwd=ROOT,
        env=os.environ | {"SANDBOX_KEY": KEY},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        yield process.stdout.readline().rpartition(" ")[2].strip()
        process.terminate()


def test_whoever_is_killed_everything_happens_once(
    tmp_path: Path, database_url: str, sandbox: str, pytestconfig: pytest.Config
) -> None:
    var, url = tmp_path / "var", schema_of_its_own("days", database_url, tmp_path)
    app, chance = create_app(Settings(var=var, database_url=url)), random.Random(1)
    with app.app_context():
        upgrade()
    world, today, wanted = World(app), datetime.now(UTC).date(), pytestconfig.getoption("--kills")
    ahead = 45 + DAYS_FOR_A_KILL * wanted
    for number, reference in enumerate(PAYERS):
        payer = world.account(f"Payer{number}")
        if reference:
            world.card(payer, reference=reference, label=f"{reference} {number}", expires_on=None)
        for rank in range(EACH):
            end = today + timedelta(days=1 + rank * 3)
            mode = Mode.MANUAL if rank == 0 else Mode.AUTOMATIC
            days = {"started_on": end - timedelta(days=28), "ends_on": end, "anchor_day": end.day}
            world.service(payer, f"{rank}.payer{number}.example", family="vps", period=MONTH, mode=mode, **days)
    environ = os.environ | {
        "ECHEANCE_ENVIRONMENT": "demo",
        "ECHEANCE_VAR": str(var),
        "ECHEANCE_DATABASE_URL": url,
        "ECHEANCE_SANDBOX_KEY": KEY,
        "ECHEANCE_SANDBOX_URL": sandbox,
        "ECHEANCE_PUBLIC_URL": "http://localhost",
    }
    words = [*PYTHON, "flask", "--app", "wsgi", "clock", "advance", "--to", str(today + timedelta(days=ahead))]
    kills = 0
    while not passed(var, ahead):
        with subprocess.Popen(
            words, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, start_new_session=True
        ) as engine:
            if kills < wanted:
                time.sleep(1.5 + chance.random() * 1.5)
                os.killpg(engine.pid, signal.SIGKILL)
                kills += 1
        with app.app_context():
            db.session.execute(delete(Lease))
            db.session.commit()
    with app.app_context():
        assert kills == wanted
        # What was being told when somebody was killed is told again after a pause.
        tell(Desk(MESSENGER, now(), rules(), system_now() + timedelta(days=1)))
        assert list(audit(db.session(), desk_for(AUDITOR)).differences) == []
        taken = {each.key: each.minor for each in db.session.query(Attempt) if each.state == "succeeded"}
        books = Books(tmp_path / "books.sqlite3", time.time).all()
        assert taken == {each.key: each.amount for each in books if each.status == "succeeded"} != {}
        given = set(
            db.session.execute(select(Term.service_id, Term.starts_on).where(Term.invoice_line_id.is_not(None)))
        )
        assert len(given) == db.session.query(Term).filter(Term.invoice_line_id.is_not(None)).count()
        paid = db.session.query(Service).filter(Service.mode == Mode.AUTOMATIC, Service.billing_id <= 2)
        assert all(service.ends_on > today + timedelta(days=ahead) for service in paid)
        assert {message.state for message in db.session.query(Outbox)} == {MessageState.DONE}
        assert len(list((var / "mail").rglob("*.eml"))) == db.session.query(Outbox).count()
        db.session.remove()
        db.engine.dispose()


def passed(var: Path, days: int) -> bool:
    clock = var / "clock"
    return clock.exists() and int(clock.read_text().split()[0]) >= days
