"""What an account was billed, and how it pays what is owed."""

from .views import blueprint

__all__ = ["blueprint"]
