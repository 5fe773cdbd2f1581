"""The link that ends a service with its term, with the receipt that leaves."""

from ...domain.confirmation import Confirmed
from ...domain.events import EventKind
from ...domain.labels import N_
from ...domain.links import MailLink
from ...domain.service.actions import Action, refusal
from ...extensions import db
from ...operations.renewal.cancel import CancelService, cancel_service, leaving
from ...operations.renewal.declare import receipt_before
from ...web.addresses import address_of
from ...web.consequences import Consequences
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.subject import Subject
from ...web.viewing import desk
from .forms import LinkForm
from .link_page import LinkPage
from .renewing import renewed_since

CANCEL = N_("Cancel %(name)s")


def page(link: MailLink) -> LinkPage:
    """Raises NoSuchService."""
    asked = leaving(db.session(), link.about[0], desk())
    held, service, name = asked.held, asked.held.case.service, asked.held.display_name
    heading = _(CANCEL, name=name)
    if service.cancels_on:
        declared = receipt_before(held, EventKind.CANCELLED, desk())
        ends = _("%(name)s ends on %(day)s.", name=name, day=reader().plain_day(service.cancels_on))
        return LinkPage(heading, settled=ends, receipt=declared.receipt if declared else "")
    if renewed := renewed_since(link, service.ends_on, name):
        return LinkPage(heading, settled=renewed)
    ending = Consequences.of(asked, Subject.of(held, CANCEL, address_of("services.show", reference=link.about[0])))
    impossible = refusal(Action.CANCEL, held.case)
    if impossible or ending is None:
        return LinkPage(heading, impossible=impossible)
    return LinkPage(
        heading,
        ending=ending,
        buttons=[("stop", _("Confirm the cancellation"))],
        confirmed=Confirmed.of(held.row.version, asked.facts),
    )


def stop(link: MailLink, form: LinkForm, token: str) -> str:
    """Where one goes on. Raises what cancelling raises."""
    cancel_service(CancelService(link.about[0], frozenset(), form.confirmed), desk())
    return address_of("links.show", token=token)
