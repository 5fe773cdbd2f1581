"""``flask mail``: whether mails arrive, what they say, and those of which nobody knows what became."""

from email import message_from_bytes, policy
from typing import Any

import click
from flask import current_app

from ..adapters.mail.port import Mail, NeverTaken, NotTaken, PerhapsSent
from ..adapters.mail.typed import typed
from ..domain.actors import MESSENGER
from ..extensions import db
from ..messages.post import mail_of, recipient, sender_of
from ..operations.delivery import message_of, say_told, tell_again
from ..web.addresses import outside
from ..web.mail_links import signed
from ..web.papers import attached
from ..wiring import desk_for, mailer, now, portal_named, rules, settings, system_now
from .group import CommandGroup

mail = CommandGroup("mail", help="Mails: whether they arrive, what they say, and those that were given up.")
TEST = "This is the test that somebody asked for. Mails of this installation arrive here."


@mail.command("test")
@click.argument("address")
def test(address: str) -> None:
    """Hand a test mail to whoever takes mails, at once, and say what came of it."""
    taker = mailer()
    if taker is None:
        raise click.ClickException("nobody takes mails: set ECHEANCE_SMTP_URL")
    seller, page = portal_named(settings().default_portal).seller, outside(settings().address)
    sender, reply_to = sender_of(seller, page("services.index"))
    tried = Mail(
        key=f"test {system_now().isoformat()}",
        to=("", address),
        sender=(seller.name, sender),
        reply_to=reply_to,
        language="en",
        at=now(),
        subject="Test",
        text=TEST,
        html=f"<p>{TEST}</p>",
    )
    try:
        taker.send(tried, lambda: None)
    except (NotTaken, NeverTaken, PerhapsSent) as reason:
        raise click.ClickException(f"{type(reason).__name__}: {reason}") from reason
    click.echo(f"Taken: from {sender} to {address}{f', answers to {reply_to}' if reply_to else ''}.")


@mail.command("show")
@click.argument("message")
@click.option("--source", is_flag=True, help="As it travels.")
def show(message: str, *, source: bool) -> None:
    """Write out the mail of that message, as it would be sent now; flask audit names those that were given up."""
    told = _or_complain(message_of, db.session(), message, desk_for(MESSENGER))
    to = recipient(told, rules(), outside(settings().address), signed)
    written = typed(mail_of(told, to, current_app.jinja_env, attached))
    if source:
        click.echo(written)
        return
    read: Any = message_from_bytes(written, policy=policy.default)
    for name in ("From", "To", "Subject"):
        click.echo(f"{name}: {read[name]}")
    click.echo(f"\n{read.get_body(('plain',)).get_content()}")


@mail.command("again")
@click.argument("message")
def again(message: str) -> None:
    """Send once more what was given up or perhaps sent."""
    _or_complain(tell_again, message, desk_for(MESSENGER))
    click.echo("It is sent with the next ones.")


@mail.command("arrived")
@click.argument("message")
def arrived(message: str) -> None:
    """Say that its recipient has been told, of what was given up or perhaps sent."""
    _or_complain(say_told, message)
    click.echo("It counts as told.")


def _or_complain(do: Any, *given: Any) -> Any:
    try:
        return do(*given)
    except LookupError as error:
        raise click.ClickException(str(error.args[0])) from error
