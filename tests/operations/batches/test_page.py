"""How far a batch has come."""

from datetime import timedelta

import pytest

from tests.conftest import NOON
from webapp.domain.batches.kinds import BatchAction
from webapp.domain.batches.states import BatchState, RowState
from webapp.models import Batch
from webapp.operations.batches.page import BatchPage, Group

CONFIRMED = NOON - timedelta(seconds=30)


def shown(state: BatchState, *groups: Group) -> BatchPage:
    batch = Batch(action=BatchAction.DISABLE_AUTOMATIC, state=state, size=100, created_at=NOON - timedelta(seconds=90))
    batch.confirmed_at = None if state is BatchState.JUDGING else CONFIRMED
    return BatchPage(batch, groups, None, (), 1, 1, (), None, (), (), (), None)


@pytest.mark.parametrize(
    ("state", "groups", "left"),
    [
        (BatchState.RUNNING, {RowState.PLANNED: 80, RowState.DONE: 15, RowState.REFUSED: 5}, 160),
        (BatchState.RUNNING, {RowState.PLANNED: 10, RowState.DONE: 90}, 3),
        (BatchState.RUNNING, {RowState.PLANNED: 100}, None),
        (BatchState.RUNNING, {RowState.DONE: 100}, 0),
        (BatchState.JUDGING, {RowState.NEW: 60, RowState.REFUSED: 40}, 135),
    ],
)
def test_the_rest_takes_as_long_as_the_pace_so_far(
    state: BatchState, groups: dict[RowState, int], left: int | None
) -> None:
    page = shown(state, *(Group(each, "", count) for each, count in groups.items()))
    assert page.seconds_left(NOON) == left
