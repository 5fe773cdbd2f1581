"""What every form of the product shares."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.utils import unset_value


def plain(text: str | None) -> str:
    """A line of text without the characters that have no place in one, such as NUL."""
    return " ".join("".join(char if char.isprintable() else " " for char in text or "").split())


def pressed(sent: MultiDict[str, str], name: str) -> str:
    """Which of the buttons of that name was pressed: ``action.pay`` sends “pay”, as ``action=pay`` does.

    A button of its own name needs no value, which some text browsers show instead of what the button is called.
    """
    several = f"{name}."
    return sent.get(name) or next((key.removeprefix(several) for key in sent if key.startswith(several)), "")


def is_drawn_anew(wanted: str) -> Callable[[], bool]:
    """Whether a form was only sent to see what its choices come to: its button ``wanted`` was not pressed."""
    return lambda: pressed(request.form, "action") != wanted


class PressedField(StringField):
    """What the button that was pressed is to do; empty where the form was sent without one."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        said = pressed(formdata, self.name) if formdata else ""
        super().process(MultiDict({self.name: said}) if said else formdata, data, extra_filters)


class PortalForm(FlaskForm):  # type: ignore[misc]
    """Parses and checks shape only; the token is checked for every POST before any form is."""

    class Meta:
        csrf = False
        locales = ("en",)
