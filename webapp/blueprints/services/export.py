"""The table as a file, and how its reader wants it."""

from functools import partial

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse
from wtforms import StringField

from ...documents.services import services_file
from ...domain.files import CsvFormat, Headings, Separator
from ...domain.listing.address import read_table
from ...domain.listing.table import Table
from ...operations.listing.export import export
from ...operations.people.choose_csv import choose_csv
from ...web import access
from ...web.addresses import address_of
from ...web.files import Rows, as_csv, as_workbook, wanted_format
from ...web.forms import PortalForm
from ...web.hypermedia import go, page
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import viewer
from ...wiring import rules


class ExportForm(PortalForm):
    """Which rows, and how they are written."""

    rows = StringField()
    separator = StringField()
    mark = StringField()
    headings = StringField()

    def chosen(self) -> CsvFormat:
        """Raises ValueError."""
        separator, headings = Separator.of(self.separator.data or ""), Headings.of(self.headings.data or "")
        return CsvFormat(separator, self.mark.data == "yes", headings)


def asked_table() -> Table:
    table, _unusable = read_table(request.args.to_dict(flat=False), rules().families)
    return table.having()


def options_page(status: int = 200) -> Response:
    """Where one chooses; the table that one came from is in the address."""
    table = asked_table()
    return page(
        "services/export.html",
        title=_("Export as CSV"),
        status=status,
        table=table,
        back=table.at(address_of("services.index")),
        ticks=access.ticks(),
        form=wanted_format(),
        separators=tuple(Separator),
        headings=tuple(Headings),
    )


def remember_and_send() -> BaseResponse:
    form = ExportForm()
    try:
        choose_csv(access.account().id, form.chosen())
    except ValueError:
        return options_page(422)
    table = {"all": Table(), "selected": Table(selected=True)}.get(form.rows.data or "", asked_table())
    return go(table.at(address_of("services.export_csv")))


def csv_file() -> BaseResponse:
    """With what the address says of the format, else what the reader chose."""
    return as_csv(*_named_rows(), _format())


def workbook_file() -> BaseResponse:
    return as_workbook(*_named_rows(), _("My services"))


def _named_rows() -> tuple[Rows, str]:
    seen_by = viewer()
    services, speaker, day = export(asked_table(), seen_by), reader(), seen_by.today
    return partial(services_file, services, rules=seen_by.desk.rules, speaker=speaker, today=day), f"services-{day}"


def _format() -> CsvFormat:
    form = wanted_format()
    separator = next((each for each in Separator if each == request.args.get("separator")), form.separator)
    headings = next((each for each in Headings if each == request.args.get("headings")), form.headings)
    mark = {"yes": True, "no": False}.get(request.args.get("mark", ""), form.mark)
    return CsvFormat(separator, mark, headings)
