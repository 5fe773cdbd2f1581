"""Many services changed at once; the rows are both the work list and the result."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.batches import kinds, states
from ..domain.periods import Period
from ..extensions import Model
from .types import AccountKey, Key, Months, UtcDateTime, words

UNFINISHED = text("state IN ('judging', 'running')")


class Batch(Model):
    """What one account decided for a set of services that was frozen when it was taken."""

    __tablename__ = "batch"
    __table_args__ = (Index("ix_batch_unfinished", "id", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),)

    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    action: Mapped[kinds.BatchAction] = mapped_column(words(kinds.BatchAction, "action"))
    state: Mapped[states.BatchState] = mapped_column(words(states.BatchState, "state"))
    staff: Mapped[str] = mapped_column(String(80), server_default="", default="")
    """Who decided it in the account’s place, if somebody did."""
    size: Mapped[int]
    """How many rows it has."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Codes of the agreements that were accepted with its confirmation."""
    duration: Mapped[Period | None] = mapped_column(Months)
    """How long each is paid for, where it orders; None for each its own period."""
    day: Mapped[int | None] = mapped_column(SmallInteger)
    """Of the month, on which each shall renew, once that is chosen."""
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), index=True)


class BatchRow(Model):
    """One service of it. Texts are empty where there is nothing to say."""

    __tablename__ = "batch_row"
    __table_args__ = (Index("ix_batch_row_by_state", "batch_id", "state", "reason", "position"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    position: Mapped[int]
    """From 1, in the order of the table that it was taken from."""
    state: Mapped[states.RowState] = mapped_column(words(states.RowState, "state"))
    reason: Mapped[str] = mapped_column(String(40), default="")
    """Code of the refusal, or of what is to be known beforehand."""
    facts: Mapped[dict[str, str] | None] = mapped_column(JSON)
    """Of the refusal."""
    version: Mapped[int | None]
    """Of the service: as it was previewed, then as it was left."""
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    """Of the facts that were shown."""
    gross_minor: Mapped[int | None] = mapped_column(BigInteger)
    """What it costs, tax included, where the batch orders."""
    agreements: Mapped[str] = mapped_column(String(400), default="")
    """Codes of those its contract still demands, separated by blanks."""
    wanted: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The values to put back, where the batch undoes another one."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The values that it had before it was changed."""
