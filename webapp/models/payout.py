"""Balances that customers ask back."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.billing.ledger import PayoutState
from ..domain.money import Money
from ..extensions import Model
from .types import AccountKey, Key, UtcDateTime, words

LONGEST_NOTE = 200
ASKED = text("state = 'asked'")


class Payout(Model):
    """Money that is off the balance until the seller has paid it back, or says why it does not."""

    __tablename__ = "payout"
    __table_args__ = (
        CheckConstraint("minor > 0", name="positive"),
        Index(
            "uq_payout_asked",
            "account_id",
            "portal",
            "currency",
            unique=True,
            sqlite_where=ASKED,
            postgresql_where=ASKED,
        ),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(19), unique=True)
    account_id: Mapped[AccountKey]
    portal: Mapped[str] = mapped_column(String(8))
    """The seller."""
    currency: Mapped[str] = mapped_column(String(3))
    minor: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[PayoutState] = mapped_column(words(PayoutState, "state"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    """What the seller says of it, such as the reference of a transfer, or why it is not paid back."""

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)

    @property
    def seller(self) -> tuple[str, str]:
        return self.portal, self.currency
