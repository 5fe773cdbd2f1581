"""What the page of a batch is drawn from, and its words."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import request, url_for

from ...documents.batch import batch_file
from ...domain.batches.kinds import BatchState, RowState
from ...domain.listing.table import BLANK
from ...domain.renewal.align import DAYS, read_day
from ...extensions import db
from ...operations.batches.page import BatchPage, show_batch
from ...operations.batches.result import result
from ...web import access
from ...web.paying import obstacle
from ...web.reader import reader
from ...web.viewing import CameFrom, desk, row_context, viewer
from ...wiring import rules
from ...wording.batches import after, before, heading


def batch_context(batch_id: int) -> dict[str, Any]:
    """The page that the address asks for. Raises NoSuchBatch."""
    speaker, seen_by = reader(), viewer()
    shown = show_batch(db.session(), batch_id, request.args.get("group", ""), _number(), seen_by)
    return row_context(CameFrom(BLANK)) | {
        "title": speaker.gettext(
            "%(action)s – %(state)s",
            action=speaker.gettext(shown.batch.action.label),
            state=speaker.gettext(shown.batch.state.label),
        ),
        "quiet": shown.batch.state.unfinished,
        "shown": shown,
        "batch": shown.batch,
        "address": lambda group: url_for("batches.show", batch_id=batch_id, group=group.key),
        "here": url_for("batches.show", batch_id=batch_id, group=shown.group and shown.group.key, page=shown.number),
        "heading": lambda group: heading(group, shown.batch.action, speaker),
        "before": lambda case: before(case, speaker),
        "after": lambda plan: after(plan, speaker),
        "seconds_left": shown.seconds_left(seen_by.desk.now) if shown.batch.state.unfinished else None,
        "order_button": access.current_portal().binding_button,
        "obstacle": obstacle(),
        "portals": rules().portals,
        "at": lambda day: url_for("batches.show", batch_id=batch_id, day=day),
        "days": DAYS,
        "day": _day(shown),
        "at_least": seen_by.desk.rules.orders.aligned_after,
        "agreed": frozenset(request.form.getlist("agreed")),
        "BatchState": BatchState,
        "RowState": RowState,
    }


def _day(shown: BatchPage) -> int | None:
    """Of the month: the one that is looked at, else the one that was chosen, else the one of most services."""
    if shown.compared is None:
        return shown.batch.day
    return read_day(request.args.get("day", "")) or shown.batch.day or shown.compared.usual


def result_rows(batch_id: int) -> Iterator[Sequence[str]]:
    """The batch as a file tells it, its headings first. Raises NoSuchBatch."""
    return batch_file(result(db.session(), batch_id, desk()), reader())


def _number() -> int:
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
