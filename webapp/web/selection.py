"""What is selected, as the bar below the rows says it."""

from dataclasses import dataclass

from ..domain.batches.kinds import OFFERED, BatchAction
from ..domain.money import Money
from ..extensions import db
from ..operations.listing.matching import Viewer
from ..operations.listing.selection import price_of_selection


@dataclass(frozen=True, slots=True)
class SelectionBar:
    count: int
    price: tuple[Money, ...]
    """Of the next terms with tax, per currency; empty where the reader may see none."""
    actions: tuple[BatchAction, ...] = OFFERED


def selection_bar(ticks: int, seen_by: Viewer) -> SelectionBar:
    return SelectionBar(ticks, price_of_selection(db.session(), seen_by) if ticks else ())
