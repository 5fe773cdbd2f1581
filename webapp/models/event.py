"""The append-only record of every change to a service."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain import actors, events
from ..extensions import Model
from .account import Account
from .batch import Batch
from .receipt import Receipt
from .types import Key, ServiceKey, UtcDateTime, words


class Event(Model):
    """Who changed what, when, from what to what. Never updated, never deleted."""

    __tablename__ = "event"
    __table_args__ = (
        Index(
            "uq_event_batch",
            "batch_id",
            "service_id",
            unique=True,
            sqlite_where=text("batch_id IS NOT NULL"),
            postgresql_where=text("batch_id IS NOT NULL"),
        ),
        Index(
            "ix_event_receipt_id",
            "receipt_id",
            sqlite_where=text("receipt_id IS NOT NULL"),
            postgresql_where=text("receipt_id IS NOT NULL"),
        ),
    )

    id: Mapped[Key]
    service_id: Mapped[ServiceKey]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """The person who did it; None where nobody did in person."""
    actor: Mapped[str] = mapped_column(String(actors.LONGEST))
    """As domain/actors.py writes it."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[events.EventKind] = mapped_column(words(events.EventKind, "kind"))
    old: Mapped[dict[str, Any]] = mapped_column(JSON)
    new: Mapped[dict[str, Any]] = mapped_column(JSON)
    rules: Mapped[str] = mapped_column(String(40), default="")
    """The portal and customer kind whose rules were applied."""
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    """The batch it was part of, which does one thing to a service once."""
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    """The receipt that proves it, together with whatever else was declared with it."""

    account: Mapped[Account | None] = relationship()
    batch: Mapped[Batch | None] = relationship()
    receipt: Mapped[Receipt | None] = relationship()

    @property
    def by(self) -> actors.Actor:
        """Who did it."""
        return actors.read(self.actor, self.account_id)

    @property
    def facts(self) -> events.ServiceEvent:
        """What happened, as the domain reads it."""
        return events.read(self.kind, self.old, self.new)
