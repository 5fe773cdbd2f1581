"""Names that people can see and tables can keep, and references that are addresses."""

import pytest
from flask import Flask
from sqlalchemy import String, select

from webapp.domain.folding import fold, sort_key
from webapp.extensions import db
from webapp.models import Listing, Service
from webapp.operations.inventory.names import LONGEST_FOLDED, LONGEST_SORTED, RESERVED

from .inventory import SERVICE, Cells, Inventory

SPELT_OUT = "\ufdfa" * 16 + "x" * 12
NUMBERED = "1a" * 66 + "abcdef"


def length_of(column: object) -> int | None:
    kind = getattr(column, "type", None)
    assert isinstance(kind, String)
    return kind.length


def test_the_limits_are_those_of_the_tables() -> None:
    assert length_of(Service.__table__.c.folded_name) == LONGEST_FOLDED == len(fold(SPELT_OUT))
    assert length_of(Listing.__table__.c.name_key) == LONGEST_SORTED == len(sort_key(NUMBERED))


@pytest.mark.parametrize("cells", [{"name": SPELT_OUT}, {"name": NUMBERED}, {"display_name": SPELT_OUT}])
def test_a_name_that_just_fits_is_kept_whole(stock: Inventory, cells: Cells) -> None:
    assert stock.rows("services", SERVICE | cells).created == 1
    service = db.session.scalars(select(Service)).one()
    assert service.folded_name == fold(service.name)
    assert db.session.scalars(select(Listing.name_key)).all() == [sort_key(service.display_name or service.name)]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("\ufdfa" * 253, "spelt out for searching it has 4554 characters, allowed are 300"),
        (SPELT_OUT + "x", "spelt out for searching it has 301 characters, allowed are 300"),
        ("1a" * 126, "with its numbers padded for sorting it has 1134 characters, allowed are 600"),
        (NUMBERED + "x", "with its numbers padded for sorting it has 601 characters, allowed are 600"),
        ("\u200c\u200d", "none of its characters is visible"),
        *(
            (f"shop{unseen}.example", "it must be one line, without characters that are not seen or turn the text")
            for unseen in "\u202e\u2066\u200e\u200f\u061c\u200b\u2060\ufeff\xad\ufff9\U000e0041\U000e0001"
        ),
    ],
)
def test_a_name_is_refused_with_the_reason(stock: Inventory, name: str, reason: str) -> None:
    [said] = stock.refused("services", SERVICE | {"name": name})
    assert said.startswith("services.csv:2: name: “") and f"” is not a technical name; {reason}" in said


@pytest.mark.parametrize("name", ["網", "№ 7", "💾", "!", "שלום", "می\u200cخواهم", "e\u0301te\u0301"])
def test_a_name_in_any_script_is_kept_as_it_is(stock: Inventory, name: str) -> None:
    stock.rows("services", SERVICE | {"name": name, "display_name": name})
    assert [tuple(row) for row in db.session.execute(select(Service.name, Service.display_name))] == [(name, name)]


@pytest.mark.parametrize("reference", ["0", "S..", "export2", "Export.csv", "x" * 40])
def test_a_reference_leads_to_its_service(stock: Inventory, app: Flask, reference: str) -> None:
    assert stock.rows("services", SERVICE | {"reference": reference}).created == 1
    where = app.url_map.bind("").match(f"/services/{reference}")
    assert where == ("echeance.services.show", {"reference": reference})


def test_every_page_beside_the_services_is_a_reserved_word(app: Flask) -> None:
    addresses = [rule.rule.split("/")[1:] for rule in app.url_map.iter_rules()]
    pages = {parts[1] for parts in addresses if parts[0] == "services" and len(parts) > 1 and "<" not in parts[1]}
    assert pages - {""} <= set(RESERVED)
