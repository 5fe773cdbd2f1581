"""Aligning many at once: the days compared, one of them chosen, one order for all, and they move when it is paid."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import found, htmx, post, said, soup
from tests.operations.payments.shop import Shop, standing
from tests.pages.batches.test_batches import begun, groups, rows
from tests.pages.batches.test_renew import confirm, pay
from tests.statements import statements
from tests.world import MONTH, World
from webapp.domain.batches.states import BatchState
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.service.service import Kind
from webapp.models import Batch, BatchRow, Event, Invoice, Order, Service

ALL = ("shop.example", "monthly.example", "early.example", "name.example", "part.example")


@pytest.fixture
def several(world: World, shop: Shop) -> None:
    """Besides the yearly shop of the 31st: a monthly one, one of the 5th, a domain, and one that is included."""
    world.service(shop.account, "monthly.example", period=MONTH, price_minor=500)
    world.service(shop.account, "early.example", anchor_day=5, ends_on=date(2027, 3, 5), started_on=date(2026, 3, 5))
    world.service(shop.account, "name.example", family="domain")
    none = dict.fromkeys(("mode", "period", "anchor_day", "started_on", "ends_on"))
    world.service(shop.account, "part.example", kind=Kind.INCLUDED, **none)


def days(world: World) -> list[tuple[int | None, str]]:
    held = [world.get(Service, key) for key in range(1, 6)]
    return [(each.anchor_day, str(each.ends_on)) for each in held]


BEFORE = [(31, "2026-12-31"), (31, "2026-12-31"), (5, "2027-03-05"), (31, "2026-12-31"), (None, "None")]
AFTER = [(5, "2027-02-05"), (5, "2027-02-05"), *BEFORE[2:]]


def test_without_a_day_all_of_them_stand_side_by_side(world: World, alice: FlaskClient, several: None) -> None:
    url = begun(alice, "align", *ALL)
    page = alice.get(url)
    assert "3 of these services can be moved" in said(page, "#batch")
    assert found(page, "#day option[selected]")["value"] == "31"
    page = alice.get(f"{url}?day=5")
    figures = said(page, "#batch .summary")
    assert figures == (
        "To pay now, ahead of time, tax included €12.89 Days added 72 "
        "The twelve months that follow, tax included €192.00 as it is today, €180.00 on that day "
        "Payment days a year 13, then 10"
    )
    assert "most services" in said(page, ".days tr:has(#day-31)")
    assert "costs least" in said(page, ".days tr:has(#day-31)")
    months = [" ".join(month.get_text(" ").split()) for month in soup(page).select(".year tbody tr")]
    assert months[0] == "Dec 2026 €66.00 on 1 day : 31 €0.00"
    assert months[2:4] == [
        "Feb 2027 €6.00 on 1 day : 28 €66.00 on 1 day : 5",
        "Mar 2027 €66.00 on 2 days : 5, 31 €66.00 on 1 day : 5",
    ]
    assert world.get(Batch, 1).state is BatchState.CHOOSING


def test_a_day_is_looked_at_without_leaving_the_page(alice: FlaskClient, several: None) -> None:
    url = begun(alice, "align", *ALL)
    link = found(alice.get(url), "#day-20")
    page = alice.get(str(link["hx-get"]), headers=htmx("batch"))
    assert found(page, "#day option[selected]")["value"] == "20"
    assert soup(page).select("html") == []


def test_the_day_that_is_chosen_says_what_becomes_of_each(world: World, alice: FlaskClient, several: None) -> None:
    url = begun(alice, "align", *ALL)
    assert post(alice, url, {"action": "day", "day": "5"}).location == url
    assert groups(alice, url) == {
        "planned": 2,
        "refused.already-on-day": 1,
        "refused.anniversary": 1,
        "refused.included": 1,
    }
    page = alice.get(url)
    shown = rows(page)
    assert shown["shop.example"][-1] == "until 4 Feb 2027 (included) 36 days added · €5.92"
    assert shown["monthly.example"][-1] == "until 4 Feb 2027 (included) 36 days added · €6.97"
    assert "debited on 31 Dec 2026" in shown["shop.example"][-2]
    assert said(page, "#totals").startswith("2 services will be aligned Total, tax included: €12.89")
    assert "There is no undoing this" in said(page, "#batch")
    assert world.all(Order) == []


def test_the_day_may_be_said_at_once(alice: FlaskClient, several: None) -> None:
    assert "€12.89" in said(alice.get(begun(alice, "align", *ALL, day="5")), "#totals")


@pytest.mark.parametrize("day", ["", "0", "32", "five", "\0"])
def test_what_is_no_day_is_to_be_chosen(world: World, alice: FlaskClient, several: None, day: str) -> None:
    url = begun(alice, "align", *ALL, day=day)
    assert world.get(Batch, 1).state is BatchState.CHOOSING
    refused = post(alice, url, {"action": "day", "day": day})
    assert refused.status_code == 422
    assert "Choose a day of the month" in said(refused, ".problem")


def test_another_day_may_be_compared_again_and_what_is_left_out_stays_so(
    world: World, alice: FlaskClient, several: None
) -> None:
    url = begun(alice, "align", *ALL, day="5")
    positions = found(alice.get(url), "#deciding input[name=shown]")["value"]
    post(alice, url, {"action": "keep", "shown": positions, "skip": "S-shop.example"})
    assert "€6.97" in said(alice.get(url), "#totals")
    post(alice, url, {"action": "choose"})
    page = alice.get(url)
    assert "2 of these services can be moved" in said(page, "#batch")
    assert found(page, "#day option[selected]")["value"] == "5"
    post(alice, url, {"action": "day", "day": "20"})
    assert "2 services will be aligned" in said(alice.get(url), "#totals")
    post(alice, url, {"action": "day", "day": "5"})
    assert "1 service will be aligned Total, tax included: €6.97" in said(alice.get(url), "#totals")


def test_no_day_is_chosen_for_what_is_confirmed_or_has_none(world: World, alice: FlaskClient, several: None) -> None:
    aligning, renewing = begun(alice, "align", *ALL, day="5"), begun(alice, "renew", *ALL)
    post(alice, aligning, {"action": "confirm"})
    for url in (aligning, renewing):
        post(alice, url, {"action": "day", "day": "20"})
    assert [(each.day, each.state) for each in world.all(Batch)] == [(5, BatchState.DONE), (None, BatchState.PREVIEW)]


def test_it_becomes_one_order_and_the_days_move_when_it_is_paid(
    world: World, alice: FlaskClient, shop: Shop, several: None
) -> None:
    url = begun(alice, "align", *ALL, day="5")
    where = confirm(alice, url)
    assert where.startswith("/orders/")
    assert days(world) == BEFORE
    assert "Will renew on day 5 of the month" in said(alice.get(where), "#order")
    pay(shop, where)
    assert days(world) == AFTER
    total = sum(row.gross_minor for row in world.all(BatchRow) if row.gross_minor)
    (order,), (invoice,) = world.all(Order), world.all(Invoice)
    assert total == order.gross_minor == invoice.gross_minor == shop.till.taken == 1289
    assert groups(alice, url)["done"] == 2
    page = alice.get(url)
    assert [button["value"] for button in soup(page).select("#batch button")] == []
    assert "There is no undoing this" not in said(page, "#batch")
    assert post(alice, url, {"action": "undo"}).location == url
    assert days(world) == AFTER
    assert shop.differences() == []


def test_aligning_twice_changes_nothing(world: World, alice: FlaskClient, shop: Shop, several: None) -> None:
    pay(shop, confirm(alice, begun(alice, "align", *ALL, day="5")))
    again = begun(alice, "align", *ALL, day="5")
    assert groups(alice, again) == {"refused.already-on-day": 3, "refused.anniversary": 1, "refused.included": 1}
    assert soup(alice.get(again)).select("#totals button.primary") == []
    assert days(world) == AFTER


def test_a_refused_payment_moves_nothing(world: World, alice: FlaskClient, shop: Shop, several: None) -> None:
    pay(shop, confirm(alice, begun(alice, "align", *ALL, day="5")), Standing.FAILED, Failure.REFUSED)
    assert days(world) == BEFORE


def test_confirming_twice_orders_once(world: World, alice: FlaskClient, several: None) -> None:
    url = begun(alice, "align", *ALL, day="5")
    assert confirm(alice, url) == confirm(alice, url)
    assert len(world.all(Order)) == 1


@pytest.fixture
def february(world: World, shop: Shop) -> None:
    """One that ends on the last day of a short month, by an anchor of its own."""
    world.service(shop.account, "short.example", anchor_day=28, started_on=date(2026, 2, 28), ends_on=date(2027, 2, 28))


def test_where_nothing_is_due_it_is_done_at_once_and_the_rest_is_ordered(
    world: World, alice: FlaskClient, shop: Shop, several: None, february: None
) -> None:
    url = begun(alice, "align", "early.example", "short.example", day="31")
    assert groups(alice, url) == {"planned": 1, "planned.nothing-due": 1}
    where = confirm(alice, url)
    assert where.startswith("/orders/")
    assert world.get(Service, 6).anchor_day == 31
    assert world.get(Service, 3).anchor_day == 5
    assert groups(alice, url) == {"done.nothing-due": 1, "ordered": 1}
    assert [each.batch_id for each in world.all(Event) if each.kind == "aligned"] == [1]
    pay(shop, where)
    assert (world.get(Service, 3).anchor_day, world.get(Service, 3).ends_on) == (31, date(2027, 4, 30))
    assert shop.differences() == []


def test_where_nothing_is_due_at_all_there_is_no_order(
    world: World, alice: FlaskClient, shop: Shop, february: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.web.paying.payments", lambda: None)
    url = begun(alice, "align", "short.example", day="31")
    page = alice.get(url)
    assert found(page, "#totals button.primary").get_text(strip=True) == "Confirm"
    assert confirm(alice, url) == url
    assert world.all(Order) == []
    assert "Nothing was ordered" not in said(alice.get(url), "#batch")
    assert groups(alice, url) == {"done.nothing-due": 1}


def test_what_is_due_waits_for_a_provider(
    world: World, alice: FlaskClient, several: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begun(alice, "align", *ALL, day="5")
    monkeypatch.setattr("webapp.web.paying.payments", lambda: None)
    assert "Nothing can be paid here" in said(alice.get(url), "#totals")
    assert post(alice, url, {"action": "confirm"}).status_code == 422
    assert world.all(Order) == []


def test_what_changed_meanwhile_is_left_alone_and_told(world: World, alice: FlaskClient, several: None) -> None:
    url = begun(alice, "align", *ALL, day="5")
    world.change(1, price_minor=9900)
    confirm(alice, url)
    assert groups(alice, url)["changed.shown-otherwise"] == 1
    assert standing(world)["orders"] == ["open 697"]


def test_each_seller_has_an_order_of_its_own(world: World, alice: FlaskClient, shop: Shop) -> None:
    bob = world.account("Bob", portal="QC")
    world.service(bob, "far.example", billing_id=shop.account, currency="CAD", family="storage")
    url = begun(alice, "align", "shop.example", "far.example")
    page = alice.get(f"{url}?day=5")
    assert len(soup(page).select("table.year")) == 2
    assert "CA$" in said(page, "#batch .summary")
    post(alice, url, {"action": "day", "day": "5"})
    assert confirm(alice, url) == url
    assert len(world.all(Order)) == 2


def test_nothing_that_can_be_moved_says_why(alice: FlaskClient, several: None) -> None:
    url = begun(alice, "align", "name.example", "part.example")
    page = alice.get(url)
    assert "None of these services" in said(page, "#batch .warning")
    field: Any = found(page, "#batch form input[name=day]")["value"]
    post(alice, url, {"action": "day", "day": field})
    assert groups(alice, url) == {"refused.anniversary": 1, "refused.included": 1}


def test_another_account_s_batch_is_not_there(world: World, alice: FlaskClient, several: None) -> None:
    url = begun(alice, "align", *ALL)
    bob = world.client(world.account("Bob"))
    assert bob.get(url).status_code == 404
    for action in ("day", "choose"):
        assert post(bob, url, {"action": action, "day": "5"}).status_code == 404


def test_the_comparison_takes_a_constant_number_of_statements(
    world: World, app: Flask, alice: FlaskClient, shop: Shop, several: None
) -> None:
    few, many = begun(alice, "align", *ALL), ""
    for number in range(40):
        world.service(shop.account, f"n{number}.example")
    many = begun(alice, "align", *ALL, *(f"n{number}.example" for number in range(40)))
    alice.get(few)
    with statements(app) as of_few:
        alice.get(few)
    with statements(app) as of_many:
        alice.get(many)
    assert len(of_many) == len(of_few)
