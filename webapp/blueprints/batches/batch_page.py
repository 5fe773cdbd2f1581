"""What the page of a batch is drawn from, and its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from flask import request, url_for

from ...documents.csv import harmless
from ...domain.batches.kinds import BILL_BY_MAIL, BatchState, RowState
from ...domain.labels import N_
from ...domain.listing.table import BLANK
from ...domain.refusals import Reason
from ...domain.renewal.choices import Choice, current
from ...domain.roles import Role
from ...domain.service.case import Case
from ...domain.service.service import Mode
from ...extensions import db
from ...language.speaker import Speaker
from ...operations.batches.page import Group, show_batch
from ...operations.batches.plans import Plan
from ...operations.batches.result import ResultRow, result
from ...web.reader import reader
from ...web.viewing import CameFrom, desk, row_context, viewer

NOTES = {BILL_BY_MAIL: N_("No payment method can be debited then: a bill will be sent by e-mail, to be paid online.")}
"""What is to be known of planned rows, by its code."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """How a service renews, as its row of the preview says it; markup, empty where it does not apply."""

    mode: str
    day: str
    amount: str


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
        "heading": lambda group: heading(group, speaker),
        "before": lambda case: before(case, speaker),
        "after": lambda plan: after(plan, speaker),
        "seconds_left": shown.seconds_left(seen_by.desk.now) if shown.batch.state.unfinished else None,
        "agreed": frozenset(request.form.getlist("agreed")),
        "BatchState": BatchState,
        "RowState": RowState,
    }


def result_rows(batch_id: int) -> Iterator[Sequence[str]]:
    """The batch as a file tells it, its headings first. Raises NoSuchBatch."""
    speaker, asking = reader(), desk()
    rows = result(db.session(), batch_id, asking)
    return chain([[speaker.gettext(label) for label in COLUMNS]], (_cells(row, speaker) for row in rows))


COLUMNS = (N_("Reference"), N_("Technical name"), N_("Name"), N_("What became of it"), N_("Reason"))


def _cells(row: ResultRow, speaker: Speaker) -> Sequence[str]:
    note, refusal = NOTES.get(row.reason), Reason.stored(row.reason, row.facts)
    why = speaker.gettext(note) if note else speaker.refusal(refusal) if refusal else ""
    names = map(harmless, (row.reference, row.name, row.display_name))
    return [*names, speaker.gettext(row.state.label), why]


def _number() -> int:
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def heading(group: Group, speaker: Speaker) -> tuple[str, str]:
    """What the rows of a group have in common, and why."""
    reason = Reason.named(group.reason)
    why = NOTES.get(group.reason) or (reason.heading or reason.message if reason else "")
    return speaker.gettext(group.state.label), speaker.gettext(why) if why else ""


def before(case: Case, speaker: Speaker) -> Renewal:
    """How the service renews now; the amount for its billing contact only."""
    sees_money = Role.BILLING in case.roles
    amount = speaker.money(case.rules.gross(case.service.price)) if sees_money else ""
    return _renewal(case, current(case.service), speaker, amount)


def after(plan: Plan, speaker: Speaker) -> Renewal:
    """How it renews once the batch is confirmed."""
    debits = plan.seen.debits
    return _renewal(plan.then, plan.seen.choice, speaker, speaker.money(debits[0].amount) if debits else "")


def _renewal(case: Case, choice: Choice, speaker: Speaker, amount: str) -> Renewal:
    day = speaker.day(case.service.ends_on) if case.service.ends_on else ""
    if choice.mode is Mode.MANUAL:
        return Renewal(speaker.gettext(choice.mode.label), speaker.markup("expires on %(day)s", day=day), "")
    often = speaker.period_label(choice.period) if choice.period else ""
    mode = speaker.gettext("Automatic, %(often)s", often=often)
    return Renewal(mode, speaker.markup("debited on %(day)s", day=day), amount)
