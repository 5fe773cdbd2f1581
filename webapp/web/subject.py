"""The service that an acting page is about."""

from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from ..domain.roles import Role
from ..domain.service.service import Service
from ..operations.change import Held
from ..wording.standing import deletion
from .reader import gettext as _
from .reader import reader


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
    deletion: str
    """When it is deleted, being suspended, and what keeps it; empty where nobody knows."""

    @classmethod
    def of(cls, held: Held, title: str, url: str) -> Self:
        """``title`` is still to be translated, and names the service by its ``%(name)s``."""
        case, name = held.case, held.display_name
        said = _(title, name=name)
        sees_money = Role.BILLING in case.roles
        erased = deletion(case.service, case.today, reader())
        zone, version = case.rules.portal.zone, held.row.version
        return cls(held.row.id, said, url, name, case.service, zone, version, sees_money, erased)
