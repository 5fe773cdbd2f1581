"""``flask engine``: what is done by itself as days come."""

from datetime import datetime

import click

from ..domain.actors import DAYS
from ..domain.lifecycle.due import EngineStep
from ..operations.lifecycle.engine import run as run_engine
from ..operations.lifecycle.plan import planned
from ..wiring import desk_for, payments
from .group import CommandGroup

engine = CommandGroup("engine", help="What is done by itself as days come.")
SAYS = {
    EngineStep.RECAP: "told of ahead",
    EngineStep.RENEW: "renewed",
    EngineStep.REMIND: "reminded of their end",
    EngineStep.ASK_AGAIN: "asked for again",
    EngineStep.SUSPEND: "suspended",
    EngineStep.WARN: "warned of their deletion",
    EngineStep.DELETE: "deleted",
    EngineStep.END: "ended",
}


@engine.command("run")
@click.option("--confirm", is_flag=True, help="Suspend and delete even more than is likely.")
def run(*, confirm: bool) -> None:
    """Do all that is due by now; what is done already is not done again."""
    done = run_engine(desk_for(DAYS), payments(), confirmed=confirm)
    for step in EngineStep:
        click.echo(f"{done.steps[step]:>9,}  {SAYS[step]}")
    click.echo(f"{len(done.debits):>9,}  debits asked for")
    if done.failed:
        click.echo(f"{len(done.failed):>9,}  failed, as the log says, and will be tried again", err=True)
    if done.held_back:
        click.echo(
            f"{done.held_back:>9,}  not suspended or deleted yet: their payers have to be told first, or they are"
        )
        click.echo("           more than is likely: look at the clock and the inventory, then say --confirm")
    if done.failed:
        raise SystemExit(1)


@engine.command("plan")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Up to that day; today if none is given.")
def plan(day: datetime | None) -> None:
    """Count what would be done next for each service for which something is due; nothing is written."""
    desk = desk_for(DAYS)
    told = planned((day or desk.now).date(), desk)
    for step in EngineStep:
        click.echo(f"{told.steps[step]:>9,}  {step.value}")
    for amount in told.amounts:
        click.echo(f"{amount.decimal:>15,}  {amount.currency} would be billed, tax included")
