"""``flask payment``: what became of money that was taken."""

from datetime import timedelta

import click

from ..adapters.payments.port import NoAnswer
from ..domain.actors import PAYMENTS
from ..operations.payments.ask import ask_again
from ..wiring import desk_for, payments
from .group import CommandGroup

payment = CommandGroup("payment", help="Payments, as the provider has them.")


@payment.command("ask")
@click.option("--days", default=60, show_default=True, type=click.IntRange(1, 400), help="How far back.")
def ask(days: int) -> None:
    """Ask what became of payments since they were taken, as after notices that did not arrive."""
    provider, desk = payments(), desk_for(PAYMENTS)
    if provider is None:
        raise click.ClickException("there is no payment provider")
    try:
        changed = ask_again(desk.now - timedelta(days=days), desk, provider)
    except NoAnswer as error:
        raise click.ClickException(
            "the provider does not answer; what was asked before that is written down"
        ) from error
    click.echo(f"{changed} stand otherwise than before.")
