"""Why something may not be done with a service, in words: each reason once, of one service and of several."""

from ..labels import N_
from ..refusals import Reason

CANCELLATION_SCHEDULED = Reason(
    "cancellation-scheduled",
    N_("The cancellation of this service is scheduled for %(day)s."),
    N_("Their cancellation is scheduled."),
)
COMMITTED = Reason(
    "committed",
    N_("The commitment of this service ends on %(day)s: its renewal cannot be changed before."),
    N_("They are committed beyond this term: their renewal cannot be changed before."),
)
LAPSES = Reason(
    "lapses",
    N_("A manually renewed service need not be cancelled: unless you renew it, it ends on %(day)s."),
    N_("Manually renewed services need not be cancelled: unless you renew them, they end."),
)
LAPSED = Reason(
    "lapsed",
    N_("There is nothing to cancel: nobody renewed this service, and it ended on %(day)s."),
    N_("There is nothing to cancel: nobody renewed them, and they have ended."),
)
ENDS_BY_ITSELF = (LAPSES.code, LAPSED.code)
"""Codes of the refusals to cancel what nobody has to cancel."""
EXPIRED = Reason(
    "expired",
    N_("Its term ended on %(day)s: renew it first."),
    N_("Their terms have ended: renew them first."),
)
TOO_LATE = Reason(
    "too-late",
    N_("This was possible until 24 hours before %(day)s."),
    N_("This was possible until 24 hours before their end."),
)
RESTORED_BY_SUPPORT = Reason(
    "restored-by-support",
    N_("This name is in its redemption period: contact support to have it restored."),
    N_("Their names are in their redemption periods: contact support to have them restored."),
)
TERMINATED = Reason(
    "terminated",
    N_("This service is terminated."),
    N_("They are terminated."),
)
ONE_OFF = Reason(
    "one-off",
    N_("This service was bought once: there is nothing to renew."),
    N_("They were bought once: there is nothing to renew."),
)
INCLUDED = Reason(
    "included",
    N_("This service is included in another one and renews with it."),
    N_("They are included in other services and renew with them."),
)
CREATING = Reason(
    "creating",
    N_("This service is still being created."),
    N_("They are still being created."),
)
NOT_CANCELLED = Reason(
    "not-cancelled",
    N_("No cancellation is scheduled for this service."),
    N_("No cancellation is scheduled for them."),
)
BILL_TO_PAY = Reason(
    "bill-to-pay",
    N_("A bill for this service must be paid first."),
    N_("Bills for them must be paid first."),
)
NOTHING_TO_PAY = Reason(
    "nothing-to-pay",
    N_("There is no bill to pay for this service."),
    N_("There are no bills to pay for them."),
)
FORCED = Reason(
    "forced",
    N_("The renewal of this product is fixed and cannot be changed."),
    N_("The renewal of these products is fixed and cannot be changed."),
)
MANUAL = Reason(
    "manual",
    N_("This service is renewed by hand: use “Renew service”."),
    N_("They are renewed by hand: use “Renew service”."),
)
AUTOMATIC = Reason(
    "automatic",
    N_("This service renews automatically: use “Bring forward payment”."),
    N_("They renew automatically: use “Bring forward payment”."),
)
SUSPENDED_FOR_DEBT = Reason(
    "suspended-for-debt",
    N_("This service is suspended for an unpaid bill; pay it first."),
    N_("They are suspended for unpaid bills; pay these first."),
)
BILLING_CONTACT = Reason(
    "billing-contact",
    N_("Only the billing contact of this service can do this."),
    N_("Only their billing contacts can do this."),
)
SUSPENDED_BY_PROVIDER = Reason(
    "suspended-by-provider",
    N_("This service is suspended by the provider; contact support before you pay for it."),
    N_("They are suspended by the provider; contact support before you pay for them."),
)
ANNIVERSARY = Reason(
    "anniversary",
    N_("A domain name renews on the anniversary of its registration, and that day cannot be moved."),
    N_("Domain names renew on the anniversary of their registration, and that day cannot be moved."),
)
DAY_FIXED = Reason(
    "day-fixed",
    N_("The renewal day of this type of service cannot be moved."),
    N_("The renewal day of services of these types cannot be moved."),
)
ON_THE_FIRST = Reason(
    "on-the-first",
    N_("It renews on the 1st of the month already, the only day that is possible for this type of service."),
    N_("They renew on the 1st of the month already, the only day that is possible for services of their types."),
)
BEYOND_PANEL = Reason(
    "beyond-panel",
    N_("This cannot be done through your control panel."),
    N_("This cannot be done through your control panel."),
)
ADMIN_CONTACT = Reason(
    "admin-contact",
    N_("Only the admin contact of this service can do this."),
    N_("Only their admin contacts can do this."),
)
