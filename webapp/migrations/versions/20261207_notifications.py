"""what accounts want to be told"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    op.create_table(
        "notifications",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("off", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notifications_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notifications")),
    )


def downgrade() -> None:
    op.drop_table("notifications")
