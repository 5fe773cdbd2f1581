"""Alice at the counter: what she holds, what she orders, and the provider she pays at."""

from collections.abc import Iterator

import pytest
from flask import Flask, before_render_template, template_rendered
from flask.testing import FlaskClient
from jinja2 import Template
from sqlalchemy import event

from tests.operations.payments.shop import Shop
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.extensions import db


@pytest.fixture
def shop(world: World, app: Flask, clock: FixedClock, till: Till) -> Shop:
    alice = world.account("Alice")
    world.card(alice)
    world.service(alice)
    return Shop(app, clock, alice, till)


@pytest.fixture
def alice(world: World, shop: Shop) -> FlaskClient:
    """Her browser."""
    return world.client(shop.account)


@pytest.fixture(autouse=True)
def _templates_ask_the_database_nothing(app: Flask) -> Iterator[None]:
    """Whatever page a test draws: all that its template needs was fetched before."""
    drawing: list[str] = []
    asked: list[str] = []

    def begin(_app: Flask, template: Template, **_context: object) -> None:
        drawing.append(str(template.name))

    def end(_app: Flask, **_context: object) -> None:
        drawing.clear()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if drawing:
            asked.append(f"{drawing[-1]}: {statement}")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    with before_render_template.connected_to(begin, app), template_rendered.connected_to(end, app):
        yield
    event.remove(engine, "before_cursor_execute", note)
    assert asked == []
