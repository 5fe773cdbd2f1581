"""where messages went, and those that are sent once more"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("address", sa.String(254), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("again_of", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "again_of")
    op.drop_column("outbox", "address")
