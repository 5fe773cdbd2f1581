"""An account’s password, and where it is signed in."""

from .views import blueprint

__all__ = ["blueprint"]
