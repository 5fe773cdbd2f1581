"""Registers the flask commands."""

from flask import Flask

from .commands.accounts import accounts
from .commands.demo import demo
from .commands.imports import imports
from .commands.listing import listing
from .commands.serve import serve


def init_app(app: Flask) -> None:
    for command in (serve, imports, demo, accounts, listing):
        app.cli.add_command(command)
