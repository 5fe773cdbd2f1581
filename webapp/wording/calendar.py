"""What the calendar calls what happens to one service, and the frequencies that it compares."""

from ..domain.calendar import Happening
from ..domain.labels import N_
from ..domain.what_if import PERIODS

ONE = {
    Happening.DEBIT: N_("debited"),
    Happening.BILL: N_("billed"),
    Happening.RENEWAL: N_("renews; another contact pays"),
    Happening.EXPIRY: N_("expires unless it is renewed"),
    Happening.END: N_("ends"),
    Happening.DELETION: N_("is deleted"),
}
FREQUENCIES = dict(zip(PERIODS, (N_("Every month"), N_("Every year")), strict=True))
