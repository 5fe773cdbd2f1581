"""Give services what was paid for, whoever pays: a page, a balance, the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from ..domain.billing.quote import Item
from ..domain.purchase.bills import Owed
from ..domain.purchase.bought import Bought
from ..domain.purchase.give import Given, give, take_back, why_nothing
from ..domain.refusals import Refusal
from ..domain.service.case import Case
from .case import case_of
from .change import Change, change_of, record
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Purchase:
    """One paid line with its service, which is under lock."""

    row: Row[Any]
    case: Case
    bought: Bought
    refusal: Refusal | None
    """Why there is nothing to give for it any more."""


def judge(row: Row[Any], bought: Bought, desk: Desk) -> Purchase:
    case = case_of(row, desk)
    return Purchase(row, case, bought, why_nothing(case, bought))


def given_free(service_id: int, case: Case, item: Item) -> Change:
    """What is done at once for one service under lock, since nothing is due."""
    days = (item.start, item.end)
    bought = Bought(None, None, item.purpose, days, item.anchor_day, item.net, item.gross, case.rules.taxes)
    return _change(service_id, case, give(case, bought, None))


def _change(service_id: int, case: Case, given: Given) -> Change:
    return change_of(service_id, case, given.after, given.event, given.term)


def hand_over(
    session: Session,
    purchases: Sequence[Purchase],
    owed: Mapping[int, Owed],
    desk: Desk,
    *,
    batch_id: int | None = None,
) -> None:
    """Change each service by what its line gives, as part of the batch that ordered it, if one did.

    ``owed`` is what is still unpaid on them, by their keys.
    """
    changes = []
    for each in purchases:
        come_of = take_back if each.refusal else give
        if given := come_of(each.case, each.bought, owed.get(each.row.id)):
            changes.append(_change(each.row.id, each.case, given))
    record(session, changes, desk, batch_id=batch_id)
