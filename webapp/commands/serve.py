"""``flask serve``: everything on one machine, ready to be looked at."""

import os
import sys
from dataclasses import replace

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from ..demo.load import PASSWORD
from ..demo.people import SIGN_INS
from ..settings import PREFIX, Environment, Settings
from ..wiring import settings, wiring
from .demo import days_option, load

CONFIG = ("--config", "python:webapp.serving")


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True)
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True)
@days_option
@with_appcontext
def serve(port: int, threads: int, days: int) -> None:
    """Migrate the database, load the demo inventory if it is empty, and serve on 127.0.0.1."""
    upgrade()
    address = f"http://127.0.0.1:{port}"
    if not settings().production:
        os.environ.setdefault(f"{PREFIX}PUBLIC_URL", address)
        # What is mailed while the demo is loaded leads there, too.
        replace(wiring(), settings=Settings.from_environment()).install(current_app)
        _prepare_demo(days)
    application = "wsgi:app" if settings().production or settings().sandbox_url else _with_sandbox(port)
    os.environ.setdefault(f"{PREFIX}ENVIRONMENT", Environment.DEMO)
    click.echo(f"\nEcheance is at {address}/   (Ctrl+C ends it)\n")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *CONFIG, *gunicorn_options(port, threads), application])


def _with_sandbox(port: int) -> str:
    """The application that brings the sandbox along; where it will be is said to it in its environment."""
    os.environ[f"{PREFIX}SANDBOX_URL"] = f"http://127.0.0.1:{port}/sandbox"
    return "webapp.serving:with_sandbox()"


def _prepare_demo(days: int) -> None:
    click.echo("Preparing the demo, with the year behind it: the first time this takes half a minute.")
    sys.stdout.flush()
    if load(days):
        click.echo("The demo inventory is imported.")
    click.echo(f"\nDemo sign-ins, all with the password “{PASSWORD}”:")
    for person in SIGN_INS:
        click.echo(f"  {person.address:26} {person.name}")


def gunicorn_options(port: int, threads: int) -> list[str]:
    """One process: SQLite has one writer anyway."""
    options = {"bind": f"127.0.0.1:{port}", "workers": "1", "threads": str(threads)}
    return [word for name, value in options.items() for word in (f"--{name}", value)]
