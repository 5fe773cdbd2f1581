"""Every state has a tone, and the styles know every tone."""

from pathlib import Path

import pytest

import webapp
from webapp.domain.batches.states import BatchStanding
from webapp.domain.billing.order import OrderState
from webapp.domain.listing.register import DocumentState
from webapp.domain.service.status import Status
from webapp.wording.tones import Tone, tone

STYLES = Path(webapp.__file__).parent / "static" / "css"


@pytest.mark.parametrize("state", [*Status, *BatchStanding, *OrderState, *DocumentState], ids=repr)
def test_every_state_has_a_tone(state: Status | BatchStanding | OrderState | DocumentState) -> None:
    assert tone(state) in Tone


def test_states_that_go_by_one_word_keep_their_own_tones() -> None:
    assert (tone(BatchStanding.DISCARDED), tone(OrderState.OPEN), tone(DocumentState.UNPAID)) == ("idle", "warn", "bad")


def test_the_styles_know_tones_and_no_states() -> None:
    styles = "".join(path.read_text() for path in STYLES.glob("*.css"))
    assert all(f".badge.{each} " in styles for each in Tone if each is not Tone.IDLE)
    assert not any(f".badge.{each}" in styles for each in (*Status, *BatchStanding, *OrderState, *DocumentState))
