"""The services table, and one service."""

from .views import blueprint

__all__ = ["blueprint"]
