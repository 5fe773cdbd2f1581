"""A provider whose engine runs when a test says so."""

import pytest
from flask import Flask

from tests.operations.lifecycle.days import Days
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock


@pytest.fixture
def days(app: Flask, clock: FixedClock, till: Till) -> Days:
    return Days(app, clock, till)


@pytest.fixture
def alice(world: World) -> int:
    return world.account("Alice")
