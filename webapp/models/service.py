"""The thing that renews."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.periods import Period
from ..domain.service.service import Availability, Kind, Mode, Suspension
from ..extensions import Model
from .account import Account
from .product import Product
from .types import AccountKey, Key, Months, words

DUE = text("due_on IS NOT NULL")


class Service(Model):
    """Dates are calendar dates in the contract's time zone, ``ends_on`` is the first day not paid for."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("anchor_day BETWEEN 1 AND 31", name="anchor_day"),
        CheckConstraint("started_on <= ends_on", name="term"),
        CheckConstraint("kind = 'recurring' OR mode IS NULL", name="only_recurring_renews"),
        Index("ix_service_owner_id_folded_name", "owner_id", "folded_name"),
        Index("ix_service_due", "due_on", "billing_id", sqlite_where=DUE, postgresql_where=DUE),
    )

    id: Mapped[Key]
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(253))
    folded_name: Mapped[str] = mapped_column(String(300))
    display_name: Mapped[str] = mapped_column(String(120))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    owner_id: Mapped[AccountKey]
    admin_id: Mapped[AccountKey]
    technical_id: Mapped[AccountKey]
    billing_id: Mapped[AccountKey]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    """The service it comes with; that one comes with none itself."""
    kind: Mapped[Kind] = mapped_column(words(Kind, "kind"))
    availability: Mapped[Availability] = mapped_column(words(Availability, "availability"))
    suspension: Mapped[Suspension | None] = mapped_column(words(Suspension, "suspension"))
    suspended_on: Mapped[date | None]
    mode: Mapped[Mode | None] = mapped_column(words(Mode, "mode"))
    period: Mapped[Period | None] = mapped_column(Months)
    anchor_day: Mapped[int | None] = mapped_column(SmallInteger)
    started_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    committed_until: Mapped[date | None]
    cancels_on: Mapped[date | None]
    currency: Mapped[str] = mapped_column(String(3))
    price_minor: Mapped[int] = mapped_column(BigInteger)
    """Net price of one term."""
    amount_due_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    """Unpaid invoices, tax included."""
    billed_on: Mapped[date | None]
    due_on: Mapped[date | None]
    """When something is next to be done for it that nobody asks for, or it is to be looked at again."""
    noticed_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    """When its payer was last told that they may lose it, and the day that was named then."""
    recapped_for: Mapped[date | None]
    """The end of the term of which its payer was last told that another one follows by itself."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes, so that someone who acts on an older page is told."""
    imported: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """The last imported row: an import applies only what differs from it."""

    product: Mapped[Product] = relationship()
    owner: Mapped[Account] = relationship(foreign_keys="Service.owner_id")
    admin: Mapped[Account] = relationship(foreign_keys="Service.admin_id")
    technical: Mapped[Account] = relationship(foreign_keys="Service.technical_id")
    billing: Mapped[Account] = relationship(foreign_keys="Service.billing_id")
