"""docs/import.md says exactly what the columns are declared to be."""

from pathlib import Path

import pytest

from webapp.operations.inventory import account_file, product_file, service_file
from webapp.operations.inventory.columns import Column

DOCUMENT = (Path(__file__).parents[3] / "docs" / "import.md").read_text("utf-8")
FILES = {"Products": product_file, "Accounts": account_file, "Services": service_file}


def line_of(column: Column) -> str:
    """How a column is documented; the last cell is free text."""
    return f"| `{column.name}` | {'yes' if column.required else ''} | {column.what}; {column.allowed} |"


def section(title: str) -> list[str]:
    return DOCUMENT.split(f"\n## {title}\n")[1].split("\n## ")[0].splitlines()


@pytest.mark.parametrize("title", FILES)
def test_every_declared_column_is_documented_as_it_is(title: str) -> None:
    documented = [line for line in section(title) if line.startswith("| `")]
    declared = [line_of(column) for column in FILES[title].COLUMNS]
    assert [line[: line.rindex("|", 0, -1)] + "|" for line in documented] == declared


@pytest.mark.parametrize("title", FILES)
def test_every_documented_column_says_what_it_means(title: str) -> None:
    meanings = [line.split("|")[-2].strip() for line in section(title) if line.startswith("| `")]
    assert meanings and all(meanings)
