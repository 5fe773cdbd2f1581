"""What could be done with a selection, before anything is begun."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.batches.kinds import OFFERED, BatchAction
from ...models import Selected, Service
from ..case import case_of, held_by, select_cases
from ..listing.matching import Viewer
from .plans import Asked, refusals

MOST_COUNTED = 20_000
"""Where more is selected, the preview tells."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """For how many of the selected services an action is possible; None where they are too many to count at once."""

    action: BatchAction
    can: int | None = None
    cannot: int | None = None


def capacities(session: Session, ticks: int, viewer: Viewer) -> Sequence[Capacity]:
    """Of each action that is offered for a selection."""
    if ticks > MOST_COUNTED:
        return [Capacity(action) for action in OFFERED]
    ticked = select(Selected.service_id).where(Selected.sign_in_key == viewer.sign_in_key)
    query = select_cases().where(Service.id.in_(ticked), held_by(viewer.desk.account_id))
    rows = session.execute(query).all()
    asked = [Asked(row.id, row.version, row.product_id, case_of(row, viewer.desk)) for row in rows]
    can = Counter(action for action, refusal in refusals(session, OFFERED, asked, viewer.desk) if refusal is None)
    return [Capacity(action, can[action], len(asked) - can[action]) for action in OFFERED]
