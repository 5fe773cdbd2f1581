"""payment methods are left at the provider, described, and removed"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

OPEN = "state IN ('pending', 'unknown')"
COLUMNS = ("description", "mandate_reference", "creditor", "signed_on", "removed_at", "forgotten", "imported")
IN_USE = "removed_at IS NULL AND reference <> ''"


def upgrade() -> None:
    with op.batch_alter_table("payment_method") as method:
        method.add_column(sa.Column("description", sa.String(60), server_default="", nullable=False))
        method.add_column(sa.Column("mandate_reference", sa.String(35), server_default="", nullable=False))
        method.add_column(sa.Column("creditor", sa.String(35), server_default="", nullable=False))
        method.add_column(sa.Column("signed_on", sa.Date(), nullable=True))
        method.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        method.add_column(sa.Column("forgotten", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        method.add_column(sa.Column("imported", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    with op.batch_alter_table("payment_method") as method:
        method.alter_column("imported", server_default=sa.text("false"))
    _unique("uq_payment_method_reference", "payment_method", ["account_id", "reference"], IN_USE)
    op.create_table(
        "method_setup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("provider", sa.String(24), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("failure", sa.String(24), nullable=True),
        sa.Column("wanted_default", sa.Boolean(), nullable=False),
        sa.Column("return_to", sa.String(400), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("address", sa.String(400), nullable=False),
        sa.Column("method_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("ask_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_method_setup_account_id")),
        sa.ForeignKeyConstraint(["method_id"], ["payment_method.id"], name=op.f("fk_method_setup_method_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method_setup")),
        sa.UniqueConstraint("code", name=op.f("uq_method_setup_code")),
    )
    op.create_index(op.f("ix_method_setup_account_id"), "method_setup", ["account_id"])
    _unique("uq_method_setup_begun", "method_setup", ["account_id", "kind"], f"{OPEN} AND method_id IS NULL")
    op.create_index(
        "ix_method_setup_ask", "method_setup", ["ask_at"], sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN)
    )


def _unique(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    op.drop_table("method_setup")
    op.execute("DELETE FROM payment_method WHERE removed_at IS NOT NULL")
    op.drop_index("uq_payment_method_reference", "payment_method")
    with op.batch_alter_table("payment_method") as method:
        for name in COLUMNS:
            method.drop_column(name)
