"""entries of the ledger say what they are, and with which seller they stand; orders may add to it"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column("ledger_entry", sa.Column("portal", sa.String(8), nullable=False, server_default=""))
    op.add_column("ledger_entry", sa.Column("kind", sa.String(24), nullable=False, server_default="credited"))
    op.execute(
        "UPDATE ledger_entry SET portal = coalesce("
        "(SELECT portal FROM customer_order WHERE customer_order.id = order_id), "
        "(SELECT portal FROM account WHERE account.id = account_id))"
    )
    with op.batch_alter_table("ledger_entry") as entry:
        entry.alter_column("portal", server_default=None)
        entry.alter_column("kind", server_default=None)

    op.add_column("customer_order", sa.Column("tops_up", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Sums stay what they are; the version before has one reason only that fits an order without a service."""
    op.execute("UPDATE ledger_entry SET reason = 'order-over' WHERE reason = ''")
    with op.batch_alter_table("ledger_entry") as entry:
        entry.drop_column("kind")
        entry.drop_column("portal")
    with op.batch_alter_table("customer_order") as order:
        order.drop_column("tops_up")
