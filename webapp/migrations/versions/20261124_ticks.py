"""the number of ticks is kept with the sign-in"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("ticks", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE sign_in SET ticks = (SELECT count(*) FROM selected WHERE selected.sign_in_key = sign_in.key)"
        " WHERE EXISTS (SELECT 1 FROM selected WHERE selected.sign_in_key = sign_in.key)"
    )


def downgrade() -> None:
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.drop_column("ticks")
