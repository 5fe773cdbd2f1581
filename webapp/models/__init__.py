"""Tables and their relations, one file per aggregate; no policy."""

from .account import Account, AccountEvent, SignIn
from .agreement import Acceptance
from .batch import Batch, BatchRow
from .event import Event
from .invoice import Counter, Invoice, InvoiceLine, Settlement
from .lease import Lease
from .ledger import LedgerEntry
from .listing import Listing, Rank, Selected
from .notice import ProviderNotice
from .notifications import FurtherAddress, Notifications
from .order import Order, OrderLine
from .outbox import Outbox
from .panel import TakenLaunch
from .payment import Attempt
from .payment_method import MethodSetup, PaymentMethod
from .payout import Payout
from .product import Price, Product
from .receipt import Receipt
from .saved_view import SavedView
from .service import Service
from .set_aside import SetAside
from .term import Term

__all__ = [
    "Acceptance",
    "Account",
    "AccountEvent",
    "Attempt",
    "Batch",
    "BatchRow",
    "Counter",
    "Event",
    "FurtherAddress",
    "Invoice",
    "InvoiceLine",
    "Lease",
    "LedgerEntry",
    "Listing",
    "MethodSetup",
    "Notifications",
    "Order",
    "OrderLine",
    "Outbox",
    "PaymentMethod",
    "Payout",
    "Price",
    "Product",
    "ProviderNotice",
    "Rank",
    "Receipt",
    "SavedView",
    "Selected",
    "Service",
    "SetAside",
    "Settlement",
    "SignIn",
    "TakenLaunch",
    "Term",
]
