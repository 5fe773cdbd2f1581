"""What an account has with its seller: money that changed that, entry by entry."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..labels import N_, Labelled
from ..money import Money
from ..refusals import Reason

NO_AMOUNT = Reason("no-amount", N_("This is no amount that can be added: the hint at the field says which can."))
NOTHING_TO_ASK_BACK = Reason("nothing-to-ask-back", N_("There is nothing on this balance that could be paid back."))
NOT_ASKED_BACK = Reason("not-asked-back", N_("This request has been settled already."))


class EntryKind(Labelled):
    """Why what an account has with its seller became more or less."""

    TOPPED_UP = "topped-up", N_("Added by you")
    CREDITED = "credited", N_("Credited: what you paid brought nothing")
    SPENT = "spent", N_("Spent on an order")
    GIVEN_BACK = "given-back", N_("Given back: the order was not paid in full")
    ASKED_BACK = "asked-back", N_("Asked back by you")
    RETURNED = "returned", N_("Taken off: the payment was taken back")
    RESTORED = "restored", N_("Credited: the payment that was taken back stands after all")
    KEPT = "kept", N_("On the balance again: it was not paid back")


class PayoutState(Labelled):
    """Where money stands that a customer has asked back."""

    ASKED = "asked", N_("Asked for")
    PAID = "paid", N_("Paid back")
    REFUSED = "refused", N_("Not paid back")
    WITHDRAWN = "withdrawn", N_("Withdrawn by you")


def falls_below(before: Money, after: Money, threshold: int | None) -> bool:
    """Whether somebody wants to be told of a balance that was spent; ``threshold`` in minor units."""
    return threshold is not None and after.minor < threshold <= before.minor


@dataclass(frozen=True, slots=True)
class TopUps:
    """Which amounts can be added to a balance (rules/balance.toml)."""

    amounts: Mapping[str, tuple[Money, Money]]
    """By currency the least and the most at once; in a currency without nothing can be added."""

    def allow(self, amount: Money, currency: str) -> bool:
        """Whether that much can be added where it is kept in that currency."""
        least, most = self.amounts.get(currency, (None, None))
        return least is not None and most is not None and amount.currency == currency and least <= amount <= most
