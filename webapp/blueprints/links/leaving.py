"""The link that ends mails of a topic that nobody has to be told of."""

from ...domain.links import MailLink
from ...domain.topics import Topic
from ...extensions import db
from ...operations.notifications import switch_off, wanted_by
from ...web.addresses import address_of
from ...web.reader import gettext as _
from .forms import LinkForm
from .link_page import LinkPage


def page(link: MailLink) -> LinkPage:
    topic = Topic.of(link.about[0])
    heading, told = _("No more mails like this"), [(_("What they are about"), _(topic.label))]
    if topic not in wanted_by(db.session(), link.account_id):
        return LinkPage(heading, told, settled=_("Mails about that are switched off."))
    return LinkPage(heading, told, buttons=[("leave", _("Switch them off"))])


def leave(link: MailLink, form: LinkForm, token: str) -> str:
    """Where one goes on."""
    switch_off(link.account_id, Topic.of(link.about[0]))
    return address_of("links.show", token=token)
