"""Orders: accepted quotes. Their lines are the terms that they buy, or the bills that they settle."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, SmallInteger, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.billing.order import OrderState
from ..domain.billing.price import Price
from ..domain.billing.quote import Purpose
from ..domain.law.contracts import Levy
from ..domain.money import Money
from ..domain.periods import Period
from ..extensions import Model
from .types import AccountKey, Key, Months, UtcDateTime, words

OPEN = text("state = 'open'")
CLAIMING = text("claiming")
CLAIM: Any = {"unique": True, "sqlite_where": CLAIMING, "postgresql_where": CLAIMING}


class Order(Model):
    """What one billing contact accepted to pay one seller; only its state changes."""

    __tablename__ = "customer_order"
    __table_args__ = (Index("ix_customer_order_open", "expires_at", sqlite_where=OPEN, postgresql_where=OPEN),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(19), unique=True)
    account_id: Mapped[AccountKey]
    portal: Mapped[str] = mapped_column(String(8))
    state: Mapped[OrderState] = mapped_column(words(OrderState, "state"))
    currency: Mapped[str] = mapped_column(String(3))
    net_minor: Mapped[int] = mapped_column(BigInteger)
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), index=True)
    """The batch that it came of."""
    automatic: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether nobody accepted it: it debits what renewed by itself."""
    tops_up: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether it adds its amount to the balance; it has no lines then."""

    lines: Mapped[list["OrderLine"]] = relationship(order_by="OrderLine.position")

    @property
    def gross(self) -> Money:
        return Money(self.gross_minor, self.currency)

    @property
    def seller(self) -> tuple[str, str]:
        """One order has one seller and one currency."""
        return self.portal, self.currency


class OrderLine(Model):
    """The term ``[starts_on, ends_on)`` of one service, at a fixed price; or a line of a bill, with what that buys."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        Index("uq_order_line_claim", "service_id", "starts_on", **CLAIM),
        Index("uq_order_line_bill", "invoice_line_id", **CLAIM),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("customer_order.id"))
    position: Mapped[int]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(words(Purpose, "purpose"))
    invoice_line_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_line.id"))
    """What it settles; the amount is then that of the bill, whose taxes were reckoned when it was made."""
    duration: Mapped[Period | None] = mapped_column(Months)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    anchor_day: Mapped[int | None] = mapped_column(SmallInteger)
    """The day of the month on which it renews once this is paid; None for the one that it has."""
    net_minor: Mapped[int] = mapped_column(BigInteger)
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    levies: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Each tax with its rate and its amount."""
    restore_fee_minor: Mapped[int | None] = mapped_column(BigInteger)
    """The part of the net price that restores a name from redemption."""
    claiming: Mapped[bool]
    """As long as the order is open: nobody else can order the same term, or pay the same bill."""

    def price(self, currency: str, *, netted: bool) -> Price:
        """For a reader who is told prices without tax, or is not."""
        fee = None if self.restore_fee_minor is None else Money(self.restore_fee_minor, currency)
        levies = [Levy.read(stored, currency) for stored in self.levies]
        return Price(Money(self.net_minor, currency), levies, self.duration, netted, fee)

    @property
    def days(self) -> tuple[date, date] | None:
        """Of the term, where it buys one."""
        return (self.starts_on, self.ends_on) if self.starts_on and self.ends_on else None
