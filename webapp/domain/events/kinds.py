"""What an event may tell of, and how what many of them tell is stored."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ..labels import N_, Labelled
from ..law.contracts import Tax

Facts = Mapping[str, Any]
Columns = Mapping[str, str | None]


class EventKind(Labelled):
    IMPORTED = "imported", N_("Added to your services")
    IMPORT_CHANGED = "import-changed", N_("Changed by an inventory import")
    RENEWAL_CONFIGURED = "renewal-configured", N_("Renewal configured")
    CANCELLED = "cancelled", N_("Cancellation")
    CANCELLATION_UNDONE = "cancellation-undone", N_("Cancellation undone")
    RENEWED = "renewed", N_("Renewed")
    BILLED = "billed", N_("Renewed automatically")
    RECAPPED = "recapped", N_("Renewal announced")
    REMINDED = "reminded", N_("Reminder sent")
    ASKED_AGAIN = "asked-again", N_("Payment asked for again")
    NOT_DEBITED = "not-debited", N_("Debit refused")
    SUSPENDED = "suspended", N_("Suspended")
    DELETED = "deleted", N_("Deleted")
    ENDED = "ended", N_("Ended")
    ALIGNED = "aligned", N_("Renewal date aligned")
    BILL_PAID = "bill-paid", N_("Bill paid")
    PAYMENT_RETURNED = "payment-returned", N_("Payment taken back")
    PAYMENT_RESTORED = "payment-restored", N_("Payment restored")
    BILL_CREDITED = "bill-credited", N_("Bill taken back by a credit note")

    @property
    def by_import(self) -> bool:
        """Whether the provider’s inventory told of it: nothing that anybody here did."""
        return self in (EventKind.IMPORTED, EventKind.IMPORT_CHANGED)


def stored_taxes(taxes: Iterable[Tax]) -> list[Mapping[str, str]]:
    return [{"name": tax.name, "percent": str(tax.percent)} for tax in taxes]


def read_taxes(facts: Facts) -> tuple[Tax, ...]:
    return tuple(Tax(tax["name"], Decimal(tax["percent"])) for tax in facts.get("taxes", ()))
