"""The commands as an operator types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from webapp.commands.imports import imports

from .inventory import PRODUCT, SERVICE, Inventory, as_csv


def run(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(imports, arguments, obj=ScriptInfo(create_app=lambda: app))


def test_it_says_what_it_did(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(as_csv([PRODUCT]))
    first, second = run(app, "products", str(path)), run(app, "products", str(path))
    assert (first.exit_code, first.stdout) == (0, "1 created, 0 changed, 0 unchanged\n")
    assert (second.exit_code, second.stdout, second.stderr) == (0, "0 created, 0 changed, 1 unchanged\n", "")


def test_a_refused_file_lists_its_problems_on_the_error_stream(app: Flask, stock: Inventory, tmp_path: Path) -> None:
    path = tmp_path / "fleet.csv"
    path.write_text(as_csv([SERVICE | {"period": "P0M"}]))
    result = run(app, "services", str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "fleet.csv:2: period: “P0M” is not a period; write it like P1M, P12M or P1Y",
        "Nothing was imported.",
    ]


@pytest.mark.parametrize("command", ["products", "accounts", "services"])
def test_a_file_that_is_not_there_is_a_usage_error(app: Flask, command: str) -> None:
    result = run(app, command, "nowhere.csv")
    assert result.exit_code == 2 and "nowhere.csv" in result.stderr
