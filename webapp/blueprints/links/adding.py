"""The link that leaves another payment method at the provider, before the present one cannot be debited any more."""

from collections.abc import Sequence
from functools import partial

from werkzeug.wrappers import Response

from ...domain.links import MailLink
from ...extensions import db
from ...models import PaymentMethod
from ...operations.methods.ask import ask_before_showing_setup
from ...operations.methods.begin import begin_setup
from ...operations.methods.find import methods_of, setup_of, today_of
from ...web import access, hypermedia
from ...web.addresses import address_of
from ...web.paying import ADDING, obstacle, provider
from ...web.reader import gettext as _
from ...web.reader import reader
from ...web.viewing import desk
from ...wiring import payments
from ...wording.methods import ADD, came_of
from .forms import LinkForm
from .link_page import LinkPage


def page(link: MailLink) -> LinkPage:
    heading, session, asking = _("Add another payment method"), db.session(), desk()
    expiring = _still(link, methods_of(session, asking.account_id))
    if expiring is None:
        return LinkPage(heading, settled=_("Renewals are debited from another payment method by now."))
    account = access.addressee()
    offered = access.current_portal().methods_for(account.kind, today_of(session, asking)) if account else ()
    day = reader().plain_day(expiring.expires_on) if expiring.expires_on else ""
    return LinkPage(
        heading,
        told=[(_("Present one"), expiring.label), (_("Cannot be debited from"), day)],
        impossible=obstacle(),
        buttons=[] if obstacle() else [(name, _(ADD[kind])) for name, kind in ADDING.items() if kind in offered],
    )


def _still(link: MailLink, methods: Sequence[PaymentMethod]) -> PaymentMethod | None:
    """The one that expires, as long as renewals are debited from it."""
    default = next((each for each in methods if each.is_default), None)
    same = default is not None and (str(default.id), default.expires_on) == (link.about[0], link.day)
    return default if same else None


def add(link: MailLink, form: LinkForm, token: str) -> str:
    """Where one goes on. Raises Refused."""
    code, address = begin_setup(
        ADDING[form.action.data or ""],
        desk(),
        provider(),
        return_to=partial(_back, token),
        language=reader().language,
        wanted_default=True,
    )
    return address or address_of("links.result", token=token, code=code)


def _back(token: str, code: str) -> str:
    return address_of("links.result", token=token, code=code, _external=True)


def result(link: MailLink, token: str, code: str) -> Response:
    """Raises NoSuchMethod."""
    if till := payments():
        ask_before_showing_setup(code, desk(), till)
    setup = setup_of(db.session(), code, desk())
    return hypermedia.page(
        "links/added.html",
        title=_("Adding a payment method"),
        setup=setup,
        method=setup.method,
        why=came_of(setup, reader()),
        back=address_of("links.show", token=token),
        here=address_of("links.result", token=token, code=code),
    )
