"""Tables and their relations, one file per aggregate; no policy."""

from .account import Account, SignIn
from .agreement import Acceptance
from .batch import Batch, BatchRow
from .event import Event
from .lease import Lease
from .listing import Listing, Rank, Selected
from .payment_method import PaymentMethod
from .product import Price, Product
from .receipt import Receipt
from .saved_view import SavedView
from .service import Service
from .term import Term

__all__ = [
    "Acceptance",
    "Account",
    "Batch",
    "BatchRow",
    "Event",
    "Lease",
    "Listing",
    "PaymentMethod",
    "Price",
    "Product",
    "Rank",
    "Receipt",
    "SavedView",
    "Selected",
    "Service",
    "SignIn",
    "Term",
]
