"""The service that an acting page is about."""

from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from ..domain.roles import Role
from ..domain.service.service import Service
from ..operations.change import Held
from .reader import gettext as _


@dataclass(frozen=True, slots=True)
class Subject:
    row: int
    """Of the table, to find back to."""
    title: str
    """Of the page."""
    url: str
    """Where its form is sent."""
    name: str
    """As the service is displayed."""
    service: Service
    zone: ZoneInfo
    version: int
    sees_money: bool

    @classmethod
    def of(cls, held: Held, title: str, url: str) -> Self:
        """``title`` is still to be translated, and names the service by its ``%(name)s``."""
        case, name = held.case, held.display_name
        said = _(title, name=name)
        sees_money = Role.BILLING in case.roles
        return cls(held.row.id, said, url, name, case.service, case.rules.portal.zone, held.row.version, sees_money)
