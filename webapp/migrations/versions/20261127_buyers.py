"""what accounts tell of themselves for their invoices, and why a document charges no tax"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    for name, length in (("address", 400), ("vat_number", 20), ("reference", 60)):
        op.add_column("account", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    op.add_column("account", sa.Column("vat_checked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("invoice", sa.Column("tax_note", sa.String(24), nullable=True))
    op.create_table(
        "account_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_event_account_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_account_event_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_event")),
    )
    op.create_index("ix_account_event_account_id", "account_event", ["account_id"])


def downgrade() -> None:
    op.drop_table("account_event")
    op.drop_column("invoice", "tax_note")
    for name in ("vat_checked", "reference", "vat_number", "address"):
        op.drop_column("account", name)
