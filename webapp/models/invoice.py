"""Documents, numbered without gaps, and how bills were settled."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain.billing.invoice import DocumentKind, Settled, called
from ..domain.billing.quote import summed
from ..domain.law.contracts import Levy, TaxNote
from ..domain.money import Money
from ..domain.periods import Period
from ..extensions import Model
from .types import AccountKey, Key, Months, ServiceKey, UtcDateTime, words

BILL = text("order_id IS NULL AND kind <> 'credit-note'")
DEMAND = text("demands_id IS NOT NULL")
SOLD = text("kind = 'invoice'")


class Counter(Model):
    """The last number that was given; whoever takes the next one holds the row until the commit."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class Invoice(Model):
    """An invoice, a credit note or a payment request. Never updated, never deleted.

    An invoice that came of an order is paid; any other one, and a payment request, is a bill, owed until its lines are
    settled.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("portal", "kind", "serial"),
        Index("uq_invoice_order", "order_id", "owner_id", unique=True, sqlite_where=SOLD, postgresql_where=SOLD),
        Index("uq_invoice_demand", "demands_id", "owner_id", unique=True, sqlite_where=DEMAND, postgresql_where=DEMAND),
        Index("ix_invoice_bill", "account_id", sqlite_where=BILL, postgresql_where=BILL),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(100), unique=True)
    """Its name in addresses: the number, as far as that is known and no other document has it."""
    kind: Mapped[DocumentKind] = mapped_column(words(DocumentKind, "kind"))
    portal: Mapped[str] = mapped_column(String(8))
    """The seller."""
    serial: Mapped[int | None] = mapped_column(BigInteger)
    """1, 2, 3 … for each seller and kind; None where an inventory tells of it."""
    number: Mapped[str | None] = mapped_column(String(40))
    """As it is printed; None where nobody knows it."""
    account_id: Mapped[AccountKey]
    """The billing contact to whom it was given."""
    owner_id: Mapped[AccountKey]
    """Who bought."""
    order_id: Mapped[int | None] = mapped_column(ForeignKey("customer_order.id"))
    """What it came of; of a credit note, the order whose payment brought nothing."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"), index=True)
    """The bill that a credit note takes back."""
    demands_id: Mapped[int | None] = mapped_column(ForeignKey("payment_attempt.id"))
    """The payment that was taken back, of which a payment request asks for a part again."""
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was written here."""
    currency: Mapped[str] = mapped_column(String(3))
    net_minor: Mapped[int | None] = mapped_column(BigInteger)
    """None where only the amount with tax is known."""
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    tax_note: Mapped[TaxNote | None] = mapped_column(words(TaxNote, "tax_note"))
    """Why no tax is charged, where the law wants that to be said."""
    seller: Mapped[dict[str, Any]] = mapped_column(JSON)
    buyer: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Each as it was on that day."""

    lines: Mapped[list["InvoiceLine"]] = relationship(order_by="InvoiceLine.position")

    @property
    def gross(self) -> Money:
        return Money(self.gross_minor, self.currency)

    @property
    def net(self) -> Money | None:
        return None if self.net_minor is None else Money(self.net_minor, self.currency)

    @property
    def label(self) -> str:
        """What it is called."""
        return called(self.kind, taxes_known=self.net_minor is not None)

    @property
    def levies(self) -> tuple[Levy, ...]:
        """Each tax over all lines."""
        return summed(Levy.read(stored, self.currency) for line in self.lines for stored in line.levies)


class InvoiceLine(Model):
    """What was sold of one service; days are ``[starts_on, ends_on)``, where it was a term."""

    __tablename__ = "invoice_line"
    __table_args__ = (UniqueConstraint("invoice_id", "position"),)

    id: Mapped[Key]
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    position: Mapped[int]
    service_id: Mapped[ServiceKey]
    name: Mapped[str] = mapped_column(String(253))
    display_name: Mapped[str] = mapped_column(String(120))
    product: Mapped[str] = mapped_column(String(120))
    duration: Mapped[Period | None] = mapped_column(Months)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    quantity: Mapped[int] = mapped_column(default=1)
    net_minor: Mapped[int | None] = mapped_column(BigInteger)
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    levies: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    restore_fee_minor: Mapped[int | None] = mapped_column(BigInteger)
    """The part of the net price that restored a name from redemption."""

    def net(self, currency: str) -> Money | None:
        return None if self.net_minor is None else Money(self.net_minor, currency)

    def tax(self, currency: str) -> Money | None:
        """All taxes together."""
        return None if self.net_minor is None else Money(self.gross_minor - self.net_minor, currency)

    def gross(self, currency: str) -> Money:
        return Money(self.gross_minor, currency)


class Settlement(Model):
    """That so much of the line of a bill is owed no more. Never updated, never deleted.

    Parts of one line are numbered and leave less and less, so that two who settle it at once do not settle it twice.
    """

    __tablename__ = "settlement"
    __table_args__ = (
        UniqueConstraint("invoice_line_id", "number"),
        CheckConstraint("minor > 0", name="positive"),
        CheckConstraint("left_minor >= 0", name="covered"),
    )

    id: Mapped[Key]
    invoice_line_id: Mapped[int] = mapped_column(ForeignKey("invoice_line.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    """From 1 within the line."""
    how: Mapped[Settled] = mapped_column(words(Settled, "how"))
    minor: Mapped[int] = mapped_column(BigInteger)
    left_minor: Mapped[int] = mapped_column(BigInteger)
    """What is owed of the line afterwards."""
    order_line_id: Mapped[int | None] = mapped_column(ForeignKey("order_line.id"), unique=True)
    """What it was paid with."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
