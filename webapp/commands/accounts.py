"""``flask account``: who may sign in."""

import click

from ..operations.people.set_password import UnknownAccount, set_password
from .group import CommandGroup

accounts = CommandGroup("account", help="Who may sign in.")


@accounts.command("password")
@click.argument("handle")
@click.password_option()
def set_account_password(handle: str, password: str) -> None:
    """Set the password of the account with that handle and end its open sessions."""
    try:
        set_password(handle, password)
    except UnknownAccount as error:
        raise click.ClickException(f"no account has the handle {handle}") from error
