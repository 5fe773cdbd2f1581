import re
from collections.abc import Callable

from flask import Blueprint, abort, flash, request
from werkzeug.wrappers import Response

from ...domain.batches.kinds import OFFERED, Asks, BatchAction
from ...domain.listing.address import read_table
from ...domain.listing.table import Table
from ...domain.refusals import Refused
from ...domain.renewal.align import NO_SUCH_DAY
from ...extensions import db
from ...operations.batches.begin import NothingTaken, begin, put_back
from ...operations.batches.capacity import capacities
from ...operations.batches.decide import confirm, discard, leave_out, stop
from ...operations.batches.order import choose_day, choose_duration, only_order
from ...operations.batches.pace import carry_on
from ...operations.batches.result import past_batches
from ...operations.desk import Desk
from ...operations.listing.matching import Viewer
from ...operations.listing.selection import tick_all, untick_all
from ...web import access
from ...web.addresses import address_of
from ...web.files import as_csv, as_workbook, wanted_format
from ...web.forms import pressed
from ...web.hypermedia import go, page, redraw, wants_fragment
from ...web.pace import paced
from ...web.paying import obstacle
from ...web.reader import gettext as _
from ...web.selection import selection_bar
from ...web.viewing import desk, viewer
from .batch_page import batch_view, result_rows
from .forms import DecisionForm, TableForm

blueprint = Blueprint("batches", __name__, url_prefix="/batches")
PAGE = re.compile(r"page-([1-9][0-9]{0,6})")
BATCH = "/<int(max=2147483647):batch_id>"


def _as_asked(_owner: int) -> Desk:
    """A request carries on its own account’s batches."""
    return desk()


@blueprint.get("")
def index() -> Response:
    """The batches there were."""
    return page("batches/index.html", title=_("My batches"), past=past_batches(db.session(), desk()))


@blueprint.get("/actions")
def actions() -> Response:
    """What can be done with the selection, and with how much of it."""
    seen_by, ticks = viewer(), access.ticks()
    return page(
        "batches/actions.html",
        title=_("Actions"),
        menus={"batch-actions-list": "batches/_actions.html"},
        offered=capacities(db.session(), ticks, seen_by),
        bar=selection_bar(ticks, seen_by),
    )


@blueprint.post("")
@paced("batches_begun", unless=lambda: pressed(request.form, "action") not in OFFERED)
def choose() -> Response:
    """What was pressed in the table: keep the ticks, tick all that match or none, turn the page, or do something."""
    seen_by, form = viewer(), TableForm()
    table, _unusable = read_table(request.args.to_dict(flat=False), seen_by.desk.rules.families)
    if not form.action.data and not wants_fragment():
        form.keep(seen_by)
        return go(address_of("batches.actions"))
    action = form.action.data or "keep"
    if action in OFFERED:
        return _begin(BatchAction.of(action), form, table, seen_by)
    if action == "export":
        form.keep(seen_by)
        return go(Table(selected=True).at(address_of("services.export_csv")))
    if turned := PAGE.fullmatch(action):
        form.keep(seen_by)
        return go(table.having(page=int(turned[1])).at(address_of("services.index")))
    if action not in SELECTING:
        abort(400)
    return _selected(table, SELECTING[action](form, table, seen_by), f"selection:{action}")


SELECTING: dict[str, Callable[[TableForm, Table, Viewer], int]] = {
    "keep": lambda form, table, seen_by: form.keep(seen_by),
    "all": lambda form, table, seen_by: tick_all(table, seen_by),
    "clear": lambda form, table, seen_by: untick_all(seen_by),
}
"""What is done with the ticks; each returns how many there are then."""


def _selected(table: Table, ticks: int, what: str) -> Response:
    """The table again, or the bar below its rows, where htmx keeps the rest as it is."""
    if not wants_fragment():
        return go(table.at(address_of("services.index")))
    return redraw("services/_selected.html", announcing=what, bar=selection_bar(ticks, viewer()), table=table)


def _begin(action: BatchAction, form: TableForm, table: Table, seen_by: Viewer) -> Response:
    taken, references = _taken(form, table, seen_by)
    try:
        batch_id = begin(
            action,
            taken,
            seen_by,
            references,
            duration=form.period if action.kind.asks is Asks.DURATION else None,
            day=form.target if action.kind.asks is Asks.DAY else None,
        )
    except NothingTaken:
        flash(_("Select the services first: none is selected."))
        return go(table.at(address_of("services.index")))
    carry_on(batch_id, _as_asked)
    return go(address_of("batches.show", batch_id=batch_id))


def _taken(form: TableForm, table: Table, seen_by: Viewer) -> tuple[Table, list[str] | None]:
    """All that match, the references by themselves, or what is ticked by now; in the order of the table."""
    if form.select.data == "all":
        return table, None
    if not form.is_table:
        return table.cleared(), form.references
    form.keep(seen_by)
    return table.cleared().having(selected=True), None


@blueprint.get(BATCH)
def show(batch_id: int) -> Response:
    """Preview, progress and result in turn."""
    return _draw(batch_id)


@blueprint.get(f"{BATCH}.csv")
@paced("exports")
def download(batch_id: int) -> Response:
    return as_csv(result_rows(batch_id), f"batch-{batch_id}", wanted_format())


@blueprint.get(f"{BATCH}.xlsx")
@paced("exports")
def download_xlsx(batch_id: int) -> Response:
    return as_workbook(result_rows(batch_id), f"batch-{batch_id}", _("Result"))


@blueprint.post(BATCH)
@paced("orders")
def decide(batch_id: int) -> Response:
    """What its owner pressed."""
    form = DecisionForm()
    action = form.action.data or "keep"
    if turned := PAGE.fullmatch(action):
        leave_out(batch_id, form.skipped, form.positions, desk())
        return go(address_of("batches.show", batch_id=batch_id, group=request.args.get("group"), page=turned[1]))
    if action not in DECISIONS:
        abort(400)
    try:
        return DECISIONS[action](batch_id, form)
    except Refused as refused:
        return _draw(batch_id, refused=refused)


def _keep(batch_id: int, form: DecisionForm) -> Response:
    leave_out(batch_id, form.skipped, form.positions, desk())
    if not wants_fragment():
        return go(_here(batch_id))
    return redraw("batches/_totals.html", announcing="batch:kept", **batch_view(batch_id).context())


def _confirm(batch_id: int, form: DecisionForm) -> Response:
    leave_out(batch_id, form.skipped, form.positions, desk())
    confirm(batch_id, form.agreed.data or (), desk(), obstacle=obstacle())
    carry_on(batch_id, _as_asked)
    if (order := only_order(db.session(), batch_id, desk())) is not None:
        return go(address_of("orders.show", code=order))
    return go(address_of("batches.show", batch_id=batch_id))


def _duration(batch_id: int, form: DecisionForm) -> Response:
    """Each row is looked at anew."""
    choose_duration(batch_id, form.period, desk())
    carry_on(batch_id, _as_asked)
    return go(address_of("batches.show", batch_id=batch_id))


def _day(batch_id: int, form: DecisionForm) -> Response:
    """Each row is looked at for that day."""
    if form.target is None:
        raise Refused(NO_SUCH_DAY())
    choose_day(batch_id, form.target, desk())
    carry_on(batch_id, _as_asked)
    return go(address_of("batches.show", batch_id=batch_id))


def _choose(batch_id: int, form: DecisionForm) -> Response:
    """The days stand side by side again."""
    choose_day(batch_id, None, desk())
    return go(address_of("batches.show", batch_id=batch_id))


def _stop(batch_id: int, form: DecisionForm) -> Response:
    stop(batch_id, desk())
    return go(address_of("batches.show", batch_id=batch_id))


def _discard(batch_id: int, form: DecisionForm) -> Response:
    discard(batch_id, desk())
    flash(_("Nothing was changed."))
    return go(address_of("services.index"))


def _undo(batch_id: int, form: DecisionForm) -> Response:
    try:
        undoing = put_back(batch_id, desk())
    except NothingTaken:
        flash(_("There is nothing to put back: this batch changed nothing."))
        return go(address_of("batches.show", batch_id=batch_id))
    carry_on(undoing, _as_asked)
    return go(address_of("batches.show", batch_id=undoing))


DECISIONS: dict[str, Callable[[int, DecisionForm], Response]] = {
    "keep": _keep,
    "confirm": _confirm,
    "duration": _duration,
    "day": _day,
    "choose": _choose,
    "stop": _stop,
    "discard": _discard,
    "undo": _undo,
}


def _here(batch_id: int) -> str:
    return address_of("batches.show", batch_id=batch_id, group=request.args.get("group"), page=request.args.get("page"))


def _draw(batch_id: int, refused: Refused | None = None) -> Response:
    view = batch_view(batch_id, refused.refusal if refused else None)
    return page(
        "batches/show.html",
        title=view.title,
        regions={"batch": "batches/_batch.html"},
        status=422 if refused else 200,
        quiet=view.batch.state.unfinished,
        **view.context(),
    )
