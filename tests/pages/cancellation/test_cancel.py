"""Ending a service: what is said before, what happens, what is refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.markup import confirmation, found, htmx, post, said, soup, token
from tests.statements import statements
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.events import Cancelled, EventKind
from webapp.domain.service.service import Availability, Kind, Mode, Suspension
from webapp.domain.service.status import Status
from webapp.models import Event, Listing, Receipt, Service

URL = "/services/S-shop.example/cancel"
ENDS = date(2026, 12, 31)


@pytest.fixture
def alice(world: World) -> FlaskClient:
    """A hosting, the domain and the mail of the same name, and a database that comes with the hosting."""
    key = world.account("Alice")
    world.card(key)
    hosting = world.service(key, "shop.example", technical_id=world.account("Bob"))
    world.service(key, "shop.example", family="domain", reference="S-domain", ends_on=date(2027, 3, 1), anchor_day=1)
    world.service(key, "mail.shop.example", family="email", reference="S-mail", ends_on=date(2027, 2, 28))
    included: dict[str, Any] = dict.fromkeys(("mode", "period", "anchor_day", "started_on", "ends_on"))
    world.service(key, "db.shop.example", family="database", kind=Kind.INCLUDED, parent_id=hosting, **included)
    return world.client(key)


def looked(client: FlaskClient, url: str = URL) -> dict[str, str]:
    """The fields of the form that confirms, as it is drawn now."""
    fields = confirmation(client.get(url))
    return {name: value for name, value in fields.items() if name != "csrf_token"}


def cancel(client: FlaskClient, *together: str, seen: dict[str, str] | None = None, **more: Any) -> TestResponse:
    form: dict[str, Any] = (looked(client) if seen is None else seen) | {"with": list(together), "action": "confirm"}
    headers = more.pop("headers", None)
    return post(client, URL, form | more, headers=headers)


def ends(world: World) -> dict[str, date | None]:
    return {service.reference: service.cancels_on for service in world.all(Service)}


def test_before_confirming_it_says_what_ends_when_and_until_when_it_can_be_undone(alice: FlaskClient) -> None:
    page = said(alice.get(URL), ".acting")
    for part in (
        "Ends on 31 Dec 2026 when the term ends that is paid for",
        "Nothing more is debited.",
        "Time that is paid for is not refunded.",
        "Its data is erased and cannot be recovered. On 14 Feb 2027",
        "Can be undone until 29 Dec 2026, 23:59 (Paris)",
        "Ends with it db.shop.example",
        "Also cancel mail.shop.example email one – of the same name. It would end on 28 Feb 2027",
    ):
        assert part in page


def test_looking_changes_nothing_and_nobody_is_asked_why(alice: FlaskClient, world: World) -> None:
    page = said(alice.get(URL), "main").replace("Why this day?", "").replace("Why this amount?", "")
    assert "why" not in page.lower()
    assert "reason" not in page.lower()
    assert set(ends(world).values()) == {None}
    assert world.all(Event) == []


def test_no_button_that_closes_is_called_cancel(alice: FlaskClient) -> None:
    for headers in ({}, htmx("in-dialog")):
        buttons = soup(alice.get(URL, headers=headers)).select(".acting form button")
        assert [button.get_text(strip=True) for button in buttons] == ["Keep the service", "Confirm the cancellation"]


def test_confirming_ends_it_and_nothing_else(alice: FlaskClient, world: World) -> None:
    response = cancel(alice)
    assert ends(world) == {"S-shop.example": ENDS, "S-domain": None, "S-mail": None, "S-db.shop.example": None}
    (event,), (receipt,) = world.all(Event), world.all(Receipt)
    assert (event.kind, event.account_id, event.rules) == (EventKind.CANCELLED, 1, "FR individual")
    assert event.facts == Cancelled(ENDS, datetime(2026, 12, 29, 23, 0, tzinfo=UTC))
    assert (response.status_code, response.location) == (303, f"/receipts/{receipt.code}/details")
    assert world.all(Listing)[0].status is Status.CANCELLATION_SCHEDULED


def test_companions_that_are_ticked_end_each_on_its_own_day(alice: FlaskClient, world: World) -> None:
    cancel(alice, "S-domain")
    assert ends(world)["S-domain"] == date(2027, 3, 1)
    assert ends(world)["S-mail"] is None
    assert len({event.receipt_id for event in world.all(Event)}) == 1


def test_a_form_sent_without_its_button_asks_again_and_keeps_the_ticks(alice: FlaskClient, world: World) -> None:
    response = post(alice, URL, looked(alice) | {"with": "S-mail"})
    assert response.status_code == 200
    assert [box["value"] for box in soup(response).select("input[name=with][checked]")] == ["S-mail"]
    assert world.all(Event) == []


def test_keeping_the_service_leads_back_to_the_table(alice: FlaskClient, world: World) -> None:
    response = post(alice, URL, {"action": "keep", "back": "type=hosting"})
    assert (response.status_code, response.location) == (303, "/services?type=hosting")
    assert world.all(Event) == []


def test_a_double_click_is_one_cancellation_and_one_receipt(alice: FlaskClient, world: World) -> None:
    seen = looked(alice)
    first = cancel(alice, "S-mail", seen=seen)
    second = cancel(alice, "S-mail", seen=seen)
    assert first.location == second.location
    assert "recorded already" in said(alice.get(second.location), "#notice")
    assert (len(world.all(Event)), len(world.all(Receipt))) == (2, 1)


def test_a_second_tab_that_wants_more_is_told_that_it_is_cancelled(alice: FlaskClient, world: World) -> None:
    seen = looked(alice)
    cancel(alice, seen=seen)
    response = cancel(alice, "S-mail", seen=seen)
    assert response.status_code == 422
    assert "scheduled for 31 Dec 2026" in said(response, ".problem")
    assert ends(world)["S-mail"] is None


def test_whoever_looked_before_a_change_is_told_and_ends_nothing(alice: FlaskClient, world: World) -> None:
    seen = looked(alice)
    world.change(1, version=2)
    assert cancel(alice, seen=seen).status_code == 409
    seen = looked(alice)
    world.change(2, ends_on=date(2028, 3, 1))
    response = cancel(alice, seen=seen)
    assert response.status_code == 409
    assert "Something is different" in said(response, ".problem")
    assert world.all(Event) == []


@pytest.mark.parametrize("reference", ["S-nothing", "S-shop.example", "S-db.shop.example", "'"])
def test_what_does_not_belong_to_it_is_not_ended_with_it(alice: FlaskClient, world: World, reference: str) -> None:
    response = cancel(alice, reference)
    assert response.status_code == 422
    assert "does not belong to this one" in said(response, ".problem")
    assert world.all(Event) == []


def test_somebody_elses_service_of_the_same_name_is_not_named(world: World, alice: FlaskClient) -> None:
    world.service(world.account("Charlie"), "www.shop.example", reference="S-other")
    assert "S-other" not in alice.get(URL).get_data(as_text=True)
    assert cancel(alice, "S-other").status_code == 422


def test_an_included_service_says_when_it_ends_with_the_one_it_is_included_in(alice: FlaskClient) -> None:
    assert "Ends on" not in said(alice.get("/services/S-db.shop.example"), "main")
    cancel(alice)
    page = said(alice.get("/services/S-db.shop.example"), "section[aria-labelledby=terms]")
    assert "Ends on 31 Dec 2026 with the service in which it is included" in page


def test_what_ends_with_a_companion_is_told_there(alice: FlaskClient) -> None:
    page = alice.get("/services/S-domain/cancel")
    assert "Ends with it" not in said(page, "#what")
    assert "Also cancel shop.example hosting one – of the same name. It would end on 31 Dec 2026" in said(
        page, ".acting"
    )
    assert "What ends with it: db.shop.example." in said(page, "#companions-too")


def test_a_companion_of_another_admin_stays_and_says_why(world: World, alice: FlaskClient) -> None:
    world.change(3, admin_id=2)
    assert "mail.shop.example email one – Only the admin contact" in said(alice.get(URL), ".companions")
    response = cancel(alice, "S-mail")
    assert response.status_code == 422
    assert "Only the admin contact" in said(response, ".problem")
    assert world.all(Event) == []


REFUSALS = [
    ({"availability": Availability.TERMINATED}, "This service is terminated."),
    ({"cancels_on": ENDS}, "scheduled for 31 Dec 2026"),
    ({"availability": Availability.SUSPENDED, "suspension": Suspension.DEBT}, "suspended for an unpaid bill"),
    ({"ends_on": date(2026, 11, 24)}, "until 24 hours before 24 Nov 2026"),
]


@pytest.mark.parametrize(("given", "reason"), REFUSALS)
def test_each_refusal_is_said_on_the_page_and_to_the_post(
    world: World, alice: FlaskClient, given: dict[str, Any], reason: str
) -> None:
    seen = looked(alice)
    world.change(1, **given)
    assert reason in said(alice.get(URL), ".warning")
    assert reason in said(cancel(alice, seen=seen), ".problem")
    assert world.all(Event) == []


def test_another_contact_is_told_who_may_do_it(alice: FlaskClient, world: World) -> None:
    bob = world.client(2)
    assert "Only the admin contact" in said(bob.get(URL), ".warning")
    assert cancel(bob, seen=looked(alice)).status_code == 422
    assert world.all(Event) == []


def test_a_stranger_finds_nothing(alice: FlaskClient, world: World) -> None:
    charlie = world.client(world.account("Charlie"))
    assert charlie.get(URL).status_code == 404
    assert cancel(charlie, seen=looked(alice)).status_code == 404
    assert world.all(Event) == []


def test_a_manual_service_lapses_and_the_page_says_how_to_keep_or_end_it(world: World, alice: FlaskClient) -> None:
    world.change(1, mode=Mode.MANUAL)
    page = said(alice.get(URL), ".acting")
    assert "unless you renew it, it ends on 31 Dec 2026 , is suspended that day and deleted on 14 Feb 2027" in page
    for part in ("To let it end", "To keep it", "Configure renewal", "To end it now", "Ask the support"):
        assert part in page
    assert not soup(alice.get(URL)).select(".acting form")
    assert "What to do instead" in said(alice.get("/services/S-shop.example/actions"), ".actions-list")


def test_when_it_is_deleted_is_said_where_it_is_known(world: World) -> None:
    key = world.account("Alice")
    world.service(key, "shop.unheard", reference="S-shop.example", family="domain", mode=Mode.MANUAL)
    assert "suspended that day and deleted some days later" in said(world.client(key).get(URL), "#what")


def test_one_that_has_lapsed_already_says_when(world: World, alice: FlaskClient) -> None:
    world.change(1, mode=Mode.MANUAL, ends_on=date(2026, 11, 1))
    assert "it ended on 1 Nov 2026" in said(alice.get(URL), "#what")


def test_a_committed_service_ends_with_its_commitment_and_is_debited_until_then(
    world: World, alice: FlaskClient
) -> None:
    world.change(1, committed_until=date(2028, 6, 15))
    page = said(alice.get(URL), ".acting")
    assert "Ends on 15 Jun 2028 when its commitment ends" in page
    assert "renews as before: €60.00 , tax included, every year" in page
    cancel(alice)
    assert ends(world)["S-shop.example"] == date(2028, 6, 15)
    row = said(alice.get("/services"), "#row-1")
    assert "committed: due until then; can be undone until 13 Jun 2028, 23:59 (Paris)" in row
    assert "€60.00" in row


def test_a_bill_stays_due(world: World, alice: FlaskClient) -> None:
    world.change(1, amount_due_minor=2400, billed_on=date(2026, 11, 1))
    assert "Bill to pay €24.00 stay due." in said(alice.get(URL), ".acting")
    world.change(1, billing_id=2)
    assert "Bill to pay What is billed already stays due." in said(alice.get(URL), ".acting")


def test_who_sees_no_money_is_told_no_amount(world: World, alice: FlaskClient) -> None:
    world.change(1, committed_until=date(2028, 6, 15), billing_id=2)
    response = alice.get(URL)
    assert "renews as before." in said(response, ".acting")
    assert "60.00" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("family", "sentence"),
    [
        ("domain", "It goes back on the market, and others may order it. On which day is not stated"),
        ("licence", "What becomes of it and of its data then is not stated"),
        ("storage", "Its data is erased and cannot be recovered. On the same day."),
    ],
)
def test_what_is_not_known_is_said_in_words(world: World, family: str, sentence: str) -> None:
    key = world.account("Alice")
    world.service(key, family=family)
    assert sentence in said(world.client(key).get(URL), ".acting")


def test_the_row_says_until_when_and_then_no_longer(world: World, alice: FlaskClient, clock: FixedClock) -> None:
    cancel(alice)
    row = said(alice.get("/services"), "#row-1")
    assert "Cancellation scheduled no more debits; can be undone until 29 Dec 2026, 23:59 (Paris)" in row
    assert "Undo cancellation" in row
    assert "€" not in row
    clock.move_to(datetime(2026, 12, 29, 23, 0, 1, tzinfo=UTC))
    row = said(world.client(1).get("/services"), "#row-1")
    assert "no more debits" in row
    assert "can be undone" not in row


def test_in_the_dialog_one_is_led_to_the_receipt(alice: FlaskClient, world: World) -> None:
    page = alice.get(URL, headers=htmx("in-dialog"))
    assert page.headers["HX-Trigger"] == "dialog:open"
    assert found(page, "section#in-dialog form[hx-post]")
    response = cancel(alice, headers=htmx("in-dialog"))
    assert response.headers["HX-Redirect"] == f"/receipts/{world.all(Receipt)[0].code}/details"


def test_the_history_tells_of_it_and_leads_to_the_receipt(alice: FlaskClient, world: World) -> None:
    cancel(alice)
    assert "Cancellation" in said(alice.get("/services/S-shop.example"), ".history")
    event, receipt = world.all(Event)[0], world.all(Receipt)[0]
    page = alice.get(f"/services/S-shop.example/events/{event.id}")
    assert "Ends on 31 Dec 2026" in said(page, ".receipt")
    assert receipt.code in said(page, ".receipt")


MOST_STATEMENTS = 16


def test_confirming_asks_little_of_the_database(app: Flask, alice: FlaskClient) -> None:
    form: dict[str, Any] = looked(alice) | {"with": ["S-mail", "S-domain"], "action": "confirm"}
    form["csrf_token"] = token(alice)
    with statements(app) as asked:
        assert alice.post(URL, data=form).status_code == 303
    assert len(asked) <= MOST_STATEMENTS, asked
