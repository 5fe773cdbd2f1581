"""``flask engine``: what is done by itself as days come."""

import click

from ..domain.actors import DAYS
from ..domain.lifecycle.due import EngineStep
from ..operations.lifecycle.engine import run as run_engine
from ..wiring import desk_for, payments
from .group import CommandGroup

engine = CommandGroup("engine", help="What is done by itself as days come.")
SAYS = {EngineStep.RENEW: "renewed", EngineStep.END: "ended"}


@engine.command("run")
def run() -> None:
    """Do all that is due by now; what is done already is not done again."""
    done = run_engine(desk_for(DAYS), payments())
    for step in EngineStep:
        click.echo(f"{done.steps[step]:>9,}  {SAYS[step]}")
    click.echo(f"{len(done.debits):>9,}  debits asked for")
