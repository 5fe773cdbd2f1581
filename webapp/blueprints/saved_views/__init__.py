"""Views of the table that customers keep."""

from .views import blueprint

__all__ = ["blueprint"]
