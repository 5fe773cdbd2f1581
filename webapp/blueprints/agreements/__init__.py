"""What sellers ask to be accepted, to be read."""

from .views import blueprint

__all__ = ["blueprint"]
