"""The link by which whoever reads a new address of an account confirms it."""

from ...domain.links import MailLink
from ...operations.people.change_address import take_address
from ...web import access
from ...web.addresses import address_of
from ...web.reader import gettext as _
from ...web.viewing import desk
from .forms import LinkForm
from .link_page import LinkPage


def page(link: MailLink) -> LinkPage:
    heading, account, address = _("Your new e-mail address"), access.addressee(), link.about[0]
    if account is None or account.email == address:
        return LinkPage(heading, settled=_("Mails go to this address, and you sign in with it."))
    told = [(_("Account"), account.name), (_("New address"), address)]
    return LinkPage(heading, told, buttons=[("confirm", _("Use this address"))])


def confirm(link: MailLink, form: LinkForm, token: str) -> str:
    """Where one goes on. Raises Refused."""
    take_address(link.account_id, link.about[0], desk())
    return address_of("links.show", token=token)
