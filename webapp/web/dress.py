"""How pages look and what they are called where a control panel has its own wishes."""

from typing import NamedTuple

from flask import Flask, request, session

from ..domain.panels import Panel
from .access import through
from .addresses import address_of
from .assets import asset
from .frames import outer_path

OWN_NAME = "Echeance"


class Dress(NamedTuple):
    name: str
    logo: str
    """Address; empty for the program’s own."""
    stylesheets: tuple[str, ...]


def init_app(app: Flask) -> None:
    app.jinja_env.globals["dress"] = dress


def dress() -> Dress:
    panel, scheme = through(), session.get("scheme", "")
    theme = panel.theme if panel else None
    own = asset(f"portal-{scheme}.css" if scheme else "portal.css")
    if panel is None or theme is None:
        return Dress(OWN_NAME, "", (own,))
    sheet = _address(panel, theme.sheet_name(scheme))
    return Dress(theme.name or OWN_NAME, _address(panel, theme.logo_name) if theme.logo else "", (own, sheet))


def _address(panel: Panel, file: str) -> str:
    """The same in frames and out of them, so that it is fetched once."""
    return outer_path() + address_of("launch.theme", name=panel.name, file=file).removeprefix(request.script_root)
