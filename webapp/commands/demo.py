"""flask demo: invented customers and services to look at and to play with."""

from datetime import timedelta
from pathlib import Path

import click

from ..demo.inventory import write_inventory
from ..demo.load import PASSWORD, BrokenOff, demo_day, load_demo
from ..demo.people import SIGN_INS
from ..demo.year import SHORTEST, YEAR
from ..wiring import now, rules, settings
from ..worker import tell
from .group import CommandGroup

demo = CommandGroup("demo", help="Invented customers and services to look at and to play with.")


@demo.command("write")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def write_command(folder: Path) -> None:
    """Write the demo's products, accounts and services to FOLDER as inventory files."""
    write_inventory(folder, today=demo_day(rules(), now()), rules=rules())
    click.echo(f"Written to {folder}: import products, accounts and services, in this order.")


def load(days: int) -> bool:
    """With so many days behind it; whether there was anything to do."""
    var = settings().var
    try:
        return load_demo(var / "demo", rules=rules(), now=now(), tell=tell, lived=timedelta(days=days))
    except BrokenOff as error:
        raise click.ClickException(
            f"The demo was broken off while it was loaded: remove {var}, empty the database if that is elsewhere, and "
            "start again."
        ) from error


days_option = click.option(
    "--days",
    type=click.IntRange(SHORTEST.days, YEAR.days),
    default=YEAR.days,
    show_default=True,
    help="How many lie behind the small accounts of the demo.",
)


@demo.command("load")
@days_option
def load_command(days: int) -> None:
    """Fill an empty installation with the demo."""
    if settings().production:
        raise click.ClickException("The demo has published passwords: it is refused in production.")
    if not load(days):
        click.echo("There are services already: nothing was changed.")
        return
    click.echo(f"Loaded. Sign in with the password “{PASSWORD}” as one of:")
    for person in SIGN_INS:
        click.echo(f"  {person.address:26} {person.name}")
