"""Whether the program is there, and whether it can serve, for those who watch over it."""

from .views import blueprint

__all__ = ["blueprint"]
