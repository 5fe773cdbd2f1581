"""payments of which the provider tells another amount are kept as such"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    with op.batch_alter_table("payment_attempt") as attempt:
        attempt.add_column(sa.Column("told_minor", sa.BigInteger(), nullable=True))
        attempt.add_column(sa.Column("told_currency", sa.String(3), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("payment_attempt") as attempt:
        attempt.drop_column("told_currency")
        attempt.drop_column("told_minor")
