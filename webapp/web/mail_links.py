"""Links in mails: signed, and not kept; what they are for says when they have done their work."""

from itsdangerous import BadSignature, URLSafeSerializer

from ..domain.links import LINK_OVER, MOVED_ON, NOT_OURS, MailLink, mark_of
from ..domain.refusals import Refused
from ..extensions import db
from ..models import Account
from ..wiring import now, portal_named, settings
from .viewing import act_for

LONGEST = 600
"""Characters."""


def signed(link: MailLink) -> str:
    return str(_signer().dumps(link.stored()))


def opened(token: str) -> MailLink:
    """What was signed; this request acts, from now on, for whom it was sent to. Raises Refused."""
    try:
        link = MailLink.read(_signer().loads(token))
    except (BadSignature, ValueError) as error:
        raise Refused(NOT_OURS()) from error
    account = db.session.get(Account, link.account_id)
    if account is None or mark_of(account.email) != link.mark:
        raise Refused(MOVED_ON())
    if now().astimezone(portal_named(account.portal).zone).date() > link.until:
        raise Refused(LINK_OVER())
    db.session.expunge(account)
    act_for(account)
    return link


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().signing_keys(), salt="mail")
