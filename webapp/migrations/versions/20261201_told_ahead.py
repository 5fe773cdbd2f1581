"""long terms that renew by themselves, and methods that expire, are told of ahead"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
DEFAULT = sa.text("is_default")
LOOK_AGAIN = """
    UPDATE service SET due_on = COALESCE(started_on, ends_on)
    WHERE availability = 'active' AND mode = 'automatic' AND period > 1
"""
"""Whoever looks at a service then knows when it is to be told of."""


def upgrade() -> None:
    op.add_column("service", sa.Column("recapped_for", sa.Date(), nullable=True))
    op.execute(LOOK_AGAIN)
    op.add_column("payment_method", sa.Column("expiry_told_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_payment_method_expiry", "payment_method", ["expires_on"], sqlite_where=DEFAULT, postgresql_where=DEFAULT
    )


def downgrade() -> None:
    op.drop_index("ix_payment_method_expiry", "payment_method")
    with op.batch_alter_table("payment_method") as method:
        method.drop_column("expiry_told_on")
    with op.batch_alter_table("service") as service:
        service.drop_column("recapped_for")
