"""some mails go to further addresses as well"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.create_table(
        "further_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_further_address_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_further_address")),
        sa.UniqueConstraint("account_id", "address", name=op.f("uq_further_address_account_id_address")),
    )
    op.create_index(op.f("ix_further_address_account_id"), "further_address", ["account_id"])
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("recipient", sa.String(254), nullable=False, server_default=""))
        outbox.alter_column("key", existing_type=sa.String(80), type_=sa.String(120), existing_nullable=False)


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE recipient <> '' OR length(key) > 80")
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("key", existing_type=sa.String(120), type_=sa.String(80), existing_nullable=False)
        outbox.drop_column("recipient")
    op.drop_table("further_address")
