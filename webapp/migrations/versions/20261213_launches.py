"""customers come through control panels"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("panel", sa.String(40)))
    op.add_column("sign_in", sa.Column("return_to", sa.String(500), nullable=False, server_default=""))
    op.add_column("sign_in", sa.Column("origin", sa.String(200), nullable=False, server_default=""))
    op.add_column("sign_in", sa.Column("scopes", sa.String(80), nullable=False, server_default=""))
    op.add_column("sign_in", sa.Column("staff", sa.String(80), nullable=False, server_default=""))
    op.add_column("sign_in", sa.Column("state", sa.Text, nullable=False, server_default=""))
    op.add_column("batch", sa.Column("staff", sa.String(80), nullable=False, server_default=""))
    op.create_index("ix_sign_in_panel", "sign_in", ["panel"])
    op.create_table(
        "taken_launch",
        sa.Column("key", sa.String(43), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_taken_launch"),
    )
    op.create_index("ix_taken_launch_expires_at", "taken_launch", ["expires_at"])


def downgrade() -> None:
    op.drop_table("taken_launch")
    op.execute("DELETE FROM sign_in WHERE panel IS NOT NULL")
    op.drop_index("ix_sign_in_panel", "sign_in")
    for name in ("state", "staff", "scopes", "origin", "return_to", "panel"):
        op.drop_column("sign_in", name)
    op.drop_column("batch", "staff")
