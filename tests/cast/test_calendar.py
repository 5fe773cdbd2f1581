"""The figures of every calendar are those of the previews and bills of its services."""

from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select

from tests.cast.conftest import Cast
from webapp.domain.billing.settlement import Fund, order_of_funds
from webapp.domain.calendar import Happening, end_of_calendar
from webapp.domain.listing.table import Table
from webapp.domain.money import Money, rounded
from webapp.domain.periods import Period
from webapp.domain.renewal.terms import following
from webapp.domain.roles import Role
from webapp.domain.service.case import Case
from webapp.domain.service.service import Mode
from webapp.domain.service.status import Status, status_of
from webapp.domain.what_if import CHANGEABLE, PERIODS
from webapp.extensions import db
from webapp.models import Account, Price, Product
from webapp.operations.listing.ahead import look_ahead
from webapp.operations.listing.matching import Viewer
from webapp.operations.listing.what_if import compare
from webapp.wiring import desk_of

Sums = Counter[tuple[str, Happening, str]]
"""By currency, what happens, and type of service."""


def _automatic(case: Case) -> Sums:
    """What an automatic service costs, term by term, at the price that its page says."""
    service, today, sums = case.service, case.today, Sums()
    if service.ends_on is None or service.period is None:
        return sums
    for start, _end in following(service.ends_on, service.anchor_day, service.period):
        day = max(start, today)
        if day >= end_of_calendar(today):
            return sums
        debited = Fund.METHOD in order_of_funds(day, case.method)
        happening = Happening.DEBIT if debited else Happening.BILL
        sums[service.price.currency, happening, service.product.family.code] += case.rules.gross(service.price).minor
    return sums


@pytest.mark.parametrize("status", [Status.AUTOMATIC, Status.TERMINATED])
def test_automatic_services_cost_what_their_terms_cost(cast: Cast, status: Status) -> None:
    with cast.app.app_context():
        for account in db.session.scalars(select(Account).where(Account.id.in_(cast.browsers)).order_by(Account.id)):
            desk = desk_of(account.id)
            today = desk.now.astimezone(desk.rules.portals[account.portal].zone).date()
            seen = look_ahead(db.session(), Table(status=(status,)), Viewer(desk, "", today, ()))
            expected = Sums()
            for each in cast.everybody:
                mine = each.account_id == account.id and status_of(each.case.service) is status
                if mine and Role.BILLING in each.case.roles and status is Status.AUTOMATIC:
                    expected += _automatic(each.case)
            drawn = Sums(
                {
                    (calendar.currency, each, family): tally.minor
                    for calendar in seen.calendars
                    for family, tallies in calendar.families.items()
                    for each, tally in tallies.items()
                    if each.costs
                }
            )
            assert +drawn == +expected, account.handle
            named = Sums()
            for one in seen.named:
                if one.amount:
                    named[one.amount.currency, one.happening, one.family.code] += one.amount.minor
            assert +named == +expected or not seen.named, account.handle


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_what_is_compared_is_what_each_service_would_cost(cast: Cast, period: Period) -> None:
    with cast.app.app_context():
        sold = select(Product.code, Price.currency, Price.minor).join(Price).where(Price.period == period)
        offered = {(row.code, row.currency): row.minor for row in db.session.execute(sold)}
        changed = 0
        for account in db.session.scalars(select(Account).where(Account.id.in_(cast.browsers)).order_by(Account.id)):
            desk = desk_of(account.id)
            today = desk.now.astimezone(desk.rules.portals[account.portal].zone).date()
            told = compare(db.session(), Table(), period, Viewer(desk, "", today, ()))
            now, then = defaultdict[str, Fraction](Fraction), defaultdict[str, Fraction](Fraction)
            for each in (each for each in cast.everybody if each.account_id == account.id):
                service, price = each.case.service, each.case.service.price
                net = offered.get((service.product.code, price.currency))
                renews = service.mode is Mode.AUTOMATIC and status_of(service) in CHANGEABLE
                changes = renews and net and not service.product.forced
                if changes and service.period not in (None, period) and Role.BILLING in each.case.roles:
                    changed += 1
                    now[price.currency] += Fraction(12 * each.case.rules.gross(price).minor, service.period.months)
                    gross = each.case.rules.gross(Money(net, price.currency)).minor
                    then[price.currency] += Fraction(12 * gross, period.months)
            assert {each.year.now.currency: each.cost[0].minor for each in told if each.services} == rounded_all(now)
            assert {each.year.now.currency: each.cost[1].minor for each in told if each.services} == rounded_all(then)
        assert changed > 40


def rounded_all(sums: dict[str, Fraction]) -> dict[str, int]:
    return {currency: rounded(Decimal(each.numerator) / each.denominator) for currency, each in sums.items()}
