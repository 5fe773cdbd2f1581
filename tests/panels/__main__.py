"""The demo with three panels around it, to look at: in frames, with colours of a panel's own, behind nginx."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

import click

from tests.panels.host import panel_host
from tests.panels.nginx import in_front

PORTS = {"acme": 8101, "other": 8102, "behind": 8103}
SERVE = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]


def main() -> int:
    """Until it is interrupted; the exit code of the program."""
    site = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        hosts = [
            running.enter_context(panel_host("acme", "localhost", PORTS["acme"])),
            running.enter_context(panel_host("other", "127.0.0.2", PORTS["other"], themed=True)),
        ]
        if nginx := shutil.which("nginx"):
            behind = running.enter_context(panel_host("behind", "127.0.0.1"))
            behind.front = f"http://localhost:{PORTS['behind']}"
            hosts.append(behind)
        for host in hosts:
            host.site = site
        if nginx:
            running.enter_context(in_front(nginx, hosts[-1], folder))
        (folder / "panels.toml").write_text("\n".join(host.told for host in hosts))
        for host in hosts:
            click.echo(f"{host.title:8} {host.origin}{'/home' if host.front else '/'}")
        click.echo("" if nginx else "Behind   is left out: nginx is not installed")
        return subprocess.run(SERVE, env=os.environ | {"ECHEANCE_PANELS": str(folder / "panels.toml")}).returncode


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
