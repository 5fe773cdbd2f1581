"""Many services ended at once, and kept after all."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.markup import confirmation, found, post, said, soup
from tests.pages.batches.test_batches import begun, groups, rows
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.events import EventKind
from webapp.domain.service.service import Kind, Mode, Suspension
from webapp.models import Event, Receipt, Service

CANCEL, UNDO = "cancel", "undo-cancellation"
ENDS = date(2026, 12, 31)


@pytest.fixture
def alice(world: World) -> FlaskClient:
    """One that may simply end, a committed one, and one for each reason that stands in the way."""
    key = world.account("Alice")
    world.service(key, "plain.example")
    world.service(key, "committed.example", committed_until=date(2028, 6, 15))
    world.service(key, "manual.example", mode=Mode.MANUAL)
    world.service(key, "debt.example", suspension=Suspension.DEBT)
    world.service(key, "cancelled.example", cancels_on=ENDS)
    world.service(key, "late.example", ends_on=date(2026, 11, 24), anchor_day=24)
    world.service(key, "bobs.example", admin_id=world.account("Bob"))
    return world.client(key)


EVERY = ("plain", "committed", "manual", "debt", "cancelled", "late", "bobs")


def batch(client: FlaskClient, action: str, *names: str) -> str:
    return begun(client, action, *(f"{name}.example" for name in names))


def ends(world: World) -> dict[str, date | None]:
    return {service.name.partition(".")[0]: service.cancels_on for service in world.all(Service)}


def test_the_preview_says_what_ends_when_and_what_stands_in_the_way(alice: FlaskClient, world: World) -> None:
    url = batch(alice, CANCEL, *EVERY)
    assert groups(alice, url) == {
        "planned": 1,
        "planned.still-debited": 1,
        "refused.lapses": 1,
        "refused.suspended-for-debt": 1,
        "refused.cancellation-scheduled": 1,
        "refused.too-late": 1,
        "refused.admin-contact": 1,
    }
    assert rows(alice.get(url))["plain.example"] == [
        "Automatic, every year bill on 31 Dec 2026 · €60.00",
        "Cancellation scheduled ends on 31 Dec 2026 · its data is erased on 14 Feb 2027",
    ]
    committed = alice.get(f"{url}?group=planned.still-debited")
    assert rows(committed)["committed.example"][1].startswith("Cancellation scheduled ends on 15 Jun 2028")
    assert "every term until then is due" in said(committed, ".groups-of-rows")
    assert world.all(Event) == []


def test_no_button_that_closes_is_called_cancel(alice: FlaskClient) -> None:
    buttons = [
        button.get_text(strip=True)
        for button in soup(alice.get(batch(alice, CANCEL, "plain"))).select("#totals button")
    ]
    assert buttons == ["Confirm the cancellation", "Change nothing"]


def test_confirming_ends_them_with_one_receipt_that_lists_every_one(alice: FlaskClient, world: World) -> None:
    url = batch(alice, CANCEL, *EVERY)
    post(alice, url, {"action": "confirm"})
    assert (ends(world)["plain"], ends(world)["committed"]) == (ENDS, date(2028, 6, 15))
    assert (ends(world)["manual"], ends(world)["late"], ends(world)["bobs"]) == (None, None, None)
    (receipt,) = world.all(Receipt)
    events = world.all(Event)
    assert [(event.kind, event.batch_id, event.receipt_id) for event in events] == [
        (EventKind.CANCELLED, 1, receipt.id)
    ] * 2
    assert found(alice.get(url), f'a[href="/receipts/{receipt.code}/details"]')
    page = said(alice.get(f"/receipts/{receipt.code}/details"), "main")
    assert "committed.example S-committed.example ends on 15 Jun 2028" in page
    assert "plain.example S-plain.example ends on 31 Dec 2026" in page
    assert "manual.example" not in page
    assert "Would you like to tell us why?" in page
    assert world.app.test_client().get(f"/receipts/{receipt.code}").status_code == 200


def test_before_it_has_ended_nobody_is_shown_the_receipt(alice: FlaskClient, world: World) -> None:
    url = batch(alice, CANCEL, "manual")
    post(alice, url, {"action": "confirm"})
    (receipt,) = world.all(Receipt)
    assert receipt.fingerprint == ""
    assert not soup(alice.get(url)).select('a[href^="/receipts/"]')
    for way in ("", "/details", "/print"):
        assert alice.get(f"/receipts/{receipt.code}{way}").status_code == 404


def test_what_a_batch_ended_is_kept_again_by_another(alice: FlaskClient, world: World) -> None:
    first = batch(alice, CANCEL, "plain", "committed")
    post(alice, first, {"action": "confirm"})
    world.change(2, version=9)
    second = post(alice, first, {"action": "undo"}).location
    assert groups(alice, second) == {"planned": 1, "refused.changed-since": 1}
    assert rows(alice.get(second))["plain.example"] == [
        "Cancellation scheduled ends on 31 Dec 2026",
        "Automatic, every year bill on 31 Dec 2026 · €60.00",
    ]
    post(alice, second, {"action": "confirm"})
    assert (ends(world)["plain"], ends(world)["committed"]) == (None, date(2028, 6, 15))
    assert [receipt.kind for receipt in world.all(Receipt)] == [EventKind.CANCELLED, EventKind.CANCELLATION_UNDONE]
    assert not soup(alice.get(second)).select("button[name='action.undo']")
    assert post(alice, second, {"action": "undo"}).location == second


def test_any_selection_of_cancelled_ones_can_be_kept(alice: FlaskClient, world: World, clock: FixedClock) -> None:
    url = batch(alice, UNDO, *EVERY)
    assert groups(alice, url) == {"planned": 1, "refused.not-cancelled": 6}
    post(alice, url, {"action": "confirm"})
    assert ends(world)["cancelled"] is None


def test_a_row_that_is_past_its_cut_off_when_it_is_done_stays(
    alice: FlaskClient, world: World, clock: FixedClock
) -> None:
    url = batch(alice, CANCEL, "plain")
    clock.move_to(datetime(2026, 12, 29, 23, 0, 1, tzinfo=UTC))
    client = world.client(1)
    post(client, url, {"action": "confirm"})
    assert groups(client, url) == {"changed.too-late": 1}
    assert world.all(Event) == []


def test_one_service_of_a_batch_is_kept_alone(alice: FlaskClient, world: World) -> None:
    post(alice, batch(alice, CANCEL, "plain", "committed"), {"action": "confirm"})
    undo = "/services/S-plain.example/cancel/undo"
    assert "committed.example" not in said(alice.get(undo), ".acting")
    form: dict[str, Any] = confirmation(alice.get(undo)) | {"action": "confirm"}
    assert post(alice, undo, form).status_code == 303
    assert (ends(world)["plain"], ends(world)["committed"]) == (None, date(2028, 6, 15))


def test_what_ends_with_a_service_and_what_belongs_to_it_is_pointed_out(alice: FlaskClient, world: World) -> None:
    included: dict[str, Any] = dict.fromkeys(("mode", "period", "anchor_day", "started_on", "ends_on"))
    world.service(1, "db.example", family="database", kind=Kind.INCLUDED, parent_id=1, **included)
    world.service(1, "plain.example", family="domain", reference="S-domain")
    row = found(alice.get(batch(alice, CANCEL, "plain")), "table.rows tbody tr")
    tied = [" ".join(each.get_text().split()) for each in row.select(".tied")]
    assert tied == [
        "Ends with it: db.example (database one, included in this service)",
        "Belongs to it, but is not in this batch: plain.example (domain one, of the same name)",
    ]
