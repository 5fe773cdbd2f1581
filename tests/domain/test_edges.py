"""Rules at the very day, moment or amount where they change their answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.domain import cases
from tests.domain.cases import CARD, NOW, RULES, case
from webapp.domain.confirmation import fingerprint
from webapp.domain.law.contracts import CLEAR_ORDER_BUTTON, Agreement, CustomerKind, Wording, rules_for
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.purchase.bills import billed_term, why_not_paid
from webapp.domain.renewal.choices import Choice, Offer
from webapp.domain.renewal.preview import Preview, pays, preview, shown
from webapp.domain.renewal.terms import Term
from webapp.domain.service.actions import Action, refusal
from webapp.domain.service.catalogue import RenewalDay
from webapp.domain.service.conditions import does_not_lapse_by_itself, not_committed, renewal_day_can_move
from webapp.domain.service.ending import debited_until_then, end_of, is_over, last_moment
from webapp.domain.service.invariants import State
from webapp.domain.service.reasons import CANCELLATION_SCHEDULED, LAPSED, LAPSES, ON_THE_FIRST
from webapp.domain.service.service import Availability, Mode, Service, Suspension
from webapp.domain.service.status import deleted_on

DAY = timedelta(days=1)
END = date(2026, 12, 31)
"""Of the ordinary service's paid term."""
MONTHLY = Choice(Mode.AUTOMATIC, Period(1))
OFFER = Offer({Period(1): Money(500, "EUR"), Period(12): Money(5000, "EUR")}, frozenset())


def committed(until: date) -> Service:
    return replace(cases.AUTOMATIC, committed_until=until)


def test_a_commitment_that_ends_with_the_paid_term_binds_nobody_beyond_it() -> None:
    assert not_committed(case(committed(END))) is None
    assert not_committed(case(committed(END + DAY))) is not None
    assert refusal(Action.CONFIGURE, case(committed(END))) is None
    assert end_of(committed(END)) == end_of(committed(END - DAY)) == END
    assert not debited_until_then(committed(END))
    assert debited_until_then(committed(END + DAY))


@pytest.mark.parametrize(
    ("anchor", "end", "on_it"),
    [
        (1, date(2026, 12, 1), True),
        (None, date(2026, 12, 1), True),
        (2, date(2026, 12, 2), False),
        (None, date(2026, 12, 2), False),
        (31, END, False),
        (None, None, False),
    ],
)
def test_what_renews_on_the_first_cannot_be_moved_to_it(anchor: int | None, end: date | None, on_it: bool) -> None:
    family = replace(cases.AUTOMATIC.product.family, renewal_day=RenewalDay.FIRST)
    product = replace(cases.AUTOMATIC.product, family=family)
    service = replace(cases.AUTOMATIC, product=product, anchor_day=anchor, ends_on=end)
    assert renewal_day_can_move(case(service)) == (ON_THE_FIRST() if on_it else None)


def test_the_paid_time_is_over_on_the_day_on_which_it_ends() -> None:
    over = {days: is_over(cases.AUTOMATIC, END + days * DAY) for days in (-1, 0, 1)}
    assert over == {-1: False, 0: True, 1: True}
    assert not is_over(cases.CREATING, END)


def test_the_last_moment_is_told_in_utc() -> None:
    until = last_moment(END, ZoneInfo("Europe/Paris"))
    assert (until, until.tzinfo) == (datetime(2026, 12, 29, 23, tzinfo=UTC), UTC)


def test_what_lapses_says_when() -> None:
    assert does_not_lapse_by_itself(case(cases.MANUAL)) == LAPSES(day=END)
    over = replace(cases.MANUAL, ends_on=NOW.date())
    assert does_not_lapse_by_itself(case(over)) == LAPSED(day=NOW.date())
    assert does_not_lapse_by_itself(case(cases.AUTOMATIC)) is None


@pytest.mark.parametrize(
    ("end", "term"),
    [
        (date(2026, 2, 28), Term(date(2026, 2, 28), date(2026, 3, 31))),
        (NOW.date(), Term(NOW.date(), date(2026, 12, 31))),
        (NOW.date() + DAY, None),
    ],
)
def test_a_bill_of_an_inventory_is_for_the_term_after_what_is_over(end: date, term: Term | None) -> None:
    state = State.of(replace(cases.AUTOMATIC, period=Period(1), anchor_day=31, ends_on=end))
    assert billed_term(state, NOW.date()) == term


def test_a_card_works_on_its_last_day_and_not_on_the_next() -> None:
    """It expires with its month: what is kept is the first day that it does not work."""
    until = date(2027, 1, 1)
    card = replace(CARD, expires_on=until)
    assert card.usable_on(until - DAY)
    assert not card.usable_on(until)
    for expires, can in ((END, False), (END + DAY, True)):
        seen = preview(case(cases.AUTOMATIC), MONTHLY, OFFER)
        assert pays(seen, case(cases.AUTOMATIC, method=replace(CARD, expires_on=expires))) is can


@pytest.mark.parametrize(
    ("suspension", "told"),
    [(Suspension.POLICY, False), (Suspension.DEBT, True), (Suspension.EXPIRED, True)],
)
def test_what_the_provider_suspended_is_given_no_day_of_deletion(suspension: Suspension, told: bool) -> None:
    """Nobody told when, or whether, it deletes that."""
    family = replace(cases.AUTOMATIC.product.family, deletion_after_days=30)
    service = replace(
        cases.AUTOMATIC,
        product=replace(cases.AUTOMATIC.product, family=family),
        availability=Availability.SUSPENDED,
        suspension=suspension,
        suspended_on=date(2026, 11, 1),
    )
    assert deleted_on(service) == (date(2026, 12, 1) if told else None)


def test_an_agreement_is_asked_for_from_its_first_day_on() -> None:
    since = date(2026, 11, 23)
    agreement = Agreement("terms", "Terms", frozenset(CustomerKind), since)
    portal = replace(RULES.portals["FR"], agreements=(agreement,))
    asked = [rules_for(portal, CustomerKind.INDIVIDUAL, since + days * DAY).agreements for days in (-1, 0, 1)]
    assert asked == [(), (agreement,), (agreement,)]


@pytest.mark.parametrize(
    ("portal", "moment", "day"),
    [
        ("FR", datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        ("FR", datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
        ("FR", datetime(2026, 7, 23, 21, 59, 59, tzinfo=UTC), date(2026, 7, 23)),
        ("FR", datetime(2026, 7, 23, 22, 0, tzinfo=UTC), date(2026, 7, 24)),
        ("QC", datetime(2026, 11, 24, 4, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        ("QC", datetime(2026, 11, 24, 5, 0, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_the_day_begins_where_the_contract_was_made(portal: str, moment: datetime, day: date) -> None:
    assert case(cases.AUTOMATIC, portal, now=moment).today == day


def test_a_cancellation_takes_the_use_of_a_bill_from_the_day_on_which_it_ends() -> None:
    """What would begin on the day on which nothing is left is not had."""
    for start, refused in ((END - DAY, False), (END, True), (END + DAY, True)):
        found = why_not_paid(case(cases.CANCELLED), start, settled=False)
        assert found == (CANCELLATION_SCHEDULED(day=END) if refused else None), start


def seen(service: Service = cases.AUTOMATIC, **given: Any) -> Preview:
    return replace(preview(case(service), MONTHLY, OFFER), **given)


def test_every_debit_of_a_preview_is_confirmed_not_only_some() -> None:
    asked = case(cases.AUTOMATIC)
    whole = seen()
    confirmed = fingerprint(shown(whole, asked))
    assert len(whole.debits) == 3
    for place, debit in enumerate(whole.debits):
        for change in ({"on": debit.on + DAY}, {"start": debit.start + DAY}, {"end": debit.end + DAY}):
            debits = (*whole.debits[:place], replace(debit, **change), *whole.debits[place + 1 :])
            assert fingerprint(shown(replace(whole, debits=debits), asked)) != confirmed, (place, change)
    dearer = tuple(replace(each, amount=Money(601, "EUR")) for each in whole.debits)
    assert fingerprint(shown(replace(whole, debits=dearer), asked)) != confirmed


def test_another_version_of_an_agreement_is_confirmed_anew() -> None:
    def told(version: str | None) -> str:
        wording = Wording(version, date(2026, 1, 1), "Text") if version else None
        agreement = Agreement("terms", "Terms", frozenset(CustomerKind), None, wording)
        portal = replace(RULES.portals["FR"], agreements=(agreement,))
        rules = rules_for(portal, CustomerKind.INDIVIDUAL, NOW.date())
        asked = case(cases.AUTOMATIC, rules=rules)
        return fingerprint(shown(preview(asked, MONTHLY, OFFER), asked))

    assert len({told("1"), told("2"), told(None)}) == 3


def test_a_portal_that_prescribes_no_words_has_a_button_that_leaves_no_doubt() -> None:
    assert replace(RULES.portals["FR"], order_button=None).binding_button == CLEAR_ORDER_BUTTON
    assert CLEAR_ORDER_BUTTON == "Order with obligation to pay"
    told = "Acheter"
    assert replace(RULES.portals["FR"], order_button=told).binding_button == told
