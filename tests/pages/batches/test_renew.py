"""Renewing many at once: looked through, ordered with one order, paid with one payment."""

from csv import DictReader
from datetime import date
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from tests.markup import found, post, said, soup
from tests.operations.payments.shop import Shop, standing
from tests.pages.batches.test_batches import begun, groups, rows
from tests.statements import statements
from tests.world import MONTH, World
from webapp.domain.batches.states import BatchState
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.periods import Period
from webapp.domain.service.service import Availability, Kind, Mode
from webapp.extensions import db
from webapp.models import Batch, Invoice, Order, OrderLine, Price, Service


def confirm(client: FlaskClient, url: str, **form: Any) -> str:
    response = post(client, url, {"action": "confirm"} | form)
    assert response.status_code == 303, said(response, "main")
    return str(response.location)


def pay(shop: Shop, where: str, standing: Standing = Standing.SUCCEEDED, failure: Failure | None = None) -> None:
    code = where.rpartition("/")[2]
    shop.begin(code)
    shop.till.decide(f"{code}-1", standing, failure)
    shop.learn(f"{code}-1")


@pytest.fixture
def several(world: World, shop: Shop) -> None:
    """Besides the yearly shop: one that is monthly, one that is manual, one that is included."""
    world.service(shop.account, "monthly.example", period=MONTH, price_minor=500)
    world.service(shop.account, "manual.example", mode=Mode.MANUAL)
    none = dict.fromkeys(("mode", "period", "anchor_day", "started_on", "ends_on"))
    world.service(shop.account, "part.example", kind=Kind.INCLUDED, **none)


ALL = ("shop.example", "monthly.example", "manual.example", "part.example")


def test_each_is_renewed_for_its_own_period_unless_another_one_is_chosen(
    world: World, alice: FlaskClient, several: None
) -> None:
    url = begun(alice, "renew", *ALL)
    page = alice.get(url)
    assert groups(alice, url) == {"planned": 3, "refused.included": 1}
    shown = {name: told[-1] for name, told in rows(page).items()}
    assert shown == {
        "shop.example": "1 year until 30 Dec 2027 (included) · €60.00",
        "monthly.example": "1 month until 30 Jan 2027 (included) · €6.00",
        "manual.example": "1 year until 30 Dec 2027 (included) · €60.00",
    }
    assert "3 services will be ordered Total, tax included: €126.00" in said(page, "#totals")
    choices = [option["value"] for option in soup(page).select("#for-how-long option")]
    assert choices == ["own", "P1M", "P12M"] and world.all(Order) == []


def test_one_duration_for_all(world: World, alice: FlaskClient, several: None) -> None:
    url = begun(alice, "renew", *ALL)
    assert post(alice, url, {"action": "duration", "duration": "P1M"}).location == url
    page = alice.get(url)
    assert "Total, tax included: €18.00" in said(page, "#totals")
    assert found(page, "#for-how-long option[selected]")["value"] == "P1M"
    post(alice, url, {"action": "duration", "duration": "own"})
    assert "€126.00" in said(alice.get(url), "#totals")


def test_only_what_its_services_are_sold_for_is_offered(world: World, alice: FlaskClient, several: None) -> None:
    other = world.product("vps")
    with world.app.app_context():
        for product, currency, months in ((world.get(Service, 1).product_id, "CAD", 24), (other, "EUR", 3)):
            db.session.add(Price(product_id=product, currency=currency, period=Period(months), minor=100))
        db.session.commit()
    page = alice.get(begun(alice, "renew", *ALL))
    choices = [option["value"] for option in soup(page).select("#for-how-long option")]
    assert choices == ["own", "P1M", "P12M"]


def test_what_is_confirmed_has_its_duration(world: World, alice: FlaskClient, several: None) -> None:
    url = begun(alice, "renew", *ALL)
    post(alice, url, {"action": "confirm"})
    before = world.get(Batch, 1)
    post(alice, url, {"action": "duration", "duration": "P1M"})
    after = world.get(Batch, 1)
    assert (after.duration, after.state) == (before.duration, before.state) == (None, BatchState.DONE)


@pytest.mark.parametrize("form", [{"duration": "P1M"}, {"duration": "P1M", "own": ""}])
def test_how_long_may_be_said_at_once(alice: FlaskClient, several: None, form: dict[str, str]) -> None:
    assert "€18.00" in said(alice.get(begun(alice, "renew", *ALL, **form)), "#totals")


def test_what_is_left_out_stays_left_out(alice: FlaskClient, several: None) -> None:
    url = begun(alice, "renew", *ALL)
    positions = found(alice.get(url), "#deciding input[name=shown]")["value"]
    post(alice, url, {"action": "keep", "shown": positions, "skip": "S-shop.example"})
    assert "2 services will be ordered Total, tax included: €66.00" in said(alice.get(url), "#totals")
    post(alice, url, {"action": "duration", "duration": "P12M"})
    assert "2 services will be ordered Total, tax included: €120.00" in said(alice.get(url), "#totals")
    post(alice, url, {"action": "keep", "shown": positions})
    assert "3 services will be ordered Total, tax included: €180.00" in said(alice.get(url), "#totals")


def test_a_duration_that_some_do_not_have_leaves_those_alone(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.service(shop.account, "mail.example", family="email")
    mail = world.get(Service, 2).product_id
    with world.app.app_context():
        db.session.execute(delete(Price).where(Price.product_id == mail, Price.period == MONTH))
        db.session.commit()
    url = begun(alice, "renew", "shop.example", "mail.example", duration="P1M")
    assert groups(alice, url) == {"planned": 1, "refused.not-sold-so": 1}


def test_it_becomes_one_order_one_payment_one_invoice_and_all_the_terms(
    world: World, alice: FlaskClient, shop: Shop, several: None
) -> None:
    url = begun(alice, "renew", *ALL)
    where = confirm(alice, url)
    assert where.startswith("/orders/") and standing(world)["orders"] == ["open 12600"]
    assert "manual.example" in said(alice.get(where), "#order")
    purposes = [str(each.purpose) for each in world.all(OrderLine)]
    assert sorted(purposes) == ["anticipate", "anticipate", "renew"]
    pay(shop, where)
    assert standing(world)["invoices"] == ["FR-000001 12600"]
    ends = [world.get(Service, key).ends_on for key in (1, 2, 3)]
    assert ends == [date(2027, 12, 31), date(2027, 1, 31), date(2027, 12, 31)]
    result = alice.get(url)
    assert groups(alice, url) == {"done": 3, "refused.included": 1} and "Order paid" in said(result, ".companions")
    assert shop.differences() == []


def test_a_refused_payment_leaves_everything_as_it_was(
    world: World, alice: FlaskClient, shop: Shop, several: None
) -> None:
    where = confirm(alice, begun(alice, "renew", *ALL))
    pay(shop, where, Standing.FAILED, Failure.REFUSED)
    assert [world.get(Service, key).ends_on for key in (1, 2, 3)] == [date(2026, 12, 31)] * 3
    assert standing(world)["invoices"] == [] and "Try again: pay €126.00" in said(alice.get(where), "#order")


def test_confirming_twice_orders_once(world: World, alice: FlaskClient, several: None) -> None:
    url = begun(alice, "renew", *ALL)
    assert confirm(alice, url) == confirm(alice, url) and len(world.all(Order)) == 1


def test_the_same_again_is_the_same_order(world: World, alice: FlaskClient, several: None) -> None:
    first = confirm(alice, begun(alice, "renew", *ALL))
    assert confirm(alice, begun(alice, "renew", *ALL)) == first and len(world.all(Order)) == 1


def test_what_has_changed_since_is_left_alone_and_told(
    world: World, alice: FlaskClient, shop: Shop, several: None
) -> None:
    url = begun(alice, "renew", *ALL)
    world.change(1, availability=Availability.TERMINATED)
    world.change(3, price_minor=9000)
    where = confirm(alice, url)
    assert standing(world)["orders"] == ["open 600"] and "monthly.example" in said(alice.get(where), "#order")
    assert groups(alice, url)["changed.terminated"] == groups(alice, url)["changed.shown-otherwise"] == 1


def test_what_is_being_paid_already_is_left_alone(world: World, alice: FlaskClient, shop: Shop, several: None) -> None:
    shop.begin(shop.order("S-shop.example"))
    url = begun(alice, "renew", *ALL)
    assert groups(alice, url)["refused.payment-under-way"] == 1
    before = begun(alice, "renew", "monthly.example")
    shop.begin(shop.order("S-monthly.example", "P1M"))
    assert confirm(alice, before) == before
    assert "Nothing was ordered" in said(alice.get(before), "main .warning")


def test_every_seller_has_an_order_of_its_own_and_every_owner_an_invoice(
    world: World, alice: FlaskClient, shop: Shop
) -> None:
    bob, noemie = world.account("Bob"), world.account("Noemie", portal="QC", country="CA")
    world.service(bob, "bob.example", billing_id=shop.account)
    world.service(noemie, "far.example", currency="CAD", billing_id=shop.account, family="vps")
    url = begun(alice, "renew", "shop.example", "bob.example", "far.example")
    assert "France, 2 services" in said(alice.get(url), "#totals")
    assert confirm(alice, url) == url
    orders = [link["href"] for link in soup(alice.get(url)).select(".companions a")]
    assert standing(world)["orders"] == ["open 12000", "open 5749"]
    pay(shop, str(orders[0]))
    owners = {(each.owner_id, each.account_id, each.gross_minor) for each in world.all(Invoice)}
    assert owners == {(shop.account, shop.account, 6000), (bob, shop.account, 6000)}
    assert shop.differences() == []


def test_where_nothing_can_be_paid_nothing_is_ordered(
    world: World, alice: FlaskClient, several: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begun(alice, "renew", *ALL)
    monkeypatch.setattr("webapp.web.paying.payments", lambda: None)
    response = post(alice, url, {"action": "confirm"})
    assert response.status_code == 422 and "Nothing can be paid here" in said(response, ".problem")
    assert world.get(Batch, 1).state is BatchState.PREVIEW


def test_many_rows_take_no_more_statements_than_a_few(world: World, alice: FlaskClient, shop: Shop) -> None:
    for number in range(14):
        world.service(shop.account, f"s{number}.example")
    taken = []
    for first, last in ((0, 2), (2, 14)):
        url = begun(alice, "renew", *(f"s{number}.example" for number in range(first, last)))
        with statements(world.app) as made:
            confirm(alice, url)
        taken.append(len(made))
    assert taken[1] == taken[0]


def told(alice: FlaskClient, url: str) -> tuple[str, str, str]:
    """What the list says of it, its page, and the file, each in short."""
    (row, *_earlier) = soup(alice.get("/batches")).select("table.rows tbody tr")
    listed = " ".join(" ".join(cell.get_text(" ").split()) for cell in row.select("td")[1:])
    states = [
        each["What became of it"] for each in DictReader(StringIO(alice.get(f"{url}.csv").text.removeprefix("\ufeff")))
    ]
    return listed, said(alice.get(url), "#batch .title .badge"), ", ".join(sorted(set(states)))


@pytest.mark.parametrize(
    ("then", "listed", "page", "file"),
    [
        ("nothing", "Waiting for payment 4 0", "Waiting for payment", "Waiting for payment"),
        ("pay", "Finished 4 3", "Finished", "Changed"),
        ("discard", "Abandoned, nothing changed 4 0", "Abandoned, nothing changed", "Not paid, so nothing was changed"),
    ],
)
def test_it_is_told_alike_before_it_is_paid_and_afterwards(
    alice: FlaskClient, shop: Shop, several: None, then: str, listed: str, page: str, file: str
) -> None:
    url = begun(alice, "renew", *ALL)
    assert "cannot be undone" in said(alice.get(url), "#batch")
    where = confirm(alice, url)
    if then == "pay":
        pay(shop, where)
    elif then == "discard":
        post(alice, where, {"action": "discard"})
    assert told(alice, url) == (listed, page, ", ".join(sorted((file, "Not possible, left alone"))))
    history = said(alice.get("/services/S-shop.example"), ".sheet .history") if then == "pay" else ""
    assert ("in a batch of 4 services" in history) is (then == "pay")
    assert shop.differences() == []


def test_what_the_payment_brought_nothing_for_is_not_told_as_changed(
    world: World, alice: FlaskClient, shop: Shop, several: None
) -> None:
    url = begun(alice, "renew", *ALL)
    where = confirm(alice, url)
    world.change(1, availability=Availability.TERMINATED)
    pay(shop, where)
    assert groups(alice, url) == {"done": 2, "changed.terminated": 1, "refused.included": 1}


def test_of_two_batches_for_the_same_order_the_later_one_waits(alice: FlaskClient, several: None) -> None:
    first, again = begun(alice, "renew", *ALL), begun(alice, "renew", *ALL)
    assert confirm(alice, first) == confirm(alice, again)
    assert groups(alice, first)["abandoned.ordered-again"] == groups(alice, again)["ordered"] == 3
