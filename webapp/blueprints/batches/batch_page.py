"""What the page of a batch is drawn from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask import request

from ...documents.batch import batch_file
from ...domain.batches.kinds import Asks, BatchAction, BatchKind
from ...domain.batches.planned import Plan
from ...domain.batches.states import BatchState, RowState
from ...domain.batches.words import BatchWords
from ...domain.billing.settlement import Means, plan
from ...domain.law.contracts import Portal
from ...domain.listing.table import BLANK
from ...domain.money import Money
from ...domain.periods import Period
from ...domain.refusals import Refusal
from ...domain.renewal.align import DAYS, read_day
from ...domain.renewal.candidates import offered_days, proposed
from ...domain.renewal.preview import NO_VALID_METHOD
from ...domain.service.case import Case
from ...extensions import db
from ...language.speaker import Speaker
from ...models import Batch
from ...operations.batches.page import BatchPage, Group, show_batch
from ...operations.batches.result import result
from ...operations.ledger import Seller, balances
from ...web import access
from ...web.addresses import address_of
from ...web.files import Rows
from ...web.hypermedia import View
from ...web.paying import obstacle
from ...web.reader import reader
from ...web.viewing import CameFrom, RowContext, desk, row_context, viewer
from ...wiring import rules
from ...wording.batches import Renewal, after, before, heading
from ...wording.funds import FROM_BALANCE, SPENT_FIRST
from ...wording.reckoned import Named
from ...wording.why_batches import why_planned

ASKING = {Asks.DURATION: "batches/_ask_duration.html", Asks.DAY: "batches/_ask_day.html"}
"""Where one says it."""


@dataclass(frozen=True, slots=True)
class BatchView(View):
    speaker: Speaker
    rows: RowContext
    shown: BatchPage
    batch: Batch
    kind: BatchKind
    words: BatchWords
    here: str
    """The address of what is drawn."""
    seconds_left: int | None
    """As long as something is being done, at the pace so far."""
    order_button: str
    obstacle: Refusal | None
    """Why nothing can be paid."""
    portals: Mapping[str, Portal]
    funds: Sequence[str]
    """What the balance pays of it, in sentences."""
    day: int | None
    """Of the month."""
    at_least: Period
    """How much later a new day lies at the least."""
    agreed: frozenset[str]
    """Codes that are ticked already."""
    refused: Refusal | None
    BatchState: type[BatchState] = BatchState
    RowState: type[RowState] = RowState

    @property
    def why(self) -> Named:
        """Of what is planned for each row."""
        told = [(each.line.display_name, each.plan) for each in self.shown.lines if each.line and each.plan]
        return [(name, why_planned(plan, self.at_least, self.speaker)) for name, plan in told]

    @property
    def days(self) -> Sequence[int]:
        """Of the month: while they are compared those that move anything, afterwards all."""
        compared = self.shown.compared
        return offered_days(compared, self.day) if compared and self.day else DAYS

    @property
    def title(self) -> str:
        action, state = (self.speaker.gettext(each.label) for each in (self.batch.action, self.shown.standing))
        title = self.speaker.gettext("%(action)s – %(state)s", action=action, state=state)
        return self.speaker.gettext("Error: %(title)s", title=title) if self.refused else title

    @property
    def intro(self) -> str:
        """What becomes of its services."""
        day = self.speaker.day_of_month(self.day) if self.day else ""
        return self.speaker.markup(self.words.intro, day=day)

    @property
    def counted(self) -> str:
        """How many go ahead."""
        num = self.shown.planned
        return self.speaker.ngettext(*self.words.counted, num, count=self.speaker.number(num))

    @property
    def asks(self) -> str | None:
        """The template that asks for what else it needs."""
        return ASKING.get(self.kind.asks)

    @property
    def place(self) -> str:
        """The id of the element that a refusal is about."""
        return "agreements" if self.shown.agreements else "day" if self.kind.asks is Asks.DAY else "totals"

    def address(self, group: Group) -> str:
        return address_of("batches.show", batch_id=self.batch.id, group=group.key)

    def at(self, day: int) -> str:
        """The same page for that day of the month."""
        return address_of("batches.show", batch_id=self.batch.id, day=day)

    @property
    def lacks_method(self) -> bool:
        """Whether what is shown is refused for want of a payment method alone."""
        group = self.shown.group
        return group is not None and group.reason == NO_VALID_METHOD.code

    def heading(self, group: Group) -> tuple[str, str]:
        return heading(group, self.batch.action, self.speaker)

    def before(self, case: Case) -> Renewal:
        return before(case, self.speaker)

    def after(self, plan: Plan) -> Renewal:
        return after(plan, self.speaker)


def batch_view(batch_id: int, refused: Refusal | None = None) -> BatchView:
    """The page that the address asks for. Raises NoSuchBatch."""
    seen_by = viewer()
    shown = show_batch(db.session(), batch_id, request.args.get("group", ""), _number(), seen_by)
    batch, kind = shown.batch, shown.batch.action.kind
    return BatchView(
        speaker=reader(),
        rows=row_context(CameFrom(BLANK)),
        shown=shown,
        batch=batch,
        kind=kind,
        words=kind.words,
        here=address_of("batches.show", batch_id=batch_id, group=shown.group and shown.group.key, page=shown.number),
        seconds_left=shown.seconds_left(seen_by.desk.now) if batch.state.unfinished else None,
        order_button=access.current_portal().binding_button,
        obstacle=obstacle(),
        portals=rules().portals,
        funds=list(_funds(shown)),
        day=_day(shown),
        at_least=seen_by.desk.rules.orders.aligned_after,
        agreed=frozenset(request.form.getlist("agreed")),
        refused=refused,
    )


def _funds(shown: BatchPage) -> Iterator[str]:
    """Of each order, or of whatever renews from then on."""
    speaker = reader()
    mine: Mapping[Seller, Money] = {}
    if shown.planned and (shown.totals or shown.batch.action is BatchAction.ENABLE_AUTOMATIC):
        mine = balances(db.session(), desk())
    for each in shown.totals:
        money = mine.get((each.portal, each.gross.currency))
        parts = {part.means: part.amount for part in plan(each.gross, (), balance=money)}
        if spent := parts.get(Means.BALANCE):
            yield speaker.markup(SPENT_FIRST, amount=speaker.money(spent))
    if not shown.totals:
        yield from (speaker.markup(FROM_BALANCE, amount=speaker.money(money)) for money in mine.values())


def _day(shown: BatchPage) -> int | None:
    """Of the month: the one that is looked at, else the one that was chosen, else the one of most services."""
    if shown.compared is None:
        return shown.batch.day
    return read_day(request.args.get("day", "")) or shown.batch.day or proposed(shown.compared, shown.compared.usual)


def result_rows(batch_id: int) -> Rows:
    """The batch as a file tells it. Raises NoSuchBatch."""
    return partial(batch_file, result(db.session(), batch_id, desk()), speaker=reader())


def _number() -> int:
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
