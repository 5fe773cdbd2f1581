"""The link that orders the next term of a service, and leads to the payment page of the provider."""

from datetime import date

from ...domain.billing.quote import Item
from ...domain.confirmation import Confirmed
from ...domain.links import MailLink
from ...domain.renewal.renewing import NOTHING_SOLD, action_for
from ...extensions import db
from ...operations.renewal.renew import OrderRenewal, Renewing, order_renewal, renewing
from ...web.addresses import address_of
from ...web.paying import obstacle
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from ...wording.redemption import redemption
from ...wording.why_acts import why_bought
from .forms import LinkForm
from .link_page import LinkPage
from .payment import to_the_provider


def page(link: MailLink) -> LinkPage:
    """Raises NoSuchService."""
    asked = renewing(db.session(), link.about[0], desk())
    held = asked.asked.held
    heading, ends_on = _("Renew %(name)s", name=held.display_name), held.case.service.ends_on
    if renewed := renewed_since(link, ends_on, held.display_name):
        return LinkPage(heading, settled=renewed)
    item, impossible = _usual(asked), asked.asked.refusal
    if item is None or impossible:
        return LinkPage(heading, impossible=impossible or NOTHING_SOLD())
    if not item.at_once and (unpayable := obstacle()):
        return LinkPage(heading, impossible=unpayable)
    return LinkPage(
        heading,
        told=_told(held.display_name, item),
        why_told=why_bought(item, held.case, reader()),
        buttons=[("order", _(held.case.rules.order_button) if item.gross.minor else _("Confirm"))],
        pays=bool(item.gross.minor),
        confirmed=Confirmed.of(held.row.version, asked.facts),
        duration=str(item.duration),
        note=redemption(held.case, reader()),
    )


def renewed_since(link: MailLink, ends_on: date | None, name: str) -> str:
    """What is said of a service whose term ends later than the mail knew; empty where it does not."""
    if link.day is None or ends_on is None or ends_on <= link.day:
        return ""
    return _("%(name)s is renewed and paid for %(until)s.", name=name, until=reader().until(ends_on).striptags())


def _told(name: str, item: Item) -> list[tuple[str, str]]:
    speaker = reader()
    told = [(_("Service"), name), (_("Term"), speaker.term(item.start, item.end).striptags())]
    return [*told, (_("Total, tax included"), speaker.plain_money(item.gross))]


def _usual(asked: Renewing) -> Item | None:
    """The duration that it has, else the shortest."""
    items, usual = asked.asked.items, asked.asked.held.case.service.period
    return next((each for each in items if each.duration == usual), next(iter(items), None))


def order(link: MailLink, form: LinkForm, token: str) -> str:
    """Where one goes on. Raises what ordering raises."""
    asked = renewing(db.session(), link.about[0], desk())
    action = action_for(asked.asked.held.case.service)
    command = OrderRenewal(link.about[0], action, form.period, frozenset(), form.confirmed)
    code = order_renewal(command, desk(), obstacle()).order
    return to_the_provider(token, code) if code else address_of("links.show", token=token)
