"""The files that `flask demo write` leaves in a folder."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from webapp.commands.demo import demo
from webapp.demo.inventory import write_inventory
from webapp.demo.products import PRODUCTS
from webapp.rules.loader import load

RULES = load()
TODAY = date(2026, 11, 23)
Row = dict[str, str]


def written(folder: Path, seed: int = 1) -> dict[str, bytes]:
    write_inventory(folder, today=TODAY, rules=RULES, seed=seed)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def services(folder: Path, today: date) -> list[Row]:
    write_inventory(folder, today=today, rules=RULES)
    with (folder / "services.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    return services(tmp_path_factory.mktemp("written"), TODAY)


def test_one_seed_and_day_give_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    once = written(tmp_path / "once")
    assert written(tmp_path / "again") == once
    assert written(tmp_path / "other", seed=2)["services.csv"] != once["services.csv"]


def test_references_are_unique_and_stay_with_their_service_from_day_to_day(rows: list[Row], tmp_path: Path) -> None:
    names = {row["reference"]: row["name"] for row in rows}
    later = services(tmp_path, date(2027, 3, 31))
    assert len(names) == len(rows) > 12_000
    assert {row["reference"]: row["name"] for row in later} == names


def test_nobody_holds_the_same_product_twice_under_one_name(rows: list[Row]) -> None:
    assert len({(row["owner"], row["name"], row["product"]) for row in rows}) == len(rows)


def test_every_name_is_reserved_for_examples_and_could_be_a_name(rows: list[Row]) -> None:
    assert [row["name"] for row in rows if not re.fullmatch(r"(\*\.)?([a-z0-9-]{1,63}\.)+example", row["name"])] == []


def test_every_product_is_held_by_someone(rows: list[Row]) -> None:
    assert {row["product"] for row in rows} == set(PRODUCTS)


def test_the_command_writes_three_files(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(demo, ["write", str(tmp_path / "files")])

    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "files").iterdir()} == {"products.csv", "accounts.csv", "services.csv"}
