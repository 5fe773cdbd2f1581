"""A change that is what a service stands at can be put back, by the page on which any change is confirmed."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from tests.conftest import NOON
from tests.markup import confirmation, found, post, said, soup
from tests.world import MONTH, YEAR, World
from webapp.adapters.clock import FixedClock
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Price, Service

PAGE = "/services/S-shop.example"
LINK = ".history a[href*='renewal'], .history a[href*='cancel']"


@pytest.fixture
def client(world: World) -> FlaskClient:
    alice = world.account("Alice")
    world.card(alice)
    world.service(alice)
    return world.client(alice)


def configured(client: FlaskClient, choice: str) -> str:
    """Where one lands when it is confirmed."""
    url = f"{PAGE}/renewal"
    seen = confirmation(client.get(f"{url}?choice={choice}"))
    return str(post(client, url, seen | {"choice": choice}).location)


def cancelled(client: FlaskClient) -> str:
    seen = confirmation(client.get(f"{PAGE}/cancel"))
    return str(post(client, f"{PAGE}/cancel", seen | {"action": "confirm"}).location)


def offered(client: FlaskClient, where: str = PAGE) -> dict[str, str]:
    links = soup(client.get(where)).select(LINK if where == PAGE else ".receipt a[href*='?choice=']")
    return {link.get_text(): str(link["href"]) for link in links}


def test_what_was_configured_is_put_back(world: World, client: FlaskClient) -> None:
    landed = configured(client, "manual")
    back = {"Put it back: Automatic, every year": f"{PAGE}/renewal?choice=P12M"}
    assert offered(client) == offered(client, landed) == back
    page = client.get(f"{PAGE}/renewal?choice=P12M")
    assert found(page, "input[name=choice][checked]")["value"] == "P12M"
    configured(client, "P12M")
    assert offered(client) == {"Put it back: Manual renewal": f"{PAGE}/renewal?choice=manual"}
    assert offered(client, landed) == {}
    service = world.get(Service, 1)
    assert (service.mode, service.period, service.price_minor) == (Mode.AUTOMATIC, YEAR, 5000)


def test_what_is_offered_no_more_is_told_with_the_reason(world: World, client: FlaskClient) -> None:
    world.change(1, period=MONTH, price_minor=500)
    landed = configured(client, "P12M")
    assert offered(client) == {"Put it back: Automatic, every month": f"{PAGE}/renewal?choice=P1M"}
    with world.app.app_context():
        db.session.execute(delete(Price).where(Price.period == MONTH))
        db.session.commit()
    for where in (PAGE, landed):
        assert offered(client, where) == {}
        told = "Put it back: Automatic, every month – This way of renewing is not offered any more."
        assert told in said(client.get(where), "main")


def test_nobody_puts_back_what_is_not_theirs_to_change(world: World, client: FlaskClient) -> None:
    configured(client, "manual")
    bob = world.account("Bob")
    world.change(1, technical_id=bob)
    page = world.client(bob).get(PAGE)
    assert "Put it back: Automatic, every year – " in said(page, ".history")
    assert not soup(page).select(LINK)


def test_a_cancellation_is_undone_until_it_is_too_late(world: World, client: FlaskClient, clock: FixedClock) -> None:
    cancelled(client)
    assert offered(client) == {"Undo cancellation": f"{PAGE}/cancel/undo"}
    clock.move_to(NOON + timedelta(days=37))
    page = world.client(1).get(PAGE)
    assert "Undo cancellation – " in said(page, ".history") and not soup(page).select(LINK)


@pytest.mark.parametrize("values", [{"period": MONTH, "price_minor": 500}, {"ends_on": date(2027, 12, 31)}])
def test_what_stands_otherwise_by_now_is_not_put_back(
    world: World, client: FlaskClient, values: dict[str, object]
) -> None:
    """By an inventory, say; another end changes nothing about how it renews."""
    configured(client, "manual")
    configured(client, "P12M")
    world.change(1, **values)
    assert bool(offered(client)) is ("ends_on" in values)
