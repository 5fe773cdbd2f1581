"""a service may come with another one; kinds of events are open"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KINDS = ("imported", "import-changed", "renewal-configured")


def upgrade() -> None:
    with op.batch_alter_table("service") as service:
        service.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        service.create_foreign_key(op.f("fk_service_parent_id"), "service", ["parent_id"], ["id"])
    with op.batch_alter_table("event") as event:
        event.drop_constraint(op.f("ck_event_kind"), type_="check")


def downgrade() -> None:
    with op.batch_alter_table("event") as event:
        event.create_check_constraint(op.f("ck_event_kind"), sa.column("kind").in_(KINDS))
    with op.batch_alter_table("service") as service:
        service.drop_constraint(op.f("fk_service_parent_id"), type_="foreignkey")
        service.drop_column("parent_id")
