"""An order, or the payment of bills, in words: whoever owes something has ordered nothing."""

from ..domain.billing.order import OrderState, Situation
from ..domain.labels import N_, NN_
from ..language.speaker import Speaker
from ..operations.orders.latest import PastOrder
from ..operations.orders.show import ShownOrder

BILLS = {
    Situation.TO_PAY: NN_("Pay your bill", "Pay your bills"),
    Situation.PAID: NN_("Your bill is paid", "Your bills are paid"),
    Situation.DISCARDED: NN_("Your bill has not been paid", "Your bills have not been paid"),
    Situation.EXPIRED: NN_("Your bill has not been paid", "Your bills have not been paid"),
}
"""What a situation is called where bills are paid, as far as it is called otherwise."""
TOP_UPS = {
    Situation.TO_PAY: N_("Add to your balance"),
    Situation.PAID: N_("Your balance has been added to"),
    Situation.DISCARDED: N_("Your balance has not been added to"),
    Situation.EXPIRED: N_("Your balance has not been added to"),
}
PAYMENTS = {
    OrderState.OPEN: N_("To be paid"),
    OrderState.PAID: N_("Paid"),
    OrderState.DISCARDED: N_("Not paid"),
    OrderState.EXPIRED: N_("Not paid"),
}


def heading(shown: ShownOrder, speaker: Speaker) -> str:
    """Of its page."""
    if shown.pays_bills and shown.situation in BILLS:
        return speaker.ngettext(*BILLS[shown.situation], len(shown.lines))
    of_its_own = TOP_UPS if shown.order.tops_up else {}
    return speaker.gettext(of_its_own.get(shown.situation, shown.situation.label))


def state(each: PastOrder, speaker: Speaker) -> str:
    ordered_nothing = each.pays_bills or each.order.tops_up
    return speaker.gettext(PAYMENTS[each.order.state] if ordered_nothing else each.order.state.label)
