"""What periods cost beside each other."""

from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.renewal.choices import Rate, rates


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def test_each_says_what_a_month_of_it_costs_and_what_it_saves() -> None:
    known = rates({Period(1): euros(500), Period(3): euros(1400), Period(12): euros(5000)})
    assert known == {
        Period(1): Rate(euros(500), None, None),
        Period(3): Rate(euros(1400), euros(467), euros(400)),
        Period(12): Rate(euros(5000), euros(417), euros(1000)),
    }


def test_two_months_are_compared_with_one() -> None:
    assert rates({Period(2): euros(1000)}) == {Period(2): Rate(euros(1000), euros(500), None)}


def test_what_costs_the_same_saves_nothing() -> None:
    assert rates({Period(12): euros(5000), Period(24): euros(10000)})[Period(24)].saved_a_year is None
    assert rates({}) == {}
