"""Saved means of payment."""

from datetime import date

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain.billing import methods as domain
from ..extensions import Model
from .types import AccountKey, Key, words


class PaymentMethod(Model):
    """At most one per account is the default."""

    __tablename__ = "payment_method"
    __table_args__ = (
        Index(
            "uq_payment_method_default",
            "account_id",
            unique=True,
            sqlite_where=text("is_default"),
            postgresql_where=text("is_default"),
        ),
    )

    id: Mapped[Key]
    account_id: Mapped[AccountKey]
    kind: Mapped[domain.MethodKind] = mapped_column(words(domain.MethodKind, "kind"))
    label: Mapped[str] = mapped_column(String(60))
    reference: Mapped[str] = mapped_column(String(80), server_default="", default="")
    """The provider's own; empty where it keeps none for us, and then nothing can be debited."""
    state: Mapped[domain.MethodState] = mapped_column(words(domain.MethodState, "state"))
    expires_on: Mapped[date | None]
    is_default: Mapped[bool]

    def snapshot(self) -> domain.PaymentMethod:
        return domain.PaymentMethod(self.kind, self.label, self.state, bool(self.reference), self.expires_on)
