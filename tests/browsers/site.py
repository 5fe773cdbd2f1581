"""The real program, as it is served to people: migrated, filled with the demo, behind gunicorn."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON = (sys.executable, "-m")
PREPARATIONS = (("db", "upgrade"), ("demo", "load"))
SERVING = ("gunicorn", "--workers", "1", "--threads", "8", "--config", "python:webapp.serving", "--no-control-socket")


@contextmanager
def serving(var: Path) -> Iterator[str]:
    """The address of a server whose data lies in ``var``; it is ended afterwards."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ECHEANCE_")}
    environ["ECHEANCE_VAR"] = str(var)
    for words in PREPARATIONS:
        _run("flask", "--app", "wsgi", *words, environ=environ)
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        port = listener.getsockname()[1]
        server = _start(listener, environ, var / "server.log")
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _run(*words: str, environ: dict[str, str]) -> None:
    done = subprocess.run([*PYTHON, *words], cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)} failed:\n{done.stdout}\n{done.stderr}"


def _start(listener: socket.socket, environ: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """The socket listens already: whoever connects is answered as soon as the program is up."""
    words = [*PYTHON, *SERVING, "--bind", f"fd://{listener.fileno()}", "wsgi:app"]
    with log.open("wb") as written:
        return subprocess.Popen(
            words, cwd=ROOT, env=environ, stdout=written, stderr=written, pass_fds=[listener.fileno()]
        )
