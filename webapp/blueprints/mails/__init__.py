"""What was mailed to the reader: each mail, where it went and what became of it."""

from .views import blueprint

__all__ = ["blueprint"]
