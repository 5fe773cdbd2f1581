"""Money that is owed to customers, and what became of it."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.billing.ledger import EntryKind
from ..domain.money import Money
from ..extensions import Model
from .types import AccountKey, Key, UtcDateTime, words


class LedgerEntry(Model):
    """What an account has with its seller changed by so much: more is owed to it, or less. Never updated or deleted."""

    __tablename__ = "ledger_entry"
    __table_args__ = (CheckConstraint("minor <> 0", name="moves"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(60), unique=True)
    """What it is for, so that nothing is entered twice."""
    account_id: Mapped[AccountKey]
    portal: Mapped[str] = mapped_column(String(8))
    """The seller."""
    kind: Mapped[EntryKind] = mapped_column(words(EntryKind, "kind"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("customer_order.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    """The service whose term was not given; None where a whole payment brought nothing."""
    reason: Mapped[str] = mapped_column(String(40))
    """Code of the refusal that the money met; empty where it met none."""
    currency: Mapped[str] = mapped_column(String(3))
    minor: Mapped[int] = mapped_column(BigInteger)
    """Positive where more is owed to the account."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)
