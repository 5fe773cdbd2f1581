"""Agreements that accounts have accepted."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model
from .types import UtcDateTime


class Acceptance(Model):
    """One account accepted one agreement, once."""

    __tablename__ = "acceptance"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    agreement: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[str | None] = mapped_column(String(40))
    """Of the text that was shown; None where another system asked for it."""
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
