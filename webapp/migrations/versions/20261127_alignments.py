"""orders that move the day of the month on which a service renews, and the day that a batch aims at"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("order_line", sa.Column("anchor_day", sa.SmallInteger(), nullable=True))
    op.add_column("batch", sa.Column("day", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("batch", "day")
    op.drop_column("order_line", "anchor_day")
