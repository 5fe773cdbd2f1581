"""Alice at the counter: what she holds, what she orders, and the provider she pays at."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.operations.payments.shop import Shop
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock


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
