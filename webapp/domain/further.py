"""Further addresses that mails of an account go to, such as that of its bookkeeper."""

from collections.abc import Mapping
from datetime import timedelta

from .labels import N_, Labelled
from .refusals import Reason
from .topics import Topic

MOST = 5
"""Of one account, confirmed or not; and as many may be written to for that in some time."""
SOME_TIME = timedelta(days=1)


class FurtherShare(Labelled):
    """What may go to one."""

    BILLS = "bills", N_("Bills, payments and orders")
    SERVICES = "services", N_("Renewals to come, and services that end, are suspended or deleted")


SHARED: Mapping[Topic, FurtherShare] = {
    Topic.BILLS: FurtherShare.BILLS,
    Topic.PAID: FurtherShare.BILLS,
    Topic.ORDERS: FurtherShare.BILLS,
    Topic.AHEAD: FurtherShare.SERVICES,
    Topic.LOSSES: FurtherShare.SERVICES,
    Topic.DECLARED: FurtherShare.SERVICES,
}
"""By topic; what has none is told to the account alone."""
ADDRESS_KNOWN = Reason("address-known", N_("Mails go to this address already, or it has been asked."))
NOTHING_SHARED = Reason("nothing-shared", N_("Choose what is to go there."))
ADDRESSES_MANY = Reason("addresses-many", N_("There are as many further addresses as there can be. Remove one first."))
ASKED_OFTEN = Reason("asked-often", N_("So many addresses were asked for today that no other one is until tomorrow."))
