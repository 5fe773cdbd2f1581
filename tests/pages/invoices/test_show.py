"""The page of one document: what it came of, what became of it, and whose services it names."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from tests.markup import confirmation, post, said, soup
from tests.operations.payments.shop import Shop, standing
from tests.pages.invoices.test_pay import lapsed, order
from tests.world import World
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.periods import Period
from webapp.domain.service.service import Availability, Mode, Suspension
from webapp.extensions import db
from webapp.models import Invoice, InvoiceLine, Order, Service
from webapp.operations.invoices.bills import owed
from webapp.operations.invoices.owed import owed_lines


def bought(shop: Shop, reference: str = "S-shop.example", method: int | None = None) -> str:
    """The code of an order that is paid."""
    code = shop.order(reference)
    if method is None:
        shop.begin(code)
        shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
        shop.learn(f"{code}-1")
    else:
        shop.begin(code)
        shop.till.decide(f"{code}-1", Standing.FAILED, Failure.REFUSED)
        shop.learn(f"{code}-1")
        shop.clock.move_to(shop.clock.now() + timedelta(minutes=1))
        shop.charge(code, method)
    return code


def page_of(client: FlaskClient, document: Invoice) -> str:
    return said(client.get(f"/invoices/{document.code}"), "article")


def test_an_invoice_leads_to_its_own_order_and_says_how_it_was_paid(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    world.service(shop.account, "second.example")
    first, second = bought(shop), bought(shop, "S-second.example", method=1)
    for code, means in ((first, "On the page of our payment provider"), (second, "With a saved payment method")):
        (order,) = (each for each in world.all(Order) if each.code == code)
        (invoice,) = (each for each in world.all(Invoice) if each.order_id == order.id)
        told = page_of(alice, invoice)
        assert f"Code of the order {code}" in told and f"Payment method {means} Code of" in told
        assert "Paid on 23 Nov 2026" in told and "Taken back by" not in told and "Takes back" not in told


def test_on_the_sellers_calendar_it_was_paid_the_next_day(world: World, shop: Shop, alice: FlaskClient) -> None:
    shop.clock.move_to(shop.clock.now().replace(hour=23, minute=30))
    code = bought(shop)
    (invoice,) = world.all(Invoice)
    told = page_of(world.client(shop.account), invoice)
    assert "Paid on 24 Nov 2026" in told and "Date 24 Nov 2026" in told and code in told


def test_bills_that_are_paid_together_each_say_when_and_how(world: World, shop: Shop, alice: FlaskClient) -> None:
    key = world.get(Service, 1).id
    one, other = world.bill(key, 500), world.bill(key, 700)
    world.settled(other)
    untouched = world.bill(world.service(shop.account, "other.example"), 900)
    before = {each: page_of(alice, world.get(Invoice, each)) for each in (one, other, untouched)}
    assert "Paid on" not in "".join(before.values())
    bill_page = alice.get("/services/S-shop.example/pay")
    post(alice, "/services/S-shop.example/pay", confirmation(bill_page) | {"action": "order", "means": "1"})
    told = {each: page_of(alice, world.get(Invoice, each)) for each in (one, other, untouched)}
    assert "Paid on 23 Nov 2026" in told[one] and "With a saved payment method" in told[one]
    assert "Paid on" not in told[other] and "Paid on" not in told[untouched]


def test_a_credit_note_and_what_it_takes_back_lead_to_each_other(world: World, shop: Shop, alice: FlaskClient) -> None:
    other = world.bill(world.service(shop.account, "other.example"), 900)
    debtor = lapsed(world, shop.account)
    bill = max(each.id for each in world.all(Invoice))
    sent = order(alice, "/services/S-late.example/pay")
    code = sent.location.rpartition("/")[2].removesuffix("-1")
    world.change(debtor, availability=Availability.TERMINATED, suspension=None, suspended_on=None)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    (note,) = (each for each in world.all(Invoice) if each.corrects_id)
    (paid,) = world.all(Order)
    assert (note.corrects_id, note.order_id, note.number) == (bill, paid.id, "FR-C000001")
    assert "Takes back Bill without a number" in page_of(alice, note)
    assert f"Code of the order {code}" in page_of(alice, note)
    assert "Taken back by FR-C000001" in page_of(alice, world.get(Invoice, bill))
    assert "Taken back by" not in page_of(alice, world.get(Invoice, other))
    assert said(alice.get("/invoices?state=credit-note"), "#documents tbody").startswith("FR-C000001")


def test_services_that_are_no_longer_ones_own_are_named_without_a_link(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    bought(shop)
    (invoice,) = world.all(Invoice)
    links = soup(alice.get(f"/invoices/{invoice.code}")).select("article a[href^='/services/']")
    assert [str(each["href"]) for each in links] == ["/services/S-shop.example"]
    bob = world.account("Bob")
    world.change(1, owner_id=bob, admin_id=bob, technical_id=bob, billing_id=bob)
    shown = alice.get(f"/invoices/{invoice.code}")
    assert soup(shown).select("article a[href^='/services/']") == [] and "shop.example" in said(shown, "article")


def test_what_is_left_of_a_bill_is_told_on_its_page_and_in_the_list(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    bill = world.bill(1, 1000)
    whole = world.bill(world.service(shop.account, "other.example"), 900)
    line = next(each.id for each in world.all(InvoiceLine) if each.invoice_id == bill)
    world.settled(line, minor=400)
    assert "Pay €6.00" in page_of(alice, world.get(Invoice, bill))
    assert "Pay €9.00" in page_of(alice, world.get(Invoice, whole))
    rows = [" ".join(each.get_text(" ").split()) for each in soup(alice.get("/invoices")).select("#documents tbody tr")]
    assert sum("€6.00" in row for row in rows) == 1 and not any("€9.00 €9.00" in row for row in rows)


def test_a_long_list_has_pages_with_each_document_once(world: World, shop: Shop, alice: FlaskClient) -> None:
    for number in range(30):
        world.bill(1, 100 + number, number=f"B-{number:02}")
    seen: list[str] = []
    for page in (1, 2):
        links = soup(alice.get(f"/invoices?page={page}")).select("#documents tbody th a")
        seen += [link.get_text(" ", strip=True) for link in links]
    assert len(seen) == len(set(seen)) == 30


@pytest.mark.parametrize("paid", [True, False])
def test_a_new_billing_contact_finds_the_bill_as_long_as_it_is_owed(
    world: World, shop: Shop, alice: FlaskClient, paid: bool
) -> None:
    bill = world.bill(1, 500)
    bob = world.account("Bob")
    if paid:
        world.settled(next(each.id for each in world.all(InvoiceLine) if each.invoice_id == bill))
    world.change(1, billing_id=bob)
    shown = world.client(bob).get(f"/invoices/{world.get(Invoice, bill).code}")
    assert shown.status_code == (404 if paid else 200)


def test_only_what_is_being_paid_is_under_way(world: World, shop: Shop, alice: FlaskClient) -> None:
    paying, at_a_page, left = (world.service(shop.account, f"{name}.example") for name in ("paying", "page", "left"))
    bills = {name: world.bill(key, 500) for name, key in (("paying", paying), ("page", at_a_page), ("left", left))}
    shop.till.charges = Standing.SETTLING
    order(alice, "/services/S-paying.example/pay", means="1")
    order(alice, "/services/S-page.example/pay", means="page")
    told = {name: page_of(alice, world.get(Invoice, key)) for name, key in bills.items()}
    assert [("Payment in progress" in told[name]) for name in bills] == [True, False, False]
    assert [("To be paid" in told[name]) for name in bills] == [False, True, True]


def test_a_bill_that_was_settled_otherwise_keeps_no_other_one_from_being_paid(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    one, other = (world.service(shop.account, f"{name}.example") for name in ("one", "other"))
    first = world.bill(one, 500)
    world.bill(other, 700)
    order(alice, "/services/S-one.example/pay", means="page")
    world.settled(next(each.id for each in world.all(InvoiceLine) if each.invoice_id == first))
    sent = order(alice, "/services/S-other.example/pay", means="page")
    assert sent.location.startswith("https://till.example/")


def test_a_document_is_found_by_a_name_that_its_service_has_no_longer(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    key = world.service(shop.account, "before.example", reference="S-77")
    world.bill(key, 500, number="B-77")
    world.change(key, name="after.example", folded_name="after.example")
    for name in ("before.example", "after.example"):
        assert said(alice.get(f"/invoices?q={name}"), "#documents tbody th a") == "B-77"


def test_a_paid_bill_says_whether_its_service_is_still_suspended(world: World, shop: Shop, alice: FlaskClient) -> None:
    held = {"availability": Availability.SUSPENDED, "suspension": Suspension.POLICY, "suspended_on": date(2026, 11, 1)}
    world.bill(world.service(shop.account, "held.example", **held), 500)
    sent = order(alice, "/services/S-held.example/pay", means="1")
    assert said(alice.get(sent.location), "#order tbody").endswith("Suspended by the provider; contact support. €5.00")


def test_what_is_owed_comes_by_its_day_and_to_whoever_pays_it(world: World, shop: Shop, alice: FlaskClient) -> None:
    bob = world.account("Bob")
    one, other, theirs = (
        world.service(shop.account, "one.example"),
        world.service(shop.account, "other.example"),
        world.service(shop.account, "theirs.example", billing_id=bob),
    )
    late, early = world.bill(one, 500, date(2026, 11, 20)), world.bill(other, 700, date(2026, 11, 2))
    world.bill(theirs, 900)
    world.bill(world.service(bob, "bobs.example"), 1100)
    with shop.app.app_context():
        lines = owed_lines(db.session(), shop.desk)
        assert [each.bill.id for each in lines] == [early, late]
    assert said(alice.get("/invoices"), ".owed-box strong") == "€12.00"


def test_an_order_tells_of_its_latest_payment(world: World, shop: Shop, alice: FlaskClient) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.FAILED, Failure.REFUSED)
    shop.learn(f"{code}-1")
    shop.begin(code)
    assert said(alice.get(f"/orders/{code}"), "h1") == "The payment page waits for you"


def test_what_is_owed_is_told_for_each_service_by_itself(world: World, shop: Shop) -> None:
    one, other = (world.service(shop.account, f"{name}.example") for name in ("one", "other"))
    for key, minor in ((one, 500), (one, 250), (other, 700)):
        world.bill(key, minor)
    with shop.app.app_context():
        due = owed(db.session(), [one, other])
    assert {key: each.amount.minor for key, each in due.items()} == {one: 750, other: 700}


def test_an_order_names_what_is_ones_own_and_how_it_stands(world: World, shop: Shop, alice: FlaskClient) -> None:
    world.service(shop.account, "manual.example", mode=Mode.MANUAL, period=None)
    code = bought(shop)
    links = soup(alice.get(f"/orders/{code}")).select("#order tbody a")
    assert [str(each["href"]) for each in links] == ["/services/S-shop.example"]
    bob = world.account("Bob")
    world.change(1, owner_id=bob, admin_id=bob, technical_id=bob, billing_id=bob)
    shown = alice.get(f"/orders/{code}")
    assert soup(shown).select("#order tbody a") == [] and "shop.example" in said(shown, "#order")
    assert standing(world)["invoices"] == ["FR-000001 6000"]
    assert [each.duration for each in world.all(InvoiceLine)] == [Period(12)]
