"""Encodings, delimiters, JSON, and files that are no inventory at all."""

import json

import pytest
from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Service

from .inventory import SERVICE, Inventory, as_csv

NAMED = SERVICE | {"display_name": "Été, l’œuvre; 網"}
GOOD = {
    "plain": ("services.csv", as_csv([NAMED]).encode()),
    "BOM": ("services.csv", as_csv([NAMED]).encode("utf-8-sig")),
    "semicolons": ("services.csv", as_csv([NAMED], ";").encode()),
    "BOM and semicolons": ("services.csv", as_csv([NAMED], ";").encode("utf-8-sig")),
    "Windows lines": ("services.csv", as_csv([NAMED]).replace("\n", "\r\n").encode()),
    "no last newline": ("services.csv", as_csv([NAMED]).rstrip("\n").encode()),
    "blank lines": ("services.csv", as_csv([NAMED]).replace("\n", "\n\n").encode()),
    "capital suffix": ("services.CSV", as_csv([NAMED]).encode()),
    "array": ("services.json", json.dumps([NAMED]).encode()),
    "indented array": ("services.json", json.dumps([NAMED], indent=2, ensure_ascii=False).encode()),
    "array with BOM": ("services.json", json.dumps([NAMED]).encode("utf-8-sig")),
    "lines": ("services.jsonl", json.dumps(NAMED).encode() + b"\n"),
    "lines in json": ("services.json", json.dumps(NAMED).encode() + b"\n"),
}
BAD = {
    "empty": ("services.csv", b"", "services.csv:1: the file has no header line"),
    "Latin-1": ("services.csv", as_csv([NAMED]).replace("網", "").replace("’œ", "").encode("latin-1"), "is not UTF-8"),
    "UTF-16": (
        "services.csv",
        as_csv([SERVICE]).encode("utf-16"),
        "services.csv:1: the file is UTF-16; save it as UTF-8",
    ),
    "tabs": ("services.csv", as_csv([SERVICE], "\t").encode(), "separated by tabs; separate them by commas"),
    "open quote": ("services.csv", as_csv([SERVICE]).encode() + b'"s-2', "services.csv:3: malformed CSV"),
    "short record": ("services.csv", as_csv([SERVICE]).encode() + b"a,b\n", "services.csv:3: the record has 2 cells"),
    "other suffix": ("services.txt", b"", "must end in .csv, .json, .jsonl"),
    "Latin-1 JSON": ("services.json", b'[\n{"name": "\xe9"}]', "services.json:2: character 11: byte 0xe9"),
    "cut off": ("services.json", json.dumps([SERVICE]).encode()[:-9], "services.json:1: character"),
    "no object": ("services.json", b"[\n1]", "services.json:2: character 1: malformed JSON: expected an object"),
    "no comma": ("services.json", b"[{}\n{}]", "services.json:2: character 1: malformed JSON: expected a comma"),
    "last comma": ("services.json", b"[{},\n]", "services.json:2: character 1: malformed JSON: expected an object"),
    "after the end": ("services.json", b"[]\n[]", "services.json:2: character 1: malformed JSON: something follows"),
    "not a number": ("services.json", b'[{"price": NaN}]', "NaN is not a JSON value"),
    "nested": ("services.json", b'{"name":' + b"[" * 200_000, "too deeply nested"),
    "endless line": ("services.csv", b"x" * 2_000_000, "services.csv:1: the line is longer"),
    "endless object": ("services.json", b'{"name": "' + b"x" * 3_000_000, "malformed JSON: unterminated string"),
}


@pytest.mark.parametrize("case", GOOD)
def test_the_same_service_can_be_written_in_many_ways(stock: Inventory, case: str) -> None:
    assert stock.text(*GOOD[case]).created == 1
    assert db.session.scalars(select(Service.display_name)).all() == [NAMED["display_name"]]


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_refused_with_its_place(stock: Inventory, case: str) -> None:
    name, content, expected = BAD[case]
    said = stock.problems(lambda: stock.text(name, content))
    assert any(expected in line for line in said), said
    assert db.session.scalars(select(Service.id)).all() == []


def test_the_position_of_a_wrong_byte_counts_characters(stock: Inventory) -> None:
    content = as_csv([SERVICE]).encode() + "é".encode() + b"\xe9\n"
    said = stock.problems(lambda: stock.text("services.csv", content))
    assert "services.csv:3: character 2: byte 0xe9 is not UTF-8; save the file as UTF-8" in said


def test_the_header_is_checked_as_a_whole(stock: Inventory) -> None:
    [said] = stock.problems(lambda: stock.text("services.csv", "reference,reference,colour\n"))
    assert "“colour” is unknown" in said and "“reference” is there twice" in said and "“owner” is missing" in said


def test_a_header_wrong_in_many_places_lists_twenty(stock: Inventory) -> None:
    names = ",".join([*SERVICE, *(f"colour{number}" for number in range(30)), "reference"])
    [said] = stock.problems(lambda: stock.text("services.csv", names + "\n"))
    assert said.count("is unknown") == 20 and "; and 11 more; allowed are reference, " in said


def test_a_header_of_too_many_columns_is_not_looked_into(stock: Inventory) -> None:
    names = ",".join(f"colour{number}" for number in range(60_000))
    [said] = stock.problems(lambda: stock.text("services.csv", names + "\n"))
    assert said == "services.csv:1: the header has 60000 columns, allowed are 100"


def test_an_object_of_too_many_keys_is_not_looked_into(stock: Inventory) -> None:
    many = dict.fromkeys(map(str, range(60_000)), 1)
    said = stock.problems(lambda: stock.json("services", [many, SERVICE | {"state": "x"}]))
    assert said[0] == "services.json:1: the object has 60000 keys, allowed are 100"
    assert len(said) == 2 and said[1].startswith("services.json:1: state: ")


def test_repeated_keys_count_as_often_as_they_stand_there(stock: Inventory) -> None:
    said = stock.problems(lambda: stock.text("services.json", "{" + ",".join(['"name": "a"'] * 101) + "}"))
    assert said == ["services.json:1: the object has 101 keys, allowed are 100"]


def test_json_keys_are_checked_in_every_object(stock: Inventory) -> None:
    twice = json.dumps(SERVICE | {"colour": "red"})[:-1] + ', "name": "again"}'
    said = stock.problems(lambda: stock.text("services.jsonl", "\n" + twice))
    assert [line.split(";")[0] for line in said] == [
        "services.jsonl:2: column “name” is there twice",
        "services.jsonl:2: column “colour” is unknown",
    ]


def test_a_quoted_cell_over_two_lines_does_not_shift_the_line_numbers(stock: Inventory) -> None:
    rows = [SERVICE | {"display_name": "two\nlines"}, SERVICE | {"reference": "s-2", "state": "x"}]
    said = stock.refused("services", *rows)
    assert [line.split(": ")[0] for line in said] == ["services.csv:2", "services.csv:4"]


def test_json_numbers_keep_their_digits_and_null_is_empty(stock: Inventory) -> None:
    stock.json("services", [SERVICE | {"price": 9.9, "anchor": 31, "admin": None}])
    service = db.session.scalars(select(Service)).one()
    assert (service.price_minor, service.anchor_day, service.admin_id) == (990, 31, service.owner_id)


@pytest.mark.parametrize("value", [True, ["a"], {"a": "b"}])
def test_json_values_that_are_no_cell_are_refused(stock: Inventory, value: object) -> None:
    [said] = stock.problems(lambda: stock.json("services", [SERVICE | {"name": value}]))
    assert said.startswith("services.json:1: name: ") and "is not a technical name" in said


def test_a_deeply_nested_value_is_refused_like_any_other(stock: Inventory) -> None:
    deep = '{"a":' * 500 + "1" + "}" * 500
    said = stock.problems(lambda: stock.text("services.json", f'{{"name": {deep}}}'))
    assert any(line.startswith("services.json:1: name: a list or an object is not a technical name") for line in said)


def test_a_lone_surrogate_is_no_text(stock: Inventory) -> None:
    [said] = stock.problems(lambda: stock.text("services.json", json.dumps([SERVICE | {"name": "a\ud800"}])))
    assert said.startswith("services.json:1: name: “a\\ud800” is not")


def test_three_thousand_services_go_through_in_pieces(stock: Inventory) -> None:
    rows = [SERVICE | {"reference": f"s-{number}", "name": f"n{number}.example"} for number in range(3000)]
    assert stock.json("services", rows).created == 3000
    assert stock.rows("services", *rows).unchanged == 3000
    said = stock.refused("services", *rows, rows[0], rows[1500] | {"state": "x"})
    assert [line.split(": ")[:2] for line in said] == [
        ["services.csv:3002", "reference"],
        ["services.csv:3003", "state"],
        ["services.csv:3003", "reference"],
    ]


@pytest.mark.parametrize(
    "content",
    [
        as_csv([SERVICE]) + ",,,\n" + "," * 10 + "\n",
        "sep=;\n" + as_csv([SERVICE], ";"),
        as_csv([SERVICE | {"price": "9.9900"}]),
    ],
    ids=["separators only", "sep", "zeros"],
)
def test_what_spreadsheets_add_is_understood(stock: Inventory, content: str) -> None:
    assert stock.text("services.csv", content).created == 1
    assert db.session.scalars(select(Service.price_minor)).one() == 999


def test_lines_are_counted_after_the_separator_was_told(stock: Inventory) -> None:
    told = stock.problems(lambda: stock.text("services.csv", "sep=;\n" + as_csv([SERVICE | {"state": "odd"}], ";")))
    assert told[0].startswith("services.csv:3: state")


@pytest.mark.parametrize(
    ("column", "cell"), [("period", "P١M"), ("expiry", "٢٠٢٧-01-31"), ("price", "٩.99"), ("anchor", "٣١")]
)
def test_digits_of_other_scripts_are_none(stock: Inventory, column: str, cell: str) -> None:
    assert any(f": {column}: " in line for line in stock.refused("services", SERVICE | {column: cell}))
