"""The real program, as it is served to people: migrated, filled with the demo, behind gunicorn.

Where one pays is a process of its own, on another origin.
"""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import urllib3

from tests.browsers.customers import HANDLES, OWN, write_customers

ROOT = Path(__file__).parents[2]
PYTHON = (sys.executable, "-m")
KEY = "what the program and the sandbox share in these tests"
SAME = """UPDATE account SET (password_hash, password_version, password_at) =
  (SELECT password_hash, password_version, password_at FROM account WHERE handle = ?) WHERE handle = ?"""
"""The password of one account, for another one: each by a command of its own takes two seconds."""
PREPARATIONS = (("db", "upgrade"), ("demo", "load", "--days", "75"))
SERVING = ("gunicorn", "--workers", "1", "--threads", "8", "--config", "python:webapp.serving")


@contextmanager
def serving(var: Path, panels: str = "") -> Iterator[str]:
    """The address of a server whose data lies in ``var``, with these control panels; it is ended afterwards."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ECHEANCE_")}
    environ |= {
        "ECHEANCE_ENVIRONMENT": "demo",
        "ECHEANCE_VAR": str(var),
        "ECHEANCE_SANDBOX_KEY": KEY,
        "SANDBOX_KEY": KEY,
    }
    (var / "panels.toml").write_text(panels)
    write_customers(var, datetime.now(UTC).date())
    others = [("import", kind, str(var / f"{kind}.csv")) for kind in ("accounts", "services")]
    for words in (*PREPARATIONS, *others):
        _run("flask", "--app", "wsgi", *words, environ=environ)
    first, *rest = HANDLES
    _run("flask", "--app", "wsgi", "account", "password", first, environ=environ, typed=f"{OWN}\n")
    with closing(sqlite3.connect(var / "echeance.sqlite3")) as database:
        database.executemany(SAME, [(first, handle) for handle in rest])
        database.commit()
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with taking_payments(var, f"{address}/webhooks/sandbox", environ) as sandbox:
            own = {"ECHEANCE_PUBLIC_URL": address, "ECHEANCE_PANELS": str(var / "panels.toml")}
            server = _start(listener, environ | own | {"ECHEANCE_SANDBOX_URL": sandbox}, var / "server.log")
            try:
                yield address
            finally:
                server.terminate()
                server.wait(20)


@contextmanager
def taking_payments(var: Path, notify: str, environ: dict[str, str]) -> Iterator[str]:
    """The address of a sandbox that tells of its payments at ``notify``; its books are in ``var``."""
    words = ("webapp.sandbox", "--port", "0", "--books", str(var / "books.sqlite3"), "--notify", notify)
    with subprocess.Popen(
        [*PYTHON, *words], cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as sandbox:
        assert sandbox.stdout
        try:
            yield sandbox.stdout.readline().rpartition(" ")[2].strip()
        finally:
            sandbox.terminate()


def _run(*words: str, environ: dict[str, str], typed: str = "") -> None:
    done = subprocess.run(
        [*PYTHON, *words], cwd=ROOT, env=environ, input=typed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(words)} failed:\n{done.stdout}\n{done.stderr}"


def _start(listener: socket.socket, environ: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """The socket listens already: whoever connects is answered as soon as the program is up."""
    words = [*PYTHON, *SERVING, "--bind", f"fd://{listener.fileno()}", "wsgi:app"]
    with log.open("wb") as written:
        return subprocess.Popen(
            words, cwd=ROOT, env=environ, stdout=written, stderr=written, pass_fds=[listener.fileno()]
        )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_for(address: str, seconds: float = 150) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            urllib3.request("GET", address, retries=False, timeout=5)
        except urllib3.exceptions.HTTPError:
            assert time.monotonic() < end, "nothing answers"
            time.sleep(0.2)
        else:
            return
