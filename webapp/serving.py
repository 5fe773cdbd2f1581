"""Gunicorn's settings and applications: ``gunicorn --config python:webapp.serving wsgi:app``."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from . import create_app
from .sandbox import create_sandbox
from .sandbox.notices import Courier
from .wiring import wiring_of
from .worker import Worker, start_worker

limit_request_line = 0
"""Long addresses are answered by a page, not by the server."""
LEAVING = 2.0
"""Seconds in which a worker that is told to end lets go of its lease, so that the next one need not wait."""
_running: dict[int, Worker] = {}
"""By the process that serves."""


def with_sandbox() -> Flask:
    """The product, and the sandbox at the path of its address, which still speaks to it over HTTP alone."""
    app = create_app()
    settings = wiring_of(app).settings
    key = settings.shared_key()
    sandbox = create_sandbox(settings.var / "sandbox.sqlite3", key)
    Courier(sandbox.extensions["books"], key, urljoin(settings.sandbox_url, "/webhooks/sandbox"))
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {urlsplit(settings.sandbox_url).path: sandbox})  # type: ignore[method-assign]
    return app


def post_worker_init(worker: Any) -> None:
    """In the process that serves, so that no thread is lost in a fork."""
    if started := start_worker(worker.wsgi):
        _running[worker.pid] = started


def worker_exit(server: Any, worker: Any) -> None:
    if ending := _running.pop(worker.pid, None):
        ending.end()
        ending.join(LEAVING)
