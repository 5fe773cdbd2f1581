"""What templates may call besides the formats of ``i18n.py``."""

from typing import Any

from flask import Flask, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from .access import current_account, current_portal
from .wiring import wiring
from .wording import changes


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {"token": token, "here_address": here_address}
    app.jinja_env.filters["changes"] = changes

    @app.context_processor
    def who() -> dict[str, Any]:
        assets = wiring().assets
        return {
            "account": current_account(),
            "portal": current_portal(),
            "asset": lambda name: f"{request.script_root}/{assets.name(name)}",
        }


def token() -> Markup:
    """The hidden field that every form needs."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def here_address() -> str:
    """The page that is shown, where it can be asked for again."""
    if request.method != "GET":
        return request.script_root + "/"
    return request.script_root + (request.full_path if request.query_string else request.path)
