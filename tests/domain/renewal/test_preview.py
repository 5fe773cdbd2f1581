from dataclasses import replace
from datetime import date

import pytest

from tests.domain import cases
from tests.domain.cases import RULES, case
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.methods import MethodState
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.refusals import Refused
from webapp.domain.renewal.choices import (
    ALWAYS_AUTOMATIC,
    NO_SUCH_CHOICE,
    Choice,
    Offer,
    choices,
    require_choice,
    why_not_manual,
)
from webapp.domain.renewal.preview import preview, shown
from webapp.domain.service.service import Mode

MONTH, YEAR = Period(1), Period(12)
OFFER = Offer({MONTH: Money(500, "EUR"), YEAR: Money(5500, "EUR")}, frozenset())
MONTHLY = Choice(Mode.AUTOMATIC, MONTH)
YEARLY = Choice(Mode.AUTOMATIC, YEAR)
MANUAL = Choice(Mode.MANUAL)


def test_manual_comes_first_then_the_products_periods() -> None:
    assert choices(cases.AUTOMATIC, OFFER) == (MANUAL, MONTHLY, YEARLY)


def test_the_present_period_can_be_kept_although_it_is_sold_no_more() -> None:
    service = replace(cases.AUTOMATIC, period=Period(24))
    assert choices(service, OFFER) == (MANUAL, MONTHLY, YEARLY, Choice(Mode.AUTOMATIC, Period(24)))


def test_a_family_without_manual_renewal_says_why() -> None:
    mailbox = replace(cases.AUTOMATIC, product=replace(cases.AUTOMATIC.product, family=RULES.families["email"]))
    assert choices(mailbox, OFFER) == (MONTHLY, YEARLY)
    assert why_not_manual(mailbox)
    assert why_not_manual(cases.AUTOMATIC) is None


def test_the_next_three_debits_follow_the_anchor_day() -> None:
    seen = preview(case(cases.AUTOMATIC), MONTHLY, OFFER)
    assert [(debit.on, debit.end, debit.amount) for debit in seen.debits] == [
        (date(2026, 12, 31), date(2027, 1, 31), Money(600, "EUR")),
        (date(2027, 1, 31), date(2027, 2, 28), Money(600, "EUR")),
        (date(2027, 2, 28), date(2027, 3, 31), Money(600, "EUR")),
    ]


def test_a_short_month_is_not_what_debits_are_counted_from() -> None:
    seen = preview(case(replace(cases.AUTOMATIC, ends_on=date(2027, 2, 28))), MONTHLY, OFFER)
    assert [debit.end.day for debit in seen.debits] == [31, 30, 31]


def test_only_a_price_below_the_list_is_given_up() -> None:
    for agreed, given_up in ((5499, Money(6599, "EUR")), (5500, None), (5501, None)):
        service = replace(cases.AUTOMATIC, price=Money(agreed, "EUR"))
        assert preview(case(service), MONTHLY, OFFER).price_given_up == given_up
        assert preview(case(service), YEARLY, OFFER).price_given_up is None


def test_all_that_it_says_is_confirmed() -> None:
    cheap = case(replace(cases.AUTOMATIC, price=Money(4000, "EUR")))
    monthly, manual = shown(preview(cheap, MONTHLY, OFFER), cheap), shown(preview(cheap, MANUAL, OFFER), cheap)
    assert monthly.keys() == {"debits", "amount", "taxes", "method", "price_given_up"}
    assert (monthly["taxes"], monthly["price_given_up"]) == (cheap.rules.taxes, Money(4800, "EUR"))
    assert manual == {"expires": date(2026, 12, 31)}
    quebec = case(replace(cases.AUTOMATIC, price=Money(5000, "CAD")), "QC")
    assert shown(preview(quebec, YEARLY, OFFER), quebec)["agreements"]
    assert "agreements" not in shown(preview(quebec, MANUAL, OFFER), quebec)


def test_a_choice_that_is_none_says_so() -> None:
    always = replace(cases.AUTOMATIC, product=replace(cases.AUTOMATIC.product, family=RULES.families["email"]))
    for service, key, reason in (
        (always, "manual", ALWAYS_AUTOMATIC),
        (always, "P3M", NO_SUCH_CHOICE),
        (cases.AUTOMATIC, "P3M", NO_SUCH_CHOICE),
    ):
        with pytest.raises(Refused) as refused:
            require_choice(key, service, OFFER)
        assert refused.value.refusal == reason()


def test_the_present_period_keeps_the_price_agreed_for_it() -> None:
    assert preview(case(cases.AUTOMATIC), YEARLY, OFFER).debits[0].amount == Money(6000, "EUR")


def test_a_lapsed_service_is_debited_today_for_the_term_from_its_old_end() -> None:
    first = preview(case(cases.LAPSED), MONTHLY, OFFER).debits[0]
    assert (first.on, first.start) == (date(2026, 11, 23), date(2026, 11, 1))


def test_manual_says_when_it_lapses_and_debits_nothing() -> None:
    seen = preview(case(cases.AUTOMATIC), MANUAL, OFFER)
    assert (seen.debits, seen.expires_on) == ((), date(2026, 12, 31))


def test_quebec_taxes_are_rounded_one_by_one() -> None:
    """10.10: GST 0.505 becomes 0.51, QST 1.00748 becomes 1.01."""
    rules = case(cases.AUTOMATIC, "QC").rules
    assert rules.gross(Money(1010, "CAD")) == Money(1162, "CAD")


def test_switching_automatic_on_needs_a_method_where_the_portal_says_so() -> None:
    assert preview(case(cases.MANUAL, method=None), YEARLY, OFFER).obstacle
    pending = replace(cases.CARD, state=MethodState.PENDING)
    assert preview(case(cases.MANUAL, method=pending), YEARLY, OFFER).obstacle
    assert preview(case(cases.AUTOMATIC, method=None), MONTHLY, OFFER).obstacle is None


def test_an_unknown_demand_for_a_method_is_not_made() -> None:
    assert preview(case(cases.MANUAL, "QC", method=None), YEARLY, OFFER).obstacle is None


def test_an_agreement_is_asked_for_once() -> None:
    asked = case(cases.MANUAL, "QC")
    (agreement,) = preview(asked, YEARLY, OFFER).agreements
    accepted = Offer(OFFER.prices, frozenset({agreement.code}))
    assert preview(asked, YEARLY, accepted).agreements == ()


def test_only_the_kinds_a_portal_names_see_net_prices() -> None:
    assert not case(cases.AUTOMATIC).rules.shows_net_prices
    assert case(cases.AUTOMATIC, kind=CustomerKind.BUSINESS).rules.shows_net_prices
