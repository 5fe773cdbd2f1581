"""The flask commands; each calls one operation."""

from flask import Flask

from .accounts import accounts
from .audit import audit
from .clock import clock
from .demo import demo
from .engine import engine
from .imports import imports
from .listing import listing
from .mail import mail
from .panels import panel
from .payments import payment
from .payouts import payouts
from .serve import serve
from .worker import worker


def init_app(app: Flask) -> None:
    ours = (serve, worker, imports, demo, accounts, panel, payment, payouts, listing, engine, clock, mail, audit)
    for command in ours:
        app.cli.add_command(command)
