"""The worked example of docs/extending.md, followed step by step in a copy of the program."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STEP = re.compile(r"\*\*`([^`]+)`\*\*, (new|after `([^\n]+)`):\n\n```\w*\n(.*?)```", re.DOTALL)
MOST_FILES = 12
CATALOGUES = 2
"""Which ``make i18n`` brings up to date, and somebody translates."""
TRIED = """
from pathlib import Path
from tests.conftest import NOON
from tests.markup import confirmation, post, said, soup
from tests.world import World
from webapp import create_app
from webapp.adapters import Adapters
from webapp.adapters.clock import FixedClock
from webapp.extensions import db
from webapp.models import Event, Service
from webapp.settings import Settings

app = create_app(Settings(var=Path("var")), Adapters(FixedClock(NOON)))
with app.app_context():
    db.create_all()
world = World(app)
alice, bob = world.account("Alice"), world.account("Bob")
world.service(alice, technical_id=bob)
browser, url = world.client(alice), "/services/S-shop.example/let-expire"
menu = soup(browser.get("/services/S-shop.example/actions"))
assert "Let it expire" in menu.select_one(f"a[href='{url}']").get_text(), menu
page = browser.get(url)
assert page.status_code == 200, said(page, "main")
assert "expires on 31 Dec 2026" in said(page, "main"), said(page, "main")
seen = {name: value for name, value in confirmation(page).items() if name != "csrf_token"}
assert post(world.client(bob), url, seen).status_code == 422
assert world.client(world.account("Charlie")).get(url).status_code == 404
answer = post(browser, url, seen)
assert answer.status_code == 303, answer
assert world.get(Service, 1).mode == "manual"
assert [event.kind for event in world.all(Event)] == ["let-expire"]
assert "Will expire" in said(browser.get("/services/S-shop.example"), "main")
assert "31 Dec 2026" in said(browser.get(answer.location), "main")
assert post(browser, url, seen).status_code == 422
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program as it was set up."""
    left_out = shutil.ignore_patterns("node_modules", "__pycache__")
    for name in ("webapp", "tests", "translations"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def followed(folder: Path) -> set[str]:
    """Every step is taken; the files that were there before and are touched."""
    touched = set()
    for name, how, after, code in STEP.findall((ROOT / "docs" / "extending.md").read_text()):
        file = folder / name
        if how == "new":
            assert not file.exists(), name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(code)
            continue
        touched.add(name)
        lines = file.read_text().splitlines(keepends=True)
        places = [number for number, line in enumerate(lines, 1) if line.rstrip("\n").endswith(after)]
        assert places, (name, after)
        for place in reversed(places):
            lines.insert(place, code)
        file.write_text("".join(lines))
    return touched


def test_an_action_is_added_by_the_steps_of_the_example(copy: Path) -> None:
    touched = followed(copy)
    assert len(touched) + CATALOGUES <= MOST_FILES, touched
    done = subprocess.run([sys.executable, "-c", TRIED], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


def test_its_arrows_are_right(copy: Path) -> None:
    followed(copy)
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
