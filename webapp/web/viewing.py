"""The signed-in account as a reader of services, and the table that it came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from urllib.parse import parse_qs, urlencode

from flask import g

from ..domain.folding import fold
from ..domain.listing.address import read_table
from ..domain.listing.table import Sort, Table
from ..domain.renewal.way_back import WayBack
from ..models import Account
from ..operations.desk import Desk
from ..operations.listing.matching import Viewer
from ..operations.listing.page import Line
from ..wiring import desk_for, desk_of, rules
from ..wording.rows import Addresses, MenuEntry, RowWords, choices, described, put_back
from . import access
from .addresses import address_of
from .hypermedia import View
from .reader import reader


def desk() -> Desk:
    """The signed-in account, under the rules of this installation: one desk, and one moment, for each request."""
    if "desk" not in g:
        g.desk = desk_for(access.person())
    return cast(Desk, g.desk)


def act_for(account: Account) -> None:
    """For the rest of this request the desk is that account’s, which got the mail that led here."""
    g.desk = desk_of(account.id)
    access.speak_to(account)


def viewer() -> Viewer:
    """The signed-in account as the table's reader."""
    asking, speaker = desk(), reader()
    families = asking.rules.families
    return Viewer(
        desk=asking,
        sign_in_key=access.sign_in_key(),
        today=asking.now.astimezone(access.current_portal().zone).date(),
        type_order=sorted(families, key=lambda code: fold(speaker.gettext(families[code].label))),
    )


@dataclass(frozen=True, slots=True)
class CameFrom:
    """The state of the table that someone left for a service's page, so that they find back to it."""

    table: Table

    @property
    def query(self) -> str:
        """How links and forms carry it: empty for the table as it opens."""
        return self.table.query

    @property
    def suffix(self) -> str:
        """What a link to a service ends with."""
        return f"?{urlencode({'back': self.query})}" if self.query else ""

    def address(self, row: int | None = None, **more: Any) -> str:
        """The table, at the row with that key."""
        address = self.table.at(address_of("services.index"))
        if more:
            address += ("&" if self.query else "?") + urlencode(more)
        return f"{address}#row-{row}" if row else address


def came_from(values: Mapping[str, str]) -> CameFrom:
    """Read from a link or a form; whatever is no state of the table is left out, so it leads nowhere else."""
    table, _unusable = read_table(parse_qs(values.get("back", "")[:8000]), rules().families)
    return CameFrom(table)


@dataclass(frozen=True, slots=True)
class RowContext(View):
    """What a single row is drawn with, and links back to the table that one came from."""

    base: str
    came: CameFrom
    labels: Mapping[str, str]
    """Of the columns."""
    choices: Callable[[Line], list[MenuEntry]]
    described: Callable[[Line], RowWords]
    put_back: Callable[[WayBack, Line], MenuEntry]


def addresses_from(came: CameFrom) -> Addresses:
    base = address_of("services.index")
    return Addresses(base, came.suffix, lambda code: address_of("orders.show", code=code), came.address)


def row_context(came: CameFrom) -> RowContext:
    speaker, addresses = reader(), addresses_from(came)
    reads_net = access.account().kind in access.current_portal().net_prices_for
    labels = {sort.value: speaker.gettext(sort.label) for sort in Sort}
    return RowContext(
        base=addresses.base,
        came=came,
        labels=labels | {"menu": speaker.gettext("Actions")},
        choices=partial(choices, speaker=speaker, addresses=addresses),
        described=partial(described, speaker=speaker, addresses=addresses, reads_net=reads_net),
        put_back=partial(put_back, speaker=speaker, addresses=addresses),
    )
