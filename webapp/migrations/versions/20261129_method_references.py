"""payment methods are known by the provider's own reference

What an inventory told of before has none, so it is told as one that cannot be debited from here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "5d0e3c91b7aa"


def upgrade() -> None:
    with op.batch_alter_table("payment_method") as method:
        method.add_column(sa.Column("reference", sa.String(80), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("payment_method") as method:
        method.drop_column("reference")
