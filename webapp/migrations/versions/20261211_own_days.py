"""accounts choose days on which they are reminded"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.add_column("notifications", sa.Column("days", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("notifications", sa.Column("reminded_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("notifications", "reminded_on")
    op.drop_column("notifications", "days")
