"""batches, and the batch that an event was part of"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

UNFINISHED = sa.text("state IN ('judging', 'running')")


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_batch_account_id")),
        sa.ForeignKeyConstraint(["undoes_id"], ["batch.id"], name=op.f("fk_batch_undoes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index("ix_batch_account_id", "batch", ["account_id"])
    op.create_index("ix_batch_undoes_id", "batch", ["undoes_id"])
    op.create_index("ix_batch_unfinished", "batch", ["id"], sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)
    op.create_table(
        "batch_row",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("agreements", sa.String(400), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_row_batch_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_batch_row_service_id")),
        sa.PrimaryKeyConstraint("batch_id", "service_id", name=op.f("pk_batch_row")),
    )
    op.create_index("ix_batch_row_by_state", "batch_row", ["batch_id", "state", "reason", "position"])
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("batch_id", sa.Integer(), nullable=True))
        event.create_foreign_key(op.f("fk_event_batch_id"), "batch", ["batch_id"], ["id"], postgresql_not_valid=True)


def downgrade() -> None:
    with op.batch_alter_table("event") as event:
        event.drop_constraint(op.f("fk_event_batch_id"), type_="foreignkey")
        event.drop_column("batch_id")
    op.drop_table("batch_row")
    op.drop_table("batch")
