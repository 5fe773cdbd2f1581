"""Named table states that customers keep."""

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model
from .types import AccountKey, Key


class SavedView(Model):
    """A name for a state of the table; ``query`` is that state's address."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(Text)
