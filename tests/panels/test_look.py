"""``make panels``: the program is told of all panels that are shown, and they are there."""

import socket
import sys
from contextlib import ExitStack

import pytest

from tests.panels import __main__ as look

PROGRAM = """
import os, pathlib, urllib.request
from webapp.rules.panels import load_panels
for panel in load_panels(pathlib.Path(os.environ["ECHEANCE_PANELS"]), {}).values():
    if "proxy" not in panel.ways:
        page = urllib.request.urlopen(panel.origins[0] + "/embedding").read().decode()
        assert f'panel="{panel.name}"' in page and "/embed.js" in page
    print(panel.name, len(panel.theme.files()) if panel.theme else 0)
"""


def test_the_panels_stand_around_the_program(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as free:
        sockets = [free.enter_context(socket.create_server((address, 0))) for address in ("localhost", "127.0.0.2")]
        ports = [each.getsockname()[1] for each in sockets]
    monkeypatch.setattr(look, "PORTS", {"acme": ports[0], "other": ports[1], "behind": 0})
    monkeypatch.setattr(look, "SERVE", [sys.executable, "-c", PROGRAM])
    monkeypatch.setattr(look.shutil, "which", lambda _name: None)
    assert look.main() == 0
    told = capfd.readouterr().out
    assert f"http://localhost:{ports[0]}/" in told and "nginx is not installed" in told
    assert told.endswith("acme 0\nother 3\n")
