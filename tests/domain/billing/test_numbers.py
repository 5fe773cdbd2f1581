"""Which numbers this program gives out, so that no inventory may."""

import pytest

from webapp.domain.billing.invoice import looks_printed


@pytest.mark.parametrize(
    ("number", "ours"),
    [
        ("FR-000012", True),
        ("FR-C000012", True),
        ("PORTALCC-1234567", True),
        ("fr-000012", False),
        ("FR-c000012", False),
        ("F-000012", False),
        ("PORTALCCC-000012", False),
        ("FR-00012", False),
        ("FR-000012~2", False),
        ("A FR-000012", False),
        ("2026-117", False),
    ],
)
def test_a_number_is_ours_by_its_look(number: str, ours: bool) -> None:
    assert looks_printed(number) is ours
