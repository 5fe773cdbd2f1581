"""What leads back to before a change, and why it does not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.domain import cases
from tests.domain.cases import case
from webapp.domain.events import BillPaid, CancellationUndone, Cancelled, RenewalConfigured, RenewalWay
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.refusals import Refusal
from webapp.domain.renewal.choices import ALWAYS_AUTOMATIC, NOT_OFFERED_ANY_MORE, Offer
from webapp.domain.renewal.way_back import WayBack, way_back
from webapp.domain.service.actions import Action
from webapp.domain.service.service import Mode

END = date(2026, 12, 31)
MONTHLY, YEARLY, MANUAL = (
    RenewalWay(Mode.AUTOMATIC, Period(1)),
    RenewalWay(Mode.AUTOMATIC, Period(12)),
    RenewalWay(Mode.MANUAL),
)
OFFER = Offer({Period(12): Money(5000, "EUR")}, frozenset())
ALWAYS = replace(cases.AUTOMATIC.product, family=replace(cases.AUTOMATIC.product.family, manual_allowed=False))


def changed(old: RenewalWay, new: RenewalWay = YEARLY) -> RenewalConfigured:
    return RenewalConfigured(old, new, "EUR", (), ())


@pytest.mark.parametrize(
    ("old", "always_automatic", "refused"),
    [
        (MANUAL, False, None),
        (MANUAL, True, ALWAYS_AUTOMATIC()),
        (MONTHLY, False, NOT_OFFERED_ANY_MORE()),
        (MONTHLY, True, NOT_OFFERED_ANY_MORE()),
    ],
)
def test_the_present_way_leads_back_to_the_one_before(
    old: RenewalWay, always_automatic: bool, refused: Refusal | None
) -> None:
    service = replace(cases.AUTOMATIC, product=ALWAYS) if always_automatic else cases.AUTOMATIC
    assert way_back(changed(old), case(service), OFFER) == WayBack(Action.CONFIGURE, old, refused)


def test_a_cancellation_leads_back_as_long_as_it_stands() -> None:
    event = Cancelled(END, datetime(2026, 12, 29, 23, tzinfo=UTC))
    assert way_back(event, case(cases.CANCELLED), OFFER) == WayBack(Action.UNDO_CANCELLATION, None, None)
    assert way_back(event, case(cases.AUTOMATIC), OFFER) is None
    assert way_back(replace(event, day=date(2026, 11, 30)), case(cases.CANCELLED), OFFER) is None


@pytest.mark.parametrize(
    "event",
    [
        changed(MANUAL, MONTHLY),
        changed(YEARLY, YEARLY),
        changed(YEARLY, MANUAL),
        CancellationUndone(END),
        BillPaid("K7QM-AAAA-BBBB-CCCC", "B-1", Money(1200, "EUR"), None),
    ],
)
def test_nothing_leads_back_from_what_is_otherwise_or_cannot_be_undone(event: object) -> None:
    assert way_back(event, case(cases.AUTOMATIC), OFFER) is None  # type: ignore[arg-type]
