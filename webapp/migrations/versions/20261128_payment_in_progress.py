"""the table knows payments in progress, which come before bills to pay; a status is stored as its rank"""

from alembic import op

revision = "0021"
down_revision = "0020"
TOLD = """
    UPDATE listing SET status = 2, amount_due_minor = NULL WHERE status > 2 AND service_id IN (
    SELECT line.service_id FROM order_line AS line JOIN payment_attempt AS attempt ON attempt.order_id = line.order_id
    WHERE line.claiming
    AND (attempt.state = 'unknown' OR (attempt.state = 'pending' AND attempt.reference <> '' AND attempt.address = '')))
"""


def upgrade() -> None:
    op.execute("UPDATE listing SET status = status + 1 WHERE status >= 2")
    op.execute(TOLD)


def downgrade() -> None:
    """What is being paid is told as a bill until the table is rebuilt."""
    op.execute("UPDATE listing SET status = status - 1 WHERE status >= 3")
