"""names that lapsed go through grace and redemption, are restored for a fee, and are deleted after that"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
TABLES = ("order_line", "invoice_line")
FIRST_LOOK = """
    UPDATE service SET due_on = suspended_on
    WHERE availability = 'suspended' AND due_on IS NULL
      AND product_id IN (SELECT id FROM product WHERE family = 'domain')
"""
"""Before anything is due: whoever looks at a name then knows more."""


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("restore_fee_minor", sa.BigInteger(), nullable=True))
    op.execute(FIRST_LOOK)


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "restore_fee_minor")
