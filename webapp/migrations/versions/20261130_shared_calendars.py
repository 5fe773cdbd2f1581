"""calendars are read by programs at private addresses"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("account", sa.Column("calendar_number", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("account", sa.Column("calendar_shared", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.drop_column("calendar_shared")
        account.drop_column("calendar_number")
