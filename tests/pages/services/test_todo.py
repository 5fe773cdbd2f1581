"""What is to be done stands above the table: all of it, most pressing first, each with the page where it is done."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.markup import post, said, soup
from tests.operations.payments.shop import Shop
from tests.statements import statements
from tests.world import World
from webapp.domain.billing.payment import Standing
from webapp.domain.service.service import Availability, Mode, Suspension
from webapp.models import PaymentMethod

QUIET = "To do There is nothing for you to do at the moment."


def lines(client: FlaskClient, url: str = "/services") -> list[tuple[str, str]]:
    """Each line with its link."""
    found = soup(client.get(url)).select("#to-do > p:has(a), #to-do li")
    return [(" ".join(each.get_text(" ").split()), str(each.select("a")[0]["href"])) for each in found]


def test_where_nothing_is_to_be_done_that_is_said(alice: FlaskClient) -> None:
    assert said(alice.get("/services"), "#to-do") == QUIET


def test_most_pressing_first_each_with_what_it_is_about(world: World, shop: Shop, alice: FlaskClient) -> None:
    world.service(1, "owing.example", amount_due_minor=2400, billed_on=date(2026, 11, 1))
    lapsed = {"availability": Availability.SUSPENDED, "suspension": Suspension.EXPIRED, "family": "vps"}
    lapsed |= {"ends_on": date(2026, 11, 20), "suspended_on": date(2026, 11, 20), "mode": Mode.MANUAL}
    world.service(1, "lapsed.example", **lapsed)
    for name, day in (("gone.example", date(2026, 11, 22)), ("today.example", date(2026, 11, 23))):
        world.service(1, name, mode=Mode.MANUAL, ends_on=day)
    world.service(1, "soon.example", mode=Mode.MANUAL, ends_on=date(2026, 12, 23))
    world.service(1, "later.example", mode=Mode.MANUAL, ends_on=date(2026, 12, 24))
    code = shop.order("S-shop.example")
    told = lines(alice)
    assert [line for line, _url in told] == [
        "1 service has a bill to pay €24.00 , tax included · since 1 Nov 2026",
        "2 services have expired €120.00 , tax included · since 22 Nov 2026",
        "1 suspended service will be deleted from 20 Dec 2026",
        "1 service expires within 30 days €60.00 , tax included · from 23 Dec 2026",
        "1 order waits to be paid €60.00 , tax included",
    ]
    links = dict(told)
    assert f"/orders/{code}" in links.values() and "/invoices?state=unpaid" in links.values()


@pytest.mark.parametrize(
    ("change", "fails"),
    [
        ({}, False),
        ({"expires_on": date(2026, 12, 31)}, True),
        ({"expires_on": date(2027, 1, 1)}, False),
        ({"state": "refused"}, True),
        ({"state": "pending"}, True),
        ({"reference": ""}, True),
        ({"is_default": False}, True),
    ],
)
def test_a_method_that_fails_before_the_next_debit(
    world: World, alice: FlaskClient, change: dict[str, object], fails: bool
) -> None:
    world.change_row(PaymentMethod, 1, **change)
    told = [
        (
            "1 renewal cannot be debited €60.00 , tax included · from 31 Dec 2026",
            "/payment-methods?next=/services",
        )
    ]
    assert lines(alice) == (told if fails else [])


def test_what_somebody_else_has_to_pay_and_what_is_under_way_is_told_as_that(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    bob = world.account("Bob")
    world.service(1, "bobs.example", billing_id=bob, amount_due_minor=2400, billed_on=date(2026, 11, 1))
    code = shop.order("S-shop.example")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SETTLING)
    shop.learn(f"{code}-1")
    assert lines(alice) == [
        ("1 bill is for another contact to pay", "/services?status=bill-to-pay"),
        ("1 payment is in progress", "/services?status=payment-in-progress"),
    ]


def test_a_balance_below_what_one_wants_to_be_told_of(world: World, alice: FlaskClient) -> None:
    post(alice, "/balance", {"threshold": "30", "action.alert": ""})
    assert lines(alice) == [("Little is left on your balance €0.00", "/balance")]
    world.credit(1, 3000)
    assert lines(alice) == []


def test_it_says_the_same_whatever_the_table_is_narrowed_to(world: World, alice: FlaskClient) -> None:
    world.service(1, "owing.example", amount_due_minor=2400, billed_on=date(2026, 11, 1))
    told = lines(alice)
    assert len(told) == 1
    for query in ("?q=nothing", "?status=automatic", "?page=9", "?selected=yes"):
        assert lines(alice, f"/services{query}") == told


def test_it_is_one_statement_whatever_there_is_to_do(world: World, alice: FlaskClient) -> None:
    with statements(world.app) as before:
        alice.get("/services")
    for number in range(30):
        world.service(1, f"s{number}.example", amount_due_minor=2400, billed_on=date(2026, 11, 1))
        world.service(1, f"m{number}.example", mode=Mode.MANUAL, ends_on=date(2026, 12, 1))
    with statements(world.app) as after:
        alice.get("/services")
    assert len(before) == len(after) and len([each for each in after if "UNION ALL" in each]) == 1


def test_an_agreement_is_accepted_where_it_is_read_and_is_asked_for_no_more(world: World) -> None:
    noemie = world.account("Noemie", portal="QC", country="CA")
    world.card(noemie)
    world.service(noemie, currency="CAD")
    client = world.client(noemie)
    ((line, url),) = lines(client)
    assert line == "1 agreement to accept"
    shown = client.get(url)
    version = str(soup(shown).select("input[name=version]")[0]["value"])
    post(client, url, {"version": "another", "action.accept": ""})
    assert lines(client) == [(line, url)]
    post(client, url, {"version": version, "action.accept": ""})
    assert lines(client) == [] and "You accepted version" in said(client.get(url), "main")
    assert not soup(client.get(url)).select("input[name=version]")


def test_nobody_accepts_what_their_contract_does_not_ask_for(world: World, alice: FlaskClient) -> None:
    noemie = world.account("Noemie", portal="QC", country="CA")
    world.service(noemie, "autre.example", currency="CAD")
    ((_line, url),) = [each for each in lines(world.client(noemie)) if "agreement" in each[0]]
    shown = alice.get(url)
    assert shown.status_code == 200 and not soup(shown).select("input[name=version]")
    post(alice, url, {"version": "1", "action.accept": ""})
    assert "You accepted" not in said(alice.get(url), "main")
