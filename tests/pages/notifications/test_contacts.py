"""Contacts who do not pay: told as they chose, of what is theirs, once, and never what it costs."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.mailbox import mailbox
from tests.markup import post, said, soup
from tests.operations.lifecycle.days import Days
from tests.pages.notifications.test_further import bookkeeper
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.contacts import WISHED, WISHES, word
from webapp.domain.service.service import Mode
from webapp.domain.topics import TOPICS, Topic
from webapp.extensions import db
from webapp.messages.about_contacts import SAYS
from webapp.models import Outbox

PAGE = "/account/notifications"
BOB = "bob@people.example"


@pytest.fixture
def days(app: Flask, clock: FixedClock, till: Till) -> Days:
    return Days(app, clock, till)


@pytest.fixture
def alice(world: World) -> int:
    return world.account("Alice")


@pytest.fixture
def bob(world: World) -> int:
    return world.account("Bob")


def subjects(app: Flask) -> list[str]:
    """Of what Bob got, the oldest first."""
    return [str(mail["Subject"]).replace("\xa0", " ") for mail in reversed(mailbox(app, BOB))]


def loses(world: World, days: Days) -> None:
    """A service that is renewed by hand ends and is suspended."""
    for day in ("2026-12-01", "2026-12-30", "2026-12-31"):
        days.come(day)
    days.mail()


def test_an_owner_is_told_what_becomes_of_it_and_not_what_it_costs(
    app: Flask, world: World, days: Days, alice: int, bob: int
) -> None:
    world.service(bob, mode=Mode.MANUAL, billing_id=alice)
    loses(world, days)
    assert subjects(app) == [
        "shop.example ends on 31 Dec 2026 unless it is renewed",
        "shop.example ends on 31 Dec 2026 unless it is renewed",
        "shop.example is suspended: nobody renewed it",
    ]
    for mail in mailbox(app, BOB):
        told = str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
        assert "60.00" not in told and "Alice" not in told and mail["List-Unsubscribe"]
        assert told.count("/links/") == 1, "only the one that ends these mails"


ROLES: dict[str, Callable[[int], dict[str, int]]] = {
    "owner": lambda bob: {"owner_id": bob},
    "admin": lambda bob: {"admin_id": bob},
    "technical": lambda bob: {"technical_id": bob},
}


@pytest.mark.parametrize("role", ROLES)
def test_who_is_told_who_has_chosen_nothing(
    app: Flask, world: World, days: Days, alice: int, bob: int, role: str
) -> None:
    world.service(alice, mode=Mode.MANUAL, **ROLES[role](bob))
    world.service(alice, "auto.example", recapped_for=None, **ROLES[role](bob))
    days.come("2026-12-01")
    assert {each.facts["of"] for each in world.all(Outbox) if each.account_id == bob} == {
        {"ahead": "renewals-ahead", "losses": "services-expire"}[topic] for each, topic in WISHED if each.word == role
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("topic", ["ahead", "losses"])
def test_each_role_is_told_what_it_chose(
    app: Flask, world: World, days: Days, alice: int, bob: int, role: str, topic: str
) -> None:
    client = world.client(bob)
    post(client, PAGE, {"wanted": ["paid"], "as": [f"{role} {topic}", "billing losses", "nobody"]})
    checked = [box["value"] for box in soup(client.get(PAGE)).select("input[name=as][checked]")]
    assert checked == [f"{role} {topic}"]
    for number, each in enumerate(ROLES):
        world.service(alice, f"{number}.example", mode=Mode.MANUAL, **ROLES[each](bob))
        world.service(alice, f"auto{number}.example", recapped_for=None, **ROLES[each](bob))
    days.come("2026-12-01")
    told = [each for each in world.all(Outbox) if each.account_id == bob]
    number = list(ROLES).index(role)
    name = f"auto{number}.example" if topic == "ahead" else f"{number}.example"
    assert [[service["name"] for service in each.facts["services"]] for each in told] == [[name]]


def test_who_holds_a_name_is_told_in_any_case(app: Flask, world: World, days: Days, alice: int, bob: int) -> None:
    post(world.client(bob), PAGE)
    world.service(bob, mode=Mode.MANUAL, family="domain", billing_id=alice)
    world.service(bob, "hosting.example", mode=Mode.MANUAL, billing_id=alice)
    days.come("2026-12-01")
    (mail,) = mailbox(app, BOB)
    assert mail["List-Unsubscribe"] is None
    told = " ".join(str(mail.get_body(("plain",)).get_content()).split())  # type: ignore[union-attr]
    assert "whoever holds a domain name has to be told" in told and "hosting.example" not in told


def test_one_account_in_several_roles_gets_one_mail(app: Flask, world: World, days: Days, alice: int, bob: int) -> None:
    for number in range(3):
        world.service(alice, f"{number}.example", mode=Mode.MANUAL, owner_id=bob, admin_id=bob, technical_id=bob)
    days.come("2026-12-01")
    assert subjects(app) == ["3 services end unless they are renewed, from 31 Dec 2026 on"]


def test_whoever_reads_an_address_of_the_payer_gets_one_mail(app: Flask, world: World, days: Days, alice: int) -> None:
    """The payer’s, which says more."""
    bookkeeper(app, world.client(alice), shares=("services",), address=BOB)
    bob = world.account("Bob")
    world.service(bob, mode=Mode.MANUAL, billing_id=alice)
    days.come("2026-12-01")
    (_asked, reminded) = subjects(app)
    assert reminded == "shop.example ends on 31 Dec 2026 unless you renew it: €60.00 incl. tax"


def test_what_a_contact_is_not_told_keeps_nobody_from_anything(
    app: Flask, world: World, days: Days, alice: int, bob: int
) -> None:
    """It is the payer who has to know before something is taken away."""
    world.service(bob, mode=Mode.MANUAL, billing_id=alice)
    days.come("2026-12-30")
    with app.app_context():
        db.session.query(Outbox).filter(Outbox.account_id == bob).update({"state": "failed"})
        db.session.commit()
    days.move_to("2026-12-31")
    assert days.run() == {"suspend": 1}


def test_nobody_is_told_of_what_is_not_theirs(app: Flask, world: World, days: Days, alice: int, bob: int) -> None:
    world.service(alice, mode=Mode.MANUAL)
    world.service(bob, "own.example", mode=Mode.MANUAL)
    loses(world, days)
    assert {each.account_id for each in world.all(Outbox) if "shop.example" in str(each.facts)} == {alice}


def test_one_click_ends_them_for_every_role(app: Flask, world: World, days: Days, alice: int, bob: int) -> None:
    world.service(alice, mode=Mode.MANUAL, owner_id=bob, admin_id=bob)
    days.come("2026-12-01")
    (mail,) = mailbox(app, BOB)
    link = mail["List-Unsubscribe"].strip()[1:-1].removeprefix("http://localhost")
    assert app.test_client().post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert soup(world.client(bob).get(PAGE)).select("input[name=as][checked]") == []
    days.come("2026-12-16")
    assert len(mailbox(app, BOB)) == 1


def test_the_page_says_what_comes_in_any_case(world: World, bob: int) -> None:
    seen = world.client(bob).get(PAGE)
    assert "Domain names that you hold and others pay for" in said(seen, 'section[aria-labelledby="always"]')
    assert {box["value"] for box in soup(seen).select("input[name=as]")} == set(WISHES)
    assert {box["value"] for box in soup(seen).select("input[name=as][checked]")} == set(map(word, WISHED))


def test_every_loss_and_renewal_has_words_for_contacts() -> None:
    assert SAYS.keys() == {kind for kind, topic in TOPICS.items() if topic in (Topic.AHEAD, Topic.LOSSES)}
