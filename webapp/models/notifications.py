"""What accounts want to be told."""

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model


class Notifications(Model):
    """Of an account that has chosen; whoever has not has none."""

    __tablename__ = "notifications"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    off: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The topics that it does not want to be told of."""
