"""Paying by a link: the provider’s page, and what came of it."""

from werkzeug.wrappers import Response

from ...domain.links import MailLink
from ...extensions import db
from ...operations.orders.find import NoSuchOrder
from ...operations.orders.show import ShownOrder, show_order
from ...operations.payments.ask import ask_before_showing
from ...operations.payments.pay import begin_payment
from ...web import hypermedia
from ...web.addresses import address_of
from ...web.paying import provider
from ...web.reader import reader
from ...web.viewing import desk
from ...wiring import payments
from ...wording.orders import heading


def to_the_provider(token: str, code: str) -> str:
    """Begin to pay that order: where one goes on. Raises Refused."""
    back = address_of("links.result", token=token, code=code, _external=True)
    address = begin_payment(code, desk(), provider(), return_to=back, language=reader().language)
    return address or address_of("links.result", token=token, code=code)


def result(link: MailLink, token: str, code: str) -> Response:
    """Raises NoSuchOrder also where it is for something else."""
    if till := payments():
        ask_before_showing(code, desk(), till)
    shown = show_order(db.session(), code, desk())
    if not _is_about(shown, link):
        raise NoSuchOrder(code)
    return hypermedia.page(
        "links/result.html",
        title=heading(shown, reader()),
        shown=shown,
        back=address_of("links.show", token=token),
        here=address_of("links.result", token=token, code=code),
    )


def _is_about(shown: ShownOrder, link: MailLink) -> bool:
    """Whether the order is for nothing but what the link is for."""
    bills = {each.bill for each in shown.lines if each.reference in link.about}
    return all({each.reference, each.bill} & (bills | set(link.about)) for each in shown.lines)
