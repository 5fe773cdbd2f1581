"""Automatic payment for many, as often as is chosen for all of them, and put back exactly."""

import pytest
from flask.testing import FlaskClient

from tests.markup import found, post, said, soup
from tests.pages.batches.test_batches import ENABLE, begun, groups, rows
from tests.world import MONTH, YEAR, World
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Price, Product, Service

NAMES = ("manual.example", "yearly.example", "only-yearly.example")


@pytest.fixture
def alice(world: World) -> FlaskClient:
    """Two hostings that can renew every month, and a server that cannot; one agreed on a price of its own."""
    client = world.client(world.account("Alice"))
    world.card(1)
    world.service(1, "manual.example", mode=Mode.MANUAL)
    world.service(1, "yearly.example", price_minor=4200)
    world.service(1, "only-yearly.example", family="vps")
    with world.app.app_context():
        for product in db.session.query(Product).order_by(Product.id):
            db.session.query(Price).filter_by(product_id=product.id).delete()
            for period, minor in ((MONTH, 550), (YEAR, 5000)):
                if product.family != "vps" or period == YEAR:
                    db.session.add(Price(product_id=product.id, currency="EUR", period=period, minor=minor))
        db.session.commit()
    return client


def test_each_keeps_its_own_as_long_as_nothing_is_chosen(alice: FlaskClient) -> None:
    url = begun(alice, ENABLE, *NAMES)
    assert groups(alice, url) == {"planned": 1, "refused.already-so": 2}
    options = [
        (each["value"], each.get_text(strip=True)) for each in soup(alice.get(url)).select("#for-how-long option")
    ]
    assert options == [("own", "Each as often as it has it"), ("P1M", "every month"), ("P12M", "every year")]
    assert "How often?" in said(alice.get(url), ".for-how-long")


def test_one_frequency_for_all_and_exactly_back(world: World, alice: FlaskClient) -> None:
    url = begun(alice, ENABLE, *NAMES)
    post(alice, url, {"action": "duration", "duration": "P1M"})
    assert groups(alice, url) == {"planned": 2, "refused.not-sold-so-often": 1}
    assert found(alice.get(url), "#for-how-long option[selected]")["value"] == "P1M"
    assert all("every month" in " ".join(told) for told in rows(alice.get(url)).values())
    post(alice, url, {"action": "confirm"})
    kept = [(each.mode, each.period, each.price_minor) for each in world.all(Service)]
    assert kept == [(Mode.AUTOMATIC, MONTH, 550), (Mode.AUTOMATIC, MONTH, 550), (Mode.AUTOMATIC, YEAR, 5000)]
    undo = post(alice, url, {"action": "undo"}).location
    post(alice, undo, {"action": "confirm"})
    kept = [(each.mode, each.period, each.price_minor) for each in world.all(Service)]
    assert kept == [(Mode.MANUAL, YEAR, 5000), (Mode.AUTOMATIC, YEAR, 4200), (Mode.AUTOMATIC, YEAR, 5000)]
