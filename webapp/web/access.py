"""Who is signed in, and what they may see: fetched and authorised in one step."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar, cast

from flask import Flask, abort, current_app, g, request, session
from flask_login import UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from ..domain.actors import EVERYTHING, Person, Scope, read_scopes
from ..domain.law.contracts import Portal
from ..domain.panels import Panel
from ..extensions import db, sign_in_manager
from ..models import Account, SignIn
from ..operations.people.sign_in import NOTED_EVERY, Lasting, Opened, key_of, note_use
from ..wiring import panels, portal_named, settings, system_now
from .addresses import page_name
from .frames import around, framed, proxied
from .hypermedia import to_sign_in

OPEN_IN_FRAMES = {
    "session.start",
    "session.sign_in_page",
    "session.sign_in",
    "session.switch_language",
    "launch.launch",
}
OPEN_BEHIND_SERVERS = {"session.start", "launch.theme"}
"""Of what strangers may use."""
View = TypeVar("View", bound=Callable[..., Any])


class Visitor(UserMixin):  # type: ignore[misc]
    """A signed-in browser, as Flask-Login wants it; its account outlives the transactions of the request."""

    def __init__(self, token: str, sign_in: SignIn) -> None:
        self.token = token
        self.key = sign_in.key
        self.account = sign_in.account
        self.ticks = sign_in.ticks
        self.panel = sign_in.panel
        self.return_to = sign_in.return_to
        self.origin = sign_in.origin
        self.staff = sign_in.staff
        self.scopes = _scopes(sign_in)

    @property
    def person(self) -> Person:
        """Who acts."""
        return Person(self.account.id, self.staff, self.scopes)

    def get_id(self) -> str:
        return self.token


class PanelLink(NamedTuple):
    """To the control panel that one came from."""

    title: str
    address: str


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
    if around() and view and hasattr(view, "is_public"):
        open_here = OPEN_IN_FRAMES if framed() else OPEN_BEHIND_SERVERS
        if page_name() not in open_here:
            abort(404)
    if view is None or hasattr(view, "is_public") or current_user.is_authenticated:
        return None
    return to_sign_in()


def find_visitor(token: str) -> Visitor | None:
    sign_in = db.session.get(SignIn, key_of(token))
    now = system_now()
    if sign_in is None or not lasting().allows(sign_in, now):
        return None
    if sign_in.panel and _panel(sign_in.panel) is None:
        return None
    panel = around()
    if (sign_in.panel if sign_in.origin else None) != (panel and panel.name):
        return None
    visitor = Visitor(token, sign_in)
    for row in (sign_in, sign_in.account):
        db.session.expunge(row)
    if sign_in.last_used < now - NOTED_EVERY:
        note_use(sign_in.key, now)
    return visitor


def lasting() -> Lasting:
    """How long a sign-in lasts."""
    return Lasting(timedelta(hours=settings().session_hours), timedelta(minutes=settings().idle_minutes))


def start_session(opened: Opened) -> None:
    """Put a new sign-in into a fresh session; only the chosen language survives from before."""
    chosen = session.get("language")
    session.clear()
    if chosen:
        session["language"] = chosen
    if opened.sign_in.panel:
        session["panel"] = opened.sign_in.panel
    session.permanent = True
    login_user(Visitor(opened.token, opened.sign_in))


def end_session() -> None:
    """What language one reads, and from which panel one comes, is known on."""
    kept = {name: session[name] for name in ("language", "panel") if name in session}
    logout_user()
    session.clear()
    session.update(kept)


def forget_visitor() -> None:
    """For the rest of this request, nobody is signed in."""
    g._login_user = sign_in_manager.anonymous_user()


def current_account() -> Account | None:
    return current_user.account if current_user and current_user.is_authenticated else None


def current_staff() -> str:
    """Who is here in the account’s place; empty where it is itself."""
    return cast(str, current_user.staff) if current_account() else ""


def account() -> Account:
    """The signed-in account, where the view has made sure that there is one."""
    return cast(Account, current_user.account)


def through() -> Panel | None:
    """The panel that this page is shown in, or that its reader came through."""
    return around() or (_panel(current_user.panel) if current_account() and current_user.panel else None)


def panel_link() -> PanelLink | None:
    """For whoever has come, or came last at this browser, through a panel."""
    through = current_user.panel if current_account() else session.get("panel")
    panel = _panel(through) if through else None
    if panel is None:
        return None
    address = current_user.return_to if current_account() else panel.home
    return PanelLink(panel.title, address) if address else None


def frame_ancestors() -> Sequence[str]:
    """Origins of the pages that may show this answer in a frame: of the one that opened it, and of nobody else."""
    panel = framed()
    if panel is None:
        return ()
    return (current_user.origin,) if current_account() else panel.origins


def comes_back_to(address: str) -> str:
    """Where one is led who has been somewhere else: to that page, or, out of a frame, to the panel around it."""
    if panel := proxied():
        return f"{panel.origins[0]}{panel.prefix}{address.removeprefix(settings().address.rstrip('/'))}"
    return (current_user.return_to or address) if framed() and current_account() else address


def _scopes(sign_in: SignIn) -> Collection[Scope]:
    """What was given, as far as its panel may still give it."""
    panel = _panel(sign_in.panel) if sign_in.panel else None
    given = read_scopes(sign_in.scopes) or EVERYTHING
    return given & panel.scopes if panel else given


def _panel(name: str) -> Panel | None:
    """None where it may not open anything any more."""
    panel = panels().get(name)
    return panel if panel and panel.enabled else None


def person() -> Person:
    """Who acts, where the view has made sure that somebody is signed in."""
    return cast(Person, current_user.person)


def sign_in_key() -> str:
    return cast(str, current_user.key)


def ticks() -> int:
    """How many services were selected at this browser when the request came in."""
    return cast(int, current_user.ticks)


def speak_to(account: Account) -> None:
    """For the rest of this request: whoever reads it got a mail of that account, and need not be signed in."""
    g.addressee = account


def addressee() -> Account | None:
    """Whose seller and whose language a page has: who got the mail that led to it, or who is signed in."""
    got: Account | None = g.get("addressee")
    return got or current_account()


def current_portal() -> Portal:
    """The seller whose page this is: the account's, or the default before sign-in."""
    asking = addressee()
    return portal_named(asking.portal if asking else settings().default_portal)
