"""A family of commands that says in one sentence when the database cannot be used."""

from typing import Any

import click
from flask.cli import AppGroup

from ..operations.desk import Busy
from ..operations.outage import unavailable

SAYS = "The database cannot be used just now: somebody else is writing, or it is full, read-only, cut off or gone."


class CommandGroup(AppGroup):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            if not isinstance(error, Busy) and not unavailable(error):
                raise
            raise click.ClickException(f"{SAYS} {ctx.command.name} was not finished: try again.") from error
