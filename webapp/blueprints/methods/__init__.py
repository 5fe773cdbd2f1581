"""Payment methods: leave one at the provider, choose, describe, remove."""

from .views import blueprint

__all__ = ["blueprint"]
