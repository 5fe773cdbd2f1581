"""payments are parts, bills are settled in parts, the ledger is signed; no check lists what a column may say"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

LISTED: dict[str, dict[str, tuple[str, ...]]] = {
    "account": {"kind": ("individual", "business", "association", "public-body")},
    "customer_order": {"state": ("open", "paid", "discarded", "expired")},
    "invoice": {"kind": ("invoice", "credit-note")},
    "listing": {"mode": ("automatic", "manual")},
    "payment_attempt": {"state": ("pending", "succeeded", "failed", "unknown")},
    "payment_method": {"kind": ("card", "sepa-debit", "paypal"), "state": ("valid", "pending", "refused")},
    "service": {
        "availability": ("creating", "active", "suspended", "terminated"),
        "kind": ("recurring", "one-off", "included"),
        "mode": ("automatic", "manual"),
        "suspension": ("debt", "expired", "policy"),
    },
}
OPEN = "state IN ('pending', 'unknown')"


def upgrade() -> None:
    for table, columns in LISTED.items():
        with op.batch_alter_table(table) as changed:
            for column in columns:
                changed.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
    op.add_column("payment_attempt", sa.Column("means", sa.String(24), nullable=False, server_default="checkout"))
    with op.batch_alter_table("payment_attempt") as attempt:
        attempt.alter_column("means", server_default=None)
    _one_open_attempt("order_id", "means")
    _ledger("ledger_entry", nullable=True, check=sa.CheckConstraint("minor <> 0", name=op.f("ck_ledger_entry_moves")))
    _moved("credit", "ledger_entry", "1 = 1")
    _settled_in_parts()


def downgrade() -> None:
    _settled_at_once()
    _ledger("credit", nullable=False, check=sa.CheckConstraint("minor > 0", name=op.f("ck_credit_positive")))
    _moved("ledger_entry", "credit", "minor > 0 AND order_id IS NOT NULL")
    _one_open_attempt("order_id")
    op.drop_column("payment_attempt", "means")
    for table, columns in LISTED.items():
        with op.batch_alter_table(table) as changed:
            for column, values in columns.items():
                listed = ", ".join(f"'{value}'" for value in values)
                changed.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({listed})")


def _one_open_attempt(*columns: str) -> None:
    op.drop_index("uq_payment_attempt_open", "payment_attempt")
    op.create_index(
        "uq_payment_attempt_open",
        "payment_attempt",
        list(columns),
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )


def _ledger(name: str, *, nullable: bool, check: sa.CheckConstraint) -> None:
    def points_to(column: str, table: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))

    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=nullable),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        check,
        points_to("account_id", "account"),
        points_to("order_id", "customer_order"),
        points_to("service_id", "service"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("key", name=op.f(f"uq_{name}_key")),
    )
    op.create_index(op.f(f"ix_{name}_account_id"), name, ["account_id"])
    op.create_index(op.f(f"ix_{name}_order_id"), name, ["order_id"])


def _moved(source: str, target: str, kept: str) -> None:
    names = ["key", "account_id", "order_id", "service_id", "reason", "currency", "minor", "at"]
    before, after = (sa.table(name, *map(sa.column, names)) for name in (source, target))
    op.execute(sa.insert(after).from_select(names, sa.select(*before.c).where(sa.text(kept)).order_by(sa.text("id"))))
    op.drop_table(source)


LINKS = (("invoice_line_id", "invoice_line"), ("order_line_id", "order_line"))


def _settlement(primary_key: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        "settlement",
        sa.Column("invoice_line_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(24), nullable=False),
        sa.Column("order_line_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *more,
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_settlement_{column}"))
            for column, table in LINKS
        ),
        sa.PrimaryKeyConstraint(primary_key, name=op.f("pk_settlement")),
        sa.UniqueConstraint("order_line_id", name=op.f("uq_settlement_order_line_id")),
    )


def _settled_in_parts() -> None:
    op.execute("CREATE TEMPORARY TABLE settled AS SELECT * FROM settlement")
    op.drop_table("settlement")
    _settlement(
        "id",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("left_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minor > 0", name=op.f("ck_settlement_positive")),
        sa.CheckConstraint("left_minor >= 0", name=op.f("ck_settlement_covered")),
        sa.UniqueConstraint("invoice_line_id", "number", name=op.f("uq_settlement_invoice_line_id_number")),
    )
    op.execute(
        "INSERT INTO settlement (invoice_line_id, how, order_line_id, at, number, minor, left_minor) "
        "SELECT invoice_line_id, how, order_line_id, at, 1, gross_minor, 0 FROM settled "
        "JOIN invoice_line ON invoice_line.id = invoice_line_id ORDER BY invoice_line_id"
    )
    op.execute("DROP TABLE settled")


def _settled_at_once() -> None:
    """What is settled in part only is owed again: the version before knows no parts."""
    op.execute(
        "CREATE TEMPORARY TABLE settled AS SELECT invoice_line_id, how, order_line_id, at FROM settlement "
        "WHERE left_minor = 0"
    )
    op.drop_table("settlement")
    how = sa.CheckConstraint("how IN ('paid', 'credited', 'elsewhere')", name=op.f("ck_settlement_how"))
    _settlement("invoice_line_id", how)
    op.execute(
        "INSERT INTO settlement (invoice_line_id, how, order_line_id, at) "
        "SELECT invoice_line_id, how, order_line_id, at FROM settled"
    )
    op.execute("DROP TABLE settled")
