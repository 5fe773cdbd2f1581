"""What was ordered, how it is paid, and what became of it; and what an account is owed."""

from .views import blueprint

__all__ = ["blueprint"]
