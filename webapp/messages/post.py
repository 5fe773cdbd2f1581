"""Type a letter, and hand it to whoever takes mails."""

from collections.abc import Callable

from jinja2 import Environment

from ..adapters.mail.port import Mail, Mailer
from ..extensions import db
from ..language.speaker import Speaker
from ..models import Account
from ..operations.outbox import Delivery, NotTold
from ..rules.loader import Rules
from .letter import Letter, Recipient
from .letters import LETTERS


def recipient(account_id: int, rules: Rules, page: Callable[..., str]) -> Recipient:
    """An account, in its own language."""
    account = db.session.get_one(Account, account_id)
    portal = rules.portals[account.portal]
    speaker = Speaker(account.language or portal.languages[0], portal.territory)
    db.session.rollback()
    return Recipient(account.name, account.email, portal, speaker, page)


def letter_of(message: Delivery, to: Recipient) -> Letter:
    return LETTERS[message.kind](message.facts, to)


def send(message: Delivery, to: Recipient, mailer: Mailer, templates: Environment, host: str) -> None:
    """Raises NotTold where it was not taken; then it is tried again."""
    letter, seller = letter_of(message, to), to.portal.seller
    support = seller.contact if seller.support.startswith("mailto:") else f"noreply@{host}"
    text, html = (
        templates.get_template(f"mail/letter.{kind}").render(letter=letter, seller=seller, language=to.speaker.language)
        for kind in ("txt", "html")
    )
    sender = (seller.name, support)
    mail = Mail(message.key, (to.name, to.address), sender, to.speaker.language, message.at, letter.subject, text, html)
    try:
        mailer.send(mail)
    except OSError as error:
        raise NotTold(str(error)) from error
