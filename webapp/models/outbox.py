"""What is still to be told to the world outside."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model
from .types import AccountKey, Key, UtcDateTime


class Outbox(Model):
    """A message that belongs to a change and is sent after its commit, once: its key says what it tells."""

    __tablename__ = "outbox"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[AccountKey]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
