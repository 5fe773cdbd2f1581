from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.money import MINOR_DIGITS, Money, MoneyError, parse_money, rounded


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("12.99", "EUR", 1299), ("12,9", "EUR", 1290), ("0", "EUR", 0), ("1500", "XOF", 1500), ("1.234", "TND", 1234)],
)
def test_amounts_are_read_into_minor_units(text: str, currency: str, minor: int) -> None:
    assert parse_money(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("12.999", "EUR"),
        ("1.5", "XOF"),
        ("-1", "EUR"),
        ("", "EUR"),
        ("abc", "EUR"),
        ("NaN", "EUR"),
        ("Infinity", "EUR"),
        ("1e400", "EUR"),
        ("1.000,00", "EUR"),
        ("9" * 20, "EUR"),
        ("1", "BTC"),
    ],
)
def test_what_is_not_an_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(MoneyError):
        parse_money(text, currency)


@pytest.mark.parametrize(("exact", "whole"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("2.49", 2)])
def test_halves_are_rounded_away_from_zero(exact: str, whole: int) -> None:
    assert rounded(Decimal(exact)) == whole


def test_two_currencies_do_not_add() -> None:
    with pytest.raises(MoneyError):
        Money(1, "EUR") + Money(1, "USD")


@given(st.integers(0, 10**12), st.sampled_from(sorted(MINOR_DIGITS)))
def test_an_amount_survives_being_written_and_read(minor: int, currency: str) -> None:
    amount = Money(minor, currency)
    assert parse_money(f"{amount.decimal:f}", currency) == amount
