"""what is due is done on its day, and nothing is taken away before a notice has named it"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
DUE = sa.text("due_on IS NOT NULL")
FIRST_LOOK = """
    UPDATE service SET due_on = COALESCE(started_on, ends_on, suspended_on)
    WHERE availability IN ('active', 'suspended')
"""
"""Long before anything is due: whoever looks at a service then knows more."""


def upgrade() -> None:
    for name in ("due_on", "noticed_on", "promised_on"):
        op.add_column("service", sa.Column(name, sa.Date(), nullable=True))
    op.execute(FIRST_LOOK)
    op.create_index("ix_service_due", "service", ["due_on", "billing_id"], sqlite_where=DUE, postgresql_where=DUE)
    op.add_column("customer_order", sa.Column("automatic", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("term") as term:
        term.add_column(sa.Column("invoice_line_id", sa.Integer(), nullable=True))
        term.create_foreign_key(
            op.f("fk_term_invoice_line_id"), "invoice_line", ["invoice_line_id"], ["id"], postgresql_not_valid=True
        )
        term.create_unique_constraint(op.f("uq_term_invoice_line_id"), ["invoice_line_id"])


def downgrade() -> None:
    """Terms stay that were given on a bill; the version before takes them for those of an inventory."""
    with op.batch_alter_table("term") as term:
        term.drop_constraint(op.f("uq_term_invoice_line_id"), type_="unique")
        term.drop_constraint(op.f("fk_term_invoice_line_id"), type_="foreignkey")
        term.drop_column("invoice_line_id")
    with op.batch_alter_table("customer_order") as order:
        order.drop_column("automatic")
    op.drop_index("ix_service_due", "service")
    with op.batch_alter_table("service") as service:
        for name in ("promised_on", "noticed_on", "due_on"):
            service.drop_column(name)
