"""Which button was pressed, as its name or its value says it."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from webapp.web.forms import PortalForm, PressedField, pressed


class Form(PortalForm):
    action = PressedField()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ([("action.pay", "")], "pay"),
        ([("action", "pay")], "pay"),
        ([("action.page-2", ""), ("ref", "x")], "page-2"),
        ([("reaction.pay", ""), ("action", "")], ""),
        ([], ""),
    ],
)
def test_the_button_is_known_by_its_name(app: Flask, sent: list[tuple[str, str]], said: str) -> None:
    assert pressed(MultiDict(sent), "action") == said
    with app.test_request_context(method="POST"):
        assert (Form(MultiDict(sent)).action.data or "") == said
