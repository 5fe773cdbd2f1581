"""The link by which whoever reads a further address agrees that mails come to it."""

from ...domain.further import FurtherShare
from ...domain.links import MailLink
from ...extensions import db
from ...operations.people.further import agree, further_address
from ...web import access
from ...web.addresses import address_of
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from .forms import LinkForm
from .link_page import LinkPage


def page(link: MailLink) -> LinkPage:
    heading, row = _("Mails to this address"), further_address(db.session(), link.account_id, int(link.about[0]))
    if row is None:
        return LinkPage(heading, settled=_("Mails of that account do not come to this address."))
    shares, account = reader().listed([_(FurtherShare.of(each).label) for each in row.shares]), access.addressee()
    told = [(_("Account"), account.name if account else ""), (_("What they are about"), shares)]
    if row.confirmed_at:
        return LinkPage(heading, told, settled=_("They come to this address. Each of them says how that ends."))
    return LinkPage(heading, told, buttons=[("join", _("Get these mails"))])


def join(link: MailLink, form: LinkForm, token: str) -> str:
    """Where one goes on."""
    agree(link.account_id, int(link.about[0]), desk())
    return address_of("links.show", token=token)
