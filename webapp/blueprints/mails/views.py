from dataclasses import dataclass

from flask import Blueprint, current_app, flash, request
from werkzeug.wrappers import Response

from ...extensions import db
from ...messages.letter import Letter, PaperKind, Recipient
from ...messages.post import addressed, letter_of, mail_of
from ...operations.people.mails import SentMail, send_again, sent_mail, sent_mails
from ...web import access
from ...web.addresses import address_of, outside
from ...web.hypermedia import go, page
from ...web.mail_links import signed
from ...web.pace import paced
from ...web.reader import gettext as _
from ...web.viewing import desk
from ...wiring import mail_folder, rules, settings

blueprint = Blueprint("mails", __name__)
MAILS = "/account/mails"
ONE = f"{MAILS}/<int(max=2147483647):mail_id>"
PAPERS = {PaperKind.INVOICE: "invoices.show_pdf", PaperKind.RECEIPT: "receipts.show_pdf"}


@dataclass(frozen=True, slots=True)
class ListedMail:
    """One mail as it is listed."""

    sent: SentMail
    letter: Letter


@blueprint.get("/mail")
def demo() -> Response:
    """Where the demo’s mails are looked for."""
    return go(address_of("mails.index"))


@blueprint.get(MAILS)
def index() -> Response:
    listed = sent_mails(db.session(), request.args.get("page", 1, int), desk())
    told = [ListedMail(each, letter_of(each.delivery, _to(each))) for each in listed.mails]
    return page(
        "mails/index.html",
        title=_("Mails to you"),
        listed=listed,
        told=told,
        stays=mail_folder() is not None,
        pages={number: address_of("mails.index", page=number) for number in (listed.page - 1, listed.page + 1)},
    )


@blueprint.get(ONE)
def show(mail_id: int) -> Response:
    """Its text, as a mail program would show it."""
    sent = sent_mail(db.session(), mail_id, desk())
    to = _to(sent)
    letter = letter_of(sent.delivery, to)
    mail = mail_of(sent.delivery, to, current_app.jinja_env, lambda _paper, _to: None)
    return page(
        "mails/show.html",
        title=mail.subject,
        sent=sent,
        mail=mail,
        papers=[(f"{code}.pdf", address_of(PAPERS[kind], code=code)) for kind, code in letter.papers],
        again=sent.may_go_again,
    )


@blueprint.post(ONE, endpoint="again")
@paced("orders")
def again(mail_id: int) -> Response:
    new = send_again(mail_id, desk())
    flash(_("It is sent once more.") if new else _("It waits to be sent already."))
    return go(address_of("mails.index"))


def _to(sent: SentMail) -> Recipient:
    return addressed(access.account(), sent.delivery, rules(), outside(settings().address), signed)
