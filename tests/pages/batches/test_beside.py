"""Two batches over the same services: what is said and done in one is not said or done in the other."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.confirming import looked_at
from tests.conftest import NOON
from tests.markup import post, said, soup
from tests.operations.payments.shop import Shop
from tests.pages.batches.test_batches import DISABLE, ENABLE, begun, groups, rows
from tests.world import MONTH, World
from webapp.domain.billing.payment import Standing
from webapp.domain.money import Money
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Batch, Order, Price, Product
from webapp.operations.renewal.configure import configure_renewal
from webapp.wiring import desk_of, rules

CANCEL, RENEW = "cancel", "renew"


def confirmed(client: FlaskClient, action: str, *refs: str) -> str:
    url = begun(client, action, *refs)
    post(client, url, {"action": "confirm"})
    return url


def test_what_is_left_out_of_one_stays_in_the_other(alice: FlaskClient, world: World) -> None:
    for name in ("a", "b"):
        world.service(1, name)
    one, other = begun(alice, DISABLE, "a", "b"), begun(alice, DISABLE, "a", "b")
    post(alice, one, {"action": "keep", "shown": "1 2", "skip": ["S-a"]})
    assert "2 services" in said(alice.get(other), "#totals") and "1 left out" in said(alice.get(one), "#totals")
    post(alice, other, {"action": "keep", "shown": "1 2", "skip": []})
    assert "1 left out" in said(alice.get(one), "#totals")


def test_each_says_what_it_changed_itself(alice: FlaskClient, world: World) -> None:
    world.service(1, "a")
    first = confirmed(alice, DISABLE, "a")
    second = confirmed(alice, ENABLE, "a")
    changes = {url: rows(alice.get(url))["a"][0] for url in (first, second)}
    assert changes[first].startswith("Renewal mode Automatic, every year → Manual renewal")
    assert changes[second].startswith("Renewal mode Manual renewal → Automatic")


def test_a_companion_counts_as_outside_although_another_batch_has_it(alice: FlaskClient, world: World) -> None:
    world.service(1, "site.example")
    world.service(1, "site.example", reference="S-domain", family="domain")
    begun(alice, CANCEL, "domain")
    alone = begun(alice, CANCEL, "site.example")
    assert "Belongs to it, but is not in this batch" in said(alice.get(alone), "table.rows")
    both = begun(alice, CANCEL, "site.example", "domain")
    assert "Belongs to it" not in said(alice.get(both), "table.rows")


def test_each_has_the_receipt_of_its_own(alice: FlaskClient, world: World) -> None:
    for name in ("a", "b", "c"):
        world.service(1, name)
    receipts = {}
    for url in (confirmed(alice, CANCEL, "a"), confirmed(alice, CANCEL, "b"), confirmed(alice, DISABLE, "c")):
        links = soup(alice.get(url)).select("main a[href^='/receipts/']")
        receipts[url] = {str(link["href"]) for link in links}
    one, two, none = receipts.values()
    assert len(one) == len(two) == 1 and one != two and none == set()


def test_the_list_counts_each_by_itself(alice: FlaskClient, world: World) -> None:
    for name in ("a", "b", "c"):
        world.service(1, name)
    confirmed(alice, DISABLE, "a", "b")
    confirmed(alice, DISABLE, "b", "c")
    told = [" ".join(each.get_text(" ").split()) for each in soup(alice.get("/batches")).select("tbody tr")]
    assert [each.rpartition("Finished ")[2] for each in told] == ["2 1", "2 2"]


def test_agreements_are_asked_for_where_they_are_demanded(world: World) -> None:
    quentin = world.account("Quentin", portal="QC", country="CA", language="en")
    world.card(quentin)
    client = world.client(quentin)
    for name in ("a", "b"):
        world.service(quentin, name, mode=Mode.MANUAL, currency="CAD")
    enabling, cancelling = begun(client, ENABLE, "a"), begun(client, "undo-cancellation", "b")
    assert "To be accepted first" in said(client.get(enabling), "main")
    assert "To be accepted first" not in said(client.get(cancelling), "main")
    disabling = begun(client, DISABLE, "b")
    assert "To be accepted first" not in said(client.get(disabling), "main")


def test_an_order_ends_the_rows_that_wait_for_it_and_no_others(world: World, shop: Shop, alice: FlaskClient) -> None:
    world.service(shop.account, "other.example")
    looked_at_only = begun(alice, DISABLE, "shop.example")
    one, other = confirmed(alice, RENEW, "shop.example"), confirmed(alice, RENEW, "other.example")
    codes = [each.code for each in world.all(Order)]
    shop.begin(codes[0])
    world.change(1, cancels_on=date(2026, 12, 31))
    shop.till.decide(f"{codes[0]}-1", Standing.SUCCEEDED)
    shop.learn(f"{codes[0]}-1")
    assert groups(alice, one) == {"changed.cancellation-scheduled": 1} and groups(alice, other) == {"ordered": 1}
    assert "31 Dec 2026" in rows(alice.get(one))["shop.example"][0]
    assert groups(alice, looked_at_only) == {"planned": 1}
    assert shop.begin(codes[1]) is None, "the credit pays it"
    assert groups(alice, other) == {"done": 1} and groups(alice, one) == {"changed.cancellation-scheduled": 1}


def test_of_a_batch_with_two_orders_one_ends_its_own_rows(world: World, shop: Shop, alice: FlaskClient) -> None:
    company = world.account("Company", portal="DE", country="DE", kind="business")
    world.service(company, "firma.example", billing_id=shop.account)
    url = confirmed(alice, RENEW, "shop.example", "firma.example")
    (first, _second) = world.all(Order)
    shop.begin(first.code)
    shop.till.decide(f"{first.code}-1", Standing.SUCCEEDED)
    shop.learn(f"{first.code}-1")
    assert groups(alice, url) == {"done": 1, "ordered": 1}


def test_what_is_left_out_stays_listed_until_it_is_confirmed(alice: FlaskClient, world: World) -> None:
    for number in range(26):
        world.service(1, f"srv-{number:02}")
    world.service(1, "manual.example", mode=Mode.MANUAL)
    url = begun(alice, DISABLE, select="all")
    skipped = rows(alice.get(url))
    assert len(skipped) == 25 and "Next" in said(alice.get(url), "main")
    name = next(each for each in skipped if each != "shop.example")
    post(alice, url, {"action": "keep", "shown": " ".join(map(str, range(1, 26))), "skip": [f"S-{name}"]})
    shown = alice.get(url)
    assert name in rows(shown) and len(soup(shown).select("[name=skip][checked]")) == 1
    refused = alice.get(f"{url}?group=refused.already-so")
    assert list(rows(refused)) == ["manual.example"]
    post(alice, url, {"action": "confirm", "skip": [f"S-{name}"], "shown": " ".join(map(str, range(1, 26)))})
    assert groups(alice, url) == {"done": 26, "left-out": 1, "refused.already-so": 1}
    listed = [rows(alice.get(f"{url}?group=done&page={page}")) for page in (1, 2)]
    assert [len(each) for each in listed] == [25, 1] and not any(name in each for each in listed)


def test_a_short_list_has_one_page_and_the_largest_group_comes_first(alice: FlaskClient, world: World) -> None:
    for name, values in (("a", {"family": "email"}), ("b", {"mode": Mode.MANUAL}), ("c", {"mode": Mode.MANUAL})):
        world.service(1, name, **values)
    url = begun(alice, DISABLE, select="all")
    shown = alice.get(url)
    assert list(groups(alice, url)) == ["planned", "refused.already-so", "refused.always-automatic"]
    assert soup(shown).select("nav.pager, .pager a") == []


def test_what_somebody_changed_since_is_not_taken_for_the_batchs_doing(alice: FlaskClient, world: World) -> None:
    world.service(1, "a")
    url = confirmed(alice, DISABLE, "a")
    with world.app.app_context():
        command = looked_at("S-a", "P12M", desk_of(1))
        db.session.rollback()
        configure_renewal(command, desk_of(1))
    assert rows(alice.get(url))["a"][0].startswith("Renewal mode Automatic, every year → Manual renewal")
    assert len(world.all(Batch)) == 1


@pytest.mark.parametrize("action", ["stop", "discard"])
def test_ending_one_ends_no_other(alice: FlaskClient, world: World, action: str) -> None:
    world.service(1, "a")
    one, other = begun(alice, DISABLE, "a"), begun(alice, DISABLE, "a")
    post(alice, one, {"action": action})
    assert groups(alice, other) == {"planned": 1}
    post(alice, other, {"action": "confirm"})
    assert groups(alice, other) == {"done": 1}


def test_each_seller_has_a_total_of_its_own(alice: FlaskClient, world: World, shop: Shop) -> None:
    company = world.account("Company", portal="DE", country="DE", kind="business")
    for name in ("one", "two"):
        world.service(company, f"{name}.example", billing_id=shop.account)
    url = begun(alice, RENEW, "shop.example", "one.example", "two.example")
    told = said(alice.get(url), "#totals")
    assert "€60.00 France, 1 service" in told and "€119.00 Deutschland, 2 services" in told


def test_only_durations_of_what_is_in_it_are_offered(alice: FlaskClient, world: World) -> None:
    monthly = Product(
        code="m", name="m", family="hosting", forced=False, prices=[Price(currency="EUR", period=MONTH, minor=500)]
    )
    with world.app.app_context():
        db.session.add(monthly)
        db.session.commit()
        product = monthly.id
    world.service(1, "monthly.example", product_id=product, period=MONTH)
    offered = {
        name: " ".join(
            str(each) for each in soup(alice.get(begun(alice, RENEW, name))).select("#batch form input, option")
        )
        for name in ("shop.example", "monthly.example")
    }
    assert ["P12M" in each for each in offered.values()] == [True, False]


def test_the_day_until_which_people_look_is_counted_from_the_payment(
    alice: FlaskClient, world: World, shop: Shop
) -> None:
    shop.clock.move_to(NOON.replace(hour=22, minute=30))
    alice = world.client(shop.account)
    code = shop.order("S-shop.example")
    shop.clock.move_to(shop.clock.now() + timedelta(hours=1))
    shop.begin(code)
    shop.till.books[f"{code}-1"] = replace(shop.till.books[f"{code}-1"], amount=Money(1, "EUR"))
    told = said(alice.get(f"/orders/{code}"), "#order")
    with world.app.app_context():
        until = date(2026, 11, 24) + timedelta(days=rules().orders.looked_at_within_days)
    assert f"answers you by {until.day} {until:%b}" in told
    shop.clock.move_to(datetime(until.year, until.month, until.day, 23, 30, tzinfo=UTC))
    late = said(world.client(shop.account).get(f"/orders/{code}"), "#order")
    assert f"was to answer you by {until.day} {until:%b}" in late


def test_what_the_balance_pays_of_it_is_said_before_and_after(world: World, shop: Shop, alice: FlaskClient) -> None:
    world.credit(1, 2500)
    url = begun(alice, RENEW, "shop.example")
    assert "€25.00 of it is taken from your balance first" in said(alice.get(url), "#totals")
    assert "balance" not in said(alice.get(begun(alice, DISABLE, "shop.example")), "#totals")
