"""What the page is drawn from that moves the renewal day of a service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...domain.billing.quote import Item
from ...domain.facts import Facts
from ...domain.labels import N_
from ...domain.law.contracts import ContractRules
from ...domain.periods import Period
from ...domain.refusals import Refusal
from ...domain.renewal.align import FOR_GOOD, Movable, movable, move
from ...domain.renewal.candidates import Candidate, Comparison, offered_days, proposed
from ...domain.renewal.renewing import shown_item
from ...domain.service.case import Case
from ...domain.service.ending import is_over
from ...extensions import db
from ...operations.desk import Desk
from ...operations.orders.find import open_order
from ...operations.renewal.align import aligning, target
from ...web.addresses import address_of
from ...web.paying import WaysToPay, obstacle, ways_to_pay
from ...web.reader import reader
from ...web.subject import Subject
from ...web.viewing import desk
from ...wording.reckoned import reckoned_term
from ...wording.why_acts import why_moved
from .forms import AlignForm


@dataclass(frozen=True, slots=True)
class AlignPage:
    subject: Subject
    rules: ContractRules
    facts: Facts
    present: int | None
    """The day of the month on which it renews."""
    over: bool
    """Whether the time that is paid for has ended."""
    day: int
    """The one that is looked at."""
    item: Item | None
    """What that comes to."""
    not_possible: Refusal | None
    """Why nothing comes of that day."""
    at_least: Period
    """How much later the new day lies at the least."""
    candidate: Candidate | None
    compared: Comparison
    usual: int | None
    why: Sequence[str]
    """Of the days that are added, and of their price."""
    why_then: Sequence[str]
    """Of what it costs from then on."""
    open_order: str | None
    """The code of the order for it that waits to be paid."""
    lapses_at: datetime
    """When an order made now lapses."""
    obstacle: Refusal | None
    """Why what is due cannot be paid here."""
    ways: WaysToPay
    impossible: Refusal | None
    at: Callable[[int], str]
    """The address of the same page for another day."""
    days: Sequence[int]
    """Those that move it, and the one that is looked at."""
    for_good: str = FOR_GOOD
    """Why it cannot be undone."""

    def place(self, code: str) -> str:
        """Which element a refusal is about."""
        return "day"


def align_page(reference: str, form: AlignForm) -> AlignPage:
    """The page with the day that was chosen. Raises NoSuchService."""
    session, asking = db.session(), desk()
    asked = aligning(session, reference, asking)
    held, case = asked.held, asked.held.case
    moved = movable(case)
    day = form.wanted or proposed(asked.compared, asked.usual)
    judged = moved if isinstance(moved, Refusal) else move(moved, target(day, asking))
    item = judged if isinstance(judged, Item) else None
    return AlignPage(
        subject=Subject.of(
            held, N_("Align the renewal date of %(name)s"), address_of("alignment.align", reference=reference)
        ),
        rules=case.rules,
        facts=shown_item(item) if item else {},
        present=None if isinstance(moved, Refusal) else moved.anchor_day,
        over=is_over(case.service, case.today),
        day=day,
        item=item,
        not_possible=None if isinstance(judged, Item) else judged,
        at_least=asking.rules.orders.aligned_after,
        candidate=None if isinstance(moved, Refusal) else asked.compared.on(day),
        compared=asked.compared,
        usual=asked.usual,
        why=_why(item, moved, asking),
        why_then=reckoned_term(case.service, case.rules, reader()),
        open_order=open_order(session, held.row.id, asking),
        lapses_at=asking.now + asking.rules.orders.order_lasts,
        obstacle=None if item is None or item.at_once else obstacle(),
        ways=ways_to_pay(form.means.data, item.gross if item else None, item.portal if item else ""),
        at=lambda day: address_of("alignment.align", reference=reference, day=day, back=form.came.query or None),
        impossible=_impossible(case, moved, asked.compared, day, asking),
        days=offered_days(asked.compared, day),
    )


def _why(item: Item | None, moved: Movable | Refusal, asking: Desk) -> Sequence[str]:
    if item is None or isinstance(moved, Refusal):
        return ()
    return why_moved(item, moved, asking.rules.orders.aligned_after, reader())


def _impossible(case: Case, moved: Movable | Refusal, compared: Comparison, day: int, asking: Desk) -> Refusal | None:
    """Why it cannot be moved to any day."""
    if isinstance(moved, Refusal):
        return moved
    if compared.moving:
        return None
    judged = move(moved, target(day, asking))
    return judged if isinstance(judged, Refusal) else None
