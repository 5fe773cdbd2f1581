"""hash session keys"""

from base64 import urlsafe_b64encode
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "5d0e3c91b7aa"
down_revision = "92e84a6125f9"
RENAMING = (
    """INSERT INTO sign_in (key, account_id, started_at, password_version, ticks)
       SELECT :new, account_id, started_at, password_version, ticks FROM sign_in WHERE key = :old""",
    "UPDATE selected SET sign_in_key = :new WHERE sign_in_key = :old",
    "DELETE FROM sign_in WHERE key = :old",
)


def upgrade() -> None:
    """Sessions were kept under the very words of their cookies; who is signed in stays so."""
    tokens = op.get_bind().execute(sa.text("SELECT key FROM sign_in")).scalars().all()
    renamed = [{"old": token, "new": _hashed(token)} for token in tokens]
    for statement in RENAMING if renamed else ():
        op.get_bind().execute(sa.text(statement), renamed)
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("password_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("agent", sa.String(length=300), server_default="", nullable=False))


def _hashed(token: str) -> str:
    return urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()


def downgrade() -> None:
    """What the cookies said is not known: everyone signs in once more."""
    for table in ("selected", "sign_in"):
        op.execute(sa.delete(sa.table(table)))
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_column("agent")
        batch_op.drop_column("used_at")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("password_at")
