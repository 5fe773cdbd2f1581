"""An accepted quote that waits for its payment."""

from dataclasses import dataclass
from datetime import timedelta

from ..labels import N_, Labelled
from ..periods import Period
from ..refusals import Reason
from .payment import AttemptState

PAYMENT_UNDER_WAY = Reason(
    "payment-under-way",
    N_("A payment for this service is under way. Wait until it is known what became of it."),
    N_("Payments for them are under way. Wait until it is known what became of them."),
)
PAYMENT_BEGUN = Reason(
    "payment-begun", N_("You have begun to pay this. Finish that payment, or give it up on the payment page.")
)
ORDER_OVER = Reason("order-over", N_("This order can no longer be paid. Begin again from the service."))


NOT_PAYABLE = Reason("not-payable", N_("Nothing can be paid here at the moment. Try again later, or contact support."))


class OrderState(Labelled):
    OPEN = "open", N_("To be paid")
    PAID = "paid", N_("Order paid")
    DISCARDED = "discarded", N_("Order discarded")
    EXPIRED = "expired", N_("Order expired")


class Situation(Labelled):
    """Where an order and its payment stand, for whoever looks at it."""

    TO_PAY = "to-pay", N_("Pay your order")
    AT_THE_PROVIDER = "at-the-provider", N_("The payment page waits for you")
    SETTLING = "settling", N_("Your payment is on its way")
    UNKNOWN = "unknown", N_("We do not know yet whether you have paid")
    DISPUTED = "disputed", N_("Your payment has to be looked at")
    NOT_PAID = "not-paid", N_("Your payment did not go through")
    PAID = "paid", N_("Your order is paid")
    RETURNED = "returned", N_("Your payment was taken back")
    DISCARDED = "discarded", N_("This order was discarded")
    EXPIRED = "expired", N_("This order has expired")

    @property
    def waiting(self) -> bool:
        """Whether nothing is left to do but to wait."""
        return self in (Situation.SETTLING, Situation.UNKNOWN, Situation.DISPUTED)

    @property
    def payable(self) -> bool:
        return self in (Situation.TO_PAY, Situation.AT_THE_PROVIDER, Situation.NOT_PAID)


def situation(
    state: OrderState, attempt: AttemptState | None, *, at_a_page: bool, late: bool, disputed: bool = False
) -> Situation:
    """From the latest attempt, whether the provider waits for the person, and whether the order’s time is over.

    ``disputed`` where the provider tells of another amount than it was asked for.
    """
    if state is not OrderState.OPEN:
        back = state is OrderState.PAID and attempt is AttemptState.RETURNED
        return Situation.RETURNED if back else Situation.of(state)
    if disputed:
        return Situation.DISPUTED
    match attempt:
        case AttemptState.PENDING:
            return Situation.AT_THE_PROVIDER if at_a_page else Situation.SETTLING
        case AttemptState.UNKNOWN:
            return Situation.UNKNOWN
        case _ if late:
            return Situation.EXPIRED
        case AttemptState.FAILED:
            return Situation.NOT_PAID
        case _:
            return Situation.TO_PAY


@dataclass(frozen=True, slots=True)
class OrderRules:
    """Delays of orders and payments (rules/billing.toml)."""

    order_lasts: timedelta
    """After that an order that nobody is paying for is void."""
    aligned_after: Period
    """How long after the present end of a service the day lies at least to which its renewals are moved."""
    looked_at_within_days: int
    """How soon people look at a payment that the provider tells odd things of."""
    ask_again: tuple[timedelta, ...]
    """How long after each other the provider is asked what became of a payment; the last one again and again."""

    def next_ask(self, asked: int) -> timedelta:
        """The delay after it was asked that many times."""
        return self.ask_again[min(asked, len(self.ask_again) - 1)]
