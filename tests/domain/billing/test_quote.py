"""What a quote adds up to, and what it refuses."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.cases import AUTOMATIC, BILLED, LAPSED, MANUAL, RULES, case
from webapp.domain.billing.quote import Purpose
from webapp.domain.law.contracts import CustomerKind, Levy, Tax
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.renewal.choices import Offer
from webapp.domain.renewal.renewing import RenewalWish, closest, quote
from webapp.domain.service.service import Service

MONTH, YEAR = Period(1), Period(12)
SOLD = {"EUR": Offer({MONTH: Money(333, "EUR"), YEAR: Money(3333, "EUR")}, frozenset())}
SOLD["CAD"] = Offer({MONTH: Money(501, "CAD"), YEAR: Money(5001, "CAD")}, frozenset())


def wanted(service: Service, duration: Period = YEAR, portal: str = "FR") -> RenewalWish:
    currency = RULES.portals[portal].currency
    held = replace(service, price=replace(service.price, currency=currency))
    return RenewalWish(case(held, portal, CustomerKind.BUSINESS), SOLD[currency], duration)


def test_a_row_says_from_when_until_when_and_for_how_much() -> None:
    (item,) = quote([wanted(MANUAL)]).items
    assert (item.purpose, item.start, item.end) == (Purpose.RENEW, date(2026, 12, 31), date(2027, 12, 31))
    assert (item.net, item.gross) == (Money(5000, "EUR"), Money(6000, "EUR"))
    assert quote([wanted(AUTOMATIC)]).items[0].purpose is Purpose.ANTICIPATE


def test_the_agreed_price_holds_for_the_present_period_and_the_list_price_for_others() -> None:
    assert [item.net.minor for item in quote([wanted(AUTOMATIC), wanted(AUTOMATIC, MONTH)]).items] == [5000, 333]


def test_what_is_refused_is_named_with_its_reason_and_the_rest_goes_on() -> None:
    late = replace(LAPSED, reference="S-2", ends_on=date(2026, 10, 1), anchor_day=1)
    quoted = quote([wanted(BILLED), wanted(late, MONTH), wanted(MANUAL, Period(3)), wanted(MANUAL)])
    assert [(reference, refused.code) for reference, refused in quoted.refused] == [
        ("S-1", "bill-to-pay"),
        ("S-2", "still-over"),
        ("S-1", "not-sold-so"),
    ]
    assert len(quoted.items) == 1


def test_each_seller_and_currency_has_its_own_order() -> None:
    quoted = quote([wanted(MANUAL, portal=portal) for portal in ("QC", "FR", "QC", "DE")])
    told = [(*part.items[0].seller, len(part.items), part.gross.minor) for part in quoted.parts]
    assert told == [("DE", "EUR", 1, 5950), ("FR", "EUR", 1, 6000), ("QC", "CAD", 2, 11498)]
    assert quoted.parts[2].levies == (
        Levy(Tax("GST", Decimal(5)), Money(500, "CAD")),
        Levy(Tax("QST", Decimal("9.975")), Money(998, "CAD")),
    )


prices = st.lists(st.integers(0, 10**7), min_size=1, max_size=500)


@given(prices, st.sampled_from(sorted(RULES.portals)))
def test_the_lines_add_up_to_the_total_to_the_cent(minors: list[int], portal: str) -> None:
    currency = RULES.portals[portal].currency
    services = [replace(MANUAL, reference=f"S-{n}", price=Money(minor, currency)) for n, minor in enumerate(minors)]
    asked = [RenewalWish(case(service, portal), SOLD[currency], YEAR) for service in services]
    (part,) = quote(asked).parts
    assert part.gross.minor == sum(item.gross.minor for item in part.items)
    assert part.gross.minor == part.net.minor + sum(levy.amount.minor for levy in part.levies)
    assert part.gross.minor == sum(each.case.rules.gross(each.case.service.price).minor for each in asked)


def test_a_companion_is_paid_for_as_long_or_as_nearly_as_it_is_sold() -> None:
    two_years = Period(24)
    assert closest(YEAR, [MONTH, YEAR, two_years]) == YEAR
    assert closest(two_years, [MONTH, YEAR]) == YEAR
    assert closest(MONTH, [YEAR, two_years]) == YEAR
