"""The program under siege: its processes, who kills them, and what starts them again."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Event as Signal

from sqlalchemy import create_engine, text

from benchmarks.database import ROOT

KEY = "what the program and its sandbox share under siege"
UNHURRIED = "1000000 per minute"
RATES = (
    "SIGN_IN_ATTEMPTS",
    "SIGN_IN_ATTEMPTS_PER_ACCOUNT",
    "SIGN_IN_ATTEMPTS_PER_NETWORK",
    "BATCHES_BEGUN",
    "ORDERS",
    "SENT",
)
SERVER = ("gunicorn", "--workers", "2", "--threads", "8", "--config", "python:webapp.serving", "--log-level", "error")
PATIENCE = 60.0


class Fort:
    """Ends all of its processes at the end of the ``with``."""

    def __init__(self, var: Path, url: str) -> None:
        self.most_memory, self.imported_in = 0, 0.0
        self._var, self._url, self._strikes = var, url, dict[str, int]()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._sandbox_port = 0

    def __enter__(self) -> "Fort":
        self._start_sandbox()
        self._start("program", *SERVER, "--bind", f"fd://{self._listener.fileno()}", "wsgi:app")
        self._start_engine()
        end = time.monotonic() + PATIENCE
        while len(self._children()) < 2:
            assert time.monotonic() < end, "the program does not start"
            time.sleep(0.2)
        return self

    def __exit__(self, *error: object) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.wait(PATIENCE)
        self._listener.close()

    def importing(self, file: Path) -> "subprocess.Popen[bytes]":
        return self._start("import", "flask", "--app", "wsgi", "import", "services", str(file))

    def said_by_import(self) -> str:
        return (self._var / "import.log").read_text().strip()[-300:]

    def watch(self, over: Signal) -> None:
        """How much memory the program takes."""
        while not over.wait(0.3):
            self.most_memory = max(self.most_memory, sum(map(_resident, self._children())))

    def rest(self) -> None:
        """Nobody strikes any more; what was killed is there again."""
        if self._running["engine"].poll() is not None:
            self._start_engine()

    def told_strikes(self) -> str:
        return ", ".join(f"{count} × {what}" for what, count in self._strikes.items()) or "nothing"

    def kill_a_process(self) -> None:
        """One of those that answer; their master makes another."""
        if children := self._children():
            self._note("process that answers")
            os.kill(children[0], signal.SIGKILL)

    def kill_the_provider(self) -> None:
        self._kill("sandbox", "provider")
        self._start_sandbox()

    def kill_the_engine(self) -> None:
        self._kill("engine", "worker")
        self._start_engine()

    def cut_connections(self) -> None:
        """Of the program to its database; a file has none."""
        if not self._url:
            return
        engine = create_engine(self._url)
        with engine.begin() as connection:
            mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'besieged'"
            connection.execute(text(mine))
        engine.dispose()
        self._note("connections to the database")

    def _kill(self, name: str, called: str) -> None:
        self._note(called)
        self._running[name].kill()
        self._running[name].wait()

    def _note(self, what: str) -> None:
        self._strikes[what] = self._strikes.get(what, 0) + 1

    def _children(self) -> list[int]:
        """The processes that answer."""
        master = self._running["program"].pid
        try:
            return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]
        except FileNotFoundError:
            return []

    def _start_engine(self) -> None:
        self._start("engine", "flask", "--app", "wsgi", "worker")

    def _start_sandbox(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", self._sandbox_port))
            self._sandbox_port = probe.getsockname()[1]
        told = ("--books", str(self._var / "books.sqlite3"), "--notify", f"{self.address}/webhooks/sandbox")
        self._start("sandbox", "webapp.sandbox", "--port", str(self._sandbox_port), *told)

    def _start(self, name: str, *words: str) -> "subprocess.Popen[bytes]":
        environ = {key: value for key, value in os.environ.items() if not key.startswith("ECHEANCE_")}
        environ |= {f"ECHEANCE_{rate}": UNHURRIED for rate in RATES}
        environ |= {
            "ECHEANCE_ENVIRONMENT": "demo",
            "ECHEANCE_VAR": str(self._var),
            "ECHEANCE_DATABASE_URL": self._url,
            "ECHEANCE_SANDBOX_URL": f"http://127.0.0.1:{self._sandbox_port}",
            "ECHEANCE_SANDBOX_KEY": KEY,
            "ECHEANCE_WORKER": "none",
            "SANDBOX_KEY": KEY,
            "PGAPPNAME": "importing" if name == "import" else "besieged",
        }
        with (self._var / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env=environ,
                stdout=log,
                stderr=log,
                pass_fds=[self._listener.fileno()],
            )
        return self._running[name]


def _resident(pid: int) -> int:
    """Kilobytes."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("VmRSS")), 0)
