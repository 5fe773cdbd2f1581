"""Gunicorn's settings: ``gunicorn --config python:webapp.serving wsgi:app``."""

from typing import Any

from .worker import start_worker

limit_request_line = 0
"""Long addresses are answered by a page, not by the server."""


def post_worker_init(worker: Any) -> None:
    """In the process that serves, so that no thread is lost in a fork."""
    start_worker(worker.wsgi)
