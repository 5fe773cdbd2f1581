"""Dated proof: checked by anyone who has its code, shown in full to those whom it concerns."""

from .views import blueprint

__all__ = ["blueprint"]
