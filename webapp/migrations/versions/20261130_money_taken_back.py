"""payments are taken back after they succeeded, and asked for again"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
BILL = sa.text("order_id IS NULL AND kind = 'invoice'")
ANY_BILL = sa.text("order_id IS NULL AND kind <> 'credit-note'")
DEMAND = sa.text("demands_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("payment_attempt", sa.Column("returned", sa.String(24), nullable=True))
    op.add_column("payment_attempt", sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("invoice") as invoice:
        invoice.add_column(sa.Column("demands_id", sa.Integer(), nullable=True))
        invoice.create_foreign_key(
            op.f("fk_invoice_demands_id"), "payment_attempt", ["demands_id"], ["id"], postgresql_not_valid=True
        )
    columns = ["demands_id", "owner_id"]
    op.create_index("uq_invoice_demand", "invoice", columns, unique=True, sqlite_where=DEMAND, postgresql_where=DEMAND)
    op.drop_index("ix_invoice_bill", "invoice")
    op.create_index("ix_invoice_bill", "invoice", ["account_id"], sqlite_where=ANY_BILL, postgresql_where=ANY_BILL)


def downgrade() -> None:
    """What is asked for again stays a bill, with the number that it has; the version before knows its kind as well."""
    op.execute("UPDATE payment_attempt SET state = 'succeeded' WHERE state IN ('returned', 'restored')")
    op.drop_index("ix_invoice_bill", "invoice")
    op.create_index("ix_invoice_bill", "invoice", ["account_id"], sqlite_where=BILL, postgresql_where=BILL)
    op.drop_index("uq_invoice_demand", "invoice")
    with op.batch_alter_table("invoice") as invoice:
        invoice.drop_constraint(op.f("fk_invoice_demands_id"), type_="foreignkey")
        invoice.drop_column("demands_id")
    with op.batch_alter_table("payment_attempt") as attempt:
        attempt.drop_column("returned_at")
        attempt.drop_column("returned")
