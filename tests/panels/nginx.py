"""A panel's own nginx, as ``docs/panels/nginx.conf`` sets it up, with the program behind it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.panels.host import PanelHost

CONF = Path(__file__).parents[2] / "docs" / "panels" / "nginx.conf"
AROUND = "daemon off; worker_processes 1; pid {0}/pid; {1} error_log {0}/nginx.log; events {{}} http {{ {2} {3} }}"
KEPT = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def in_front(nginx: str, host: PanelHost, folder: Path) -> Iterator[None]:
    """Until then, it answers at the host's origin."""
    kept = " ".join(f"{each}_temp_path {folder}/{each};" for each in KEPT) + f" access_log {folder}/access.log;"
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder, user, kept, _here(host)))
    words = [nginx, "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.log")]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        server.terminate()
        server.wait(20)


def _here(host: PanelHost) -> str:
    """The file, with the places of this machine, which are all reached without TLS."""
    lines = [line for line in CONF.read_text().splitlines() if "ssl_" not in line]
    text = "\n".join(lines)
    for there, here in (
        ("443 ssl", f"127.0.0.1:{host.origin.rpartition(':')[2]}"),
        ("panel.acme.example", "localhost"),
        ("http://127.0.0.1:9000", host.own_origin),
        ("https://services.example", host.site),
    ):
        assert there in text
        text = text.replace(there, here)
    return text
