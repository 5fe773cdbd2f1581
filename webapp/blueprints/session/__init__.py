"""Signing in and out, and the reader's language."""

from . import views
from .views import blueprint

__all__ = ["blueprint", "views"]
