"""What is still to be told to the world outside, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.messages import LONGEST_KEY, MessageState
from ..extensions import Model
from .types import AccountKey, Key, UtcDateTime, words

WAITING = text("state = 'waiting'")
GATHERED = text("state = 'gathered'")


class Outbox(Model):
    """A message that belongs to a change and is told after its commit, once: its key says what it tells."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "account_id", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_outbox_gathered", "account_id", sqlite_where=GATHERED, postgresql_where=GATHERED),
        Index("ix_outbox_due", "due_at", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[AccountKey]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[MessageState] = mapped_column(words(MessageState, "state"), default=MessageState.WAITING)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it is to be told, or told again."""
    recipient: Mapped[str] = mapped_column(String(254), default="", server_default="")
    """Of mail: where it is to go; empty for the address that the account has when it is told."""
    address: Mapped[str] = mapped_column(String(254), default="", server_default="")
    """Of mail: where it went when it was last begun to be told; empty before."""
    again_of: Mapped[int | None]
    """The key of the one that this sends once more, since its recipient asked for it."""
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    """How often that was begun."""
    reason: Mapped[str] = mapped_column(String(200), default="")
    """Why it failed the last time, for operators."""
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was handed to somebody whose answer alone says whether it was told; None before that, and after a no."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
