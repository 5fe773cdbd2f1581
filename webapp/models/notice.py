"""What payment providers told of their own accord."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model
from .types import Key, UtcDateTime


class ProviderNotice(Model):
    """A genuine notice as it came. A second delivery is the same row."""

    __tablename__ = "provider_notice"
    __table_args__ = (UniqueConstraint("provider", "event"),)

    id: Mapped[Key]
    provider: Mapped[str] = mapped_column(String(24))
    event: Mapped[str] = mapped_column(String(80))
    """The provider's name for it."""
    body: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(24))
    """A NoticeOutcome; None as long as it has not been acted on."""
