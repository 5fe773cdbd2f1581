"""Orders: accepted quotes. Their lines are the terms that they buy."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.billing.order import OrderState
from ..domain.billing.quote import Purpose
from ..domain.money import Money
from ..domain.periods import Period
from ..extensions import Model
from .types import AccountKey, Key, Months, UtcDateTime, words

OPEN = text("state = 'open'")
CLAIMING = text("claiming")


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

    lines: Mapped[list["OrderLine"]] = relationship(order_by="OrderLine.position")

    @property
    def gross(self) -> Money:
        return Money(self.gross_minor, self.currency)


class OrderLine(Model):
    """The term ``[starts_on, ends_on)`` of one service, at a fixed price."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "service_id"),
        Index(
            "uq_order_line_claim",
            "service_id",
            "starts_on",
            unique=True,
            sqlite_where=CLAIMING,
            postgresql_where=CLAIMING,
        ),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("customer_order.id"))
    position: Mapped[int]
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(words(Purpose, "purpose", closed=False))
    duration: Mapped[Period] = mapped_column(Months)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    net_minor: Mapped[int] = mapped_column(BigInteger)
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    levies: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Each tax with its rate and its amount."""
    claiming: Mapped[bool]
    """As long as the order is open: nobody else can order the same term."""
