"""Who owes the tax: the seller, unless the buyer is a taxable person in another member state."""

import pytest

from tests.domain.cases import NOW, RULES
from webapp.domain.law.contracts import CustomerKind, TaxNote, rules_for
from webapp.domain.money import Money

BUSINESS, INDIVIDUAL = CustomerKind.BUSINESS, CustomerKind.INDIVIDUAL


@pytest.mark.parametrize(
    ("portal", "kind", "country", "charged"),
    [
        ("FR", BUSINESS, "DE", False),
        ("FR", CustomerKind.ASSOCIATION, "BE", False),
        ("DE", BUSINESS, "FR", False),
        ("FR", BUSINESS, "FR", True),
        ("FR", BUSINESS, None, True),
        ("FR", BUSINESS, "CH", True),
        ("FR", INDIVIDUAL, "DE", True),
        ("QC", BUSINESS, "FR", True),
    ],
)
def test_reverse_charge(portal: str, kind: CustomerKind, country: str | None, charged: bool) -> None:
    rules = rules_for(RULES.portals[portal], kind, NOW.date(), vat_country=country)
    net = Money(1000, rules.portal.currency)
    assert bool(rules.levies(net)) is charged and (rules.gross(net) > net) is charged
    assert rules.tax_note is (None if charged else TaxNote.REVERSE_CHARGE)
