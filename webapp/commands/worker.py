"""``flask worker``: what is done without a request, in a process of its own."""

import signal

import click
from flask import current_app
from flask.cli import with_appcontext

from ..worker import Worker


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Carry on unfinished batches until it is told to end; several may run, one of them works."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    running = Worker(app)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: running.end())
    click.echo("The worker runs.")
    running.run()
