"""What the servers of control panels ask for: addresses that open the portal, and the end of sessions."""

from .views import blueprint

__all__ = ["blueprint"]
