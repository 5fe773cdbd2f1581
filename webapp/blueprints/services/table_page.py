"""What the table's page and its regions are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from ...documents.invoice import document_title
from ...domain.labels import N_
from ...domain.listing.address import read_table
from ...domain.listing.ready_made import READY_MADE
from ...domain.listing.state import Unusable
from ...domain.listing.table import BLANK, SIZES, Sort, Table
from ...extensions import db
from ...language.speaker import Speaker
from ...models import SavedView
from ...operations.invoices.numbers import documents_numbered, orders_numbered
from ...operations.listing.matching import Viewer
from ...operations.listing.page import Page, list_services
from ...operations.listing.saved_views import saved_views
from ...web import access
from ...web.addresses import address_of
from ...web.hypermedia import View
from ...web.reader import reader
from ...web.selection import SelectionBar, selection_bar
from ...web.tasks import tasks
from ...web.viewing import CameFrom, RowContext, desk, row_context, viewer
from ...wording.rows import Link
from ...wording.standing import causes
from ...wording.table import FilterChoices, caption, filter_choices, filter_label, heading, parameter_label
from ...wording.todo import Told


@dataclass(frozen=True, slots=True)
class KnownView:
    """A view that one press leads to."""

    id: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class TablePage(View):
    speaker: Speaker
    seen_by: Viewer
    rows: RowContext
    table: Table
    shown: Page
    unusable: Sequence[Unusable]
    """Parts of the address that mean nothing."""
    typed: MultiDict[str, str]
    saved: Sequence[SavedView]
    bar: SelectionBar
    tasks: Sequence[Told]
    numbered: Sequence[Link]
    """What else goes by the number that is searched for."""
    here: str
    """The address of what is drawn."""
    sorts: Sequence[Sort] = tuple(Sort)
    sizes: Sequence[int] = SIZES
    blank: Table = BLANK

    @property
    def title(self) -> str:
        return heading(self.shown, self.speaker)

    @property
    def caption(self) -> str:
        return caption(self.table, self.shown, self.speaker)

    @property
    def causes(self) -> list[str]:
        return causes(self.shown.lines, self.speaker)

    @property
    def views(self) -> list[KnownView]:
        """Those that are always there, then those that the reader kept; the first that is shown is the current one."""
        ready = [(N_("All services"), self.table.cleared()), *READY_MADE]
        known = [
            KnownView(str(place), self.speaker.gettext(name), self.address(table), table.filters == self.table.filters)
            for place, (name, table) in enumerate(ready)
        ]
        shown = self.table.having().query
        return known + [
            KnownView(f"saved-{kept.id}", kept.name, f"{self.rows.base}?{kept.query}", kept.query == shown)
            for kept in self.saved
        ]

    @property
    def reversed_range(self) -> bool:
        return bool(self.table.since and self.table.until and self.table.since > self.table.until)

    @property
    def filters(self) -> FilterChoices:
        return filter_choices(self.seen_by, self.speaker)

    def address(self, table: Table) -> str:
        return table.at(self.rows.base)

    def filter_label(self, name: str, value: Any) -> str:
        return filter_label(name, value, seen_by=self.seen_by, speaker=self.speaker)

    def parameter_label(self, name: str) -> str:
        return parameter_label(name, seen_by=self.seen_by, speaker=self.speaker)


def table_page() -> TablePage:
    """The page of the table that the address asks for."""
    seen_by, session = viewer(), db.session()
    table, unusable = read_table(request.args.to_dict(flat=False), seen_by.desk.rules.families)
    return TablePage(
        speaker=reader(),
        seen_by=seen_by,
        rows=row_context(CameFrom(table)),
        table=table,
        shown=list_services(session, table, seen_by),
        unusable=unusable,
        typed=request.args,
        saved=saved_views(session, access.account().id),
        bar=selection_bar(access.ticks(), seen_by),
        tasks=tasks(table),
        numbered=_numbered(table.q),
        here=table.at(address_of("services.index")),
    )


def _numbered(text: str) -> list[Link]:
    session, speaker = db.session(), reader()
    documents = documents_numbered(session, text, desk())
    orders = orders_numbered(session, text, desk())
    return [
        *(Link(document_title(each, speaker), address_of("invoices.show", code=each.code)) for each in documents),
        *(
            Link(speaker.gettext("Order %(code)s", code=each.code), address_of("orders.show", code=each.code))
            for each in orders
        ),
    ]
