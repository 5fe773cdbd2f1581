"""What people read when something goes wrong: a page, or a message above the one they are on."""

import logging
from math import ceil
from typing import Any

from flask import Flask, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, TooManyRequests

from ..domain.labels import N_
from ..extensions import db
from ..operations.batches.decide import NoSuchBatch
from ..operations.case import NoSuchService
from ..operations.desk import BeyondScope, Busy, SignedOut
from ..operations.methods.find import NoSuchMethod
from ..operations.orders.find import NoSuchOrder
from ..operations.outage import DatabaseError, has_acted, unavailable
from ..operations.people.mails import NoSuchMail
from ..operations.receipts import NoSuchReceipt
from . import access
from .hypermedia import problem, to_sign_in
from .pace import StorageError, network
from .reader import gettext as _
from .reader import reader
from .tracing import request_id

LOG = logging.getLogger(__name__)
SAID = {
    400: (N_("The request could not be read"), N_("Go back, check what you entered and send it again.")),
    403: (N_("This request was refused"), N_("It came from another site. Open the page here and try again.")),
    404: (N_("Page not found"), N_("There is nothing at this address, or it is not yours to see.")),
    405: (N_("This cannot be done here"), N_("Go back and use the buttons of the page.")),
    413: (N_("Too much at once"), N_("What you sent is too large. Send it in smaller parts.")),
    421: (N_("Unknown address"), N_("This portal does not go by the name that you asked for.")),
    429: (N_("Too many attempts"), N_("Try again later.")),
    500: (
        N_("Something went wrong on our side"),
        N_("Check whether your last action went through before you repeat it."),
    ),
    503: (N_("Busy at the moment"), N_("Nothing was changed. Try again in a moment.")),
}
REFUSED = {403, 421, 429}
"""What nobody comes by at our pages."""
UNCERTAIN = (SAID[503][0], SAID[500][1])
"""Where part of it may be done."""
BEYOND = (
    N_("This cannot be done through your control panel"),
    N_("Sign in with your password to do it, or ask support."),
)
EXPIRED_FORM = (
    N_("This form has expired"),
    N_("Your session has changed since it was opened. Go back, reload the page and send the form again."),
)


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, on_expired_form)
    app.register_error_handler(HTTPException, on_http_error)
    for missing in (NoSuchService, NoSuchBatch, NoSuchReceipt, NoSuchOrder, NoSuchMethod, NoSuchMail):
        app.register_error_handler(missing, lambda error: explain(404, SAID[404]))
    app.register_error_handler(SignedOut, lambda error: to_sign_in())
    app.register_error_handler(BeyondScope, lambda error: explain(403, BEYOND))
    app.register_error_handler(Busy, on_turn_missed)
    app.register_error_handler(StorageError, on_uncounted)
    app.register_error_handler(DatabaseError, on_database_error)
    app.register_error_handler(500, on_crash)


def on_expired_form(error: CSRFError) -> Any:
    _note_refusal(400)
    return explain(400, EXPIRED_FORM)


def _note_refusal(code: int) -> None:
    """For whoever watches the log for attacks; what was sent stays out of it."""
    LOG.warning("Refused with %s: %s %r from %s", code, request.method, request.path[:200], network())


def on_http_error(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    if code in REFUSED:
        _note_refusal(code)
    if isinstance(error, TooManyRequests):
        response = _page(code, _(SAID[code][0]), _patience(error))
    else:
        response = explain(code, SAID.get(code, SAID[400 if code < 500 else 500]))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _patience(error: TooManyRequests) -> str:
    """When to try again."""
    seconds = error.retry_after
    if not isinstance(seconds, int):
        return _(SAID[429][1])
    minutes = ceil(seconds / 60)
    return reader().ngettext("Wait a minute, then try again.", "Wait %(num)s minutes, then try again.", minutes)


def on_turn_missed(error: Busy) -> Any:
    cause = error.__cause__
    LOG.warning("The database was busy: %s", getattr(cause, "orig", cause) or "somebody else was first")
    return on_busy(error)


def on_busy(error: Exception) -> Any:
    """The page asks nothing of the database, and says that nothing was changed only where that is so."""
    session = db.session()
    said = UNCERTAIN if has_acted(session) else SAID[503]
    session.rollback()
    access.forget_visitor()
    response = explain(503, said)
    response.headers["Retry-After"] = "5"
    return response


def on_uncounted(error: StorageError) -> Any:
    """Where tries cannot be counted, nothing is tried."""
    LOG.error("The store that counts attempts cannot be used: %s", error.storage_error)
    return on_busy(error)


def on_database_error(error: DatabaseError) -> Any:
    if not unavailable(error):
        raise error
    LOG.warning("The database cannot be used: %s", getattr(error, "orig", error))
    return on_busy(error)


def on_crash(error: Exception) -> Any:
    """Flask has logged it; what it broke must not break the error page, which asks nothing of the database."""
    db.session.rollback()
    access.forget_visitor()
    return explain(500, SAID[500])


def explain(status: int, said: tuple[str, str]) -> Any:
    heading, advice = said
    return _page(status, _(heading), _(advice))


def _page(status: int, title: str, advice: str) -> Any:
    """What went wrong on our side has a number by which it is found in the log."""
    number = request_id() if status >= 500 else ""
    return problem("errors/page.html", title=title, advice=advice, number=number, status=status)
