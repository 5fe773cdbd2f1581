"""What an act asks of the database, counted: it does not grow unnoticed."""

from flask import Flask
from flask.testing import FlaskClient

from tests.markup import confirmation, token
from tests.operations.payments.shop import Shop
from tests.provider import Till
from tests.statements import statements
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.payment import Standing
from webapp.models import Order

TABLE, CONFIGURE, ORDER, SETTLE = 6, 7, 9, 20


def counted(app: Flask, client: FlaskClient, url: str, **form: str) -> int:
    seen = confirmation(client.get(url)) | {"csrf_token": token(client)} | form
    with statements(app) as asked:
        answer = client.post(url.partition("?")[0], data=seen)
    assert answer.status_code == 303
    return len(asked)


def test_looking_configuring_ordering_and_settling(app: Flask, world: World, clock: FixedClock, till: Till) -> None:
    alice = world.account("Alice")
    world.card(alice)
    world.service(alice)
    shop, client = Shop(app, clock, alice, till), world.client(alice)
    with statements(app) as asked:
        client.get("/services")
    assert len(asked) <= TABLE, asked
    url = "/services/S-shop.example"
    assert counted(app, client, f"{url}/renewal?choice=P1M") <= CONFIGURE
    assert counted(app, client, f"{url}/anticipate", action="order", duration="P1M") <= ORDER
    (code,) = (order.code for order in world.all(Order))
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    with statements(app) as asked:
        shop.learn(f"{code}-1")
    assert len(asked) <= SETTLE, asked
    assert shop.differences() == []
