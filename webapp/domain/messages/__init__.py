"""What is told to the world outside: typed, each with the key that makes it once."""

from .about_account import PasswordChanged, ReceiptGiven, SignedInAnew
from .about_addresses import AddressAsked, AddressChangeAsked, AddressChanged
from .about_contacts import ContactTold, HolderTold
from .about_digests import Digest
from .about_methods import MethodAdded, MethodExpires, MethodRefused, MethodRemoved
from .about_money import BalanceLow, BillSettled, BillToPay, DebitRefused, OrderPaid, PaymentTakenBack, PaymentUnderWay
from .about_services import (
    AboutServices,
    DeletionAhead,
    OwnEnds,
    OwnRenewals,
    RenewalsAhead,
    ServicesDeleted,
    ServicesEnded,
    ServicesExpire,
    ServicesInDebt,
    ServicesLapsed,
    ServicesUnpaid,
)
from .kinds import (
    LONGEST_KEY,
    MOST_EXPLAINED,
    MOST_NAMED,
    PAUSES,
    Mentioned,
    Message,
    MessageState,
    most_pressing_first,
    read_amount,
)

__all__ = [
    "LONGEST_KEY",
    "MOST_EXPLAINED",
    "MOST_NAMED",
    "NOTICES",
    "PAUSES",
    "AboutServices",
    "AddressAsked",
    "AddressChangeAsked",
    "AddressChanged",
    "BalanceLow",
    "BillSettled",
    "BillToPay",
    "ContactTold",
    "DebitRefused",
    "DeletionAhead",
    "Digest",
    "HolderTold",
    "Mentioned",
    "Message",
    "MessageState",
    "MethodAdded",
    "MethodExpires",
    "MethodRefused",
    "MethodRemoved",
    "OrderPaid",
    "OwnEnds",
    "OwnRenewals",
    "PasswordChanged",
    "PaymentTakenBack",
    "PaymentUnderWay",
    "ReceiptGiven",
    "RenewalsAhead",
    "ServicesDeleted",
    "ServicesEnded",
    "ServicesExpire",
    "ServicesInDebt",
    "ServicesLapsed",
    "ServicesUnpaid",
    "SignedInAnew",
    "most_pressing_first",
    "read_amount",
]

NOTICES = frozenset(
    message.kind
    for message in (
        BillToPay,
        DebitRefused,
        ServicesExpire,
        ServicesUnpaid,
        ServicesLapsed,
        ServicesInDebt,
        DeletionAhead,
    )
)
"""Kinds of those that name the day of a loss: as long as one of them was not told, nothing is taken away."""
