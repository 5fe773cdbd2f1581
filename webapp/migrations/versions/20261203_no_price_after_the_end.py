"""what is terminated has no next term, and so no price by which it would be sorted"""

from alembic import op

revision = "0038"
down_revision = "0037"
NO_PRICE = """
    UPDATE listing SET price_minor = NULL
    WHERE service_id IN (SELECT id FROM service WHERE availability = 'terminated')
"""


def upgrade() -> None:
    op.execute(NO_PRICE)


def downgrade() -> None:
    """A price that nothing comes of is written anew by the next change of its service."""
