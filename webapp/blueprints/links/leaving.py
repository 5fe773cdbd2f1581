"""The link that ends mails: of a topic that nobody has to be told of, or all to a further address."""

from ...domain.links import FURTHER, MailLink
from ...domain.topics import Topic
from ...extensions import db
from ...operations.notifications import switch_off, wanted_by
from ...operations.people.further import further_address, remove_address
from ...web.addresses import address_of
from ...web.reader import gettext as _
from .forms import LinkForm
from .link_page import LinkPage


def page(link: MailLink) -> LinkPage:
    heading, further = _("No more mails like this"), _further(link)
    if further and further_address(db.session(), link.account_id, further) is None:
        return LinkPage(heading, settled=_("Mails of that account do not come to this address."))
    if further:
        return LinkPage(heading, buttons=[("leave", _("No more mails to this address"))])
    topic = Topic.of(link.about[0])
    told = [(_("What they are about"), _(topic.label))]
    if topic not in wanted_by(db.session(), link.account_id):
        return LinkPage(heading, told, settled=_("Mails about that are switched off."))
    return LinkPage(heading, told, buttons=[("leave", _("Switch them off"))])


def leave(link: MailLink, form: LinkForm, token: str) -> str:
    """Where one goes on."""
    if further := _further(link):
        remove_address(link.account_id, further)
    else:
        switch_off(link.account_id, Topic.of(link.about[0]))
    return address_of("links.show", token=token)


def _further(link: MailLink) -> int:
    """The key of the further address that it is about; 0 where it is about a topic."""
    return int(link.about[1]) if link.about[0] == FURTHER else 0
