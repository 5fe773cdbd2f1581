"""What the reader is told by mail, why, and what of it can be switched off."""

from .views import blueprint

__all__ = ["blueprint"]
