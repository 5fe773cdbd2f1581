"""Paying for the next term: what is shown before, what is ordered, what is refused."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.markup import confirmation, found, htmx, post, said, soup
from tests.operations.payments.shop import Shop, standing
from tests.statements import statements
from tests.world import World
from webapp.domain.billing.payment import Standing
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.periods import Period
from webapp.domain.service.service import Availability, Kind, Mode, Suspension
from webapp.models import Order, Price

AHEAD, RENEW = "/services/S-shop.example/anticipate", "/services/S-shop.example/renew"


def order(client: FlaskClient, url: str = AHEAD, *together: str, **more: Any) -> TestResponse:
    """What was looked at, ordered."""
    headers = more.pop("headers", None)
    seen = more.pop("seen", None) or confirmation(client.get(url))
    form = {"duration": "P12M", "with": list(together), "action": "order"} | more
    return post(client, url, seen | form, headers=headers)


def test_durations_stand_side_by_side_with_their_ends_and_prices(alice: FlaskClient) -> None:
    page = alice.get(AHEAD)
    offers = [" ".join(label.get_text(" ").split()) for label in soup(page).select("#duration label")]
    assert offers == [
        "1 month until 30 Jan 2027 (included) €6.00",
        "1 year until 30 Dec 2027 (included) €60.00 €5.00 a month saves €12.00 a year",
    ]
    assert found(page, "input[name=duration][checked]")["value"] == "P12M"


def test_the_whole_of_it_is_said_before_it_is_ordered(alice: FlaskClient) -> None:
    page = said(alice.get(AHEAD), ".acting")
    for part in (
        "It is paid for until 30 Dec 2026 (included). What you pay for now is added after that day: no day is lost.",
        "31 Dec 2026 to 30 Dec 2027 €60.00 of which VAT 20% €10.00 Total, tax included €60.00",
        "On the page of our payment provider",
        "From then on it renews as before: €60.00 , tax included, every year.",
        "if it is not paid until 24 Nov 2026, 12:59 (Paris) , it lapses",
        "Order with obligation to pay",
    ):
        assert part in page, part


def test_looking_orders_nothing(world: World, alice: FlaskClient) -> None:
    alice.get(AHEAD)
    response = post(alice, AHEAD, confirmation(alice.get(AHEAD)) | {"duration": "P1M", "action": "show"})
    assert response.status_code == 200
    assert found(response, "input[name=duration][checked]")["value"] == "P1M"
    assert "31 Dec 2026 to 30 Jan 2027 €6.00" in said(response, ".debits")
    assert world.all(Order) == []


@pytest.mark.parametrize("headers", [{}, htmx("in-dialog")])
def test_the_button_that_comes_first_orders_nothing(alice: FlaskClient, headers: dict[str, str]) -> None:
    buttons = soup(alice.get(AHEAD, headers=headers)).select(".acting form button[name^='action.']")
    assert [button["name"] for button in buttons] == ["action.show", "action.order"]


def test_ordering_leads_to_the_order(world: World, alice: FlaskClient) -> None:
    response = order(alice)
    (placed,) = world.all(Order)
    assert (response.status_code, response.location) == (303, f"/orders/{placed.code}")
    in_dialog = order(alice, headers=htmx("in-dialog"))
    assert in_dialog.headers["HX-Redirect"] == f"/orders/{placed.code}"


def test_another_duration_than_the_one_shown_may_be_ordered_without_looking_again(
    world: World, alice: FlaskClient
) -> None:
    order(alice, duration="P1M")
    assert standing(world)["orders"] == ["open 600"]


def test_a_double_click_orders_once(world: World, alice: FlaskClient) -> None:
    seen = confirmation(alice.get(AHEAD))
    first, second = order(alice, seen=seen), order(alice, seen=seen)
    assert first.location == second.location
    assert "You had ordered this already" in said(alice.get(second.location), "#notice")
    assert len(world.all(Order)) == 1


def test_companions_that_are_ticked_are_paid_for_in_the_same_order(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    world.service(shop.account, "shop.example", family="domain", reference="S-domain", ends_on=date(2027, 3, 1))
    page = alice.get(f"{AHEAD}?with=S-domain")
    assert "Also shop.example domain one – of the same name. 1 year, until" in said(page, "#companions-too")
    assert "Total, tax included €120.00" in said(page, ".debits")
    order(alice, AHEAD, "S-domain")
    assert standing(world)["orders"] == ["open 12000"]


def test_companions_that_cannot_be_paid_for_are_named_with_the_reason(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    none: dict[str, Any] = dict.fromkeys(("mode", "period", "anchor_day", "started_on", "ends_on"))
    world.service(shop.account, "db.shop.example", family="database", kind=Kind.INCLUDED, parent_id=1, **none)
    bob = world.account("Bob", portal="QC")
    world.service(bob, "far.shop.example", parent_id=1, billing_id=shop.account, currency="CAD")
    page = alice.get(AHEAD)
    assert "db.shop.example database one – This service is included in another one" in said(page, ".companions")
    assert soup(page).select("#companions-too") == []
    refused = order(alice, AHEAD, "S-db.shop.example")
    assert refused.status_code == 422


def test_a_companion_of_another_seller_needs_an_order_of_its_own(world: World, shop: Shop, alice: FlaskClient) -> None:
    bob = world.account("Bob", portal="QC")
    world.service(bob, "far.shop.example", parent_id=1, billing_id=shop.account)
    assert "another seller or another currency" in said(alice.get(AHEAD), ".companions")


@pytest.mark.parametrize("duration", ["", "P5M", "P0M", "a year", "P999999M", "\0"])
def test_a_duration_that_is_not_sold_is_refused_and_nothing_typed_is_lost(
    world: World, shop: Shop, alice: FlaskClient, duration: str
) -> None:
    world.service(shop.account, "shop.example", family="domain", reference="S-domain")
    response = order(alice, AHEAD, "S-domain", duration=duration)
    assert response.status_code == 422
    assert "Choose another one" in said(response, ".acting .problem")
    assert found(response, ".acting .problem a")["href"] == "#duration"
    assert [box["value"] for box in soup(response).select("input[name=with][checked]")] == ["S-domain"]
    assert world.all(Order) == []


def test_a_price_that_changed_meanwhile_is_shown_before_it_is_ordered(world: World, alice: FlaskClient) -> None:
    seen = confirmation(alice.get(AHEAD))
    world.change_row(Price, (1, "EUR", Period(1)), minor=900)
    response = order(alice, seen=seen)
    assert response.status_code == 409
    told = said(response, ".acting .problem")
    assert "1 month until 30 Jan 2027 (included): €6.00" in told
    assert "1 month until 30 Jan 2027 (included): €10.80" in told
    assert world.all(Order) == []


def test_a_service_that_was_paid_for_meanwhile_is_not_ordered_twice(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    seen = confirmation(alice.get(AHEAD))
    code = order(alice, seen=seen).location.removeprefix("/orders/")
    shop.begin(code)
    shop.till.decide(f"{code}-1", Standing.SUCCEEDED)
    shop.learn(f"{code}-1")
    response = order(alice, seen=seen)
    assert response.status_code == 409
    assert "Somebody changed this service meanwhile" in said(response, ".acting .problem")
    assert len(world.all(Order)) == 1


def test_while_it_is_being_paid_nothing_else_is_ordered(shop: Shop, alice: FlaskClient) -> None:
    code = shop.order("S-shop.example")
    shop.begin(code)
    page = alice.get(AHEAD)
    assert found(page, ".warning a")["href"] == f"/orders/{code}"
    response = order(alice, duration="P1M")
    assert response.status_code == 422
    assert "A payment for this service is under way" in said(response, ".acting .problem")


def test_a_service_that_is_renewed_by_hand_is_renewed_from_its_old_end(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    expired = {"mode": Mode.MANUAL, "availability": Availability.SUSPENDED, "suspension": Suspension.EXPIRED}
    world.change(1, **expired, suspended_on=date(2026, 11, 1), ends_on=date(2026, 11, 1), anchor_day=1)
    page = alice.get(RENEW)
    assert "expired on 1 Nov 2026 . A renewal counts from that day, also now." in said(page, ".acting")
    assert "the service is there again" in said(page, ".acting")
    assert "until 30 Nov 2026 (included)" in said(page, "#duration")
    assert "From then on" not in said(page, ".acting")
    order(alice, RENEW)
    assert standing(world)["claims"] == ["2026-11-01"]


def test_durations_that_would_be_over_already_are_named_with_the_reason(world: World, alice: FlaskClient) -> None:
    world.change(1, mode=Mode.MANUAL, ends_on=date(2026, 10, 1), anchor_day=1)
    page = alice.get(RENEW)
    assert "1 month: This would end on 1 Nov 2026, which has passed already." in said(page, "#duration")
    assert [radio["value"] for radio in soup(page).select("#duration input")] == ["P12M"]
    assert order(alice, RENEW, duration="P1M").status_code == 422


@pytest.mark.parametrize(
    ("mode", "url", "instead", "reason"),
    [
        (Mode.MANUAL, AHEAD, RENEW, "renewed by hand"),
        (Mode.AUTOMATIC, RENEW, AHEAD, "renews automatically"),
    ],
)
def test_the_other_page_is_named_where_this_one_is_not_meant(
    world: World, alice: FlaskClient, mode: Mode, url: str, instead: str, reason: str
) -> None:
    world.change(1, mode=mode)
    page = alice.get(url)
    assert reason in said(page, ".acting")
    assert instead in [str(link["href"]) for link in soup(page).select(".acting a")]
    assert post(alice, url, {"version": "1", "duration": "P12M", "action": "order"}).status_code == 422


def test_a_service_with_nothing_to_sell_says_so(world: World, alice: FlaskClient) -> None:
    world.change(1, period=None, mode=Mode.MANUAL)
    for months in (1, 12):
        world.change_row(Price, (1, "EUR", Period(months)), currency="USD")
    page = alice.get(RENEW)
    assert "There is no duration for which this service could be paid today." in said(page, "#what")


def test_a_suspended_service_of_the_provider_is_not_sold(world: World, alice: FlaskClient) -> None:
    world.change(1, availability=Availability.SUSPENDED, suspension=Suspension.POLICY)
    assert "contact support before you pay for it" in said(alice.get(AHEAD), "#what")


def test_a_business_reads_prices_without_tax(world: World, shop: Shop, alice: FlaskClient) -> None:
    company = world.account("Company", kind=CustomerKind.BUSINESS)
    world.service(company, "corp.example")
    page = world.client(company).get("/services/S-corp.example/anticipate")
    assert "€50.00" in said(page, "#duration") and "€60.00" not in said(page, "#duration")
    assert "Total, tax included €60.00" in said(page, ".debits")


def test_another_contact_may_not_and_a_stranger_finds_nothing(world: World, shop: Shop) -> None:
    bob = world.account("Bob")
    world.change(1, technical_id=bob)
    client = world.client(bob)
    assert "Only the billing contact" in said(client.get(AHEAD), "#what")
    assert post(client, AHEAD, {"version": "1", "duration": "P12M", "action": "order"}).status_code == 422
    assert world.client(world.account("Eve")).get(AHEAD).status_code == 404


def test_where_nothing_can_be_paid_nothing_is_ordered(
    world: World, alice: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = confirmation(alice.get(AHEAD))
    monkeypatch.setattr("webapp.web.paying.payments", lambda: None)
    assert "Nothing can be paid here at the moment" in said(alice.get(AHEAD), "#what")
    assert order(alice, seen=seen).status_code == 422
    assert world.all(Order) == []


def test_in_french_the_button_says_what_the_law_prescribes(world: World) -> None:
    key = world.account("Zoé", language="fr")
    world.service(key, "z.example")
    page = world.client(key).get("/services/S-z.example/anticipate")
    assert said(page, ".acting .primary") == "Commander avec obligation de paiement"


def test_companions_cost_no_statement_more(world: World, app: Flask, shop: Shop, alice: FlaskClient) -> None:
    asked = []
    for names in (["mail.shop.example"], ["www.shop.example", "db.shop.example"]):
        for name in names:
            world.service(shop.account, name, parent_id=1)
        with statements(app) as seen:
            assert alice.get(AHEAD).status_code == 200
        asked.append(len(seen))
    assert asked[0] == asked[1]
