"""Many services at once: previewed, confirmed, carried out, put back."""

import csv
from datetime import date
from io import StringIO
from urllib.parse import urlencode

import pytest
from bs4 import Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.markup import found, htmx, post, said, soup, token
from tests.walker import Walker
from tests.world import MONTH, YEAR, World
from webapp.domain.batches.states import BatchState
from webapp.domain.service.service import Mode
from webapp.models import Acceptance, Batch, Event, Service

DISABLE, ENABLE = "disable-automatic", "enable-automatic"


@pytest.fixture
def alice(world: World) -> FlaskClient:
    return world.client(world.account("Alice"))


def begun(client: FlaskClient, action: str, *refs: str, **form: str) -> str:
    """The address of a new batch over these services."""
    response = post(client, "/batches", {"action": action, "ref": [f"S-{ref}" for ref in refs]} | form)
    assert response.status_code == 303
    return str(response.location)


def groups(client: FlaskClient, url: str) -> dict[str, int]:
    """How many rows come to what, by the key of the group."""
    links = soup(client.get(url)).select("a.group")
    return {str(link["href"]).partition("group=")[2]: int(link.strong.get_text()) for link in links if link.strong}


def rows(response: TestResponse) -> dict[str, list[str]]:
    """What stands beside the name of each service."""
    table = soup(response).select("table.rows tbody tr")
    return {_words(row.select("th.name a")[0]): [_words(cell) for cell in row.select("td:not(.tick)")] for row in table}


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def mode(world: World, key: int) -> tuple[Mode | None, int, int]:
    service = world.get(Service, key)
    return service.mode, service.price_minor, service.version


def test_nothing_is_changed_before_the_confirmation(alice: FlaskClient, world: World) -> None:
    key = world.service(1, "shop.example")
    url = begun(alice, DISABLE, "shop.example")
    assert rows(alice.get(url)) == {
        "shop.example": [
            "Automatic, every year bill on 31 Dec 2026 · €60.00",
            "Manual renewal expires on 31 Dec 2026",
        ]
    }
    assert said(alice.get(url), "#totals strong") == "1 service will be changed"
    assert mode(world, key) == (Mode.AUTOMATIC, 5000, 1) and world.all(Event) == []
    assert post(alice, url, {"action": "confirm"}).location == url
    assert mode(world, key) == (Mode.MANUAL, 5000, 2)
    assert groups(alice, url) == {"done": 1}
    (told,) = rows(alice.get(url))["shop.example"]
    assert told.startswith("Renewal mode Automatic, every year → Manual renewal")


def test_confirming_twice_is_confirming_once(alice: FlaskClient, world: World) -> None:
    world.service(1)
    url = begun(alice, DISABLE, "shop.example")
    for _ in range(2):
        assert post(alice, url, {"action": "confirm"}).location == url
    assert len(world.all(Event)) == 1


def test_rows_are_grouped_by_why_they_are_left_alone(alice: FlaskClient, world: World) -> None:
    bob = world.account("Bob")
    world.service(1, "fine")
    world.service(1, "manual", mode=Mode.MANUAL)
    world.service(1, "billed", amount_due_minor=100, billed_on=date(2026, 11, 1))
    world.service(1, "going", cancels_on=date(2026, 12, 31))
    world.service(1, "leaving", cancels_on=date(2026, 12, 31))
    world.service(1, "kept", family="email")
    world.service(1, "paid-by-bob", billing_id=bob)
    url = begun(alice, DISABLE, select="all")
    assert groups(alice, url) == {
        "planned": 1,
        "refused.cancellation-scheduled": 2,
        "refused.already-so": 1,
        "refused.always-automatic": 1,
        "refused.bill-to-pay": 1,
        "refused.billing-contact": 1,
    }
    refused = alice.get(f"{url}?group=refused.cancellation-scheduled")
    assert "Their cancellation is scheduled." in said(refused, "caption")
    assert rows(refused)["going"] == ["The cancellation of this service is scheduled for 31 Dec 2026."]
    post(alice, url, {"action": "confirm"})
    assert [event.service_id for event in world.all(Event)] == [1]
    assert groups(alice, url)["done"] == 1


def test_rows_can_be_left_out(alice: FlaskClient, world: World) -> None:
    keys = {name: world.service(1, name) for name in ("a", "b", "c")}
    url = begun(alice, DISABLE, "a", "b", "c")
    assert post(alice, url, {"action": "keep", "shown": "1 2 3", "skip": ["S-a", "S-b"]}).status_code == 303
    assert said(alice.get(url), "#totals .count") == "1 service will be changed 2 left out"
    assert groups(alice, url) == {"planned": 3}
    response = post(alice, url, {"shown": "1 2 3", "skip": "S-b"}, headers=htmx("totals"))
    assert said(response, "strong") == "2 services will be changed"
    post(alice, url, {"action": "confirm", "skip": ["S-b", "S-nothing"]})
    assert {name: mode(world, key)[0] for name, key in keys.items()} == {
        "a": Mode.MANUAL,
        "b": Mode.AUTOMATIC,
        "c": Mode.MANUAL,
    }
    assert groups(alice, url) == {"done": 2, "left-out": 1}


def test_pages_are_turned_without_losing_what_is_left_out(alice: FlaskClient, world: World, app: Flask) -> None:
    for number in range(30):
        world.service(1, f"srv-{number:02}")
    world.password("Alice", "correct horse")
    walker = Walker(app).open("/services").press("Sign in", email="alice@people.example", password="correct horse")
    walker.press("Select all 30 matching").press("Disable automatic payment")
    walker.press("Next", skip=["S-srv-03"]).press("Previous", skip=["S-srv-28"])
    assert "28 services will be changed 2 left out" in walker.text
    walker.press("Confirm")
    assert "Finished" in walker.text and len(world.all(Event)) == 28


def test_enabling_keeps_the_period_and_else_takes_the_shortest(alice: FlaskClient, world: World) -> None:
    world.card(1)
    kept = world.service(1, "kept", mode=Mode.MANUAL, period=YEAR, price_minor=4000)
    shortest = world.service(1, "shortest", mode=Mode.MANUAL, period=None, price_minor=4000)
    url = begun(alice, ENABLE, "kept", "shortest")
    assert rows(alice.get(url)) == {
        "kept": ["Manual renewal expires on 31 Dec 2026", "Automatic, every year debited on 31 Dec 2026 · €48.00"],
        "shortest": ["Manual renewal expires on 31 Dec 2026", "Automatic, every month debited on 31 Dec 2026 · €6.00"],
    }
    post(alice, url, {"action": "confirm"})
    assert mode(world, kept) == (Mode.AUTOMATIC, 4000, 2)
    assert (mode(world, shortest), world.get(Service, shortest).period) == ((Mode.AUTOMATIC, 500, 2), MONTH)


def test_it_says_what_happens_without_a_payment_method(alice: FlaskClient, world: World) -> None:
    world.service(1, mode=Mode.MANUAL)
    refused = begun(alice, ENABLE, "shop.example")
    assert groups(alice, refused) == {"refused.no-valid-method": 1}
    assert "needs a valid default payment method" in said(alice.get(refused), "caption")
    world.card(1, expires_on=date(2026, 12, 1))
    billed = begun(alice, ENABLE, "shop.example")
    assert groups(alice, billed) == {"planned.bill-by-mail": 1}
    assert "a bill will be sent by e-mail" in said(alice.get(billed), "caption")


def test_agreements_are_asked_for_once(world: World) -> None:
    key = world.account("Noemie", portal="QC")
    client = world.client(key)
    for number in range(3):
        world.service(key, f"srv-{number}", mode=Mode.MANUAL, currency="CAD")
    url = begun(client, ENABLE, select="all")
    assert len(soup(client.get(url)).select("#agreements input")) == 1
    refused = post(client, url, {"action": "confirm"})
    assert refused.status_code == 422
    assert "Accept the agreement" in said(refused, ".problem")
    assert world.all(Event) == [] and world.all(Acceptance) == []
    post(client, url, {"action": "confirm", "agreed": "qc-1753"})
    assert len(world.all(Acceptance)) == 1
    assert [len(event.facts.agreements) for event in world.all(Event)] == [1, 1, 1]


def test_no_agreement_is_asked_for_what_is_left_out(world: World) -> None:
    key = world.account("Noemie", portal="QC")
    client = world.client(key)
    world.service(key, mode=Mode.MANUAL, currency="CAD")
    url = begun(client, ENABLE, "shop.example")
    post(client, url, {"action": "keep", "shown": "1", "skip": "S-shop.example"})
    assert not soup(client.get(url)).select("#agreements, button[name='action.confirm']")


def test_what_changed_meanwhile_is_judged_again_and_told(alice: FlaskClient, world: World) -> None:
    world.card(1)
    bob = world.account("Bob")
    keys = {name: world.service(1, name, mode=Mode.MANUAL) for name in ("same", "dearer", "cancelled", "done", "sold")}
    url = begun(alice, ENABLE, select="all")
    with_changes = {
        "same": {"display_name": "Renamed", "version": 2},
        "dearer": {"price_minor": 9900, "version": 2},
        "cancelled": {"mode": Mode.AUTOMATIC, "cancels_on": date(2026, 12, 31), "version": 3},
        "done": {"mode": Mode.AUTOMATIC, "version": 2},
        "sold": {f"{role}_id": bob for role in ("owner", "admin", "technical", "billing")},
    }
    for name, values in with_changes.items():
        world.change(keys[name], **values)
    post(alice, url, {"action": "confirm"})
    assert groups(alice, url) == {
        "done": 1,
        "changed.already-so": 1,
        "changed.cancellation-scheduled": 1,
        "changed.not-yours": 1,
        "changed.shown-otherwise": 1,
    }
    assert [event.service_id for event in world.all(Event)] == [keys["same"]]
    assert "no longer among yours" in said(alice.get(f"{url}?group=changed.not-yours"), "tbody")


def test_a_batch_can_be_thrown_away(alice: FlaskClient, world: World) -> None:
    world.service(1)
    url = begun(alice, DISABLE, "shop.example")
    assert post(alice, url, {"action": "discard"}).location == "/services"
    post(alice, url, {"action": "confirm"})
    assert world.all(Event) == [] and "Discarded" in said(alice.get(url), "h1 + .badge")


def test_nothing_selected_is_said(alice: FlaskClient, world: World) -> None:
    world.service(1)
    assert begun(alice, DISABLE, shown="S-shop.example") == "/services"
    assert "none is selected" in said(alice.get("/services"), "#notice")
    assert world.all(Batch) == []


def test_the_ticks_of_the_page_join_the_selection_and_are_the_batch(alice: FlaskClient, world: World) -> None:
    for name in ("a", "b", "c"):
        world.service(1, name)
    post(alice, "/batches", {"shown": "S-a", "ref": "S-a"})
    url = begun(alice, DISABLE, "c", shown="S-b S-c")
    assert list(rows(alice.get(url))) == ["a", "c"]


def test_what_comes_later_is_not_in_it(alice: FlaskClient, world: World) -> None:
    world.service(1, "early")
    url = begun(alice, DISABLE, select="all")
    world.service(1, "late")
    assert groups(alice, url) == {"planned": 1}


def test_another_accounts_batch_does_not_exist(alice: FlaskClient, world: World) -> None:
    key = world.service(1)
    url = begun(alice, DISABLE, "shop.example")
    charlie = world.client(world.account("Charlie"))
    assert charlie.get(url).status_code == 404
    for action in ("keep", "confirm", "discard", "stop", "undo", "page-2"):
        assert post(charlie, url, {"action": action}).status_code == 404
    assert mode(world, key)[0] is Mode.AUTOMATIC
    assert begun(charlie, DISABLE, "shop.example") == "/services"


def test_what_was_changed_is_put_back(alice: FlaskClient, world: World) -> None:
    world.card(1)
    special = world.service(1, "special", mode=Mode.MANUAL, period=MONTH, price_minor=1234)
    moved = world.service(1, "moved", mode=Mode.MANUAL, period=YEAR)
    url = begun(alice, ENABLE, "special", "moved")
    post(alice, url, {"action": "confirm"})
    world.change(moved, period=MONTH, version=3)
    undo = post(alice, url, {"action": "undo"}).location
    assert undo != url and post(alice, url, {"action": "undo"}).location == undo
    assert groups(alice, undo) == {"planned": 1, "refused.changed-since": 1}
    assert mode(world, special) == (Mode.AUTOMATIC, 1234, 2)
    post(alice, undo, {"action": "confirm"})
    assert mode(world, special) == (Mode.MANUAL, 1234, 3)
    assert world.get(Service, special).period == MONTH
    assert mode(world, moved)[0] is Mode.AUTOMATIC
    again = post(alice, undo, {"action": "undo"}).location
    post(alice, again, {"action": "confirm"})
    assert mode(world, special) == (Mode.AUTOMATIC, 1234, 4)


def test_an_agreed_price_comes_back_with_automatic_renewal(alice: FlaskClient, world: World) -> None:
    world.card(1)
    key = world.service(1, "shop.example", period=YEAR, price_minor=4000)
    url = begun(alice, DISABLE, "shop.example")
    post(alice, url, {"action": "confirm"})
    undo = post(alice, url, {"action": "undo"}).location
    assert "€48.00" in rows(alice.get(undo))["shop.example"][1]
    post(alice, undo, {"action": "confirm"})
    assert mode(world, key) == (Mode.AUTOMATIC, 4000, 3)


def test_the_actions_say_for_how_many_they_are_possible(alice: FlaskClient, world: World) -> None:
    world.card(1)
    world.service(1, "automatic")
    world.service(1, "manual", mode=Mode.MANUAL)
    world.service(1, "billed", amount_due_minor=100, billed_on=date(2026, 11, 1))
    post(alice, "/batches", {"action": "all"})
    menu = soup(alice.get("/batches/actions", headers=htmx("batch-actions-list")))
    offered = [_words(each) for each in menu.select("li")]
    assert offered == [
        "Renew services possible for 2 services · not for 1",
        "Disable automatic payment possible for 1 service · not for 2",
        "Enable automatic payment possible for 1 service · not for 2",
        "Align renewal dates possible for 2 services · not for 1",
        "Cancel services possible for 2 services · not for 1",
        "Undo cancellations possible for none of the 3",
        "Export as CSV",
    ]
    assert post(alice, "/batches", {"action": "disable-automatic", "shown": ""}).location == "/batches/1"
    assert groups(alice, "/batches/1")["planned"] == 1


def test_what_was_selected_and_is_held_no_more_is_not_counted(alice: FlaskClient, world: World) -> None:
    gone = world.service(1, "gone")
    world.service(1, "kept")
    post(alice, "/batches", {"action": "all"})
    world.service(1, "never selected")
    bob = world.account("Bob")
    world.change(gone, **{f"{role}_id": bob for role in ("owner", "admin", "technical", "billing")})
    menu = soup(alice.get("/batches/actions", headers=htmx("batch-actions-list")))
    told = [_words(each) for each in menu.select("li")]
    assert "Disable automatic payment possible for 1 service" in told


def test_a_form_that_does_not_say_what_is_meant_is_asked(alice: FlaskClient, world: World) -> None:
    world.service(1)
    response = post(alice, "/batches", {"shown": "S-shop.example", "ref": "S-shop.example"}, follow_redirects=True)
    assert said(response, "h1") == "1 service selected"
    assert "What should be done with them?" in said(response, "main")


def test_companions_outside_the_batch_are_pointed_out(alice: FlaskClient, world: World) -> None:
    for name, family in (("shop.example", "hosting"), ("mail.shop.example", "email"), ("alone.example", "hosting")):
        world.service(1, name, family=family)
    world.service(1, "shop.example", family="domain", reference="S-domain")
    url = begun(alice, DISABLE, "shop.example", "alone.example")
    tied = [_words(each) for each in soup(alice.get(url)).select(".tied")]
    assert tied == [
        "Belongs to it, but is not in this batch: mail.shop.example (email one, of the same name)",
        "shop.example (domain one, of the same name)",
    ]
    assert not soup(alice.get(begun(alice, DISABLE, select="all", q=""))).select(".tied a[href$=domain]")


def test_batches_are_listed_and_named_by_the_history(alice: FlaskClient, world: World) -> None:
    bob = world.account("Bob")
    key = world.service(1, technical_id=bob)
    assert "not done anything" in said(alice.get("/batches"), ".empty")
    url = begun(alice, DISABLE, "shop.example")
    post(alice, url, {"action": "confirm"})
    (listed,) = soup(alice.get("/batches")).select("tbody tr")
    assert [_words(cell) for cell in listed.select("td")][1:] == ["Finished", "1", "1"]
    again = begun(alice, DISABLE, "shop.example")
    later, earlier = soup(alice.get("/batches")).select("tbody tr")
    assert later.select("a")[0]["href"] == again
    assert [_words(cell) for cell in earlier.select("td")][1:] == ["Finished", "1", "1"]
    assert found(alice.get("/services/S-shop.example"), ".history small a")["href"] == url
    assert "in a batch of 1 service" in said(world.client(bob).get("/services/S-shop.example"), ".history")
    assert not soup(world.client(bob).get("/services/S-shop.example")).select(".history small a")
    (event,) = world.all(Event)
    assert (event.batch_id, event.service_id) == (1, key)
    assert found(alice.get(f"/services/S-shop.example/events/{event.id}"), ".facts small a")["href"] == url


def test_the_result_is_a_file_too(alice: FlaskClient, world: World) -> None:
    world.service(1, "=1+1")
    world.service(1, "going", cancels_on=date(2026, 12, 31))
    world.service(1, "sold")
    url = begun(alice, DISABLE, select="all")
    post(alice, url, {"action": "confirm"})
    bob = world.account("Bob")
    world.change(3, **{f"{role}_id": bob for role in ("owner", "admin", "technical", "billing")})
    response = alice.get(f"{url}.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="batch-1.csv"'
    assert response.mimetype == "text/csv"
    refused = "The cancellation of this service is scheduled for 31\N{NO-BREAK SPACE}Dec\N{NO-BREAK SPACE}2026."
    assert list(csv.reader(StringIO(response.data.decode("utf-8-sig")))) == [
        ["Reference", "Technical name", "Name", "What became of it", "Reason"],
        ["S-=1+1", "'=1+1", "", "Changed", ""],
        ["S-going", "going", "", "Not possible, left alone", refused],
        ["", "", "", "Changed", ""],
    ]
    assert world.client(bob).get(f"{url}.csv").status_code == 404


def test_one_account_cannot_begin_batches_without_end(alice: FlaskClient, world: World) -> None:
    world.service(1)
    token_of = {"csrf_token": token(alice), "ref": "S-shop.example"}
    answers = [alice.post("/batches", data=token_of | {"action": DISABLE}).status_code for _ in range(21)]
    assert answers == [303] * 20 + [429]
    assert alice.post("/batches", data=token_of | {"action": "keep"}).status_code == 303
    assert begun(world.client(world.account("Bob")), DISABLE, "nothing") == "/services"


def test_confirming_thousands_posts_little(alice: FlaskClient, world: World) -> None:
    for number in range(30):
        world.service(1, f"a-rather-long-name-of-a-service-{number}.example", reference=f"{'R' * 36}{number:04}")
    form = found(alice.get(begun(alice, DISABLE, select="all")), "#deciding")
    fields = [(field["name"], field["value"]) for field in form.select("input[type=hidden]")]
    assert len(urlencode([*fields, ("action", "confirm")])) < 1000


def test_a_poll_says_nothing_until_there_is_something_to_say(alice: FlaskClient, world: World) -> None:
    world.service(1)
    url = begun(alice, DISABLE, "shop.example")
    world.change_row(Batch, 1, state=BatchState.RUNNING, confirmed_at=world.now())
    polled = alice.get(url, headers=htmx("batch"))
    assert found(polled, "#batch")["hx-trigger"] == "every 1s"
    assert not soup(polled).select("hx-partial[hx-target='#live']")
    assert soup(alice.get(url)).select("noscript meta[http-equiv=refresh]")
    world.change_row(Batch, 1, state=BatchState.DONE, ended_at=world.now())
    ended = alice.get(url, headers=htmx("batch"))
    assert "hx-trigger" not in found(ended, "#batch").attrs
    assert said(ended, "hx-partial[hx-target='#live']") == "Disable automatic payment – Finished"


def test_who_no_longer_pays_is_told_no_price(alice: FlaskClient, world: World) -> None:
    key = world.service(1)
    url = begun(alice, DISABLE, "shop.example")
    world.change(key, billing_id=world.account("Bob"))
    today, afterwards = rows(alice.get(url))["shop.example"]
    assert today == "Automatic, every year renews on 31 Dec 2026"
    assert "changed since" in afterwards


def test_what_was_noted_beforehand_is_told_with_the_result_too(alice: FlaskClient, world: World) -> None:
    world.card(1, expires_on=date(2026, 12, 1))
    world.service(1, mode=Mode.MANUAL)
    url = begun(alice, ENABLE, "shop.example")
    post(alice, url, {"action": "confirm"})
    assert "a bill will be sent by e-mail" in said(alice.get(url), "caption")
