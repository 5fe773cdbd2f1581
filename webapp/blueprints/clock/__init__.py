"""Let days pass, in the demo alone."""

from .views import blueprint

__all__ = ["blueprint"]
