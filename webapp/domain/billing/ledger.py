"""What an account has with its seller: money that changed that, entry by entry."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..labels import N_, Labelled
from ..money import Money
from ..refusals import Reason

NO_AMOUNT = Reason("no-amount", N_("This is no amount that can be added: the hint at the field says which can."))


class EntryKind(Labelled):
    """Why what an account has with its seller became more or less."""

    TOPPED_UP = "topped-up", N_("Added by you")
    CREDITED = "credited", N_("Credited: what you paid brought nothing")
    SPENT = "spent", N_("Spent on an order")
    GIVEN_BACK = "given-back", N_("Given back: the order was not paid in full")


@dataclass(frozen=True, slots=True)
class TopUps:
    """Which amounts can be added to a balance (rules/balance.toml)."""

    amounts: Mapping[str, tuple[Money, Money]]
    """By currency the least and the most at once; in a currency without nothing can be added."""

    def allow(self, amount: Money, currency: str) -> bool:
        """Whether that much can be added where it is kept in that currency."""
        least, most = self.amounts.get(currency, (None, None))
        return least is not None and most is not None and amount.currency == currency and least <= amount <= most
