"""balances are asked back, and customers are told when theirs falls below what they say"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
ASKED = sa.text("state = 'asked'")


def upgrade() -> None:
    op.add_column("account", sa.Column("balance_alert_minor", sa.BigInteger(), nullable=True))
    op.create_table(
        "payout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(19), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("portal", sa.String(8), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.CheckConstraint("minor > 0", name=op.f("ck_payout_positive")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_payout_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout")),
        sa.UniqueConstraint("code", name=op.f("uq_payout_code")),
    )
    op.create_index(op.f("ix_payout_account_id"), "payout", ["account_id"])
    columns = ["account_id", "portal", "currency"]
    op.create_index("uq_payout_asked", "payout", columns, unique=True, sqlite_where=ASKED, postgresql_where=ASKED)


def downgrade() -> None:
    """Entries that no order has stay in the ledger; the version before shows none of them."""
    op.drop_table("payout")
    with op.batch_alter_table("account") as account:
        account.drop_column("balance_alert_minor")
