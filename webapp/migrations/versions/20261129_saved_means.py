"""payments are debited from saved methods"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    with op.batch_alter_table("payment_attempt") as attempt:
        attempt.add_column(sa.Column("method_id", sa.Integer(), nullable=True))
        attempt.create_foreign_key(op.f("fk_payment_attempt_method_id"), "payment_method", ["method_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("payment_attempt") as attempt:
        attempt.drop_constraint(op.f("fk_payment_attempt_method_id"), type_="foreignkey")
        attempt.drop_column("method_id")
