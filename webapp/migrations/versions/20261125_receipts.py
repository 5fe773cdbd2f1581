"""receipts, and the receipt that proves an event"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(19), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("causes", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_receipt_account_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_receipt_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_receipt_batch_id")),
        sa.UniqueConstraint("code", name=op.f("uq_receipt_code")),
    )
    op.create_index("ix_receipt_account_id", "receipt", ["account_id"])
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("receipt_id", sa.Integer(), nullable=True))
        event.create_foreign_key(
            op.f("fk_event_receipt_id"), "receipt", ["receipt_id"], ["id"], postgresql_not_valid=True
        )


def downgrade() -> None:
    with op.batch_alter_table("event") as event:
        event.drop_constraint(op.f("fk_event_receipt_id"), type_="foreignkey")
        event.drop_column("receipt_id")
    op.drop_table("receipt")
