"""How one service renews."""

from .views import blueprint

__all__ = ["blueprint"]
