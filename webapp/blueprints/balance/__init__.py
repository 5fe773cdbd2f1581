"""The balance of an account: what its seller owes it, entry by entry."""

from .views import blueprint

__all__ = ["blueprint"]
