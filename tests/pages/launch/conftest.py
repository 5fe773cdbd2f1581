"""The panel that opens the portal."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import NOON
from tests.panel import ACME, Host, installed


@pytest.fixture
def host(app: Flask) -> Iterator[Host]:
    with installed(app, ACME):
        yield Host(NOON)


def browser(app: Flask) -> FlaskClient:
    """One of its own, in English."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
