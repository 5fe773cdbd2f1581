"""What the services of the table would cost if they renewed with another period, and the batch that makes it so."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.markup import found, post, said, soup
from tests.statements import statements
from tests.world import MONTH, YEAR, World
from webapp.domain.periods import Period
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Price, Product, Service


@pytest.fixture
def offered(world: World, alice: FlaskClient) -> FlaskClient:
    """Hosting costs 60 euros a year, tax included, or 6.60 a month."""
    with world.app.app_context():
        key = db.session.query(Product.id).order_by(Product.id).limit(1).scalar()
        for period, minor in ((MONTH, 550), (YEAR, 5000)):
            db.session.merge(Price(product_id=key, currency="EUR", period=period, minor=minor))
        db.session.commit()
    return alice


def table(client: FlaskClient, url: str) -> dict[str, str]:
    rows = soup(client.get(url)).select("section[aria-labelledby=what-if] tbody tr")
    told = {}
    for row in rows:
        name, *cells = [" ".join(each.get_text(" ").split()) for each in row.select("th, td")]
        told[name] = " | ".join(cells)
    return told


def words(client: FlaskClient, url: str) -> str:
    return said(client.get(url), "section[aria-labelledby=what-if]").replace(" .", ".")


def test_both_ways_are_offered_and_nothing_is_compared_yet(offered: FlaskClient) -> None:
    page = offered.get("/calendar?type=hosting")
    links = [str(each["href"]) for each in soup(page).select("section[aria-labelledby=what-if] a")]
    assert links == ["/calendar?type=hosting&if=P1M#what-if", "/calendar?type=hosting&if=P12M#what-if"]
    assert table(offered, "/calendar") == {}


def test_months_and_a_year_are_compared(offered: FlaskClient) -> None:
    told = table(offered, "/calendar?if=P1M")
    assert told["Dec 2026"] == "€60.00 | €6.60 | -€53.40"
    assert told["Jan 2027"] == "€0.00 | €6.60 | + €6.60"
    assert told["In all"] == "€60.00 | €72.60 | + €12.60"
    text = words(offered, "/calendar?if=P1M")
    assert "1 of these services would then renew every month." in text
    assert "A year of it costs €60.00 as things stand, and would cost €79.20." in text
    assert "That is €6.60 a month instead of €5.00." in text


def test_it_leads_to_the_batch_that_does_it(world: World, offered: FlaskClient) -> None:
    world.service(1, "manual.example", mode=Mode.MANUAL)
    form = found(offered.get("/calendar?q=example&if=P1M"), 'section[aria-labelledby=what-if] form[action^="/batches"]')
    assert form["action"] == "/batches?q=example&mode=automatic"
    sent = {str(each["name"]): str(each["value"]) for each in form.select("input[type=hidden]")[1:]}
    batch = post(offered, str(form["action"]), sent | {"action": "enable-automatic"}).location
    assert "1 service will be changed" in said(offered.get(batch), "#totals")
    post(offered, batch, {"action": "confirm"})
    assert world.get(Service, 1).period == MONTH and world.get(Service, 2).mode is Mode.MANUAL
    assert "None of these services would then renew every month" in words(offered, "/calendar?if=P1M")
    put_back = post(offered, batch, {"action": "undo"}).location
    post(offered, put_back, {"action": "confirm"})
    assert world.get(Service, 1).period == YEAR and world.get(Service, 1).price_minor == 5000


def test_what_others_pay_what_ends_and_what_is_not_sold_so_stays(world: World, offered: FlaskClient) -> None:
    bob = world.account("Bob")
    world.service(1, "others.example", billing_id=bob)
    world.service(1, "ends.example", cancels_on=date(2026, 12, 31))
    key = world.service(1, "vps.example", family="vps", period=Period(3))
    with world.app.app_context():
        db.session.query(Price).filter_by(product_id=world.get(Service, key).product_id).delete()
        db.session.commit()
    assert "1 of these services would then renew every month." in words(offered, "/calendar?if=P1M")


@pytest.mark.parametrize("asked", ["", "P2M", "x", "P1M'"])
def test_nothing_else_is_compared(offered: FlaskClient, asked: str) -> None:
    assert offered.get("/calendar", query_string={"if": asked}).status_code == 200
    assert table(offered, f"/calendar?if={asked}") == {}


def test_it_asks_the_same_of_the_database_however_much_there_is(world: World, offered: FlaskClient) -> None:
    with statements(world.app) as before:
        offered.get("/calendar?if=P1M")
    for number in range(20):
        world.service(1, f"s{number}.example")
    with statements(world.app) as after:
        offered.get("/calendar?if=P1M")
    assert len(before) == len(after)
