"""Links in mails: signed, and not kept; what they are for says when they have done their work."""

from itsdangerous import BadSignature, URLSafeSerializer

from ..domain.links import LINK_OVER, MOVED_ON, NOT_OURS, OPEN_TO_FURTHER, LinkPurpose, MailLink, mark_of
from ..domain.refusals import Refused
from ..extensions import db
from ..models import Account
from ..operations.people.further import further_addresses
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
    if account is None or not _went_to(account, link):
        raise Refused(MOVED_ON())
    if now().astimezone(portal_named(account.portal).zone).date() > link.until:
        raise Refused(LINK_OVER())
    db.session.expunge(account)
    act_for(account)
    return link


def _went_to(account: Account, link: MailLink) -> bool:
    """Whether the address that it was sent to is one of the account’s."""
    if link.mark == mark_of(account.email):
        return True
    if link.purpose is LinkPurpose.ADDRESS:
        return account.new_email is not None and link.mark == mark_of(account.new_email)
    if link.purpose not in OPEN_TO_FURTHER:
        return False
    return link.mark in {mark_of(each.address) for each in further_addresses(db.session(), account.id)}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().signing_keys(), salt="mail")
