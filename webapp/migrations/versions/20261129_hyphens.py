"""services are found without the hyphens of their names and references"""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    longer = "search_text || '\n' || replace(search_text, '-', '')"
    op.execute(f"UPDATE listing SET search_text = {longer} WHERE search_text LIKE '%-%'")  # noqa: S608


def downgrade() -> None:
    """The text is longer than it was, and found all the same."""
