"""Type a letter, and hand it to whoever takes mails."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from jinja2 import Environment

from ..adapters.mail.port import Attachment, Mail, Mailer, NeverTaken, NotTaken, PerhapsSent, Unreachable
from ..domain.further import SHARED
from ..domain.law.parties import Seller
from ..domain.links import FURTHER, LinkPurpose, MailLink
from ..domain.topics import OPTIONAL, TOPICS, WHY
from ..extensions import db
from ..language.speaker import Speaker
from ..models import Account
from ..operations.delivery import Delivery, NeverTold, NobodyListens, NotTold, PerhapsTold
from ..rules.loader import Rules
from .letter import Act, Letter, Paper, Recipient
from .letters import LETTERS


def recipient(message: Delivery, rules: Rules, page: Callable[..., str], sign: Callable[[MailLink], str]) -> Recipient:
    """The account that is told, or whoever reads a further address of it, in their own language."""
    account = db.session.get_one(Account, message.account_id)
    db.session.expunge(account)
    db.session.rollback()
    return addressed(account, message, rules, page, sign)


def addressed(
    account: Account, message: Delivery, rules: Rules, page: Callable[..., str], sign: Callable[[MailLink], str]
) -> Recipient:
    """The same for an account that is known."""
    portal = rules.portals[account.portal]
    speaker = Speaker(message.language or account.language or portal.languages[0], portal.territory)
    today = message.at.astimezone(portal.zone).date()
    told = (account.name, message.address, portal, speaker, page, account.id, today, sign)
    return Recipient(*told, further=message.further)


def letter_of(message: Delivery, to: Recipient) -> Letter:
    return LETTERS[message.kind](message.facts, to)


Attach = Callable[[Paper, Recipient], Attachment | None]


def mail_of(message: Delivery, to: Recipient, templates: Environment, attach: Attach) -> Mail:
    """As it is sent."""
    letter, seller = letter_of(message, to), to.portal.seller
    told = {"letter": letter, "seller": seller, "language": to.speaker.language}
    told |= {"services": to.page("services.index"), "service": to.speaker.gettext("Service")}
    told |= {"explained": to.speaker.gettext("Why these days and amounts?")}
    leave = leave_of(message, to)
    told |= {"why": why_of(message, to), "ends": ends_of(leave, to)}
    text, html = (templates.get_template(f"mail/letter.{kind}").render(told) for kind in ("txt", "html"))
    sender, reply_to = sender_of(seller, to.page("services.index"))
    return Mail(
        key=message.key,
        to=("" if to.further else to.name, to.address),
        sender=(seller.name, sender),
        reply_to=reply_to,
        language=to.speaker.language,
        at=message.at,
        subject=letter.subject,
        text=text,
        html=html,
        threads=letter.threads,
        attachments=[made for paper in letter.papers if (made := attach(paper, to))],
        leaves=leave and to.page("links.unsubscribe", token=leave),
    )


def leave_of(message: Delivery, to: Recipient) -> str:
    """The link that ends mails like this one; empty where they cannot be switched off."""
    topic = TOPICS[message.kind]
    if to.further and topic in SHARED:
        return to.token(LinkPurpose.LEAVE, FURTHER, str(to.further))
    return to.token(LinkPurpose.LEAVE, topic.value) if topic in OPTIONAL else ""


def why_of(message: Delivery, to: Recipient) -> str:
    """Why its recipient gets it."""
    gettext, topic = to.speaker.gettext, TOPICS[message.kind]
    if to.further and topic in SHARED:
        return gettext("You get these mails because %(name)s named this address, and you agreed.", name=to.name)
    why, always = gettext(WHY[topic]), gettext("They cannot be switched off.")
    return why if topic in OPTIONAL else f"{why} {always}"


def ends_of(leave: str, to: Recipient) -> Sequence[Act]:
    """What stands at the end of every letter: where one chooses what one is told, and where that ends."""
    gettext = to.speaker.gettext
    acts = [] if to.further else [(gettext("Choose what you are told"), to.page("notifications.show"))]
    return [(gettext("No more mails like this"), to.page("links.show", token=leave)), *acts] if leave else acts


def sender_of(seller: Seller, address: str) -> tuple[str, str]:
    """From where that seller writes, and where answers go; the program is at that address."""
    asked = seller.contact if seller.support.startswith("mailto:") else ""
    sender = seller.mails_from or asked or f"noreply@{urlsplit(address).hostname or 'localhost'}"
    return sender, "" if asked == sender else asked


def send(message: Delivery, to: Recipient, mailer: Mailer, templates: Environment, attach: Attach) -> None:
    """Raises NotTold, NobodyListens, NeverTold, PerhapsTold."""
    try:
        mailer.send(mail_of(message, to, templates, attach), message.handing)
    except Unreachable as reason:
        raise NobodyListens(str(reason)) from reason
    except NotTaken as reason:
        raise NotTold(str(reason)) from reason
    except NeverTaken as reason:
        raise NeverTold(str(reason)) from reason
    except PerhapsSent as reason:
        raise PerhapsTold(str(reason)) from reason
