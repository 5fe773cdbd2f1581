"""Attempts to be paid."""

from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, String, UniqueConstraint, and_, or_, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.billing.payment import AttemptState, Failure, Return
from ..domain.billing.settlement import Means
from ..domain.money import Money
from ..extensions import Model
from .types import Key, UtcDateTime, words

LONGEST_RETURN = 400
"""Characters of the address that a person is led back to."""
OPEN = text("state IN ('pending', 'unknown')")


class Attempt(Model):
    """A part of what an order costs, to be taken by one means. Its key is handed to the provider."""

    __tablename__ = "payment_attempt"
    __table_args__ = (
        UniqueConstraint("order_id", "number"),
        Index("uq_payment_attempt_open", "order_id", "means", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_payment_attempt_ask", "ask_at", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("customer_order.id"))
    number: Mapped[int]
    """From 1 within the order."""
    key: Mapped[str] = mapped_column(String(40), unique=True)
    provider: Mapped[str] = mapped_column(String(24))
    state: Mapped[AttemptState] = mapped_column(words(AttemptState, "state"))
    means: Mapped[Means] = mapped_column(words(Means, "means"))
    method_id: Mapped[int | None] = mapped_column(ForeignKey("payment_method.id"))
    """The saved method that is debited, if it is one."""
    currency: Mapped[str] = mapped_column(String(3))
    minor: Mapped[int] = mapped_column(BigInteger)
    return_to: Mapped[str] = mapped_column(String(LONGEST_RETURN))
    language: Mapped[str] = mapped_column(String(8))
    reference: Mapped[str] = mapped_column(String(80), default="")
    """The provider's own; empty as long as it has not answered."""
    address: Mapped[str] = mapped_column(String(400), default="")
    """Where the person pays, as long as the provider waits for them."""
    failure: Mapped[Failure | None] = mapped_column(words(Failure, "failure"))
    returned: Mapped[Return | None] = mapped_column(words(Return, "returned"))
    """Why the money was taken back, if it ever was."""
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_minor: Mapped[int | None] = mapped_column(BigInteger)
    told_currency: Mapped[str | None] = mapped_column(String(3))
    """Another amount that the provider told of, as long as people have to look at that; None where it told of none."""
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked: Mapped[int] = mapped_column(default=0)
    """How often the provider was asked what became of it."""
    ask_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it is to be asked again, as long as the attempt is open."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @hybrid_property
    def undecided(self) -> bool:
        """Whether it is not known what became of it."""
        return self.state.open

    @undecided.inplace.expression
    @classmethod
    def _undecided(cls) -> ColumnElement[bool]:
        return cls.state.in_([state for state in AttemptState if state.open])

    @hybrid_property
    def in_progress(self) -> bool:
        """Whether money may be under way while nobody can do anything but wait: it settles, or nobody knows."""
        settles = self.state is AttemptState.PENDING and bool(self.reference) and not self.address
        return settles or self.state is AttemptState.UNKNOWN

    @in_progress.inplace.expression
    @classmethod
    def _in_progress(cls) -> ColumnElement[bool]:
        settles = and_(cls.state == AttemptState.PENDING, cls.reference != "", cls.address == "")
        return or_(settles, cls.state == AttemptState.UNKNOWN)

    @property
    def disputed(self) -> bool:
        """Whether people have to find out what was taken."""
        return self.told_currency is not None and self.state.open

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)
