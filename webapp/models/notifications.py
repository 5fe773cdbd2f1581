"""What accounts want to be told."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.pace import Pace
from ..extensions import Model
from .types import AccountKey, Key, UtcDateTime, words


class Notifications(Model):
    """Of an account that has chosen; whoever has not has none."""

    __tablename__ = "notifications"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    off: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The topics that it does not want to be told of."""
    as_contact: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """As which contact it wants to be told of what, of services that others pay for; None where it has not chosen."""
    pace: Mapped[Pace] = mapped_column(words(Pace, "pace"), default=Pace.TOGETHER, server_default="together")
    days: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    """Before the end of a term, on which it wants to be reminded; falling."""
    reminded_on: Mapped[date | None]
    """The last day of which that is done; None where it has chosen none."""


class FurtherAddress(Model):
    """Another address that some mails of an account go to, from when whoever reads it agrees."""

    __tablename__ = "further_address"
    __table_args__ = (UniqueConstraint("account_id", "address"),)

    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    address: Mapped[str] = mapped_column(String(254))
    """In lower case."""
    shares: Mapped[list[str]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Last."""
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
