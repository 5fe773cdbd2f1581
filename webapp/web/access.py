"""Who is signed in, and what they may see: fetched and authorised in one step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request, session
from flask_login import UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from ..domain.law.contracts import Portal
from ..extensions import db, sign_in_manager
from ..models import Account, SignIn
from ..wiring import portal_named, settings, system_now
from .hypermedia import to_sign_in

View = TypeVar("View", bound=Callable[..., Any])


class Visitor(UserMixin):  # type: ignore[misc]
    """A signed-in browser, as Flask-Login wants it; its account outlives the transactions of the request."""

    def __init__(self, sign_in: SignIn) -> None:
        self.key = sign_in.key
        self.account = sign_in.account
        self.ticks = sign_in.ticks

    def get_id(self) -> str:
        return self.key


def init_app(app: Flask) -> None:
    sign_in_manager.init_app(app)
    sign_in_manager.user_loader(find_visitor)
    app.before_request(require_sign_in)


def public(view: View) -> View:
    """Mark a view that strangers may use; every other one asks for a sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def require_sign_in() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or hasattr(view, "is_public") or current_user.is_authenticated:
        return None
    return to_sign_in()


def find_visitor(key: str) -> Visitor | None:
    sign_in = db.session.get(SignIn, key)
    if sign_in is None or sign_in.started_at < system_now() - lifetime():
        return None
    if sign_in.password_version != sign_in.account.password_version:
        return None
    visitor = Visitor(sign_in)
    for row in (sign_in, sign_in.account):
        db.session.expunge(row)
    return visitor


def lifetime() -> timedelta:
    """How long a sign-in lasts."""
    return timedelta(hours=settings().session_hours)


def start_session(sign_in: SignIn) -> None:
    """Put a new sign-in into a fresh session; only the chosen language survives from before."""
    chosen = session.get("language")
    session.clear()
    if chosen:
        session["language"] = chosen
    session.permanent = True
    login_user(Visitor(sign_in))


def end_session() -> None:
    chosen = session.get("language")
    logout_user()
    session.clear()
    if chosen:
        session["language"] = chosen


def forget_visitor() -> None:
    """For the rest of this request, nobody is signed in."""
    g._login_user = sign_in_manager.anonymous_user()


def current_account() -> Account | None:
    return current_user.account if current_user and current_user.is_authenticated else None


def account() -> Account:
    """The signed-in account, where the view has made sure that there is one."""
    return cast(Account, current_user.account)


def sign_in_key() -> str:
    return cast(str, current_user.key)


def ticks() -> int:
    """How many services were selected at this browser when the request came in."""
    return cast(int, current_user.ticks)


def current_portal() -> Portal:
    """The seller whose page this is: the account's, or the default before sign-in."""
    asking = current_account()
    return portal_named(asking.portal if asking else settings().default_portal)
