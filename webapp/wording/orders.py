"""An order, or the payment of bills, in words: whoever owes something has ordered nothing."""

from ..domain.billing.order import OrderState, Situation
from ..domain.labels import N_, NN_
from ..language.speaker import Speaker

BILLS = {
    Situation.TO_PAY: NN_("Pay your bill", "Pay your bills"),
    Situation.PAID: NN_("Your bill is paid", "Your bills are paid"),
    Situation.DISCARDED: NN_("Your bill has not been paid", "Your bills have not been paid"),
    Situation.EXPIRED: NN_("Your bill has not been paid", "Your bills have not been paid"),
}
"""What a situation is called where bills are paid, as far as it is called otherwise."""
PAYMENTS = {
    OrderState.OPEN: N_("To be paid"),
    OrderState.PAID: N_("Paid"),
    OrderState.DISCARDED: N_("Not paid"),
    OrderState.EXPIRED: N_("Not paid"),
}


def heading(situation: Situation, bills: int, speaker: Speaker) -> str:
    """Of its page; ``bills`` is how many it pays, 0 where it is an order."""
    if bills and situation in BILLS:
        return speaker.ngettext(*BILLS[situation], bills)
    return speaker.gettext(situation.label)


def state(of: OrderState, speaker: Speaker, *, pays_bills: bool) -> str:
    return speaker.gettext(PAYMENTS[of] if pays_bills else of.label)
