"""LibreOffice opens what was exported: columns, accents and dates are right, and nothing is evaluated."""

import csv
import subprocess
from pathlib import Path

from flask import Flask

from tests.browsers.conftest import program
from tests.world import World

NAMES = ("=1+1", '=HYPERLINK("http://evil.example")', "+33 1 23", "-5", "@SUM(1)", "Café; déjà vu", 'say "x"')
FILTER = "csv:Text - txt - csv (StarCalc):{separator},34,76,1,,0,false,true,false,false,false,-1"
SEPARATORS = {"semicolon": 59, "comma": 44}
"""The character's number, as the filter wants it."""


def opened(path: Path, separator: str = "") -> list[list[str]]:
    """The cells as the spreadsheet shows them, written by itself into another file."""
    target = path.parent / "opened"
    words = [program("libreoffice"), f"-env:UserInstallation=file://{path.parent}/profile", "--headless"]
    if separator:
        words.append(f"--infilter=Text - txt - csv (StarCalc):{SEPARATORS[separator]},34,76,1,,1033,false,true")
    writing = ["--convert-to", FILTER.format(separator=44), "--outdir", str(target), str(path)]
    subprocess.run([*words, *writing], check=True, capture_output=True, timeout=180)
    (file,) = target.iterdir()
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.reader(lines))


def test_a_spreadsheet_shows_a_workbook_as_it_was_written(app: Flask, world: World, tmp_path: Path) -> None:
    key = world.account("Alice")
    for number, name in enumerate(NAMES):
        world.service(key, f"srv-{number}.example", display_name=name)
    path = tmp_path / "services.xlsx"
    path.write_bytes(world.client(key).get("/services/export.xlsx?sort=name").data)
    heading, *rows = opened(path)
    assert heading[:3] == ["Name", "Technical name", "Reference"] and len(heading) == 15
    assert {row[1]: row[0] for row in rows} == {f"srv-{number}.example": name for number, name in enumerate(NAMES)}
    assert {(row[9], row[11]) for row in rows} == {("2026-12-31", "60")}


def test_a_spreadsheet_shows_what_was_exported(app: Flask, world: World, tmp_path: Path) -> None:
    key = world.account("Alice")
    for number, name in enumerate(NAMES):
        world.service(key, f"srv-{number}.example", display_name=name)
    for separator in SEPARATORS:
        folder = tmp_path / separator
        folder.mkdir()
        path = folder / "services.csv"
        path.write_bytes(world.client(key).get(f"/services/export.csv?separator={separator}&sort=name").data)
        heading, *rows = opened(path, separator)
        assert heading[:3] == ["Name", "Technical name", "Reference"] and len(heading) == 15
        shown = {row[1]: row[0] for row in rows}
        for number, name in enumerate(NAMES):
            assert shown[f"srv-{number}.example"] in (name, f"'{name}")
        assert {row[9] for row in rows} <= {"2026-12-31", "12/31/26", "12/31/2026"}
        assert {row[11] for row in rows} <= {"60.00", "60,00", "60"}
