"""Ending a service for the future, and keeping it after all."""

from .views import blueprint

__all__ = ["blueprint"]
