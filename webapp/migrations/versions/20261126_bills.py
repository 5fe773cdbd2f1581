"""invoices with lines, bills with how they were settled, orders that pay bills"""

import calendar
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
SOLD = sa.text("kind = 'invoice'")
BILL = sa.text("order_id IS NULL AND kind = 'invoice'")
CLAIMING = sa.text("claiming")


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


KIND = words("kind", "invoice", "credit-note")


def upgrade() -> None:
    with op.batch_alter_table("invoice") as invoice:
        invoice.drop_constraint(op.f("uq_invoice_order_id"), type_="unique")
        invoice.drop_constraint(op.f("uq_invoice_portal_number"), type_="unique")
        invoice.alter_column("number", new_column_name="serial", existing_type=sa.BigInteger(), nullable=True)
        invoice.alter_column("order_id", existing_type=sa.Integer(), nullable=True)
        invoice.alter_column("net_minor", existing_type=sa.BigInteger(), nullable=True)
    with op.batch_alter_table("invoice") as invoice:
        invoice.add_column(sa.Column("code", sa.String(length=100), nullable=True))
        invoice.add_column(sa.Column("kind", KIND, nullable=True))
        invoice.add_column(sa.Column("number", sa.String(length=40), nullable=True))
        invoice.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        invoice.add_column(sa.Column("corrects_id", sa.Integer(), nullable=True))
        invoice.add_column(sa.Column("issued_on", sa.Date(), nullable=True))
        invoice.add_column(sa.Column("seller", sa.JSON(), nullable=True))
        invoice.add_column(sa.Column("buyer", sa.JSON(), nullable=True))
    op.execute(
        "UPDATE invoice SET kind = 'invoice', issued_on = DATE(issued_at), seller = '{}', buyer = '{}',"
        " number = portal || '-' || substr('000000' || CAST(serial AS VARCHAR(20)), 1 + length(serial || '')),"
        " owner_id = (SELECT min(service.owner_id) FROM order_line"
        " JOIN service ON service.id = order_line.service_id WHERE order_line.order_id = invoice.order_id)"
    )
    op.execute("UPDATE invoice SET code = number")
    with op.batch_alter_table("invoice") as invoice:
        for name, kind in (
            ("code", sa.String(length=100)),
            ("kind", KIND),
            ("owner_id", sa.Integer()),
            ("issued_on", sa.Date()),
            ("seller", sa.JSON()),
            ("buyer", sa.JSON()),
        ):
            invoice.alter_column(name, existing_type=kind, nullable=False)
        invoice.create_unique_constraint(op.f("uq_invoice_code"), ["code"])
        invoice.create_unique_constraint(op.f("uq_invoice_portal_kind_serial"), ["portal", "kind", "serial"])
        invoice.create_foreign_key(op.f("fk_invoice_owner_id"), "account", ["owner_id"], ["id"])
        invoice.create_foreign_key(op.f("fk_invoice_corrects_id"), "invoice", ["corrects_id"], ["id"])
    op.create_index(
        "uq_invoice_order", "invoice", ["order_id", "owner_id"], unique=True, sqlite_where=SOLD, postgresql_where=SOLD
    )
    op.create_index("ix_invoice_owner_id", "invoice", ["owner_id"])
    op.create_index("ix_invoice_corrects_id", "invoice", ["corrects_id"])
    op.create_index("ix_invoice_bill", "invoice", ["account_id"], sqlite_where=BILL, postgresql_where=BILL)

    op.create_table(
        "invoice_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("product", sa.String(length=120), nullable=False),
        sa.Column("duration", sa.SmallInteger(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=True),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("levies", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_line_invoice_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_invoice_line_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_line")),
        sa.UniqueConstraint("invoice_id", "position", name=op.f("uq_invoice_line_invoice_id_position")),
    )
    op.create_index("ix_invoice_line_service_id", "invoice_line", ["service_id"])
    op.execute(
        "INSERT INTO invoice_line (invoice_id, position, service_id, name, display_name, product, duration, starts_on,"
        " ends_on, quantity, net_minor, gross_minor, levies)"
        " SELECT invoice.id, line.position, service.id, service.name, service.display_name, product.name,"
        " line.duration, line.starts_on, line.ends_on, 1, line.net_minor, line.gross_minor, line.levies FROM invoice"
        " JOIN order_line AS line ON line.order_id = invoice.order_id"
        " JOIN term ON term.order_line_id = line.id"
        " JOIN service ON service.id = line.service_id JOIN product ON product.id = service.product_id"
    )
    add_bills(op.get_bind())

    with op.batch_alter_table("order_line") as line:
        line.drop_constraint(op.f("uq_order_line_order_id_service_id"), type_="unique")
        line.create_unique_constraint(op.f("uq_order_line_order_id_position"), ["order_id", "position"])
        line.add_column(sa.Column("invoice_line_id", sa.Integer(), nullable=True))
        line.create_foreign_key(op.f("fk_order_line_invoice_line_id"), "invoice_line", ["invoice_line_id"], ["id"])
        line.alter_column("duration", existing_type=sa.SmallInteger(), nullable=True)
        line.alter_column("starts_on", existing_type=sa.Date(), nullable=True)
        line.alter_column("ends_on", existing_type=sa.Date(), nullable=True)
    op.create_index(
        "uq_order_line_bill",
        "order_line",
        ["invoice_line_id"],
        unique=True,
        sqlite_where=CLAIMING,
        postgresql_where=CLAIMING,
    )
    op.create_table(
        "settlement",
        sa.Column("invoice_line_id", sa.Integer(), nullable=False),
        sa.Column("how", words("how", "paid", "credited", "elsewhere"), nullable=False),
        sa.Column("order_line_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["invoice_line_id"], ["invoice_line.id"], name=op.f("fk_settlement_invoice_line_id")),
        sa.ForeignKeyConstraint(["order_line_id"], ["order_line.id"], name=op.f("fk_settlement_order_line_id")),
        sa.PrimaryKeyConstraint("invoice_line_id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("order_line_id", name=op.f("uq_settlement_order_line_id")),
    )


DUE = """
    SELECT service.id, service.reference, service.name, service.display_name, service.owner_id, service.billing_id,
        service.kind, service.period, service.ends_on, service.anchor_day, service.currency,
        service.amount_due_minor, service.billed_on, product.name AS product, account.portal
    FROM service JOIN product ON product.id = service.product_id JOIN account ON account.id = service.owner_id
    WHERE service.amount_due_minor > 0 ORDER BY service.id
"""
DUE_TYPES = {"ends_on": sa.Date(), "billed_on": sa.Date()}


def add_bills(connection: sa.Connection) -> None:
    """What is due today becomes a bill; one whose service has run out buys the term that began then."""
    now = datetime.now(UTC)
    meta = sa.MetaData()
    invoices, lines = (sa.Table(name, meta, autoload_with=connection) for name in ("invoice", "invoice_line"))
    for due in connection.execute(sa.text(DUE).columns(**DUE_TYPES)).all():
        billed_on = due.billed_on or now.date()
        values = {
            "code": f"{due.reference}~{billed_on}",
            "kind": "invoice",
            "portal": due.portal,
            "account_id": due.billing_id,
            "owner_id": due.owner_id,
            "issued_on": billed_on,
            "issued_at": now,
            "currency": due.currency,
            "gross_minor": due.amount_due_minor,
            "seller": {},
            "buyer": {},
        }
        invoice_id = connection.execute(sa.insert(invoices).values(values).returning(invoices.c.id)).scalar_one()
        line = {
            "invoice_id": invoice_id,
            "position": 1,
            "service_id": due.id,
            "name": due.name,
            "display_name": due.display_name,
            "product": due.product,
            "quantity": 1,
            "gross_minor": due.amount_due_minor,
            "levies": [],
        }
        connection.execute(sa.insert(lines).values(line | term(due, now.date())))


def term(due: Any, today: date) -> dict[str, Any]:
    if due.kind != "recurring" or due.period is None or due.ends_on is None or due.ends_on > today:
        return {}
    years, month = divmod(due.ends_on.year * 12 + due.ends_on.month - 1 + due.period, 12)
    day = min(due.anchor_day or due.ends_on.day, calendar.monthrange(years, month + 1)[1])
    return {"duration": due.period, "starts_on": due.ends_on, "ends_on": date(years, month + 1, day)}


def downgrade() -> None:
    op.drop_table("settlement")
    op.execute(
        "UPDATE term SET order_line_id = NULL"
        " WHERE order_line_id IN (SELECT id FROM order_line WHERE invoice_line_id IS NOT NULL)"
    )
    op.execute("DELETE FROM order_line WHERE invoice_line_id IS NOT NULL")
    op.drop_index("uq_order_line_bill", "order_line")
    with op.batch_alter_table("order_line") as line:
        line.drop_constraint(op.f("fk_order_line_invoice_line_id"), type_="foreignkey")
        line.drop_column("invoice_line_id")
        line.drop_constraint(op.f("uq_order_line_order_id_position"), type_="unique")
        line.create_unique_constraint(op.f("uq_order_line_order_id_service_id"), ["order_id", "service_id"])
        line.alter_column("duration", existing_type=sa.SmallInteger(), nullable=False)
        line.alter_column("starts_on", existing_type=sa.Date(), nullable=False)
        line.alter_column("ends_on", existing_type=sa.Date(), nullable=False)
    op.drop_table("invoice_line")

    op.execute("DELETE FROM invoice WHERE order_id IS NULL OR kind <> 'invoice'")
    op.drop_index("uq_invoice_order", "invoice")
    op.drop_index("ix_invoice_bill", "invoice")
    op.drop_index("ix_invoice_owner_id", "invoice")
    op.drop_index("ix_invoice_corrects_id", "invoice")
    with op.batch_alter_table("invoice") as invoice:
        for name in ("uq_invoice_code", "uq_invoice_portal_kind_serial"):
            invoice.drop_constraint(op.f(name), type_="unique")
        for name in ("fk_invoice_owner_id", "fk_invoice_corrects_id"):
            invoice.drop_constraint(op.f(name), type_="foreignkey")
        invoice.drop_constraint(op.f("ck_invoice_kind"), type_="check")
        for name in ("code", "kind", "number", "owner_id", "corrects_id", "issued_on", "seller", "buyer"):
            invoice.drop_column(name)
        invoice.alter_column("serial", new_column_name="number", existing_type=sa.BigInteger(), nullable=False)
        invoice.alter_column("order_id", existing_type=sa.Integer(), nullable=False)
        invoice.alter_column("net_minor", existing_type=sa.BigInteger(), nullable=False)
        invoice.create_unique_constraint(op.f("uq_invoice_order_id"), ["order_id"])
        invoice.create_unique_constraint(op.f("uq_invoice_portal_number"), ["portal", "number"])
