"""``flask payout``: balances that customers ask back."""

import click

from ..domain.actors import Operator
from ..domain.billing.ledger import PayoutState
from ..domain.refusals import Refused
from ..extensions import db
from ..models.payout import LONGEST_NOTE
from ..operations.payouts import NoSuchPayout, asked_back, settle_payout
from ..wiring import desk_for
from .group import CommandGroup

payouts = CommandGroup("payout", help="Balances that customers ask back.")
PAYER = Operator("payouts")


@payouts.command("list")
def list_payouts() -> None:
    """What is asked for and not settled, the oldest first."""
    for payout, handle, name in asked_back(db.session()):
        amount = f"{payout.amount.decimal} {payout.currency}"
        click.echo(f"{payout.code}  {payout.asked_at:%Y-%m-%d}  {amount:>14}  {payout.portal}  {handle}  {name}")


@payouts.command("paid")
@click.argument("code")
@click.option("--reference", default="", help="Of the transfer; the customer reads it.")
def pay_back(code: str, reference: str) -> None:
    """Say that it was paid back; the money is moved elsewhere."""
    _settle(code, PayoutState.PAID, reference)


@payouts.command("refuse")
@click.argument("code")
@click.option("--reason", required=True, help="What the customer reads.")
def refuse(code: str, reason: str) -> None:
    """Put it on the balance again."""
    _settle(code, PayoutState.REFUSED, reason)


def _settle(code: str, state: PayoutState, note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise click.ClickException(f"the customer reads at most {LONGEST_NOTE} characters")
    try:
        settle_payout(code, state, note, desk_for(PAYER))
    except NoSuchPayout as error:
        raise click.ClickException(f"nobody asked for one with the code {code}") from error
    except Refused as error:
        raise click.ClickException(error.refusal.message) from error
    click.echo(f"{code}: {state}")
