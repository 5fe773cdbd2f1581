"""The means by which an account pays."""

from dataclasses import dataclass
from datetime import date

from ..labels import N_, Labelled


class MethodKind(Labelled):
    CARD = "card", N_("Card")
    SEPA_DEBIT = "sepa-debit", N_("SEPA direct debit")
    PAYPAL = "paypal", N_("PayPal")


class MethodState(Labelled):
    VALID = "valid", N_("Valid")
    PENDING = "pending", N_("Awaiting validation")
    REFUSED = "refused", N_("Refused")


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    kind: MethodKind
    label: str
    """What the customer recognises it by, such as the last four digits."""
    state: MethodState
    expires_on: date | None = None
    """First day it can no longer be used."""

    def usable_on(self, day: date) -> bool:
        """Whether a debit on that day can be tried."""
        return self.state is MethodState.VALID and (self.expires_on is None or day < self.expires_on)
