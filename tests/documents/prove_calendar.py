"""A calendar program of Debian's, khal, reads what an account's private address answers."""

import subprocess
from datetime import date
from pathlib import Path

from flask import Flask

from tests.browsers.conftest import program
from tests.pages.calendar.test_feed import address
from tests.world import World
from webapp.domain.service.service import Mode

CONFIG = """[calendars]
[[services]]
path = {path}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = services
[sqlite]
path = {path}.db
"""


def khal(folder: Path, *words: str) -> str:
    command = [program("khal"), "-c", str(folder / "config"), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def test_khal_lists_what_lies_ahead_and_follows_what_moves(app: Flask, world: World, tmp_path: Path) -> None:
    alice = world.account("Alice")
    world.card(alice)
    world.service(alice, "shop.example")
    key = world.service(alice, "Été café", mode=Mode.MANUAL, ends_on=date(2027, 1, 15))
    url = address(world.client(alice))
    (tmp_path / "calendar").mkdir()
    (tmp_path / "config").write_text(CONFIG.format(path=tmp_path / "calendar"))
    file = tmp_path / "feed.ics"
    ahead = ("list", "--format", "{start-date} {title}", "--day-format", "", "2026-12-01", "365d")
    for _time in range(2):
        file.write_bytes(app.test_client().get(url).data)
        khal(tmp_path, "import", "--batch", str(file))
    assert khal(tmp_path, *ahead).splitlines() == [
        "2026-12-31 shop.example · debited · €60.00",
        "2027-01-15 Été café · expires unless it is renewed",
        "2027-03-01 Été café · is deleted",
    ]
    world.change(key, ends_on=date(2027, 2, 20))
    file.write_bytes(app.test_client().get(url).data)
    khal(tmp_path, "import", "--batch", str(file))
    assert "2027-02-20 Été café · expires unless it is renewed" in khal(tmp_path, *ahead).splitlines()
    assert "2027-01-15" not in khal(tmp_path, *ahead)
