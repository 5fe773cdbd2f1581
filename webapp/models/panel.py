"""What control panels have opened."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model
from .types import UtcDateTime


class TakenLaunch(Model):
    """One that has been used, kept as long as it would be good otherwise."""

    __tablename__ = "taken_launch"

    key: Mapped[str] = mapped_column(String(43), primary_key=True)
    """Of the panel’s issuer and the launch’s own name."""
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
