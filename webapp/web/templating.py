"""What templates may call besides the formats of ``reader.py``."""

import re
from datetime import date
from typing import Any

from flask import Flask, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from ..models import Event
from ..operations.listing.page import Line
from ..operations.listing.service_page import Shown
from ..wiring import movable_clock
from ..wording.columns import Names
from ..wording.events import ChangeWords, Readers, changes, who
from ..wording.tones import tone
from .access import current_account, current_portal, current_staff, frame_ancestors, panel_link
from .addresses import address_of, present
from .frames import around, bare, framed
from .launches import route_here
from .reader import reader

BREAK = re.compile(r"(.{12,}?[.-])(?=.)")


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {
        "token": token,
        "here_address": here_address,
        "framed": framed,
        "around": around,
        "bare": bare,
        "frame_ancestors": frame_ancestors,
        "route_here": route_here,
    }
    app.jinja_env.filters |= {
        "breakable": breakable,
        "changes": told_of,
        "own_changes": told_of_own,
        "tone": tone,
        "who": lambda event: who(event, reader()),
    }

    @app.context_processor
    def visitor() -> dict[str, Any]:
        return {
            "account": current_account(),
            "portal": current_portal(),
            "business_day": _business_day(),
            "panel_link": panel_link(),
            "staff": current_staff(),
        }


def _business_day() -> date | None:
    """Where the reader may move it."""
    clock = movable_clock()
    return clock.now().astimezone(current_portal().zone).date() if clock else None


def told_of(event: Event, shown: Shown, names: Names) -> list[ChangeWords]:
    """What an event of that service changed, in the reader's words."""
    told_to = Readers(shown.line.case.rules, shown.currency_at(event), shown.tells_money(event), names)
    return changes(event, reader(), told_to)


def told_of_own(event: Event, line: Line) -> list[ChangeWords]:
    """What the reader's own batch changed."""
    return changes(event, reader(), Readers(line.case.rules, line.service.price.currency, line.sees_money))


def breakable(name: str) -> Markup:
    """A technical name that may be broken after a dot or hyphen: text browsers would widen the table for it."""
    return Markup(BREAK.sub(r"\1<wbr>", str(escape(name))))  # noqa: S704


def token() -> Markup:
    """The hidden field that every form needs."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def here_address() -> str:
    """The page that is shown, where it can be asked for again."""
    if request.method != "GET":
        return address_of("session.start")
    return present()
