"""Which payment methods a seller offers: to whom, and from which day on."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.cases import RULES
from webapp.domain.law.contracts import CustomerKind, OfferedMethod
from webapp.domain.methods import MethodKind

CARD, DEBIT, PAYPAL = MethodKind
INDIVIDUAL, BUSINESS = CustomerKind.INDIVIDUAL, CustomerKind.BUSINESS
SINCE = date(2023, 3, 28)
FRANCE = replace(
    RULES.portals["FR"],
    payment_methods=(
        OfferedMethod(CARD, None, None),
        OfferedMethod(DEBIT, SINCE, None),
        OfferedMethod(PAYPAL, None, frozenset({BUSINESS})),
    ),
)


@pytest.mark.parametrize(
    ("kind", "day", "offered"),
    [
        (INDIVIDUAL, date(2023, 3, 27), (CARD,)),
        (INDIVIDUAL, SINCE, (CARD, DEBIT)),
        (BUSINESS, date(2023, 3, 27), (CARD, PAYPAL)),
        (BUSINESS, date(2026, 1, 1), (CARD, DEBIT, PAYPAL)),
    ],
)
def test_what_is_offered_follows_the_kind_of_customer_and_the_day(
    kind: CustomerKind, day: date, offered: tuple[MethodKind, ...]
) -> None:
    assert FRANCE.methods_for(kind, day) == offered


def test_where_no_rule_names_any_none_is_offered() -> None:
    assert replace(FRANCE, payment_methods=()).methods_for(BUSINESS, SINCE) == ()
