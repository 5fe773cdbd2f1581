"""The service that an acting page is about."""

from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from ..domain.roles import Role
from ..domain.service.service import Service
from ..operations.change import Held
from ..wording.standing import deletion, warning
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
    warning: str
    """The same as a sentence."""

    @classmethod
    def of(cls, held: Held, title: str, url: str) -> Self:
        """``title`` is still to be translated, and names the service by its ``%(name)s``."""
        case, name = held.case, held.display_name
        said = _(title, name=name)
        sees_money = Role.BILLING in case.roles
        return cls(
            row=held.row.id,
            title=said,
            url=url,
            name=name,
            service=case.service,
            zone=case.rules.portal.zone,
            version=held.row.version,
            sees_money=sees_money,
            deletion=deletion(case.service, case.today, reader()),
            warning=warning(case.service, case.today, reader()),
        )
