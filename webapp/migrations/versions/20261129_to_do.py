"""what is to be done is counted from indexes alone"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
OWED = sa.text("amount_due_minor IS NOT NULL")
SORTED = ["account_id", "status", "effective_on", "name_key", "service_id"]
BESIDE = ["currency", "price_minor", "amount_due_minor"]


def upgrade() -> None:
    op.drop_index("ix_listing_by_status", "listing")
    op.create_index("ix_listing_by_status", "listing", SORTED + BESIDE)
    columns = ["account_id", "currency", "amount_due_minor", "status", "effective_on"]
    op.create_index("ix_listing_owed", "listing", columns, sqlite_where=OWED, postgresql_where=OWED)


def downgrade() -> None:
    op.drop_index("ix_listing_owed", "listing")
    op.drop_index("ix_listing_by_status", "listing")
    op.create_index("ix_listing_by_status", "listing", SORTED)
