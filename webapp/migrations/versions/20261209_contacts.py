"""what contacts want to be told who do not pay"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.add_column("notifications", sa.Column("as_contact", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("notifications", "as_contact")
