"""The twelve months ahead."""

from .views import blueprint

__all__ = ["blueprint"]
