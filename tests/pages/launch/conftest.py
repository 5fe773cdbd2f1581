"""The panel that opens the portal."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import NOON
from tests.panel import ACME, Host, installed
from tests.world import ENDS, World
from webapp.domain.service.service import Mode


@pytest.fixture
def host(app: Flask) -> Iterator[Host]:
    with installed(app, ACME):
        yield Host(NOON)


@pytest.fixture
def alice(world: World) -> int:
    """She holds a service in each state that has pages of its own."""
    key = world.account("Alice")
    world.card(key)
    world.service(key, "shop.example")
    world.service(key, "manual.example", mode=Mode.MANUAL)
    world.service(key, "ended.example", cancels_on=ENDS)
    world.bill(world.service(key, "billed.example"), 700, number="B-1")
    return key


def browser(app: Flask) -> FlaskClient:
    """One of its own, in English."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
