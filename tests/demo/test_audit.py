"""The demo agrees with itself."""

from collections import Counter

from flask import Flask
from sqlalchemy import select

from webapp.commands.audit import audit
from webapp.domain.billing.ledger import EntryKind
from webapp.domain.billing.order import OrderState
from webapp.extensions import db
from webapp.models import Invoice, LedgerEntry, Order


def test_the_audit_of_the_demo_finds_nothing(demo_app: Flask) -> None:
    result = demo_app.test_cli_runner().invoke(audit)
    assert result.exit_code == 0, result.output
    assert "Everything agrees." in result.output


def test_the_demo_has_come_across_everything_that_can_become_of_an_order(demo_app: Flask) -> None:
    with demo_app.app_context():
        states = Counter(db.session.scalars(select(Order.state).where(~Order.automatic)))
        ledger = select(LedgerEntry.kind, LedgerEntry.reason).order_by(LedgerEntry.id)
        credited = [tuple(row) for row in db.session.execute(ledger)]
        invoices = db.session.scalars(
            select(Invoice.serial).where(Invoice.order_id.is_not(None)).order_by(Invoice.id)
        ).all()
    assert states == {OrderState.PAID: 10, OrderState.DISCARDED: 2, OrderState.EXPIRED: 1, OrderState.OPEN: 2}
    assert credited[0] == (EntryKind.CREDITED, "order-over")
    assert set(credited[1:]) == {(EntryKind.SPENT, "")}
    assert invoices == sorted(invoices)
