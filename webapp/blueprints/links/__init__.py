"""What mails lead to, without a sign-in: one thing to do, and nothing else to see."""

from .views import blueprint

__all__ = ["blueprint"]
