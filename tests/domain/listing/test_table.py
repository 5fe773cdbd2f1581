from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.folding import fold, pasted_terms, sort_key
from webapp.domain.listing.address import read_table
from webapp.domain.listing.register import DocumentState, Register, RegisterSort, read_register
from webapp.domain.listing.state import read_day
from webapp.domain.listing.table import SIZES, Due, Sort, Table, window
from webapp.domain.roles import ROLES
from webapp.domain.service.service import Availability, Mode
from webapp.domain.service.status import Status

FAMILIES = ("domain", "hosting", "vps")
TODAY = date(2026, 11, 23)


def some_of(values: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(list(values)), unique=True).map(tuple)  # type: ignore[call-overload]


tables = st.builds(
    Table,
    q=st.text("abc é%_&=+#", max_size=20).map(lambda text: " ".join(text.split())),
    type=some_of(FAMILIES),
    availability=some_of(Availability),
    status=some_of(Status),
    mode=some_of(Mode),
    due=some_of(Due),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    role=some_of(ROLES),
    bill=st.booleans(),
    selected=st.booleans(),
    sort=st.sampled_from(list(Sort)),
    descending=st.booleans(),
    page=st.integers(1, 1000),
    size=st.sampled_from(SIZES),
)


@given(tables)
def test_the_address_holds_the_whole_state(table: Table) -> None:
    assert read_table(parse_qs(table.query, keep_blank_values=True), FAMILIES) == (table, [])


registers = st.builds(
    Register,
    q=st.text("abc é%_&=+#", max_size=20).map(lambda text: " ".join(text.split())),
    state=some_of(DocumentState),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    sort=st.sampled_from(list(RegisterSort)),
    descending=st.booleans(),
    page=st.integers(1, 1000),
)


@given(registers)
def test_the_address_of_invoices_does_too(register: Register) -> None:
    assert read_register(parse_qs(register.query, keep_blank_values=True)) == (register, [])


def test_the_blank_table_has_a_blank_address() -> None:
    assert Table().query == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sort", "__class__"),
        ("sort", "--date"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "abc"),
        ("page", "٣"),
        ("page", "9" * 30),
        ("size", "1000000"),
        ("type", "spaceship"),
        ("status", "x"),
        ("role", "none"),
        ("from", "2026-02-30"),
        ("to", "tomorrow"),
        ("q", "x" * 5000),
        ("q", "broken \ufffd"),
        ("q", "nul \0"),
        ("bill", "1"),
    ],
)
def test_what_the_table_does_not_know_is_named_and_left_out(name: str, value: str) -> None:
    table, unusable = read_table({name: [value]}, FAMILIES)
    assert table == Table()
    assert [each.name for each in unusable] == [name]


def test_unknown_parameters_are_not_looked_at() -> None:
    assert read_table({"utm_source": ["x"]}, FAMILIES) == (Table(), [])


@pytest.mark.parametrize("text", ["2026-12-31", "31/12/2026", "31.12.2026", " 2026-12-31 "])
def test_a_day_may_be_written_in_several_ways(text: str) -> None:
    assert read_day(text) == date(2026, 12, 31)


def test_a_change_of_filter_leads_to_page_one_and_a_change_of_page_does_not_lose_it() -> None:
    table = Table(page=7)
    assert table.having(q="x").page == 1
    assert table.having(page=8).page == 8


def test_one_value_of_a_filter_can_be_taken_away() -> None:
    table = Table(type=("domain", "vps"), q="x", bill=True)
    assert table.without("type", "domain") == Table(type=("vps",), q="x", bill=True)
    assert table.without("q", "x").without("bill", True) == Table(type=("domain", "vps"))


def test_sorting_twice_by_a_column_turns_the_order_round() -> None:
    by_name = Table().sorted_by(Sort.NAME)
    assert (by_name.sort, by_name.descending) == (Sort.NAME, False)
    assert by_name.sorted_by(Sort.NAME).descending
    assert not by_name.sorted_by(Sort.NAME).sorted_by(Sort.NAME).descending


def test_date_filters_are_stretches_of_days() -> None:
    table = Table(due=(Due.OVERDUE, Due.WEEK, Due.THIS_MONTH), since=date(2027, 1, 1))
    assert window(table, TODAY) == (
        (None, date(2026, 11, 22)),
        (TODAY, date(2026, 11, 30)),
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2027, 1, 1), None),
    )


@pytest.mark.parametrize(("text", "folded"), [("ÉTÉ", "ete"), ("Straße", "strasse"), ("ŁÓDŹ", "łodz"), ("ﬁn", "fin")])
def test_case_and_accents_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_numbers_sort_in_counting_order() -> None:
    assert sorted(["srv-10", "srv-9", "Srv-1"], key=sort_key) == ["Srv-1", "srv-9", "srv-10"]


def test_a_pasted_list_may_have_any_separators() -> None:
    assert pasted_terms("A.example, b.example;c.example\n a.example") == ("a.example", "b.example", "c.example")
