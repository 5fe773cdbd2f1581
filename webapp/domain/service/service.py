"""One service as the rules see it: a frozen snapshot of its stored state."""

from dataclasses import dataclass, replace
from datetime import date

from ..labels import N_, Labelled
from ..money import Money
from ..periods import Period
from .catalogue import Product, Registry

REFERENCE = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
"""What the public reference of a service looks like: it stands in addresses."""


class Availability(Labelled):
    """What the service technically is, in the order of its life."""

    CREATING = "creating", N_("Being created")
    ACTIVE = "active", N_("Active")
    SUSPENDED = "suspended", N_("Suspended")
    TERMINATED = "terminated", N_("Terminated")


class Mode(Labelled):
    AUTOMATIC = "automatic", N_("Automatic renewal")
    MANUAL = "manual", N_("Manual renewal")


class Kind(Labelled):
    """Whether there is anything to renew."""

    RECURRING = "recurring", N_("Recurring")
    ONE_OFF = "one-off", N_("One-off purchase")
    INCLUDED = "included", N_("Included in another service")


class Suspension(Labelled):
    """Why a service is suspended, and by that what brings it back."""

    DEBT = "debt", N_("A bill is unpaid; paying it brings the service back.")
    EXPIRED = "expired", N_("Its term has ended; renewing brings it back.")
    POLICY = "policy", N_("Suspended by the provider; contact support.")


@dataclass(frozen=True, slots=True)
class Service:
    """Dates are calendar dates in the contract's time zone; amounts are net of tax unless they say otherwise."""

    reference: str
    name: str
    product: Product
    kind: Kind
    availability: Availability
    mode: Mode | None
    period: Period | None
    anchor_day: int | None
    ends_on: date | None
    """First day after the paid term: it renews, expires or ends on this day."""
    price: Money
    """For one period, as this customer pays it, net of tax."""
    started_on: date | None = None
    committed_until: date | None = None
    cancels_on: date | None = None
    suspension: Suspension | None = None
    suspended_on: date | None = None
    amount_due: Money | None = None
    """Unpaid invoices on it, tax included."""
    billed_on: date | None = None
    noticed_on: date | None = None
    """When its payer was last told that they may lose it."""
    promised_on: date | None = None
    """The day that was named then: nothing is taken away before."""
    recapped_for: date | None = None
    """The end of the term of which its payer was last told that another one follows by itself."""
    paid_in: str | None = None
    """Code of the order for it whose payment is under way: nothing is to be done until that has ended."""

    def noticed(self, on: date, named: date) -> "Service":
        """Once its payer was told on one day of another one."""
        return replace(self, noticed_on=on, promised_on=named)

    @property
    def to_pay(self) -> Money | None:
        """What somebody should pay now: nothing while a payment is under way."""
        return None if self.paid_in else self.amount_due

    @property
    def being_renewed(self) -> bool:
        """Whether another term of it is being paid for."""
        return self.paid_in is not None and self.amount_due is None

    @property
    def registry(self) -> Registry | None:
        """What its name was registered with, as far as a rule knows it."""
        return self.product.family.registry_of(self.name)

    @property
    def days_until_deletion(self) -> int | None:
        """From its suspension on; None where no source states them."""
        return self.product.family.days_until_deletion(self.name)

    @property
    def renews(self) -> bool:
        """Whether it has a running term with a mode, so that something will happen at its end."""
        return self.kind is Kind.RECURRING and self.mode is not None and self.ends_on is not None


def running(service: Service) -> Service:
    """The same, whatever it was suspended for."""
    return replace(service, availability=Availability.ACTIVE, suspension=None, suspended_on=None)
