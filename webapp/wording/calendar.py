"""What the calendar calls what happens to services, and the frequencies that it compares."""

from ..domain.calendar import Happening
from ..domain.labels import N_, NN_
from ..domain.what_if import PERIODS
from ..language.speaker import Speaker
from ..operations.listing.ahead import FeedEvent

ONE = {
    Happening.DEBIT: N_("debited"),
    Happening.BILL: N_("billed"),
    Happening.RENEWAL: N_("renews; another contact pays"),
    Happening.EXPIRY: N_("expires unless it is renewed"),
    Happening.END: N_("ends"),
    Happening.DELETION: N_("is deleted"),
}
FREQUENCIES = dict(zip(PERIODS, (N_("Every month"), N_("Every year")), strict=True))
SEVERAL = {
    Happening.DEBIT: NN_("%(count)s service debited", "%(count)s services debited"),
    Happening.BILL: NN_("%(count)s service billed", "%(count)s services billed"),
    Happening.RENEWAL: NN_(
        "%(count)s service renews; another contact pays", "%(count)s services renew; other contacts pay"
    ),
    Happening.EXPIRY: NN_(
        "%(count)s service expires unless it is renewed", "%(count)s services expire unless they are renewed"
    ),
    Happening.END: NN_("%(count)s service ends", "%(count)s services end"),
    Happening.DELETION: NN_("%(count)s service is deleted", "%(count)s services are deleted"),
}
CALLED_OFF = N_("called off")


def entry(each: FeedEvent, speaker: Speaker) -> list[str]:
    """What an entry of somebody’s own calendar says, part by part."""
    if each.called_off:
        return [each.name, speaker.gettext(CALLED_OFF)]
    what = speaker.gettext(ONE[each.happening])
    if not each.name:
        what = speaker.ngettext(*SEVERAL[each.happening], each.services, count=speaker.number(each.services))
    amount = speaker.plain_money(each.amount) if each.amount else ""
    return [part for part in (each.name, what, amount) if part]
