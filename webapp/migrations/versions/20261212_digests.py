"""accounts choose how many mails they get"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
GATHERED = sa.text("state = 'gathered'")


def upgrade() -> None:
    op.add_column("notifications", sa.Column("pace", sa.String(24), nullable=False, server_default="together"))
    op.create_index("ix_outbox_gathered", "outbox", ["account_id"], sqlite_where=GATHERED, postgresql_where=GATHERED)


def downgrade() -> None:
    op.execute("UPDATE outbox SET state = 'waiting' WHERE state = 'gathered'")
    op.drop_index("ix_outbox_gathered", "outbox")
    op.drop_column("notifications", "pace")
