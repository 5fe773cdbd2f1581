"""What was mailed to the reader, in the demo alone: its mails go into a folder."""

from .views import blueprint

__all__ = ["blueprint"]
