"""``flask engine``: what is done by itself as days come."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TextIO

import click

from ..domain.actors import DAYS
from ..domain.lifecycle.due import EngineStep
from ..operations.lifecycle.backlog import backlog
from ..operations.lifecycle.engine import run as run_engine
from ..operations.lifecycle.plan import PlannedStep, planned_steps, summed
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


def _named(steps: Iterable[PlannedStep], file: TextIO) -> Iterator[PlannedStep]:
    """The same, each as a row of that file."""
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(("service", "day", "step", "billed", "currency"))
    for each in steps:
        billed = (each.billed.decimal, each.billed.currency) if each.billed else ("", "")
        rows.writerow((each.reference, each.on, each.step.value, *billed))
        yield each


@engine.command("status")
def status() -> None:
    """Say what is due, what is late, what was set aside and why, and what keeps losses back."""
    told = backlog(desk_for(DAYS).now.date())
    click.echo(f"{told.due:>9,}  due by today, {told.late:,} of them late")
    click.echo(f"{told.untold:>9,}  notices that nobody took yet: nothing is taken away from their accounts")
    click.echo(f"{told.aside:>9,}  set aside, since something went wrong")
    for each in told.named:
        click.echo(
            f"           {each.reference}, tried {each.tries} times, again from {each.again_at:%Y-%m-%d %H:%M} UTC: "
            f"{each.reason}"
        )
    click.echo(f"Something is next due on {told.next_day or 'no day that is known'}.")


@engine.command("run")
@click.option("--confirm", is_flag=True, help="Suspend and delete even more than is likely.")
def run(*, confirm: bool) -> None:
    """Do all that is due by now; what is done already is not done again."""
    done = run_engine(desk_for(DAYS), payments(), confirmed=confirm)
    for step in EngineStep:
        click.echo(f"{done.steps[step]:>9,}  {SAYS[step]}")
    click.echo(f"{len(done.debits):>9,}  debits asked for")
    if done.failed:
        click.echo(
            f"{len(done.failed):>9,}  failed, are set aside and will be tried again: flask engine status says why",
            err=True,
        )
    if done.held_back:
        click.echo(
            f"{done.held_back:>9,}  not suspended or deleted yet: their payers have to be told first, or they are"
        )
        click.echo("           more than is likely: look at the clock and the inventory, then say --confirm")
    if done.failed:
        raise SystemExit(1)


@engine.command("plan")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Up to that day; today if none is given.")
@click.option("--csv", "file", type=click.File("w", encoding="utf-8"), help="Name each service in that file, too.")
def plan(day: datetime | None, file: TextIO | None) -> None:
    """Count what would be done next for each service for which something is due; nothing is written."""
    desk = desk_for(DAYS)
    steps = planned_steps((day or desk.now).date(), desk)
    told = summed(_named(steps, file) if file else steps)
    for step in EngineStep:
        click.echo(f"{told.steps[step]:>9,}  {step.value}")
    for amount in told.amounts:
        click.echo(f"{amount.decimal:>15,}  {amount.currency} would be billed, tax included")
