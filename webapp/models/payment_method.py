"""Saved means of payment, and how they come to be saved."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, case, func, or_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..domain import methods as domain
from ..domain.billing.payment import AttemptState, Failure
from ..domain.billing.setup import Mandate
from ..extensions import Model
from .payment import LONGEST_RETURN, OPEN
from .types import AccountKey, Key, UtcDateTime, words

IN_USE = text("removed_at IS NULL AND reference <> ''")
BEGUN = text(f"{OPEN.text} AND method_id IS NULL")


class PaymentMethod(Model):
    """At most one per account is the default. Rows stay when it is removed: payments were made with them."""

    __tablename__ = "payment_method"
    __table_args__ = (
        Index(
            "uq_payment_method_default",
            "account_id",
            unique=True,
            sqlite_where=text("is_default"),
            postgresql_where=text("is_default"),
        ),
        Index(
            "uq_payment_method_reference",
            "account_id",
            "reference",
            unique=True,
            sqlite_where=IN_USE,
            postgresql_where=IN_USE,
        ),
        Index(
            "ix_payment_method_expiry",
            "expires_on",
            sqlite_where=text("is_default"),
            postgresql_where=text("is_default"),
        ),
    )

    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    kind: Mapped[domain.MethodKind] = mapped_column(words(domain.MethodKind, "kind"))
    label: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(domain.LONGEST_DESCRIPTION), server_default="", default="")
    """What its owner calls it."""
    reference: Mapped[str] = mapped_column(String(80), server_default="", default="")
    """The provider's own; empty where it keeps none for us, and then nothing can be debited."""
    state: Mapped[domain.MethodState] = mapped_column(words(domain.MethodState, "state"))
    expires_on: Mapped[date | None]
    mandate_reference: Mapped[str] = mapped_column(String(35), server_default="", default="")
    creditor: Mapped[str] = mapped_column(String(35), server_default="", default="")
    """Who may debit the account by that mandate: its creditor identifier."""
    signed_on: Mapped[date | None]
    is_default: Mapped[bool]
    expiry_told_on: Mapped[date | None]
    """When its owner was last told that it expires, or has expired."""
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forgotten: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    """Whether the provider knows that it must not be debited any more."""
    imported: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    """Whether an inventory told of it; what was left here, no inventory changes."""

    def snapshot(self) -> domain.PaymentMethod:
        return domain.PaymentMethod(self.kind, self.label, self.state, bool(self.reference), self.expires_on)

    @classmethod
    def fails_from(cls, today: ColumnElement[date]) -> ColumnElement[date]:
        """The first day for which :meth:`domain.PaymentMethod.usable_on` says no; ever since, or never, as well."""
        unfit = or_(cls.state != domain.MethodState.VALID, cls.reference == "", cls.expires_on <= today)
        return case((unfit, date.min), else_=func.coalesce(cls.expires_on, date.max))

    @property
    def mandate(self) -> Mandate | None:
        if not self.mandate_reference or self.signed_on is None:
            return None
        return Mandate(self.mandate_reference, self.creditor, self.signed_on)


class MethodSetup(Model):
    """Somebody leaves a payment method at the provider. Its code is what both sides know it by."""

    __tablename__ = "method_setup"
    __table_args__ = (
        Index("uq_method_setup_begun", "account_id", "kind", unique=True, sqlite_where=BEGUN, postgresql_where=BEGUN),
        Index("ix_method_setup_ask", "ask_at", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    code: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[domain.MethodKind] = mapped_column(words(domain.MethodKind, "kind"))
    provider: Mapped[str] = mapped_column(String(24))
    state: Mapped[AttemptState] = mapped_column(words(AttemptState, "state"))
    failure: Mapped[Failure | None] = mapped_column(words(Failure, "failure"))
    wanted_default: Mapped[bool]
    """Whether renewals are to be debited from it as soon as it is valid."""
    return_to: Mapped[str] = mapped_column(String(LONGEST_RETURN))
    language: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(400), default="")
    """Where the person leaves it, as long as the provider waits for them."""
    method_id: Mapped[int | None] = mapped_column(ForeignKey("payment_method.id"))
    """What was left; a mandate that the bank has yet to confirm is there before its set-up ends."""
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked: Mapped[int] = mapped_column(default=0)
    """How often the provider was asked what became of it."""
    ask_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it is to be asked again, as long as it is open."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    method: Mapped[PaymentMethod | None] = relationship()
