"""terms: the paid stretches of each service, begun with the one that it stands in"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

OPENING = sa.text("follows IS NULL")


def upgrade() -> None:
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("follows", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("follows = starts_on", name=op.f("ck_term_follows")),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_term_forward")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_term_service_id")),
        sa.ForeignKeyConstraint(
            ["service_id", "follows"], ["term.service_id", "term.ends_on"], name=op.f("fk_term_service_id_follows")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("service_id", "ends_on", name=op.f("uq_term_service_id_ends_on")),
        sa.UniqueConstraint("service_id", "starts_on", name=op.f("uq_term_service_id_starts_on")),
    )
    op.create_index(
        "uq_term_opening", "term", ["service_id"], unique=True, sqlite_where=OPENING, postgresql_where=OPENING
    )
    op.execute(
        "INSERT INTO term (service_id, starts_on, ends_on)"
        " SELECT id, started_on, ends_on FROM service WHERE started_on < ends_on ORDER BY id"
    )


def downgrade() -> None:
    op.drop_table("term")
