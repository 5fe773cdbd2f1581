"""What is paid for."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model
from .types import Key

OPENING = text("follows IS NULL")


class Term(Model):
    """One paid stretch ``[starts_on, ends_on)`` of a service. Never updated, never deleted.

    Each but the opening one follows another where that one ends, so that no two overlap and none leaves a gap.
    """

    __tablename__ = "term"
    __table_args__ = (
        CheckConstraint("follows = starts_on", name="follows"),
        CheckConstraint("starts_on < ends_on", name="forward"),
        ForeignKeyConstraint(["service_id", "follows"], ["term.service_id", "term.ends_on"]),
        UniqueConstraint("service_id", "starts_on"),
        UniqueConstraint("service_id", "ends_on"),
        Index("uq_term_opening", "service_id", unique=True, sqlite_where=OPENING, postgresql_where=OPENING),
    )

    id: Mapped[Key]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    follows: Mapped[date | None]
    """The day on which the term before it ends; None for the opening one."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """First day not paid for."""
    order_line_id: Mapped[int | None] = mapped_column(ForeignKey("order_line.id"), unique=True)
    """What it was bought with; None where an inventory says that it is paid for, and where it was given on a bill."""
    invoice_line_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_line.id"), unique=True)
    """The bill on which it was given."""
