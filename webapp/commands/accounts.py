"""``flask account``: who may sign in."""

import sys

import click

from ..domain.actors import OPERATOR
from ..domain.refusals import Refused
from ..operations.people.set_password import UnknownAccount, set_password
from ..wiring import desk_for
from .group import CommandGroup

accounts = CommandGroup("account", help="Who may sign in.")


@accounts.command("password")
@click.argument("handle")
def set_account_password(handle: str) -> None:
    """Set the password of the account with that handle and end its open sessions.

    It is asked for, or read as a line of the input, never given as a word of the command, where others could read it.
    """
    try:
        set_password(handle, _asked(), desk_for(OPERATOR))
    except UnknownAccount as error:
        raise click.ClickException(f"no account has the handle {handle}") from error
    except Refused as error:
        raise click.ClickException(error.refusal.message) from error


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed
