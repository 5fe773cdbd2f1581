"""Every component of the pages on one page, in the demo alone."""

from .views import blueprint

__all__ = ["blueprint"]
