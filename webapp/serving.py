"""Gunicorn's settings: ``gunicorn --config python:webapp.serving wsgi:app``."""

from typing import Any

from .worker import Worker, start_worker

limit_request_line = 0
"""Long addresses are answered by a page, not by the server."""
LEAVING = 2.0
"""Seconds in which a worker that is told to end lets go of its lease, so that the next one need not wait."""
_running: dict[int, Worker] = {}
"""By the process that serves."""


def post_worker_init(worker: Any) -> None:
    """In the process that serves, so that no thread is lost in a fork."""
    if started := start_worker(worker.wsgi):
        _running[worker.pid] = started


def worker_exit(server: Any, worker: Any) -> None:
    if ending := _running.pop(worker.pid, None):
        ending.end()
        ending.join(LEAVING)
