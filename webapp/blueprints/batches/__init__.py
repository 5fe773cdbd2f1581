"""What is done to many services at once, beginning with which ones."""

from .views import blueprint

__all__ = ["blueprint"]
