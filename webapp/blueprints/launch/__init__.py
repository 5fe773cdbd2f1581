"""Where control panels open the program for their customers."""

from .views import blueprint

__all__ = ["blueprint"]
