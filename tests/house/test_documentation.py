"""The documents say what is there."""

import re
from dataclasses import fields
from pathlib import Path

from flask import Flask

from webapp.language.catalogues import TRANSLATIONS
from webapp.settings import PREFIX, Settings

ROOT = TRANSLATIONS.parent
DOCUMENTS = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
OPERATION = (ROOT / "docs" / "operation.md").read_text()


def test_every_setting_is_documented_with_its_default() -> None:
    documented = dict(re.findall(r"^\| `(\w+)` \|.*\| (.*?) \|$", OPERATION, re.MULTILINE))
    actual = {
        PREFIX + field.name.upper(): f"`{field.default}`" if field.default != "" else "empty"
        for field in fields(Settings)
    }
    assert documented == actual


def test_every_command_is_documented(app: Flask) -> None:
    own = set(app.cli.commands) - {"run", "shell", "routes"}
    assert own == {row.split()[0].strip("`") for row in re.findall(r"^\| (`[a-z].*?`) ", OPERATION, re.MULTILINE)}


def test_every_link_between_documents_leads_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_documents_name_no_machine() -> None:
    for document in DOCUMENTS:
        assert str(Path.home()) + "/" not in document.read_text()


def test_every_file_of_the_tests_that_a_document_names_is_there() -> None:
    named = {
        name for document in DOCUMENTS for name in re.findall(r"`((?:tests|benchmarks)/[\w./]+)`", document.read_text())
    }
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
