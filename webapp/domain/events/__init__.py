"""What happened to a service, as facts that are recorded for ever and never reinterpreted.

An event keeps the amounts, the currency, the tax and the rules of its time. It is stored as what was before and
what came after (``old`` and ``new``); every form that was ever stored has a reader here.
"""

from collections.abc import Mapping

from .contract import (
    CancellationUndone,
    Cancelled,
    Declaration,
    Ended,
    Imported,
    InventoryChanged,
    RenewalConfigured,
    RenewalWay,
)
from .kinds import Columns, EventKind, Facts
from .lost import AskedAgain, Deleted, NotDebited, Recapped, Reminded, Suspended
from .paid import Aligned, BillCredited, BillPaid, PaymentRestored, PaymentReturned, Renewed, RenewedOnBill

__all__ = [
    "KINDS",
    "Aligned",
    "AskedAgain",
    "BillCredited",
    "BillPaid",
    "CancellationUndone",
    "Cancelled",
    "Columns",
    "Declaration",
    "Deleted",
    "Ended",
    "EventKind",
    "Facts",
    "Imported",
    "InventoryChanged",
    "NotDebited",
    "PaymentRestored",
    "PaymentReturned",
    "Recapped",
    "Reminded",
    "RenewalConfigured",
    "RenewalWay",
    "Renewed",
    "RenewedOnBill",
    "ServiceEvent",
    "Suspended",
    "read",
    "read_declaration",
]

ServiceEvent = (
    Imported
    | InventoryChanged
    | RenewalConfigured
    | Renewed
    | RenewedOnBill
    | Recapped
    | Reminded
    | AskedAgain
    | NotDebited
    | Suspended
    | Deleted
    | Ended
    | Aligned
    | BillPaid
    | BillCredited
    | PaymentReturned
    | PaymentRestored
    | Declaration
)
KINDS: Mapping[EventKind, type[ServiceEvent]] = {
    kind.kind: kind
    for kind in (
        Imported,
        InventoryChanged,
        RenewalConfigured,
        Cancelled,
        CancellationUndone,
        Renewed,
        RenewedOnBill,
        Recapped,
        Reminded,
        AskedAgain,
        NotDebited,
        Suspended,
        Deleted,
        Ended,
        Aligned,
        BillPaid,
        BillCredited,
        PaymentReturned,
        PaymentRestored,
    )
}


def read(kind: EventKind, old: Facts, new: Facts) -> ServiceEvent:
    """The event that was stored, in whichever version."""
    return KINDS[kind].read(old, new)


def read_declaration(kind: EventKind, old: Facts, new: Facts) -> Declaration:
    """One of the events of a receipt. Raises TypeError for any other."""
    event = read(kind, old, new)
    if not isinstance(event, Cancelled | CancellationUndone):
        raise TypeError(f"no receipt is given for {kind}")
    return event
