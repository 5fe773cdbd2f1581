"""The link that pays what is owed, at the payment page of the provider."""

from collections.abc import Sequence

from ...domain.billing.quote import total
from ...domain.labels import NN_
from ...domain.links import MailLink
from ...domain.purchase.bills import SETTLED_MEANWHILE
from ...domain.refusals import Refused
from ...extensions import db
from ...operations.invoices.owed import OwedLine, first_refusal, owed_for
from ...operations.orders.for_bills import SEVERAL_SELLERS, order_invoices
from ...web.paying import obstacle
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from .forms import LinkForm
from .link_page import LinkPage
from .payment import to_the_provider

HEADING = NN_("Pay your bill", "Pay your bills")
MOST_NAMED = 20


def page(link: MailLink) -> LinkPage:
    lines, speaker = _whole(link), reader()
    heading = speaker.ngettext(*HEADING, len({each.bill.code for each in lines}) or len(link.about))
    if not lines:
        return LinkPage(heading, settled=_("Nothing is owed for it any more."))
    told, impossible = _told(lines), first_refusal(lines) or obstacle()
    if len({each.seller for each in lines}) != 1:
        return LinkPage(heading, impossible=SEVERAL_SELLERS())
    if impossible:
        return LinkPage(heading, told, impossible=impossible)
    amount = total(each.amount for each in lines)
    told.append((_("Total, tax included"), speaker.plain_money(amount)))
    said = _("Pay %(amount)s", amount=speaker.plain_money(amount))
    return LinkPage(heading, told, buttons=[("pay", said)], pays=True)


def _told(lines: Sequence[OwedLine]) -> list[tuple[str, str]]:
    """Each service with what is owed for it; of many, some."""
    told = [(each.held.display_name, reader().plain_money(each.amount)) for each in lines[:MOST_NAMED]]
    if (left := len(lines) - MOST_NAMED) > 0:
        more = reader().ngettext("and %(count)s more", "and %(count)s more", left, count=reader().number(left))
        told.append((more, reader().plain_money(total(each.amount for each in lines[MOST_NAMED:]))))
    return told


def _whole(link: MailLink) -> list[OwedLine]:
    """All lines of the bills that it is about: a bill is paid as a whole."""
    session, asking = db.session(), desk()
    codes = {each.bill.code for each in owed_for(session, link.about, asking)}
    return owed_for(session, codes, asking) if codes else []


def order(link: MailLink, form: LinkForm, token: str) -> str:
    """Where one goes on. Raises Refused."""
    codes = {each.bill.code for each in _whole(link)}
    if not codes:
        raise Refused(SETTLED_MEANWHILE())
    return to_the_provider(token, order_invoices(codes, desk()).code)
