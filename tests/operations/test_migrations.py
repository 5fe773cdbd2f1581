"""The migrations lead to the tables that the program expects, on either database."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import column, func, inspect, select, table, text

from tests.conftest import NOON
from tests.schemas import schema_of_its_own
from tests.world import ENDS
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import INVENTORY, Person
from webapp.extensions import db
from webapp.models import Attempt, Event, Invoice, InvoiceLine, Settlement, Term
from webapp.settings import Settings


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Flask]:
    """With a database that has no tables yet."""
    settings = Settings(var=tmp_path, database_url=schema_of_its_own("migrating", database_url, tmp_path))
    app = create_app(settings, Adapters(clock=FixedClock(NOON)))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_they_lead_to_the_models_and_back(app: Flask) -> None:
    with app.app_context():
        upgrade()
        check()
        assert set(inspect(db.engine).get_table_names()) == {*db.metadata.tables, "alembic_version"}
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}


def test_they_keep_every_check_and_foreign_key_of_the_models(app: Flask) -> None:
    """SQLite rebuilds tables, and what its rebuilding forgot would be missed by nobody."""
    with app.app_context():
        upgrade()
        kept = _constraints()
        downgrade(revision="0001")
        upgrade()
        assert _constraints() == kept
        db.drop_all()
        db.create_all()
        assert kept == _constraints()


def _constraints() -> dict[str, list[object]]:
    known = inspect(db.engine)
    return {
        name: sorted(str(each["name"]) for each in (*known.get_check_constraints(name), *known.get_foreign_keys(name)))
        for name in db.metadata.tables
    }


def test_a_database_of_version_0_1_keeps_what_people_have_in_it(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade(revision="0001")
        fill(VERSION_0_1)
        upgrade()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["language"] = "signed-in-before", "en"
    listed = client.get("/services?selected=yes").get_data(as_text=True)
    assert "shop.example" in listed and "Mailboxes" in listed and "1 service selected" in listed
    history = client.get("/services/S-1").get_data(as_text=True)
    for part in (
        "Renewal configured",
        "Automatic, every year",
        "Changed by an inventory import",
        "€9.99",
        "Shop",
    ):
        assert part in history
    assert client.get("/services/S-1/events/1").status_code == 200
    with app.app_context():
        assert [(row.starts_on, row.ends_on) for row in db.session.query(Term)] == [(date(2025, 12, 31), ENDS)]


def test_what_was_due_becomes_a_bill_and_what_was_invoiced_gets_its_lines(app: Flask) -> None:
    with app.app_context():
        upgrade(revision="0001")
        fill(VERSION_0_1)
        upgrade(revision="0013")
        fill(SOLD_BEFORE)
        upgrade()
        names = [(each.code, each.order_id, each.gross_minor) for each in db.session.query(Invoice).order_by("id")]
        lines = [(each.name, each.starts_on, each.ends_on) for each in db.session.query(InvoiceLine).order_by("id")]
        assert names == [("FR-000012", 1, 6000), ("S-1~2026-01-31", None, 700)]
        days = (date(2026, 12, 31), date(2027, 12, 31))
        assert lines == [("shop.example", *days), ("shop.example", None, None)]
        db.session.rollback()
        downgrade(revision="0013")
        with db.engine.begin() as connection:
            assert connection.execute(text("SELECT number, gross_minor FROM invoice")).all() == [(12, 6000)]


def test_credit_becomes_a_ledger_cent_by_cent_and_settlements_become_parts(app: Flask) -> None:
    with app.app_context():
        upgrade(revision="0001")
        fill(VERSION_0_1)
        upgrade(revision="0013")
        fill(SOLD_BEFORE)
        upgrade(revision="0017")
        fill(CREDITED_BEFORE)
        before = owed_by("credit")
        assert before == [(1, "EUR", 6001), (2, "CAD", 250)]
        upgrade()
        assert owed_by("ledger_entry") == before
        parts = [(each.number, each.how, each.minor, each.left_minor) for each in db.session.query(Settlement)]
        assert parts == [(1, "paid", 700, 0)]
        assert [(each.kind, each.by) for each in db.session.query(Event).order_by("id")] == [
            ("renewal-configured", Person(1)),
            ("import-changed", INVENTORY),
        ]
        assert [each.means for each in db.session.query(Attempt)] == ["checkout"]
        db.session.rollback()
        downgrade(revision="0017")
        assert owed_by("credit") == before
        with db.engine.begin() as connection:
            settled = connection.execute(text("SELECT invoice_line_id, how, order_line_id FROM settlement")).all()
        assert settled == [(2, "paid", 1)]


ENDED_BEFORE = """
UPDATE product SET family = 'domain';
INSERT INTO service (id, reference, name, folded_name, display_name, product_id, owner_id, admin_id, technical_id,
  billing_id, kind, availability, mode, period, anchor_day, started_on, ends_on, currency, price_minor,
  amount_due_minor, version, imported, suspension, suspended_on)
  SELECT 2, 'S-2', name, folded_name, '', 1, 1, 1, 1, 1, kind, 'suspended', mode, period, anchor_day, started_on,
  '2026-11-01', currency, price_minor, 0, 1, '{}', 'expired', '2026-11-01' FROM service;
INSERT INTO listing (account_id, service_id, roles, name_key, search_text, family, availability, status, mode, currency)
  SELECT 1, 2, roles, name_key, search_text, family, availability, status, mode, currency FROM listing;
UPDATE service SET availability = 'terminated', due_on = NULL WHERE id = 1;
UPDATE listing SET price_minor = 100
"""


def test_what_has_ended_loses_its_price_and_names_that_lapsed_are_looked_at(app: Flask) -> None:
    with app.app_context():
        upgrade(revision="0001")
        fill(VERSION_0_1)
        upgrade(revision="0037")
        fill(ENDED_BEFORE)
        upgrade()
        with db.engine.connect() as connection:
            prices = set(connection.execute(text("SELECT service_id, price_minor FROM listing")))
            due = connection.execute(text("SELECT id, due_on FROM service ORDER BY id")).all()
        assert prices == {(1, None), (2, 100)}
        assert [(key, str(day)) for key, day in due] == [(1, "None"), (2, "2026-11-01")]


def fill(statements: str) -> None:
    with db.engine.begin() as connection:
        for statement in statements.strip().split(";\n"):
            connection.execute(text(statement))


def owed_by(name: str) -> list[tuple[int, str, int]]:
    columns = [column(each) for each in ("account_id", "currency", "minor")]
    account, currency, minor = columns
    query = select(account, currency, func.sum(minor)).select_from(table(name, *columns)).group_by(account, currency)
    with db.engine.begin() as connection:
        return [(row[0], row[1], int(row[2])) for row in connection.execute(query.order_by(account, currency))]


CREDITED_BEFORE = """
INSERT INTO account (id, handle, email, name, kind, country, portal, address, vat_number, vat_checked, reference) VALUES
  (2, 'bob', 'bob@people.example', 'Bob', 'individual', 'CA', 'QC', '', '', false, '');
INSERT INTO payment_attempt (order_id, number, key, provider, state, currency, minor, return_to, language, reference,
  address, begun_at, asked, ask_at) VALUES
  (1, 1, 'K7QM-AAAA-BBBB-CCCC-1', 'sandbox', 'succeeded', 'EUR', 6000, '', 'en',
  '', '', '2026-11-23 12:00:00+00:00', 0, '2026-11-23 12:00:00+00:00');
INSERT INTO settlement (invoice_line_id, how, order_line_id, at) VALUES (2, 'paid', 1, '2026-11-23 12:00:00+00:00');
INSERT INTO credit (key, account_id, order_id, service_id, reason, currency, minor, at) VALUES
  ('order-line 1', 1, 1, 1, 'terminated', 'EUR', 6000, '2026-11-23 12:00:00+00:00'),
  ('payment a', 1, 1, NULL, 'order-over', 'EUR', 1, '2026-11-23 12:00:00+00:00'),
  ('payment b', 2, 1, NULL, 'order-over', 'CAD', 250, '2026-11-23 12:00:00+00:00')
"""
SOLD_BEFORE = """
UPDATE service SET ends_on = '2027-12-31', amount_due_minor = 700, billed_on = '2026-01-31';
INSERT INTO customer_order (id, code, account_id, portal, state, currency, net_minor, gross_minor, created_at,
  expires_at) VALUES (1, 'K7QM-AAAA-BBBB-CCCC', 1, 'FR', 'paid', 'EUR', 5000, 6000, '2026-11-23 12:00:00+00:00',
  '2026-11-24 12:00:00+00:00');
INSERT INTO order_line (id, order_id, position, service_id, purpose, duration, starts_on, ends_on, net_minor,
  gross_minor, levies, claiming) VALUES (1, 1, 1, 1, 'renew', 12, '2026-12-31', '2027-12-31', 5000, 6000, '[]', false);
INSERT INTO term (service_id, follows, starts_on, ends_on, order_line_id) VALUES
  (1, '2026-12-31', '2026-12-31', '2027-12-31', 1);
INSERT INTO invoice (portal, number, order_id, account_id, issued_at, currency, net_minor, gross_minor) VALUES
  ('FR', 12, 1, 1, '2026-11-23 12:00:00+00:00', 'EUR', 5000, 6000)
"""
VERSION_0_1 = """
INSERT INTO account (id, handle, email, name, kind, country, portal) VALUES
  (1, 'alice', 'alice@people.example', 'Alice', 'individual', 'FR', 'FR');
INSERT INTO sign_in (key, account_id, started_at) VALUES ('signed-in-before', 1, '2026-11-23 12:00:00+00:00');
INSERT INTO product (id, code, name, family, forced) VALUES (1, 'web', 'Web', 'hosting', false);
INSERT INTO price (product_id, currency, period, minor) VALUES (1, 'EUR', 12, 5000);
INSERT INTO service (id, reference, name, folded_name, display_name, product_id, owner_id, admin_id, technical_id,
  billing_id, kind, availability, mode, period, anchor_day, started_on, ends_on, currency, price_minor,
  amount_due_minor, version, imported) VALUES
  (1, 'S-1', 'shop.example', 'shop.example', '', 1, 1, 1, 1, 1, 'recurring', 'active', 'manual', 12, 31, '2025-12-31',
  '2026-12-31', 'EUR', 5000, 0, 2, '{}');
INSERT INTO listing (account_id, service_id, roles, name_key, search_text, family, availability, status, mode,
  effective_on, currency, price_minor) VALUES
  (1, 1, 15, 'shop.example', 'shop.example', 'hosting', 1, 4, 'manual', '2026-12-31', 'EUR', 6000);
INSERT INTO selected (sign_in_key, service_id) VALUES ('signed-in-before', 1);
INSERT INTO saved_view (id, account_id, name, query) VALUES (1, 1, 'Mailboxes', 'type=email');
INSERT INTO event (id, service_id, account_id, at, kind, old, new, rules) VALUES
  (1, 1, 1, '2026-11-23 12:00:00+00:00', 'renewal-configured',
  '{"mode": "automatic", "period": "P12M", "price": "50.00", "currency": "EUR"}',
  '{"mode": "manual", "period": null, "price": null, "currency": "EUR", "agreements": []}', 'FR individual'),
  (2, 1, NULL, '2026-11-23 12:00:00+00:00', 'import-changed',
  '{"display_name": null, "price": "9.99"}', '{"display_name": "Shop", "price": "10.50"}', '')
"""
