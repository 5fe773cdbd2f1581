from datetime import UTC
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from ...web import access
from ...web.addresses import address_of
from ...web.hypermedia import page
from ...web.reader import gettext as _
from ...wiring import mail_folder

blueprint = Blueprint("mail", __name__, url_prefix="/mail")
MOST_SHOWN = 100


@blueprint.get("")
def index() -> Response:
    folder = mail_folder() or abort(404)
    mails = [_facts(name, mail) for name, mail in folder.latest(access.account().email, MOST_SHOWN)]
    return page("demo/mails.html", title=_("Mails to you"), mails=mails)


@blueprint.get("/<string(maxlength=100):name>")
def show(name: str) -> Response:
    """Its text, as a mail program would show it."""
    folder = mail_folder() or abort(404)
    mail = folder.read(access.account().email, name) or abort(404)
    body = mail.get_body(("plain",)) or abort(404)
    told = _facts(name, mail)
    back = address_of("mail.index")
    return page("demo/mail.html", title=told["subject"], mail=told, text=body.get_content(), back=back)


def _facts(name: str, mail: EmailMessage) -> dict[str, Any]:
    at = parsedate_to_datetime(mail["Date"]).astimezone(UTC)
    return {"name": name, "at": at, "subject": str(mail["Subject"]), "sender": str(mail["From"])}
