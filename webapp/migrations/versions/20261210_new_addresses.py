"""accounts change their addresses, and what an inventory says again does not take that back"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.add_column("account", sa.Column("new_email", sa.String(254), nullable=True))
    op.add_column("account", sa.Column("imported_email", sa.String(254), nullable=True))
    op.execute("UPDATE account SET imported_email = email")


def downgrade() -> None:
    op.drop_column("account", "imported_email")
    op.drop_column("account", "new_email")
