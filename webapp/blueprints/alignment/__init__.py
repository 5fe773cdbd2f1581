"""Moving the day of the month on which one service renews."""

from .views import blueprint

__all__ = ["blueprint"]
