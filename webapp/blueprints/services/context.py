"""What the table's page, its regions and its error paths are drawn from."""

from functools import partial
from typing import Any

from flask import request, url_for

from ...domain.listing.address import read_table
from ...domain.listing.ready_made import READY_MADE
from ...domain.listing.table import BLANK, SIZES, Sort
from ...extensions import db
from ...operations.listing.page import list_services
from ...operations.listing.saved_views import saved_views
from ...web import access
from ...web.reader import reader
from ...web.selection import selection_bar
from ...web.viewing import CameFrom, row_context, viewer
from ...wording.table import caption, filter_choices, filter_label, heading, parameter_label


def table_context() -> dict[str, Any]:
    """The page of the table that the address asks for."""
    seen_by = viewer()
    table, unusable = read_table(request.args.to_dict(flat=False), seen_by.desk.rules.families)
    speaker = reader()
    shown = list_services(db.session(), table, seen_by)
    base = url_for("services.index")
    return row_context(CameFrom(table)) | {
        "title": heading(shown, speaker),
        "caption": caption(table, shown, speaker),
        "table": table,
        "shown": shown,
        "unusable": unusable,
        "typed": request.args,
        "here": table.at(base),
        "address": lambda state: state.at(base),
        "ready_made": READY_MADE,
        "saved": lambda: saved_views(db.session(), access.account().id),
        "bar": selection_bar(access.ticks(), seen_by),
        "filters": lambda: filter_choices(seen_by, speaker),
        "filter_label": partial(filter_label, seen_by=seen_by, speaker=speaker),
        "parameter_label": partial(parameter_label, seen_by=seen_by, speaker=speaker),
        "reversed_range": table.since and table.until and table.since > table.until,
        "sorts": tuple(Sort),
        "sizes": SIZES,
        "blank": BLANK,
    }
