"""Pages behind the server of a control panel, which says with each request, signed, whose page it wants.

``https://panel.example/my/services`` is fetched from here by the panel’s server. No cookie of ours is set or read: what
a session keeps in one otherwise (the token of forms, the next message) is kept beside the session itself.
"""

import secrets

from flask import Flask, Request, Response, request, session
from flask.sessions import SecureCookieSession, SessionMixin, session_json_serializer
from werkzeug.wrappers import Response as BaseResponse

from ..domain.actors import DOOR
from ..domain.refusals import Refused
from ..operations.people.launch import keep_state, resume
from ..wiring import desk_for
from . import access
from .frames import ASSERTION, PROXIED, FrameSessions
from .launches import asserted, refused, spoken

SAID_ANEW = ("_user_id", "_fresh", "scheme")
"""What of a session each request says."""


class Sessions(FrameSessions):
    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return SecureCookieSession() if PROXIED in request.environ else super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: BaseResponse) -> None:
        if PROXIED not in request.environ:
            super().save_session(app, session, response)  # type: ignore[arg-type]
        elif session.modified and access.current_account():
            kept = {name: value for name, value in session.items() if name not in SAID_ANEW}
            keep_state(access.sign_in_key(), session_json_serializer.dumps(kept))


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()
    app.before_request(arrive)


def arrive() -> Response | None:
    """Whoever the panel’s server says it is, is signed in for this request."""
    if PROXIED not in request.environ:
        return None
    beginning = session_json_serializer.dumps({"csrf_token": secrets.token_hex(20)})
    try:
        coming = asserted(request.environ[ASSERTION])
        opened = resume(coming, desk_for(DOOR), access.lasting(), request.user_agent.string, beginning)
    except Refused as error:
        return refused(error.refusal, 401)
    session.update(session_json_serializer.loads(opened.sign_in.state), _user_id=opened.token, _fresh=False)
    session.update(spoken(coming))
    session.modified = False
    return None
