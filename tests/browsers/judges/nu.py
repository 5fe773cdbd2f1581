"""What the Nu Html Checker says of pages."""

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.browsers.conftest import program

CHECKER = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTMX = re.compile(r"Attribute “hx-[a-z:-]+” not allowed on element")
"""The one thing on the pages that the standard of HTML does not know."""


def faults(pages: Mapping[str, bytes], folder: Path) -> list[str]:
    """Errors and warnings, each with the name of its page and the place in it."""
    files = {folder / f"{number}.html": name for number, name in enumerate(pages)}
    for file, name in files.items():
        file.write_bytes(pages[name])
    words = [
        program("java"),
        "-Xss4m",
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        str(folder),
    ]
    said = json.loads(subprocess.run(words, capture_output=True, check=True, text=True).stdout)["messages"]
    return sorted(
        {
            f"{files[Path(each['url'].removeprefix('file:'))]}: {each['message']} {each.get('extract', '')!r}"
            for each in said
            if not HTMX.match(each["message"])
        }
    )
