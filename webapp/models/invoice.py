"""What was sold, numbered without gaps; and money that is owed to customers."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.money import Money
from ..extensions import Model
from .types import AccountKey, Key, UtcDateTime


class Counter(Model):
    """The last number that was given; whoever takes the next one holds the row until the commit."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class Invoice(Model):
    """Of what an order brought. Never updated, never deleted."""

    __tablename__ = "invoice"
    __table_args__ = (UniqueConstraint("portal", "number"),)

    id: Mapped[Key]
    portal: Mapped[str] = mapped_column(String(8))
    number: Mapped[int] = mapped_column(BigInteger)
    """1, 2, 3 … for each portal."""
    order_id: Mapped[int] = mapped_column(ForeignKey("customer_order.id"), unique=True)
    account_id: Mapped[AccountKey]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    currency: Mapped[str] = mapped_column(String(3))
    net_minor: Mapped[int] = mapped_column(BigInteger)
    gross_minor: Mapped[int] = mapped_column(BigInteger)


class Credit(Model):
    """An entry of an account's ledger: money that was paid and brought nothing. Never updated, never deleted."""

    __tablename__ = "credit"
    __table_args__ = (CheckConstraint("minor > 0", name="positive"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(60), unique=True)
    """What it is for, so that nothing is credited twice."""
    account_id: Mapped[AccountKey]
    order_id: Mapped[int] = mapped_column(ForeignKey("customer_order.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    """The service whose term was not given; None where a whole payment came too late."""
    reason: Mapped[str] = mapped_column(String(40))
    """Code of the refusal."""
    currency: Mapped[str] = mapped_column(String(3))
    minor: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)
