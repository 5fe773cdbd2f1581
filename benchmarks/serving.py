"""A server process on a port of this machine, and a small client that counts and waits."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median
from threading import Barrier

from webapp.commands.serve import gunicorn_options

from .database import ROOT

THREADS = 8
"""The default of ``flask serve``."""
HOST = "127.0.0.1"
PATIENCE = 30.0
"""Seconds that a start or an answer may take."""


@contextmanager
def served(target: str, environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """The port at which gunicorn serves ``module:app`` meanwhile."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        *gunicorn_options(port, THREADS),
        "--limit-request-line=0",
        "--no-control-socket",
        "--log-level=warning",
        target,
    ]
    server = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "ECHEANCE_ENVIRONMENT": "demo", **(environment or {})}
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")


@dataclass(frozen=True, slots=True)
class Timing:
    latency: float
    """Median, in seconds."""
    rate: float
    """Requests per second, all connections together."""


def drive(port: int, path: str, headers: Mapping[str, str], *, connections: int, requests: int) -> Timing:
    """Ask ``requests`` times over each of so many connections that stay open."""
    start = Barrier(connections)

    def converse() -> tuple[float, float, list[float]]:
        connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        try:
            ask(connection, path, headers)
            start.wait(PATIENCE)
            begun = time.perf_counter()
            waits = [ask(connection, path, headers) for _ in range(requests)]
            return begun, time.perf_counter(), waits
        finally:
            connection.close()

    with ThreadPoolExecutor(connections) as pool:
        ran = [future.result() for future in [pool.submit(converse) for _ in range(connections)]]
    seconds = max(ended for _, ended, _ in ran) - min(begun for begun, _, _ in ran)
    return Timing(median(wait for *_, waits in ran for wait in waits), connections * requests / seconds)


def ask(connection: HTTPConnection, path: str, headers: Mapping[str, str]) -> float:
    """Seconds until the answer is there. Raises RuntimeError where it is none."""
    begun = time.perf_counter()
    connection.request("GET", path, headers=dict(headers))
    response = connection.getresponse()
    body = response.read()
    if response.status != 200 or not body:
        raise RuntimeError(f"{path}: {response.status}")
    return time.perf_counter() - begun
