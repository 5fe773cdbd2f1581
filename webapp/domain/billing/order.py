"""An accepted quote that waits for its payment."""

from dataclasses import dataclass
from datetime import timedelta

from ..labels import N_, Labelled
from ..refusals import Reason

PAYMENT_UNDER_WAY = Reason(
    "payment-under-way", N_("A payment for this service is under way. Wait until it is known what became of it.")
)
ORDER_OVER = Reason("order-over", N_("This order can no longer be paid. Begin again from the service."))


class OrderState(Labelled):
    OPEN = "open", N_("To be paid")
    PAID = "paid", N_("Order paid")
    DISCARDED = "discarded", N_("Order discarded")
    EXPIRED = "expired", N_("Order expired")


@dataclass(frozen=True, slots=True)
class OrderRules:
    """Delays of orders and payments (rules/billing.toml)."""

    order_lasts: timedelta
    """After that an order that nobody is paying for is void."""
    ask_again: tuple[timedelta, ...]
    """How long after each other the provider is asked what became of a payment; the last one again and again."""

    def next_ask(self, asked: int) -> timedelta:
        """The delay after it was asked that many times."""
        return self.ask_again[min(asked, len(self.ask_again) - 1)]
