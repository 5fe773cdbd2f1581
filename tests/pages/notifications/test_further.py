"""Further addresses: nothing comes before their readers agree, only what was chosen does, and anybody ends it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.mailbox import mailbox
from tests.markup import post, said, soup
from tests.messages.samples import MESSAGES
from tests.operations.lifecycle.days import Days
from tests.pages.links.stranger import Stranger, links_of
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import MESSENGER
from webapp.domain.billing.payment import Standing
from webapp.domain.further import MOST, SHARED, FurtherShare
from webapp.domain.messages import PaymentUnderWay
from webapp.domain.money import Money
from webapp.domain.service.service import Mode
from webapp.domain.topics import TOPICS
from webapp.models import FurtherAddress, Outbox
from webapp.operations.delivery import deliver
from webapp.operations.outbox import put_all, put_once
from webapp.operations.transaction import writing
from webapp.wiring import desk_for
from webapp.worker import HANDLERS

PAGE = "/account/notifications"
NAMED = f"{PAGE}/addresses"
BOOKS = "books@office.example"
EACH = {message.key: message for message in MESSAGES}.values()
ASKED = "are to come to this address as well"


@pytest.fixture
def alice(world: World) -> int:
    return world.account("Alice")


@pytest.fixture
def hers(world: World, alice: int) -> FlaskClient:
    return world.client(alice)


def mail(app: Flask) -> None:
    with app.app_context():
        while deliver(HANDLERS, desk_for(MESSENGER)):
            pass


def tell_everything(app: Flask, account: int) -> None:
    with app.app_context(), writing() as session:
        put_all(session, [(message, account) for message in EACH], desk_for(MESSENGER))
    mail(app)


def name(client: FlaskClient, address: str = BOOKS, shares: tuple[str, ...] = ("bills",), language: str = "en") -> None:
    sent = {"address": address, "shares": list(shares), "language": language}
    assert post(client, NAMED, sent).location == PAGE


def bookkeeper(
    app: Flask, client: FlaskClient, *, shares: tuple[str, ...] = ("bills",), address: str = BOOKS
) -> Stranger:
    """Whoever reads that address, and has agreed."""
    name(client, address, shares=shares)
    mail(app)
    (link,) = links_of(app, address, ASKED)
    stranger = Stranger(app.test_client(), link)
    assert stranger.presses("join").location == link
    return stranger


def test_nothing_comes_before_its_reader_agrees(app: Flask, world: World, alice: int, hers: FlaskClient) -> None:
    name(hers)
    seen = hers.get(PAGE)
    assert "A mail has gone to that address." in said(seen, "#notice")
    assert "books@office.example Has not agreed yet" in said(seen, "main .history")
    tell_everything(app, alice)
    (asked,) = mailbox(app, BOOKS)
    assert asked["Subject"] == "Mails of Alice are to come to this address as well"
    (link,) = links_of(app, BOOKS, ASKED)
    stranger = Stranger(app.test_client(), link)
    assert said(stranger.looks(), ".facts") == "Account Alice What they are about Bills, payments and orders"
    assert stranger.presses(None).status_code == 200
    assert [each.confirmed_at for each in world.all(FurtherAddress)] == [None]


@pytest.mark.parametrize("shares", [("bills",), ("services",), ("bills", "services")])
def test_what_comes_is_what_was_chosen(app: Flask, alice: int, hers: FlaskClient, shares: tuple[str, ...]) -> None:
    bookkeeper(app, hers, shares=shares)
    assert "books@office.example Agreed" in said(hers.get(PAGE), "main .history")
    tell_everything(app, alice)
    chosen = [message for message in EACH if SHARED.get(TOPICS[message.kind]) in shares]
    got = mailbox(app, BOOKS)
    assert len(got) == len(chosen) + 1
    assert len(mailbox(app, "alice@people.example")) == len(EACH)
    for each in got[:-1]:
        assert each["To"] == BOOKS and each["List-Unsubscribe"]
        told = str(each.get_body(("plain",)).get_content())  # type: ignore[union-attr]
        assert "because Alice named this address" in " ".join(told.split())
        assert "/account/notifications" not in told


def test_it_is_written_in_the_language_that_is_read_there(app: Flask, alice: int, hers: FlaskClient) -> None:
    name(hers, language="fr")
    mail(app)
    (asked,) = mailbox(app, BOOKS)
    assert asked["Content-Language"] == "fr"


def test_a_bookkeeper_pays_a_bill_and_does_nothing_else(
    app: Flask, world: World, alice: int, hers: FlaskClient, clock: FixedClock, till: Till
) -> None:
    bookkeeper(app, hers, shares=("bills", "services"))
    world.service(alice)
    world.service(alice, "manual.example", mode=Mode.MANUAL)
    days = Days(app, clock, till)
    days.come("2026-12-31")
    pays, _leaves = links_of(app, BOOKS, "to pay")
    stranger = Stranger(app.test_client(), pays)
    assert stranger.presses("pay").location.startswith("https://till.example/")
    (key,) = till.books
    till.decide(key, Standing.SUCCEEDED)
    stranger.browser.get(till.wanted[key].return_to.removeprefix("http://localhost"))
    assert "Nothing is owed for it any more." in said(stranger.looks(), "main")
    (leaves,) = links_of(app, BOOKS, "manual.example")
    assert said(app.test_client().get(leaves), "h1") == "No more mails like this"


def test_links_to_it_end_with_it(app: Flask, alice: int, hers: FlaskClient) -> None:
    bookkeeper(app, hers)
    tell_everything(app, alice)
    links = links_of(app, BOOKS, "to pay")
    post(hers, f"{NAMED}/1", {"action": "remove"})
    assert [app.test_client().get(link).status_code for link in links] == [404, 404]


def test_what_is_put_once_is_put_once_there_too(app: Flask, world: World, alice: int, hers: FlaskClient) -> None:
    """Also where the account itself does not want it."""
    bookkeeper(app, hers)
    post(hers, PAGE)
    message = PaymentUnderWay("K7QM-AAAA-BBBB-CCCC-1", "K7QM-AAAA-BBBB-CCCC", Money(6000, "EUR"))
    for _again in range(2):
        with app.app_context(), writing() as session:
            put_once(session, message, alice, desk_for(MESSENGER))
    assert [each.recipient for each in world.all(Outbox) if each.kind == message.kind] == [BOOKS]


@pytest.mark.parametrize("how", ["button", "one click", "account"])
def test_it_ends_from_either_side(app: Flask, world: World, alice: int, hers: FlaskClient, how: str) -> None:
    bookkeeper(app, hers)
    tell_everything(app, alice)
    link = mailbox(app, BOOKS)[0]["List-Unsubscribe"].strip()[1:-1].removeprefix("http://localhost")
    if how == "account":
        post(hers, f"{NAMED}/1", {"action": "remove"})
    elif how == "button":
        Stranger(app.test_client(), link.removesuffix("/unsubscribe")).presses("leave")
    else:
        assert app.test_client().post(link, data={"List-Unsubscribe": "One-Click"}).status_code in (200, 404)
    assert world.all(FurtherAddress) == []
    with app.app_context(), writing() as session:
        session.query(Outbox).delete()
    before = len(mailbox(app, BOOKS))
    tell_everything(app, alice)
    assert len(mailbox(app, BOOKS)) == before


def test_what_waits_to_be_sent_there_is_not_sent_any_more(
    app: Flask, world: World, alice: int, hers: FlaskClient
) -> None:
    bookkeeper(app, hers)
    with app.app_context(), writing() as session:
        put_all(session, [(message, alice) for message in EACH], desk_for(MESSENGER))
    post(hers, f"{NAMED}/1", {"action": "remove"})
    assert {each.recipient for each in world.all(Outbox) if each.state == "waiting"} == {""}
    mail(app)
    assert len(mailbox(app, BOOKS)) == 1
    (old,) = [each for each in world.all(Outbox) if each.recipient]
    assert post(hers, f"/account/mails/{old.id}").status_code == 404


def test_what_does_not_arrive_there_keeps_nobody_waiting_and_from_nothing(
    app: Flask,
    world: World,
    alice: int,
    hers: FlaskClient,
    clock: FixedClock,
    till: Till,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The account’s own mails go on, and what it was told of is done."""
    bookkeeper(app, hers, shares=("services",))
    world.service(alice, mode=Mode.MANUAL)
    days = Days(app, clock, till)
    days.move_to("2026-12-30")
    days.run()
    for row in world.all(Outbox):
        if row.recipient and row.kind == "services-expire":
            with app.app_context(), writing() as session:
                session.get_one(Outbox, row.id).due_at = clock.now() + timedelta(days=9)
    mail(app)
    days.move_to("2026-12-31")
    assert days.run() == {"suspend": 1}
    mail(app)
    assert {each.state.value for each in world.all(Outbox) if not each.recipient} == {"done"}


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"address": "nobody"}, "looks like name@example.org"),
        ({"address": f"{'x' * 250}@office.example"}, "looks like name@example.org"),
        ({"address": "a@b.example\nBcc: c@d.example"}, "looks like name@example.org"),
        ({"address": "Alice@People.example"}, "Mails go to this address already"),
        ({"shares": []}, "Choose what is to go there."),
        ({"shares": ["safety"]}, "Choose what is to go there."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(
    world: World, hers: FlaskClient, sent: dict[str, object], why: str
) -> None:
    answer = post(hers, NAMED, {"address": BOOKS, "shares": ["services"], "language": "fr", **sent})
    assert answer.status_code == 422 and why in said(answer, ".problem") and why in said(answer, ".error")
    assert world.all(FurtherAddress) == [] and world.all(Outbox) == []
    assert soup(answer).select_one("#language option[selected]")["value"] == "fr"


def test_an_address_is_asked_again_and_nobody_is_flooded(
    app: Flask, world: World, hers: FlaskClient, clock: FixedClock
) -> None:
    for number in range(MOST):
        name(hers, f"books{number}@office.example")
    mail(app)
    full = post(hers, NAMED, {"address": BOOKS, "shares": ["bills"], "language": "en"})
    assert "as many further addresses as there can be" in said(full, ".problem")
    assert "Mails go to this address already" in said(
        post(hers, NAMED, {"address": "books1@office.example", "shares": ["bills"], "language": "en"}), ".problem"
    )
    post(hers, f"{NAMED}/1", {"action": "remove"})
    for address, sent in (
        (NAMED, {"address": BOOKS, "shares": ["bills"], "language": "en"}),
        (f"{NAMED}/2", {"action": "ask"}),
    ):
        assert "no other one is until tomorrow" in said(post(hers, address, sent), ".problem")
    clock.move_to(clock.now() + timedelta(hours=25))
    hers = world.client(1)
    assert post(hers, f"{NAMED}/2", {"action": "ask"}).location == PAGE
    assert "It was asked once more." in said(hers.get(PAGE), "#notice")


def test_who_has_not_agreed_is_not_written_to_again_from_the_list_of_mails(
    app: Flask, world: World, hers: FlaskClient
) -> None:
    """It would count for nothing."""
    name(hers)
    mail(app)
    assert soup(hers.get("/account/mails/1")).select("main form") == []
    assert post(hers, "/account/mails/1").status_code == 404
    assert len(world.all(Outbox)) == 1


def test_nobody_touches_the_addresses_of_somebody_else(app: Flask, world: World, hers: FlaskClient) -> None:
    bookkeeper(app, hers)
    bob = world.client(world.account("Bob"))
    assert BOOKS not in said(bob.get(PAGE), "main")
    for action in ("remove", "ask"):
        post(bob, f"{NAMED}/1", {"action": action})
    assert [each.confirmed_at is None for each in world.all(FurtherAddress)] == [False]


def test_a_share_stands_for_topics_that_concern_no_sign_in_and_no_means() -> None:
    assert set(SHARED.values()) == set(FurtherShare)
    assert {"safety", "methods", "balance", "addresses"}.isdisjoint(topic.value for topic in SHARED)
