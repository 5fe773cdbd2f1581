"""a batch does one thing to a service once"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

INDEX = ("uq_event_batch", "event", ["batch_id", "service_id"])
IN_A_BATCH = sa.text("batch_id IS NOT NULL")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.create_index(*INDEX, unique=True, sqlite_where=IN_A_BATCH)
        return
    with op.get_context().autocommit_block():
        op.create_index(
            *INDEX, unique=True, postgresql_where=IN_A_BATCH, postgresql_concurrently=True, if_not_exists=True
        )
        op.execute("ALTER TABLE event VALIDATE CONSTRAINT fk_event_batch_id")


def downgrade() -> None:
    op.drop_index("uq_event_batch", "event")
