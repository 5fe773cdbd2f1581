"""indexes for what belongs together"""

from alembic import op

revision = "0003"
down_revision = "0002"

INDEXES = {
    "ix_service_parent_id": ["parent_id"],
    "ix_service_owner_id_folded_name": ["owner_id", "folded_name"],
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, columns in INDEXES.items():
            op.create_index(name, "service", columns)
        return
    with op.get_context().autocommit_block():
        for name, columns in INDEXES.items():
            op.create_index(name, "service", columns, postgresql_concurrently=True, if_not_exists=True)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "service")
