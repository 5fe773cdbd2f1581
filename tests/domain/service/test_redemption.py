"""A name that lapses: renewed at its usual price, restored for a fee, then lost; what nobody states stays unknown."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain import cases
from webapp.domain.money import Money
from webapp.domain.service.actions import Action, refusal
from webapp.domain.service.catalogue import Product
from webapp.domain.service.ending import in_redemption, lapsed_until, redeemed_from, restore_fee
from webapp.domain.service.reasons import RESTORED_BY_SUPPORT
from webapp.domain.service.service import Service, Suspension
from webapp.domain.service.status import deleted_on

FAMILY = cases.RULES.families["domain"]
NAME = replace(cases.LAPSED, name="shop.example", product=Product("domain", ".example", FAMILY, forced=False))
"""Suspended since 1 November 2026."""


def called(name: str) -> Service:
    return replace(NAME, name=name)


@pytest.mark.parametrize(
    ("name", "redeemed", "lost"),
    [
        ("shop.example", date(2026, 11, 8), date(2026, 12, 13)),
        ("Shop.EXAMPLE", date(2026, 11, 8), date(2026, 12, 13)),
        ("shop.com", date(2026, 11, 8), date(2026, 12, 13)),
        ("a.b.fr", date(2026, 11, 1), date(2026, 12, 1)),
        ("shop.eu", date(2026, 11, 1), date(2026, 12, 11)),
        ("shop.unheard", None, None),
        ("example", None, None),
    ],
)
def test_its_ending_says_when_it_is_restored_and_when_it_is_lost(
    name: str, redeemed: date | None, lost: date | None
) -> None:
    assert (redeemed_from(called(name)), deleted_on(called(name)), lapsed_until(called(name))) == (redeemed, lost, lost)


def test_the_longest_ending_that_fits_decides() -> None:
    nearer = replace(FAMILY.registries["example"], grace_days=1)
    family = replace(FAMILY, registries={**FAMILY.registries, "co.example": nearer})
    assert family.registry_of("a.b.co.example") is nearer
    assert family.registry_of("co.example") is family.registries["example"]


def test_redemption_begins_after_grace_and_costs_a_fee() -> None:
    assert [in_redemption(NAME, date(2026, 11, day)) for day in (7, 8)] == [False, True]
    assert restore_fee(NAME) == Money(6000, "EUR")


def test_no_fee_is_made_up() -> None:
    assert restore_fee(called("shop.com")) is None
    assert restore_fee(replace(NAME, price=Money(900, "USD"))) is None
    assert restore_fee(cases.LAPSED) is None


def test_where_no_fee_is_known_support_restores_it() -> None:
    in_grace = replace(called("shop.com"), suspended_on=date(2026, 11, 20))
    refusals = [refusal(Action.RENEW, cases.case(service)) for service in (NAME, called("shop.com"), in_grace)]
    assert refusals == [None, RESTORED_BY_SUPPORT(), None]


def test_a_name_that_is_owed_for_is_brought_back_by_its_bill_alone() -> None:
    owed = replace(cases.IN_DEBT, name="shop.fr", product=NAME.product, suspended_on=date(2026, 10, 1))
    assert owed.suspension is Suspension.DEBT and redeemed_from(owed) is None
