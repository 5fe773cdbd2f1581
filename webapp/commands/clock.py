"""``flask clock``: the business day, which the demo may move."""

from datetime import datetime, timedelta
from typing import NoReturn

import click
from flask import current_app
from msgspec import ValidationError, convert

from ..wiring import movable_clock
from ..worker import Worker
from .group import CommandGroup

clock = CommandGroup("clock", help="The business day, which may be moved in the demo.")
MOST = 3 * 366


def _refuse() -> NoReturn:
    raise click.ClickException("In production the day is what it is.")


@clock.command("show")
def show() -> None:
    """Say what day it is."""
    movable = movable_clock() or _refuse()
    click.echo(f"{movable.now().date()}, {movable.days} days ahead")


@clock.command("advance")
@click.argument("duration", required=False)
@click.option("--to", "day", type=click.DateTime(["%Y-%m-%d"]), help="Up to that day instead.")
def advance(duration: str | None, day: datetime | None) -> None:
    """Let days pass one after the other, such as P45D; everything that is due happens on its day."""
    movable = movable_clock() or _refuse()
    today = movable.now().date()
    if (duration is None) is (day is None):
        raise click.UsageError("say how long, as P45D, or until when, with --to")
    try:
        more = (day.date() - today).days if day else convert(duration, timedelta).days
    except ValidationError as error:
        raise click.UsageError(str(error)) from error
    if not 0 < more <= MOST:
        raise click.UsageError(f"from 1 to {MOST} days at once, and never back")
    movable.want(more)

    def there() -> bool:
        click.echo(f"\r{movable.now().date()}", nl=False)
        return movable.days >= movable.wanted

    Worker(current_app._get_current_object()).run(there)  # type: ignore[attr-defined]
    click.echo(f"\r{movable.now().date()}: everything that was due has happened.")
