"""What buyers tell of themselves is tidied, or refused, and never half kept."""

from collections.abc import Callable

import pytest

from webapp.domain.law.parties import Seller, read_address, read_reference, read_vat_number

Reading = Callable[[str], str]


@pytest.mark.parametrize(
    ("read", "text", "kept"),
    [
        (read_address, "  1  rue X \r\n\n 59000 Lille ", "1 rue X\n59000 Lille"),
        (read_address, "", ""),
        (read_vat_number, "fr 00-000.000000", "FR00000000000"),
        (read_address, "\n".join("123456"), "\n".join("123456")),
        (read_address, "x" * 60, "x" * 60),
        (read_vat_number, " ", ""),
        (read_reference, "  PO   12 ", "PO 12"),
        (read_reference, "x" * 60, "x" * 60),
    ],
)
def test_it_is_tidied(read: Reading, text: str, kept: str) -> None:
    assert read(text) == kept


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_address, "\n".join("1234567")),
        (read_address, "x" * 61),
        (read_address, "a\0b"),
        (read_vat_number, "123"),
        (read_vat_number, "FR1234567890123456"),
        (read_reference, "x" * 61),
        (read_reference, "a\u202eb"),
    ],
)
def test_it_is_refused(read: Reading, text: str) -> None:
    with pytest.raises(ValueError, match="no "):
        read(text)


def test_a_seller_is_kept_with_its_documents_as_it_was_then() -> None:
    seller = Seller("Seller", ("1 rue X",), (("VAT number", "FR00000000000"),), "mailto:x@y.example", ("Capital",))
    assert seller.stored() == {
        "name": "Seller",
        "address": ["1 rue X"],
        "numbers": [["VAT number", "FR00000000000"]],
        "lines": ["Capital"],
    }
