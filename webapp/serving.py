"""Gunicorn's settings and applications: ``gunicorn --config python:webapp.serving wsgi:app``."""

import gc
import logging
import os
from typing import Any
from urllib.parse import urljoin, urlsplit

from click import get_current_context
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from . import create_app
from .demo.transfers import hand_over
from .demo.welcome import demo_accounts
from .extensions import db
from .operations.outage import DatabaseError
from .operations.readiness import is_migrated
from .sandbox import create_sandbox
from .sandbox.books import Books
from .sandbox.notices import Courier
from .settings import PREFIX, Environment, SettingError, Settings
from .wiring import wiring_of
from .worker import Worker, start_worker

limit_request_line = 0
"""Long addresses are answered by a page, not by the server."""
control_socket_disable = True
"""It would lie in somebody’s home."""
LEAVING = 2.0
"""Seconds in which a worker that is told to end lets go of its lease, so that the next one need not wait."""
LOG = logging.getLogger(__name__)
_running: dict[int, Worker] = {}
"""By the process that serves."""


class NotServable(Exception):
    """Something has to be done before customers are let in."""


def with_sandbox() -> Flask:
    """The product, and the sandbox at the path of its address, which still speaks to it over HTTP alone."""
    app = admitted(create_app())
    settings = wiring_of(app).settings
    key = settings.shared_key()
    sandbox = create_sandbox(settings.var / "sandbox.sqlite3", key)
    books: Books = sandbox.extensions["books"]
    with app.app_context():
        hand_over(books.on_its_way, "sandbox")
    Courier(books, key, urljoin(settings.sandbox_url, "/webhooks/sandbox"))
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {urlsplit(settings.sandbox_url).path: sandbox})  # type: ignore[method-assign]
    gc.freeze()
    return app


def served(app: Flask) -> Flask:
    """The application, where it may be served, or where a command asks for it. Raises NotServable."""
    running_a_command = get_current_context(silent=True) is not None
    return app if running_a_command else admitted(app)


def admitted(app: Flask, processes: int = 1) -> Flask:
    """The application, where it may be served. Raises NotServable, which says what to do first."""
    settings = wiring_of(app).settings
    processes = max(processes, int(os.environ.get("WEB_CONCURRENCY", "1")))
    if settings.environment is Environment.UNSAID:
        raise NotServable(f"say what this is: set {PREFIX}ENVIRONMENT to demo or to production")
    if settings.production and processes > 1 and settings.rate_limit_storage.startswith("memory:"):
        raise NotServable(
            f"{processes} processes count attempts each by itself: name a store in {PREFIX}RATE_LIMIT_STORAGE"
        )
    with app.app_context():
        try:
            _require_fit_database(settings)
        except DatabaseError as error:
            LOG.warning("The database cannot be used: %s", error)
        finally:
            db.session.remove()
            db.engine.dispose()
    return app


def _require_fit_database(settings: Settings) -> None:
    if not is_migrated(db.session()):
        raise NotServable("the database has another version than the program: run flask --app wsgi db upgrade")
    if settings.production and (known := demo_accounts()):
        raise NotServable(
            f"the database has accounts of the demo ({', '.join(known[:3])}), which everybody can sign in as: "
            "start with an empty one"
        )


def on_starting(server: Any) -> None:
    """In one sentence, before any process is begun that would say it with all its calls."""
    try:
        admitted(create_app(), server.cfg.workers)
    except (NotServable, SettingError) as error:
        raise RuntimeError(error) from error


def post_worker_init(worker: Any) -> None:
    """In the process that serves, so that no thread is lost in a fork."""
    if started := start_worker(worker.wsgi):
        _running[worker.pid] = started


def worker_exit(server: Any, worker: Any) -> None:
    if ending := _running.pop(worker.pid, None):
        ending.end()
        ending.join(LEAVING)
