"""The sandbox's pages and its interface for sellers."""

import gettext
import hmac
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import format_currency, get_currency_precision
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from .books import Books, NotKept, OtherPayment
from .methods import LEFT, Left
from .payments import BY_THE_BANK, GIVEN_UP, PAID, Decision, Payment

CATALOGUES = Path(__file__).parents[2] / "translations"
SILENCE = 2
"""How many questions stay without an answer after a charge that nobody was told of."""
OUTCOMES = {
    "pay": PAID,
    "refuse": Decision("failed", "refused", of=BY_THE_BANK),
    "later": Decision("settling"),
    "abandon": GIVEN_UP,
    "no-answer": Decision("succeeded", silent=SILENCE),
    "return": Decision("returned", "returned-debit", of=("succeeded",)),
    "dispute": Decision("returned", "chargeback", of=("succeeded",)),
    "refund": Decision("returned", "refund", of=("succeeded",)),
    "win": Decision("restored", of=("returned",)),
}
"""By the button that was pressed."""
MOST_LISTED = 50
LANGUAGES = ("en", "fr")
SECOND_STEP = "second-step"
KEPT = {
    "pay": PAID,
    "ending": PAID,
    "declining": PAID,
    "later": Decision("settling"),
    "refuse": OUTCOMES["refuse"],
    "abandon": GIVEN_UP,
    "no-answer": OUTCOMES["no-answer"],
}
"""The same where a method is left."""
POLICY = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
"""Browsers apply the rule for forms to the redirects that follow, so the shop is added to it."""


pages = Blueprint("sandbox", __name__)


def create_sandbox(path: Path, key: str, clock: Callable[[], float] = time) -> Flask:
    """The provider with its books in that file, for the one seller who has the key."""
    app = Flask(__name__)
    app.extensions |= {"books": Books(path, clock), "key": key}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.register_blueprint(pages)
    return app


def _books() -> Books:
    books: Books = current_app.extensions["books"]
    return books


def _for_the_seller() -> None:
    wanted = f"Bearer {current_app.extensions['key']}"
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), wanted.encode()):
        abort(401)


def _answer(payment: Payment | None) -> Response:
    if payment is None:
        abort(404)
    if _books().silent(payment.key):
        abort(504)
    return jsonify(_books().told(payment, url_for("sandbox.pay", id_=payment.id, _external=True)))


def _made(**more: Any) -> Payment:
    try:
        return _books().make(request.headers["Idempotency-Key"], request.get_json() | more)
    except OtherPayment:
        abort(409)
    except (KeyError, TypeError, ValueError):
        abort(400)


@pages.post("/v1/payments")
def make() -> Response:
    _for_the_seller()
    return _answer(_made())


@pages.post("/v1/setups")
def save() -> Response:
    _for_the_seller()
    kind = (request.get_json(silent=True) or {}).get("kind")
    if kind not in LEFT:
        abort(400)
    return _answer(_made(saves=kind, amount=0, currency="", title=""))


@pages.post("/v1/methods/<method>/charges")
def charge(method: str) -> Response:
    """Repeated, it goes the way that it went."""
    _for_the_seller()
    try:
        behaviour = _books().behaviour(method)
    except NotKept:
        abort(422)
    payment = _made(method=method)
    if behaviour == SECOND_STEP:
        _books().confirm(payment.id)
    elif payment.status == "waiting":
        _books().decide(payment.id, OUTCOMES[behaviour])
    return _answer(_books().by_key(payment.key))


@pages.post("/v1/methods/<method>/forget")
def forget(method: str) -> Response:
    _for_the_seller()
    _books().forget(method)
    return Response(status=204)


@pages.get("/v1/payments/<key>")
@pages.get("/v1/setups/<key>")
def ask(key: str) -> Response:
    _for_the_seller()
    return _answer(_books().by_key(key))


@pages.post("/v1/payments/<key>/withdraw")
def withdraw(key: str) -> Response:
    _for_the_seller()
    if payment := _books().by_key(key):
        _books().decide(payment.id, GIVEN_UP)
    return _answer(_books().by_key(key))


@pages.post("/v1/days")
def let_a_day_pass() -> Response:
    """Where the seller plays with the clock, banks go on working."""
    _for_the_seller()
    _books().let_a_day_pass()
    return Response(status=204)


@pages.get("/pay/<id_>")
def pay(id_: str) -> Response:
    return _page(_books().by_id(id_) or abort(404))


@pages.post("/pay/<id_>", endpoint="decide")
def decide(id_: str) -> BaseResponse:
    payment = _books().by_id(id_) or abort(404)
    outcome = request.form.get("outcome", "")
    if outcome == SECOND_STEP:
        _books().confirm(id_)
        return redirect(url_for("sandbox.pay", id_=id_), 303)
    decision = (KEPT if payment.saves else OUTCOMES).get(outcome)
    left = _left(payment, outcome)
    if decision is None or (payment.saves and left is None and decision.status != "failed"):
        return _page(payment)
    _books().decide(id_, decision, left)
    return redirect(payment.return_to, 303)


@pages.get("/")
def listed() -> Response:
    """The latest payments, for whoever plays the bank."""
    latest = [each for each in _books().all() if not each.saves][: -MOST_LISTED - 1 : -1]
    language = request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
    return _drawn("list.html", language, payments=[(each, _amount(each, language)) for each in latest])


def _left(payment: Payment, outcome: str) -> Left | None:
    """The method that a set-up leaves behind when it goes that way; what took a second step will do so again."""
    again = payment.confirming and outcome == "pay"
    return LEFT[payment.saves].get(SECOND_STEP if again else outcome) if payment.saves else None


def _amount(payment: Payment, language: str) -> str:
    value = Decimal(payment.amount).scaleb(-get_currency_precision(payment.currency))
    return format_currency(value, payment.currency, locale=language)


def _page(payment: Payment) -> Response:
    back = urlsplit(payment.return_to)
    leads_to = f"{back.scheme}://{back.netloc}"
    if payment.saves:
        return _drawn("save.html", payment.language, leads_to, payment=payment)
    return _drawn("pay.html", payment.language, leads_to, payment=payment, amount=_amount(payment, payment.language))


def _drawn(template: str, language: str, leads_to: str = "", **told: Any) -> Response:
    words = gettext.translation("messages", CATALOGUES, [language], fallback=True)
    response = make_response(render_template(template, language=language, _=words.gettext, **told))
    response.headers["Content-Security-Policy"] = f"{POLICY}; form-action 'self' {leads_to}"
    response.headers["Cache-Control"] = "no-cache, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
