"""what was accepted is kept with the version of its text"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    with op.batch_alter_table("acceptance") as acceptance:
        acceptance.add_column(sa.Column("version", sa.String(40), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("acceptance") as acceptance:
        acceptance.drop_column("version")
