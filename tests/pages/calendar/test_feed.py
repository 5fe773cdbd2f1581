"""The calendar as programs read it: at a private address, by a parser that is not the one that wrote it."""

from datetime import date
from urllib.parse import urlsplit

import pytest
import vobject
from flask.testing import FlaskClient

from tests.markup import found, post, soup
from tests.operations.payments.shop import Shop
from tests.world import MONTH, World
from webapp.domain.service.service import Mode
from webapp.models import Account, Service
from webapp.operations.listing.ahead import MOST_NAMED


def address(client: FlaskClient, url: str = "/calendar") -> str:
    """As its page shows it; made where there is none."""
    if not soup(client.get(url)).select("#private"):
        assert post(client, url, {"action": "share"}).location == f"{url}#subscribe"
    parts = urlsplit(str(found(client.get(url), "#private")["value"]))
    return f"{parts.path}?{parts.query}"


def events(world: World, url: str) -> dict[str, str]:
    """What a program without a cookie reads: day and summary by UID."""
    response = world.app.test_client().get(url)
    assert response.mimetype == "text/calendar", response.status
    read = vobject.readOne(response.get_data(as_text=True))
    told = {}
    for event in getattr(read, "vevent_list", []):
        assert event.uid.value not in told
        day = event.dtstart.value
        assert (event.dtend.value - day).days == 1 and event.transp.value == "TRANSPARENT"
        off = " (off)" if event.status.value == "CANCELLED" else ""
        told[event.uid.value] = f"{day} {event.summary.value}{off}"
    return told


def test_a_program_reads_it_without_a_cookie(world: World, alice: FlaskClient) -> None:
    world.service(1, "manual.example", mode=Mode.MANUAL, ends_on=date(2027, 1, 15))
    assert list(events(world, address(alice)).values()) == [
        "2026-12-31 shop.example · debited · €60.00",
        "2027-01-15 manual.example · expires unless it is renewed",
        "2027-03-01 manual.example · is deleted",
    ]
    response = world.app.test_client().get(address(alice))
    assert "Set-Cookie" not in response.headers and response.headers["Cache-Control"].startswith("no-")


def test_it_speaks_the_language_of_its_account_and_follows_the_filters(world: World, alice: FlaskClient) -> None:
    world.service(1, "vps.example", family="vps", ends_on=date(2027, 2, 1), anchor_day=1)
    url = address(alice, "/calendar?type=vps")
    world.change_row(Account, 1, language="fr")
    assert list(events(world, url).values()) == ["2027-02-01 vps.example · débité · 60,00\N{NO-BREAK SPACE}€"]


def test_the_address_is_renewed_and_withdrawn(world: World, alice: FlaskClient) -> None:
    stranger, first = world.app.test_client(), address(alice)
    post(alice, "/calendar", {"action": "share"})
    second = address(alice)
    assert [stranger.get(url).status_code for url in (first, second)] == [404, 200]
    post(alice, "/calendar", {"action": "withdraw"})
    assert stranger.get(second).status_code == 404 and not soup(alice.get("/calendar")).select("#private")
    assert address(alice) not in (first, second)


@pytest.mark.parametrize("key", ["", "x", "WzEsMV0.x", "WzEsMV0", "é"])
def test_no_other_key_opens_it(world: World, alice: FlaskClient, key: str) -> None:
    assert alice.get("/calendar.ics", query_string={"key": key}).status_code == 404
    changed = address(alice)[:-2] + "AA"
    assert world.app.test_client().get(changed).status_code == 404


def test_it_shows_nobody_elses(world: World, alice: FlaskClient) -> None:
    bob = world.client(world.account("Bob"))
    assert events(world, address(bob)) == {} and len(events(world, address(alice))) == 1


def test_what_moves_keeps_its_identity(world: World, alice: FlaskClient, shop: Shop) -> None:
    world.service(1, "month.example", period=MONTH, ends_on=date(2026, 12, 31), anchor_day=31)
    url = address(alice)
    before = events(world, url)
    shop.charge(shop.order("S-month.example", "P1M"), 1)
    paid = events(world, url)
    (done,) = before.keys() - paid.keys()
    assert before[done].startswith("2026-12-31 month.example")
    world.change_row(Service, 2, anchor_day=15, ends_on=date(2027, 1, 15))
    moved = events(world, url)
    assert moved.keys() == paid.keys() and len(moved.keys() & before.keys()) == len(before) - 1
    assert {moved[uid] for uid in before if "2027-01-31 month" in before[uid]} == {
        "2027-01-15 month.example · debited · €60.00"
    }


def test_what_a_cancellation_calls_off_is_told_as_such(world: World, alice: FlaskClient) -> None:
    key = world.service(1, "month.example", period=MONTH, ends_on=date(2026, 12, 31), anchor_day=31)
    url = address(alice)
    before = events(world, url)
    world.change(key, cancels_on=date(2026, 12, 31))
    after = events(world, url)
    assert after.keys() == before.keys()
    told = [text for text in after.values() if "month.example" in text]
    assert told[0] == "2026-12-31 month.example · ends"
    assert told[1:] and all(text.endswith(" month.example · called off (off)") for text in told[1:])


def test_of_many_services_each_day_is_one_entry(world: World, alice: FlaskClient) -> None:
    for number in range(MOST_NAMED):
        world.service(1, f"s{number}.example")
    assert list(events(world, address(alice)).values()) == ["2026-12-31 301 services debited · €18,060.00"]


def test_a_program_that_asks_all_the_time_is_told_to_wait(world: World, alice: FlaskClient) -> None:
    stranger, url = world.app.test_client(), address(alice)
    answers = [stranger.get(url).status_code for _time in range(21)]
    assert answers == [200] * 20 + [429]
