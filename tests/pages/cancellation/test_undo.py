"""Keeping a service after all."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.markup import confirmation, found, htmx, post, said, soup
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.events import CancellationUndone
from webapp.models import Event, Receipt, Service

SERVICE = "/services/S-shop.example"
URL = f"{SERVICE}/cancel/undo"
CUT_OFF = datetime(2026, 12, 29, 23, 0, tzinfo=UTC)
"""24 hours before the 31st of December begins in Paris."""


@pytest.fixture
def alice(world: World) -> FlaskClient:
    """A hosting and its domain, both cancelled at once."""
    key = world.account("Alice")
    world.card(key)
    world.service(key, "shop.example", technical_id=world.account("Bob"))
    world.service(key, "shop.example", family="domain", reference="S-domain", ends_on=date(2027, 3, 1), anchor_day=1)
    client = world.client(key)
    cancel(client, "S-domain")
    return client


def fields(client: FlaskClient, url: str = URL) -> dict[str, Any]:
    return {name: value for name, value in confirmation(client.get(url)).items() if name != "csrf_token"}


def cancel(client: FlaskClient, *together: str) -> TestResponse:
    form = fields(client, f"{SERVICE}/cancel") | {"with": list(together), "action": "confirm"}
    return post(client, f"{SERVICE}/cancel", form)


def undo(client: FlaskClient, seen: dict[str, Any] | None = None, url: str = URL, **options: Any) -> TestResponse:
    form = fields(client, url) if seen is None else seen
    return post(client, url, form | {"action": "confirm"}, **options)


def ends(world: World) -> list[date | None]:
    return [service.cancels_on for service in world.all(Service)]


def test_before_confirming_it_says_what_comes_back(alice: FlaskClient) -> None:
    page = said(alice.get(URL), ".acting")
    for part in (
        "was going to end on 31 Dec 2026",
        "Next renewal 31 Dec 2026 €60.00 , tax included, every year",
        "Can be undone until 29 Dec 2026, 23:59 (Paris)",
        "Kept with it shop.example domain one – was cancelled together with it",
    ):
        assert part in page


def test_the_button_says_what_it_undoes_and_nothing_is_called_cancel(alice: FlaskClient) -> None:
    for headers in ({}, htmx("in-dialog")):
        page = soup(alice.get(URL, headers=headers))
        assert [each.get_text(strip=True) for each in page.select(".buttons > *")] == [
            "Undo cancellation",
            "Change nothing",
        ]


def test_it_takes_back_exactly_what_the_cancellation_wrote(alice: FlaskClient, world: World) -> None:
    assert None not in ends(world)
    response = undo(alice)
    assert ends(world) == [None, None]
    events, receipt = world.all(Event)[2:], world.all(Receipt)[1]
    assert [event.facts for event in events] == [
        CancellationUndone(date(2026, 12, 31)),
        CancellationUndone(date(2027, 3, 1)),
    ]
    assert {event.receipt_id for event in events} == {receipt.id}
    assert (response.status_code, response.location) == (303, f"/receipts/{receipt.code}/details")


def test_a_companion_that_was_cancelled_by_itself_stays_cancelled(alice: FlaskClient, world: World) -> None:
    undo(alice)
    cancel(alice)
    domain = "/services/S-domain/cancel"
    post(alice, domain, fields(alice, domain) | {"action": "confirm"})
    undo(alice)
    assert ends(world) == [None, date(2027, 3, 1)]


def test_a_companion_that_is_past_its_cut_off_stays_and_says_why(
    world: World, alice: FlaskClient, clock: FixedClock
) -> None:
    clock.move_to(CUT_OFF.replace(second=1))
    client = world.client(1)
    url = "/services/S-domain/cancel/undo"
    assert "Still ends shop.example hosting one – This was possible until 24 hours" in said(client.get(url), ".acting")
    undo(client, url=url)
    assert ends(world) == [date(2026, 12, 31), None]


@pytest.mark.parametrize(("moment", "status"), [(CUT_OFF, 303), (CUT_OFF.replace(microsecond=1), 422)])
def test_at_the_second_of_the_cut_off(
    world: World, alice: FlaskClient, clock: FixedClock, moment: datetime, status: int
) -> None:
    seen = fields(alice)
    clock.move_to(moment)
    client = world.client(1)
    response = undo(client, seen)
    assert response.status_code == status
    if status == 422:
        assert "until 24 hours before 31 Dec 2026" in said(response, ".problem")
        assert len(world.all(Event)) == 2


def test_a_double_click_undoes_once(alice: FlaskClient, world: World) -> None:
    seen = fields(alice)
    first, second = undo(alice, seen), undo(alice, seen)
    assert first.location == second.location
    assert "undone already" in said(alice.get(second.location), "#notice")
    assert len(world.all(Event)) == 4


def test_what_somebody_else_cancelled_again_meanwhile_is_not_undone(alice: FlaskClient, world: World) -> None:
    seen = fields(alice)
    undo(alice)
    cancel(alice)
    assert undo(alice, seen).status_code == 409
    assert ends(world)[0] == date(2026, 12, 31)


def test_a_cancellation_that_the_provider_entered_is_undone_by_itself(world: World) -> None:
    key = world.account("Alice")
    world.service(key, cancels_on=date(2026, 12, 31))
    undo(world.client(key))
    assert ends(world) == [None]


def test_without_its_button_it_asks_again(alice: FlaskClient, world: World) -> None:
    assert post(alice, URL, fields(alice)).status_code == 200
    assert len(world.all(Event)) == 2


def test_who_may_not_and_who_finds_nothing(alice: FlaskClient, world: World) -> None:
    bob, charlie = world.client(2), world.client(world.account("Charlie"))
    assert "Only the admin contact" in said(bob.get(URL), ".warning")
    assert undo(bob, fields(alice)).status_code == 422
    assert charlie.get(URL).status_code == 404
    assert undo(charlie, fields(alice)).status_code == 404
    assert len(world.all(Event)) == 2


def test_nothing_to_undo_is_said(alice: FlaskClient, world: World) -> None:
    undo(alice)
    assert "No cancellation is scheduled" in said(alice.get(URL), ".warning")
    assert undo(world.client(1), {"version": "3"}).status_code == 303
    world.change(1, version=9)
    assert found(alice.get(URL), "h1")
