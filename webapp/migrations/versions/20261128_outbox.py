"""what is told to the world outside has a state: when it is due, how often it was tried, what became of it"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
WAITING = "state = 'waiting'"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("state", sa.String(24), nullable=False, server_default="waiting"))
        outbox.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        outbox.add_column(sa.Column("tries", sa.SmallInteger(), nullable=False, server_default="0"))
        outbox.add_column(sa.Column("reason", sa.String(200), nullable=False, server_default=""))
        outbox.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE outbox SET due_at = created_at")
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("due_at", nullable=False)
        for name in ("state", "tries", "reason"):
            outbox.alter_column(name, server_default=None)
    for name, columns in (("waiting", ["account_id", "id"]), ("due", ["due_at"])):
        where = sa.text(WAITING)
        op.create_index(f"ix_outbox_{name}", "outbox", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in ("due", "waiting"):
        op.drop_index(f"ix_outbox_{name}", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        for name in ("ended_at", "reason", "tries", "due_at", "state"):
            outbox.drop_column(name)
