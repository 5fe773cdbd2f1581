"""Dated proof of what somebody declared, for one service or for many."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.events import EventKind
from ..extensions import Model
from .types import AccountKey, Key, UtcDateTime, words


class Receipt(Model):
    """Its events say what was declared; whoever is given the code can check that it was, and when."""

    __tablename__ = "receipt"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(19), unique=True)
    kind: Mapped[EventKind] = mapped_column(words(EventKind, "kind"))
    account_id: Mapped[AccountKey]
    """Who declared it."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    """Of all that was declared; empty while it is still being carried out, and then nobody is shown the receipt."""
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), unique=True)
    causes: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Why, as far as the person liked to tell afterwards."""
    comment: Mapped[str] = mapped_column(Text, default="")
