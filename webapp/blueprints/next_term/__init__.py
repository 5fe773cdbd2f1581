"""Paying for the next term of one service, when it is due or ahead of time."""

from .views import blueprint

__all__ = ["blueprint"]
