"""Services with which something went wrong when days came."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model
from .types import UtcDateTime

LONGEST_FAULT = 200


class SetAside(Model):
    """Left alone until then, so that it keeps nobody waiting; gone once the step is taken."""

    __tablename__ = "set_aside"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(String(LONGEST_FAULT))
    """For operators."""
    tries: Mapped[int] = mapped_column(default=1)
    again_at: Mapped[datetime] = mapped_column(UtcDateTime)
