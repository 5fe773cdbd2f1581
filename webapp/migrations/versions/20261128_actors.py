"""who did what is told of each event: a person, the program, or somebody on the provider's side"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("event", sa.Column("actor", sa.String(80), nullable=False, server_default="person"))
    events = sa.table("event", sa.column("account_id"), sa.column("actor"))
    op.execute(sa.update(events).where(events.c.account_id.is_(None)).values(actor="operator inventory"))
    with op.batch_alter_table("event") as table:
        table.alter_column("actor", server_default=None)


def downgrade() -> None:
    op.drop_column("event", "actor")
