"""What a preview tells: read as it was written, and never anything else."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from webapp.domain.facts import (
    BY_TYPE,
    Alongside,
    DayOfMonth,
    DebitDay,
    Duration,
    Fact,
    Method,
    Owing,
    Stretch,
    Unreadable,
    given,
    read,
    written,
)
from webapp.domain.law.contracts import Tax
from webapp.domain.methods import MethodKind
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.service.catalogue import Remains
from webapp.language.speaker import Speaker
from webapp.wording.facts import plain, said

DAY, LATER, PRICE = date(2026, 12, 31), date(2027, 12, 31), Money(6000, "EUR")
FACTS: list[tuple[Fact, str]] = [
    ("shop.example", "shop.example"),
    (DAY, "31 Dec 2026"),
    (PRICE, "€60.00"),
    (Tax("VAT", Decimal("20")), "VAT 20%"),
    (Remains.ERASED, "Its data is erased and cannot be recovered."),
    (Stretch(DAY, LATER), "31 Dec 2026 to 30 Dec 2027"),
    (DebitDay(DAY, Stretch(DAY, LATER)), "31 Dec 2026"),
    (Duration(Period(12), LATER, PRICE), "1 year until 30 Dec 2027 (included): €60.00"),
    (DayOfMonth(31), "the last day of the month"),
    (Method(MethodKind.CARD, "Visa 4242"), "Card, Visa 4242"),
    (Owing("FR-1", PRICE), "€60.00 (FR-1)"),
    (Alongside("S-2", DAY), "S-2"),
    (Alongside("S-2", (Duration(Period(1), DAY, PRICE),)), "S-2: 1 month until 30 Dec 2026 (included): €60.00"),
    (("S-1", "S-2", "S-3"), "S-1, S-2 and S-3"),
]


@pytest.mark.parametrize(("fact", "text"), FACTS)
def test_each_is_read_as_it_was_written_and_said_in_words(fact: Fact, text: str) -> None:
    assert read(written({"it": fact})) == {"it": fact}
    speaker = Speaker("en", "GB")
    assert plain(fact, speaker).replace("\xa0", " ") == text
    assert said(fact, speaker)


def test_every_kind_of_fact_is_tried() -> None:
    assert {type(fact) for fact, _text in FACTS} == BY_TYPE.keys()


def test_nothing_is_told_of_what_there_is_not() -> None:
    assert given(day=None, name="", services=(), amount=Money(0, "EUR")) == {"amount": Money(0, "EUR")}


MADE_UP: list[Any] = [
    None,
    [],
    {"it": "2026-12-31"},
    {"it": ["day", "31/12/2026"]},
    {"it": ["day", 5]},
    {"it": ["money", [1, "ZZZ"]]},
    {"it": ["money", ["1", "EUR"]]},
    {"it": ["money", [1.5, "EUR"]]},
    {"it": ["money", [True, "EUR"]]},
    {"it": ["money", [10**15, "EUR"]]},
    {"it": ["tax", ["VAT", "NaN"]]},
    {"it": ["tax", ["VAT", "1e999999"]]},
    {"it": ["tax", [["VAT"], "20"]]},
    {"it": ["tax", ["VAT", "-0.1"]]},
    {"it": ["tax", ["VAT", "100.1"]]},
    {"it": ["tax", ["VAT", "20", "more"]]},
    {"it": ["tax", ["VAT"]]},
    {"it": ["remains", "eaten"]},
    {"it": ["stretch", ["2026-12-31"]]},
    {"it": ["day-of-month", 0]},
    {"it": ["day-of-month", 32]},
    {"it": ["method", ["cheque", "x"]]},
    {"it": ["companion", ["S-1"]]},
    {"it": ["several", "ab"]},
    {"it": ["several", [["several", 1]]]},
    {"it": ["unheard-of", 1]},
    {"it": [["day"], 1]},
    {"it": ["text", 1]},
]


@pytest.mark.parametrize("told", MADE_UP, ids=str)
def test_what_was_made_up_is_not_read(told: Any) -> None:
    with pytest.raises(Unreadable):
        read(json.dumps(told))


@pytest.mark.parametrize(
    "fact", [Tax("VAT", Decimal(0)), Tax("VAT", Decimal(100)), DayOfMonth(1), DayOfMonth(31), Money(10**15 - 1, "EUR")]
)
def test_what_is_just_possible_is_read(fact: Fact) -> None:
    assert read(written({"it": fact})) == {"it": fact}


NAMES = st.sampled_from([each.name for each in BY_TYPE.values()])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | NAMES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@drawn(told=st.dictionaries(st.text(max_size=3), JSON, max_size=3))
def test_whatever_a_browser_sends_is_read_and_can_be_said_or_is_not_read(told: dict[str, Any]) -> None:
    try:
        facts = read(json.dumps(told))
    except Unreadable:
        return
    for fact in facts.values():
        assert isinstance(said(fact, Speaker("fr", "FR")), str)
