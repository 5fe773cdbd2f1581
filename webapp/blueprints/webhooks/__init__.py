"""What payment providers tell of their own accord."""

from .views import blueprint

__all__ = ["blueprint"]
