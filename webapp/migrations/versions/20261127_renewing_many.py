"""batches that order: how long, what each row costs, and the orders that came of them"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("batch", sa.Column("duration", sa.SmallInteger(), nullable=True))
    op.add_column("batch_row", sa.Column("gross_minor", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("customer_order") as order:
        order.add_column(sa.Column("batch_id", sa.Integer(), nullable=True))
        order.create_foreign_key(op.f("fk_customer_order_batch_id"), "batch", ["batch_id"], ["id"])
    op.create_index("ix_customer_order_batch_id", "customer_order", ["batch_id"])


def downgrade() -> None:
    op.drop_index("ix_customer_order_batch_id", "customer_order")
    with op.batch_alter_table("customer_order") as order:
        order.drop_constraint(op.f("fk_customer_order_batch_id"), type_="foreignkey")
        order.drop_column("batch_id")
    op.drop_column("batch_row", "gross_minor")
    op.drop_column("batch", "duration")
