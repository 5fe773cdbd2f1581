"""orders, payments, invoices, credit, and the line that a term was bought with"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
OPEN = sa.text("state = 'open'")
CLAIMING = sa.text("claiming")
UNKNOWN_OR_PENDING = sa.text("state IN ('pending', 'unknown')")


def upgrade() -> None:
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "customer_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=19), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("portal", sa.String(length=8), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "paid",
                "discarded",
                "expired",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_customer_order_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_order")),
        sa.UniqueConstraint("code", name=op.f("uq_customer_order_code")),
    )
    op.create_index("ix_customer_order_account_id", "customer_order", ["account_id"])
    op.create_index(
        "ix_customer_order_open", "customer_order", ["expires_at"], sqlite_where=OPEN, postgresql_where=OPEN
    )

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_outbox_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index("ix_outbox_account_id", "outbox", ["account_id"])

    op.create_table(
        "credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minor > 0", name=op.f("ck_credit_positive")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_credit_account_id")),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("fk_credit_order_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_credit_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
        sa.UniqueConstraint("key", name=op.f("uq_credit_key")),
    )
    op.create_index("ix_credit_account_id", "credit", ["account_id"])
    op.create_index("ix_credit_order_id", "credit", ["order_id"])

    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portal", sa.String(length=8), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invoice_account_id")),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("fk_invoice_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("order_id", name=op.f("uq_invoice_order_id")),
        sa.UniqueConstraint("portal", "number", name=op.f("uq_invoice_portal_number")),
    )
    op.create_index("ix_invoice_account_id", "invoice", ["account_id"])

    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(24), nullable=False),
        sa.Column("duration", sa.SmallInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("levies", sa.JSON(), nullable=False),
        sa.Column("claiming", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("fk_order_line_order_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_order_line_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sa.UniqueConstraint("order_id", "service_id", name=op.f("uq_order_line_order_id_service_id")),
    )
    op.create_index("ix_order_line_service_id", "order_line", ["service_id"])
    op.create_index(
        "uq_order_line_claim",
        "order_line",
        ["service_id", "starts_on"],
        unique=True,
        sqlite_where=CLAIMING,
        postgresql_where=CLAIMING,
    )

    op.create_table(
        "payment_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("provider", sa.String(length=24), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "succeeded",
                "failed",
                "unknown",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("return_to", sa.String(length=400), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("failure", sa.String(24), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("ask_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["customer_order.id"], name=op.f("fk_payment_attempt_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_attempt")),
        sa.UniqueConstraint("key", name=op.f("uq_payment_attempt_key")),
        sa.UniqueConstraint("order_id", "number", name=op.f("uq_payment_attempt_order_id_number")),
    )
    op.create_index(
        "ix_payment_attempt_ask",
        "payment_attempt",
        ["ask_at"],
        sqlite_where=UNKNOWN_OR_PENDING,
        postgresql_where=UNKNOWN_OR_PENDING,
    )
    op.create_index(
        "uq_payment_attempt_open",
        "payment_attempt",
        ["order_id"],
        unique=True,
        sqlite_where=UNKNOWN_OR_PENDING,
        postgresql_where=UNKNOWN_OR_PENDING,
    )

    with op.batch_alter_table("term") as term:
        term.add_column(sa.Column("order_line_id", sa.Integer(), nullable=True))
        term.create_unique_constraint(op.f("uq_term_order_line_id"), ["order_line_id"])
        term.create_foreign_key(op.f("fk_term_order_line_id"), "order_line", ["order_line_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("term") as term:
        term.drop_constraint(op.f("fk_term_order_line_id"), type_="foreignkey")
        term.drop_constraint(op.f("uq_term_order_line_id"), type_="unique")
        term.drop_column("order_line_id")
    for table in (
        "payment_attempt",
        "order_line",
        "invoice",
        "credit",
        "outbox",
        "customer_order",
        "counter",
    ):
        op.drop_table(table)
