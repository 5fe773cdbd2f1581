"""the events of a receipt are looked up by it"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

INDEX = ("ix_event_receipt_id", "event", ["receipt_id"])
PROVEN = sa.text("receipt_id IS NOT NULL")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.create_index(*INDEX, sqlite_where=PROVEN)
        return
    with op.get_context().autocommit_block():
        op.create_index(*INDEX, postgresql_where=PROVEN, postgresql_concurrently=True, if_not_exists=True)
        op.execute("ALTER TABLE event VALIDATE CONSTRAINT fk_event_receipt_id")


def downgrade() -> None:
    op.drop_index("ix_event_receipt_id", "event")
