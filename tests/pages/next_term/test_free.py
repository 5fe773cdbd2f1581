"""What costs nothing needs no payment."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.markup import confirmation, found, post, said
from tests.operations.payments.shop import Shop, standing
from tests.world import YEAR, World
from webapp.domain.service.service import Mode
from webapp.models import Service

URL = "/services/S-free.example"


@pytest.fixture(params=[("renew", Mode.MANUAL), ("anticipate", Mode.AUTOMATIC)], ids=["renew", "anticipate"])
def page(request: pytest.FixtureRequest, world: World, shop: Shop) -> str:
    path, mode = request.param
    world.service(shop.account, "free.example", mode=mode, price_minor=0, period=YEAR)
    return f"{URL}/{path}"


def held(world: World) -> Service:
    (free,) = (each for each in world.all(Service) if each.reference == "S-free.example")
    return free


def test_it_is_given_at_once_with_a_receipt(world: World, shop: Shop, alice: FlaskClient, page: str) -> None:
    seen = alice.get(page)
    assert "Nothing to pay" in said(seen, ".acting")
    done = post(alice, page, confirmation(seen) | {"duration": "P12M", "action": "order"})
    receipt = said(alice.get(done.location), ".receipt")
    assert "30 Dec 2026 → 30 Dec 2027" in receipt
    assert "Code of the order" not in receipt
    assert standing(world)["orders"] == standing(world)["invoices"] == []
    assert held(world).ends_on == date(2027, 12, 31)
    assert shop.differences() == []


def test_twice_is_not_two_years(world: World, alice: FlaskClient, page: str) -> None:
    form = confirmation(alice.get(page)) | {"duration": "P12M", "action": "order"}
    assert [post(alice, page, form).status_code for _press in range(2)] == [303, 409]
    assert held(world).ends_on == date(2027, 12, 31)


def test_where_nothing_can_be_paid_it_is_given_all_the_same(
    alice: FlaskClient, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.web.paying.payments", lambda: None)
    seen = alice.get(page)
    assert found(seen, ".acting button[name='action.order']")
    form = confirmation(seen) | {"duration": "P12M", "action": "order"}
    assert post(alice, page, form).status_code == 303


def test_a_batch_gives_it_at_once(world: World, alice: FlaskClient, page: str, shop: Shop) -> None:
    begun = post(alice, "/batches", {"action": "renew", "ref": ["S-free.example"]}).location
    post(alice, begun, {"action": "confirm"})
    assert held(world).ends_on == date(2027, 12, 31)
    assert standing(world)["orders"] == []
    assert shop.differences() == []
