"""``flask listing``: the projection behind the services table."""

import click

from ..operations.projection import rebuild
from ..wiring import now, rules
from .group import CommandGroup

listing = CommandGroup("listing", help="The projection behind the services table.")


@listing.command("rebuild")
def rebuild_listing() -> None:
    """Write every row anew, as after a change of tax rates or of the rules for statuses."""
    click.echo(f"{rebuild(rules=rules(), now=now())} services")
