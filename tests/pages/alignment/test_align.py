"""Another renewal day for one service: what is shown before, what is ordered, what comes of the payment."""

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
from webapp.domain.periods import Period
from webapp.domain.roles import Role
from webapp.domain.service.service import Availability, Kind, Mode, Suspension
from webapp.models import Event, Order, OrderLine, Service, Term

PAGE = "/services/S-shop.example/align"


def confirm(client: FlaskClient, looked_at: int, url: str = PAGE, **more: Any) -> TestResponse:
    """What was looked at, confirmed."""
    headers = more.pop("headers", None)
    seen = more.pop("seen", None) or confirmation(client.get(f"{url}?day={looked_at}"))
    return post(client, url, seen | more, headers=headers)


def row(page: TestResponse, day: int) -> str:
    link = found(page, f"#day-{day}")
    (line,) = link.find_parents("tr")
    return " ".join(line.get_text(" ").split())


def test_what_a_day_comes_to_is_said_before_it_is_ordered(alice: FlaskClient) -> None:
    page = alice.get(f"{PAGE}?day=15")
    told = said(page, ".acting")
    for part in (
        "It renews on the last day of the month now, and is paid for until 30 Dec 2026 (included).",
        "Will renew on day 15 of the month 31 Dec 2026 to 14 Feb 2027 46 days added €7.56 of which VAT 20% €1.26",
        "Total, tax included €7.56",
        "From then on it renews as before: €60.00 , tax included, every year.",
        "There is no undoing this",
        "Total, tax included: €7.56 Order with obligation to pay",
    ):
        assert part in told, part
    assert found(page, "#day option[selected]")["value"] == "15"


def test_every_day_stands_side_by_side(alice: FlaskClient) -> None:
    page = alice.get(f"{PAGE}?day=15")
    assert len(soup(page).select(".days tbody tr")) == 31
    assert row(page, 15) == "day 15 of the month €7.56 46 1 €60.00 €0.00"
    assert row(page, 30) == "day 30 of the month €9.70 59 1 €60.00 €0.00"
    assert row(page, 1) == "the 1st of the month costs least €5.26 32 1 €60.00 €0.00"


def test_the_year_is_drawn_and_told(alice: FlaskClient) -> None:
    page = alice.get(f"{PAGE}?day=15")
    months = soup(page).select(".year tbody tr")
    assert [month.th.get_text() for month in months if month.th][:2] == ["Dec 2026", "Jan 2027"]
    december, february = (" ".join(months[index].get_text(" ").split()) for index in (0, 2))
    assert december == "Dec 2026 €60.00 on 1 day : 31 €0.00"
    assert february == "Feb 2027 €0.00 €60.00 on 1 day : 15"
    assert len(soup(page).select(".year .before rect")) == len(soup(page).select(".year .after rect")) == 1


def test_the_day_of_most_services_is_proposed(world: World, shop: Shop, alice: FlaskClient) -> None:
    assert found(alice.get(PAGE), "#day option[selected]")["value"] == "1"
    for name in ("one", "two"):
        world.service(shop.account, f"{name}.example", anchor_day=7, ends_on=date(2027, 1, 7))
    page = alice.get(PAGE)
    assert found(page, "#day option[selected]")["value"] == "7"
    assert "most services" in row(page, 7)


def test_looking_changes_nothing(world: World, alice: FlaskClient) -> None:
    alice.get(f"{PAGE}?day=15")
    assert world.all(Order) == []
    assert world.get(Service, 1).anchor_day == 31


@pytest.mark.parametrize("day", ["", "0", "32", "-1", "1.5", "1e1", "day", "¹", "\0", "9" * 50])
def test_what_is_no_day_is_never_taken_for_one(world: World, alice: FlaskClient, day: str) -> None:
    page = alice.get(PAGE, query_string={"day": day})
    assert page.status_code == 200
    response = confirm(alice, 15, day=day)
    assert response.status_code == 422
    assert "Choose a day of the month, from 1 to 31." in said(response, ".problem")
    assert found(response, ".problem a")["href"] == "#day"
    assert world.all(Order) == []


def test_the_day_moves_once_it_is_paid(world: World, shop: Shop, alice: FlaskClient) -> None:
    response = confirm(alice, 15)
    (order,) = world.all(Order)
    assert (response.status_code, response.location) == (303, f"/orders/{order.code}")
    assert "Will renew on day 15 of the month" in said(alice.get(response.location), "#order")
    before = world.get(Service, 1)
    assert (before.anchor_day, before.ends_on) == (31, date(2026, 12, 31))
    pay(shop, order.code)
    after = world.get(Service, 1)
    assert (after.anchor_day, after.ends_on, after.version) == (15, date(2027, 2, 15), before.version + 1)
    assert (after.period, after.price_minor, after.mode) == (before.period, before.price_minor, before.mode)
    assert standing(world) == {
        "orders": ["paid 756"],
        "attempts": ["succeeded"],
        "claims": [],
        "bought": ["2026-12-31/2027-02-15"],
        "invoices": ["FR-000001 756"],
        "credit": [],
    }
    assert shop.differences() == []
    told = said(alice.get("/services/S-shop.example"), ".history")
    assert "Renews on the last day of the month → day 15 of the month" in told
    assert "Paid until (included) 30 Dec 2026 → 14 Feb 2027" in told


def pay(shop: Shop, code: str) -> None:
    key = shop.begin(code)
    assert key
    assert shop.till
    (pending,) = [each for each, known in shop.till.books.items() if known.standing is Standing.WAITING]
    shop.till.decide(pending, Standing.SUCCEEDED)
    shop.learn(pending)


def test_a_double_click_orders_once(world: World, alice: FlaskClient) -> None:
    seen = confirmation(alice.get(f"{PAGE}?day=15"))
    first, second = confirm(alice, 15, seen=seen), confirm(alice, 15, seen=seen)
    assert first.location == second.location
    assert len(world.all(Order)) == 1
    assert "It is so already." in said(alice.get(second.location), "#notice")


def test_another_day_takes_the_place_of_the_first_and_so_does_a_renewal(
    world: World, shop: Shop, alice: FlaskClient
) -> None:
    confirm(alice, 15)
    assert "the order waits to be paid" in said(alice.get(PAGE), ".acting .warning")
    confirm(alice, 20)
    shop.order("S-shop.example")
    assert standing(world)["orders"] == ["discarded 756", "discarded 839", "open 6000"]


def test_while_it_is_being_paid_for_nothing_else_is_ordered(world: World, shop: Shop, alice: FlaskClient) -> None:
    shop.begin(shop.order("S-shop.example"))
    response = confirm(alice, 15)
    assert response.status_code == 422
    assert "A payment for this service is under way" in said(response, ".problem")


def february(world: World) -> None:
    """Alice's service ends on a 28 February, by its anchor."""
    world.change(1, anchor_day=28, ends_on=date(2027, 2, 28))
    world.bought(1, date(2026, 12, 31), date(2027, 2, 28))


def test_where_nothing_is_due_the_day_moves_at_once(world: World, shop: Shop, alice: FlaskClient) -> None:
    february(world)
    page = alice.get(f"{PAGE}?day=31")
    assert "Its next renewal falls on such a day already, 28 Feb 2027 : nothing is due" in said(
        page, ".acting .preview"
    )
    assert found(page, ".acting form[method=post] button").get_text(strip=True) == "Confirm"
    assert confirm(alice, 31).location == "/services/S-shop.example"
    service = world.get(Service, 1)
    assert (service.anchor_day, service.ends_on) == (31, date(2027, 2, 28))
    assert world.all(Order) == []
    assert shop.differences() == []
    (event,) = [each for each in world.all(Event) if each.kind == "aligned"]
    assert (event.old["day"], event.new["day"], event.new["order"]) == (28, 31, None)


def test_what_was_ordered_for_the_other_day_is_void_then(world: World, shop: Shop, alice: FlaskClient) -> None:
    february(world)
    shop.order("S-shop.example")
    confirm(alice, 31)
    assert standing(world)["orders"] == ["discarded 6000"]


def test_nothing_moves_at_once_while_the_term_is_being_paid(world: World, shop: Shop, alice: FlaskClient) -> None:
    february(world)
    shop.begin(shop.order("S-shop.example"))
    assert confirm(alice, 31).status_code == 422
    assert world.get(Service, 1).anchor_day == 28


def test_free_days_are_given_at_once(world: World, shop: Shop, alice: FlaskClient) -> None:
    world.change(1, price_minor=0)
    assert confirm(alice, 15).location == "/services/S-shop.example"
    service = world.get(Service, 1)
    assert (service.anchor_day, service.ends_on) == (15, date(2027, 2, 15))
    assert [str(term.ends_on) for term in world.all(Term)] == ["2026-12-31", "2027-02-15"]
    assert shop.differences() == []


def test_confirming_twice_what_is_done_at_once_changes_nothing_more(world: World, alice: FlaskClient) -> None:
    february(world)
    seen = confirmation(alice.get(f"{PAGE}?day=31"))
    confirm(alice, 31, seen=seen)
    version = world.get(Service, 1).version
    second = confirm(alice, 31, seen=seen)
    assert "It is so already." in said(alice.get(second.location), "#notice")
    assert world.get(Service, 1).version == version


def test_a_price_that_changed_meanwhile_is_shown_before_it_is_ordered(world: World, alice: FlaskClient) -> None:
    seen = confirmation(alice.get(f"{PAGE}?day=15"))
    world.change(1, price_minor=6000)
    response = confirm(alice, 15, seen=seen)
    assert response.status_code == 409
    assert "€7.56" in said(response, ".problem")
    assert "€9.07" in said(response, ".problem")
    assert world.all(Order) == []


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"availability": Availability.TERMINATED}, "terminated"),
        ({"cancels_on": date(2026, 12, 31)}, "scheduled"),
        ({"committed_until": date(2028, 12, 31)}, "commitment of this service ends"),
        ({"availability": Availability.SUSPENDED, "suspension": Suspension.POLICY}, "suspended by the provider"),
        ({"mode": Mode.MANUAL, "period": None}, "no duration"),
    ],
)
def test_what_cannot_be_aligned_says_why(world: World, alice: FlaskClient, values: dict[str, Any], reason: str) -> None:
    world.change(1, **values)
    page = alice.get(PAGE)
    assert reason in said(page, ".acting .warning")
    assert soup(page).select(".acting button.primary") == []


@pytest.mark.parametrize(
    ("family", "forced", "reason"),
    [("domain", False, "anniversary"), ("hosting", True, "fixed"), ("vps", False, "1st of the month")],
)
def test_what_a_product_fixes_says_why(
    world: World, shop: Shop, alice: FlaskClient, family: str, forced: bool, reason: str
) -> None:
    world.service(shop.account, "fixed.example", family=family, forced=forced)
    page = alice.get("/services/S-fixed.example/align?day=15")
    assert reason in said(page, ".acting .warning")


def test_one_off_and_included_services_have_no_day(world: World, shop: Shop, alice: FlaskClient) -> None:
    none: dict[str, Any] = dict.fromkeys(("mode", "period", "anchor_day", "started_on", "ends_on"))
    world.service(shop.account, "once.example", kind=Kind.ONE_OFF, **none)
    assert "bought once" in said(alice.get("/services/S-once.example/align"), ".acting .warning")


def test_another_account_s_service_is_not_there(world: World, shop: Shop) -> None:
    bob = world.client(world.account("Bob"))
    assert bob.get(PAGE).status_code == 404
    assert post(bob, PAGE, {"day": "15"}).status_code == 404


def test_only_the_billing_contact_may(world: World, shop: Shop) -> None:
    bob = world.account("Bob")
    world.change(1, admin_id=bob, technical_id=bob)
    page = world.client(bob).get(PAGE)
    assert Role.BILLING.word in said(page, ".acting .warning")
    assert "€" not in said(page, ".acting")


def test_where_nothing_can_be_paid_only_free_days_move(
    world: World, alice: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = confirmation(alice.get(f"{PAGE}?day=15"))
    monkeypatch.setattr("webapp.web.paying.payments", lambda: None)
    page = alice.get(f"{PAGE}?day=15")
    assert "Nothing can be paid here" in said(page, ".acting .preview .warning")
    assert soup(page).select(".acting button.primary") == []
    assert confirm(alice, 15, seen=seen).status_code == 422
    february(world)
    assert confirm(alice, 31).location == "/services/S-shop.example"
    assert world.all(OrderLine) == []


def test_in_the_dialog_the_days_lead_to_the_dialog(alice: FlaskClient) -> None:
    page = alice.get(f"{PAGE}?day=15", headers=htmx("in-dialog"))
    assert found(page, "#day-20")["hx-target"] == "#in-dialog"
    ordered = confirm(alice, 15, headers=htmx("in-dialog"))
    assert ordered.headers["HX-Redirect"].startswith("/orders/")


def test_a_lapsed_service_comes_back(world: World, shop: Shop, alice: FlaskClient) -> None:
    lapsed = {"mode": Mode.MANUAL, "availability": Availability.SUSPENDED, "suspension": Suspension.EXPIRED}
    world.service(
        shop.account,
        "late.example",
        **lapsed,
        suspended_on=date(2026, 11, 10),
        period=Period(1),
        anchor_day=10,
        started_on=date(2026, 10, 10),
        ends_on=date(2026, 11, 10),
    )
    page = "/services/S-late.example/align"
    code = confirm(alice, 20, page).location.removeprefix("/orders/")
    pay(shop, code)
    service = world.get(Service, 2)
    assert (service.availability, service.suspension, service.ends_on) == (
        Availability.ACTIVE,
        None,
        date(2026, 12, 20),
    )


def test_the_page_takes_a_constant_number_of_statements(
    world: World, app: Flask, shop: Shop, alice: FlaskClient
) -> None:
    alice.get(PAGE)
    with statements(app) as few:
        alice.get(PAGE)
    for number in range(30):
        world.service(shop.account, f"n{number}.example")
    with statements(app) as many:
        alice.get(PAGE)
    assert len(many) == len(few)


def test_only_days_that_move_it_are_offered_and_never_the_present_one(alice: FlaskClient) -> None:
    page = alice.get(PAGE)
    offered = [str(option["value"]) for option in soup(page).select("#day option")]
    assert offered == [str(day) for day in range(1, 31)]
    assert found(page, "#day option[selected]")["value"] != "31"
    assert soup(page).select("#day-31") == []


def test_what_a_year_costs_is_said_before_and_after(alice: FlaskClient) -> None:
    words = said(alice.get(f"{PAGE}?day=15"), ".summary")
    assert "To pay now, ahead of time, tax included €7.56" in words
    assert "€60.00 as it is today" in words


def test_a_family_of_the_first_offers_that_day_alone(world: World, shop: Shop, alice: FlaskClient) -> None:
    world.service(shop.account, "first.example", family="dedicated", anchor_day=15, ends_on=date(2026, 12, 15))
    page = alice.get("/services/S-first.example/align")
    assert [str(option["value"]) for option in soup(page).select("#day option")] == ["1"]
    assert "on the 1st of the month only" in said(page, ".acting .hint")


def test_nothing_is_so_before_it_is_confirmed(alice: FlaskClient) -> None:
    words = said(alice.get(f"{PAGE}?day=15"), ".acting")
    assert "it would be paid for until" in words
    assert "Moved to another day, it is" not in words
