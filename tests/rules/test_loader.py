"""The rule files: read into the domain, or refused with the exact place."""

import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from webapp.domain.billing.order import OrderRules
from webapp.domain.law.contracts import Agreement, Portal, Tax, Wording
from webapp.domain.law.parties import Seller
from webapp.domain.lifecycle.due import LifecycleRules
from webapp.domain.service.catalogue import Family, Registry
from webapp.rules import told
from webapp.rules.loader import FOLDER, load
from webapp.rules.told import RuleError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "rules")
    return tmp_path / "rules"


@pytest.mark.parametrize(
    ("told", "kind", "otherwise"),
    [
        (told.ToldFamily, Family, {"code"}),
        (told.ToldRegistry, Registry, {"endings"}),
        (told.ToldTax, Tax, set()),
        (told.ToldAgreement, Agreement, {"wording"}),
        (told.ToldPortal, Portal, {"code", "seller"}),
        (told.ToldWording, Wording, {"code"}),
        (told.ToldDelays, OrderRules, set()),
        (told.ToldLifecycle, LifecycleRules, set()),
    ],
)
def test_a_file_may_say_all_that_the_domain_knows(told: Any, kind: Any, otherwise: set[str]) -> None:
    said = {{"time_zone": "zone"}.get(name, name) for name in told.__struct_fields__}
    assert said - otherwise == {field.name for field in fields(kind)} - otherwise


def test_a_seller_may_say_all_that_the_domain_knows_and_what_its_agreements_say() -> None:
    assert {*told.ToldSeller.__struct_fields__} - {"agreements"} == {field.name for field in fields(Seller)}


ZONE, RATE, CODE = '"America/Toronto"', 'percent = "9.975"', 'code = "qc-1753"'
SPOILT = [
    ("families.toml", 'label = "VPS"', "label = 5", "families.toml, [vps]: Expected `str`, got `int` - at `$.label`"),
    ("families.toml", 'label = "VPS"', "", "families.toml, [vps]: Object missing required field `label`"),
    ("families.toml", "manual_allowed = true", 'manual_allowed = "yes"', "Expected `bool`, got `str`"),
    ("families.toml", 'label = "VPS"', 'label = "VPS"\ncolour = "red"', "contains unknown field `colour`"),
    ("families.toml", 'remains = "released"', 'remains = "eaten"', "Invalid enum value 'eaten'"),
    ("families.toml", "[vps]", "[vps", "families.toml: "),
    ("families.toml", '"60.00"', '"60.001"', "families.toml: "),
    ("portals/QC.toml", 'currency = "CAD"', 'currency = "ZZZ"', "QC.toml: unknown currency ZZZ - at `$.currency`"),
    (
        "portals/QC.toml",
        '"America/Toronto"',
        '"America/Nowhere"',
        "is no time zone - at `$.time_zone`",
    ),
    (
        "portals/QC.toml",
        'percent = "9.975"',
        'percent = "much"',
        "Invalid decimal string - at `$.taxes[1].percent`",
    ),
    (
        "portals/QC.toml",
        'code = "qc-1753"',
        'code = "qc-1753"\nlang = "fr"',
        "unknown field `lang` - at `$.agreements[0]`",
    ),
    (
        "portals/FR.toml",
        'recovery_indemnity = "40.00"',
        'recovery_indemnity = "forty"',
        "FR.toml: not an amount with at most 2 decimals - at `$.recovery_indemnity`",
    ),
    ("billing.toml", 'order_lasts = "PT24H"', 'order_lasts = "a day"', "billing.toml: Invalid ISO8601 duration"),
    ("billing.toml", 'aligned_after = "P1M"', 'aligned_after = "soon"', "- at `$.aligned_after`"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "said"), SPOILT)
def test_what_it_does_not_understand_is_named_with_its_place(
    folder: Path, name: str, right: str, wrong: str, said: str
) -> None:
    file = folder / name
    assert right in file.read_text()
    file.write_text(file.read_text().replace(right, wrong, 1))
    with pytest.raises(RuleError) as refused:
        load(folder)
    assert said in str(refused.value)


def test_a_seller_is_refused_the_same_way(tmp_path: Path) -> None:
    file = tmp_path / "sellers.toml"
    file.write_text('[FR]\nname = "Echeance"\nnumbers = [["RCS"]]\n')
    with pytest.raises(RuleError, match=r"sellers\.toml, \[FR\]: .* length 2, got 1 - at `\$\.numbers\[0\]`"):
        load(sellers=file)


@pytest.mark.parametrize(
    ("logo", "said"),
    [
        ("", r"the logo logo\.svg cannot be read: no element found"),
        ("<svg/>", r"the logo logo\.svg is no SVG file"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", r"is no SVG file of at most 100000 characters"),
        (f"<svg xmlns='http://www.w3.org/2000/svg'>{' ' * 100_000}</svg>", "is no SVG file of at most"),
        (None, r"the logo logo\.svg cannot be read: .* No such file"),
    ],
)
def test_a_logo_is_an_image_of_lines(tmp_path: Path, logo: str | None, said: str) -> None:
    (tmp_path / "sellers.toml").write_text('[FR]\nname = "Echeance"\nlogo = "logo.svg"\n')
    if logo is not None:
        (tmp_path / "logo.svg").write_text(logo)
    with pytest.raises(RuleError, match=said):
        load(sellers=tmp_path / "sellers.toml")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"families\.toml"):
        load(tmp_path)
