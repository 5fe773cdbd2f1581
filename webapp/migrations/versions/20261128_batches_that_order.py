"""rows of batches that ordered say what became of their orders"""

from alembic import op

revision = "0023"
down_revision = "0022"
ENDED = """
    UPDATE batch_row SET state = '{became}' WHERE state = 'ordered' AND EXISTS (
    SELECT 1 FROM customer_order AS ordered JOIN order_line AS line ON line.order_id = ordered.id
    WHERE ordered.batch_id = batch_row.batch_id AND line.service_id = batch_row.service_id AND ordered.state {state})
"""


def upgrade() -> None:
    """Where an order brought nothing, the history of its service and the account tell of it."""
    op.execute(ENDED.format(became="done", state="= 'paid'"))
    op.execute(ENDED.format(became="abandoned", state="IN ('discarded', 'expired')"))


def downgrade() -> None:
    op.execute("UPDATE batch_row SET state = 'ordered' WHERE state = 'abandoned'")
