"""The means by which an account pays."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from .labels import N_, Labelled
from .refusals import Reason, Refusal

SOON = timedelta(days=60)
"""How long before its end a method is told to end; no source states a number of days, so this one is ours."""


class MethodKind(Labelled):
    CARD = "card", N_("Card")
    SEPA_DEBIT = "sepa-debit", N_("SEPA direct debit")
    PAYPAL = "paypal", N_("PayPal")


class MethodState(Labelled):
    """What the provider says of it."""

    VALID = "valid", N_("Valid")
    PENDING = "pending", N_("Awaiting validation")
    REFUSED = "refused", N_("Refused")


class Health(Labelled):
    """How a method stands on a day."""

    VALID = "valid", N_("Valid")
    EXPIRES_SOON = "expires-soon", N_("Expires soon")
    EXPIRED = "expired", N_("Expired")
    AWAITING = "awaiting", N_("Awaiting validation")
    REFUSED = "refused", N_("Refused")
    UNCONNECTED = "unconnected", N_("Add it again")


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    kind: MethodKind
    label: str
    """What the customer recognises it by, such as the last four digits."""
    state: MethodState
    connected: bool
    """Whether the provider keeps it for us; what an inventory merely tells of cannot be debited from here."""
    expires_on: date | None = None
    """First day it can no longer be used."""

    def usable_on(self, day: date) -> bool:
        """Whether a debit on that day can be tried."""
        alive = self.expires_on is None or day < self.expires_on
        return self.connected and self.state is MethodState.VALID and alive

    def health(self, today: date) -> Health:
        """What keeps it from being debited for good comes before what passes."""
        if self.state is MethodState.REFUSED:
            return Health.REFUSED
        if self.expires_on and self.expires_on <= today:
            return Health.EXPIRED
        if not self.connected:
            return Health.UNCONNECTED
        if self.state is MethodState.PENDING:
            return Health.AWAITING
        return Health.EXPIRES_SOON if self.expires_on and self.expires_on - today <= SOON else Health.VALID


LONGEST_DESCRIPTION = 60
NOT_OFFERED = Reason("method-not-offered", N_("This kind of payment method is not offered here."))
NOT_VALID = Reason("method-not-valid", N_("Renewals can only be debited from a payment method that is valid."))
STILL_NEEDED = Reason(
    "method-still-needed",
    N_("Services renew automatically, and no other payment method is valid. Add one first, or renew them yourself."),
)

CANNOT_BE_DEBITED = Reason(
    "method-cannot-be-debited", N_("This payment method cannot be debited any more. Choose another means to pay.")
)
DESCRIPTION_UNFIT = Reason(
    "method-description-unfit", N_("A description is one line of at most 60 characters. Shorten it.")
)


def removal(
    method: PaymentMethod, others: Collection[PaymentMethod], today: date, *, is_default: bool, needed: bool
) -> Refusal | None:
    """Why it cannot be removed, if so.

    Where services renew automatically (``needed``), the default goes only when another one can take its place, and the
    only one that can be debited does not go.
    """
    if not needed or any(other.usable_on(today) for other in others):
        return None
    return STILL_NEEDED() if is_default or method.usable_on(today) else None
