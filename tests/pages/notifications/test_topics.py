"""What an account is told: what it has to be, and of the rest what it wants."""

from email.message import EmailMessage

import pytest
from flask import Flask

from tests.mailbox import mailbox
from tests.markup import post, said, soup
from tests.messages.samples import MESSAGES
from tests.pages.links.stranger import Stranger
from tests.world import World
from webapp.domain.actors import MESSENGER
from webapp.domain.links import LinkPurpose, MailLink, mark_of
from webapp.domain.topics import OPTIONAL, TOPICS, WHY, Topic
from webapp.messages.letters import LETTERS
from webapp.models import Account, Outbox
from webapp.operations.delivery import deliver
from webapp.operations.outbox import put_all
from webapp.operations.transaction import writing
from webapp.web.mail_links import signed
from webapp.wiring import desk_for, now
from webapp.worker import HANDLERS

PAGE = "/account/notifications"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
ENGLISH = {"Accept-Language": "en"}
EACH = {message.key: message for message in MESSAGES}.values()


@pytest.fixture
def alice(world: World) -> int:
    return world.account("Alice", balance_alert_minor=500)


def tell_everything(app: Flask, account: int) -> None:
    with app.app_context(), writing() as session:
        put_all(session, [(message, account) for message in EACH], desk_for(MESSENGER))


def kinds(world: World) -> set[str]:
    return {each.kind for each in world.all(Outbox)}


def link(app: Flask, account: int, topic: Topic) -> str:
    with app.test_request_context():
        told = MailLink(LinkPurpose.LEAVE, account, mark_of("alice@people.example"), (topic,), None, now().date())
        return f"/links/{signed(told)}"


def test_every_message_has_a_topic_and_every_topic_a_reason() -> None:
    assert TOPICS.keys() == LETTERS.keys()
    assert set(TOPICS.values()) == WHY.keys() == set(Topic)


def test_the_page_says_of_each_topic_whether_and_why_it_comes(world: World, alice: int) -> None:
    seen = world.client(alice).get(PAGE)
    assert "Mails go to alice@people.example." in said(seen, "main")
    always = soup(seen).select('section[aria-labelledby="always"] dt')
    assert len(always) == len(Topic) - len(OPTIONAL)
    assert [box["value"] for box in soup(seen).select("main input[name=wanted][checked]")] == ["paid"]
    assert "On, as you chose beside your balance" in said(seen, "main")


def test_what_is_switched_off_is_not_told_and_the_rest_is(app: Flask, world: World, alice: int) -> None:
    client = world.client(alice)
    assert post(client, PAGE).location == PAGE
    seen = client.get(PAGE)
    assert "It is kept what you want to be told." in said(seen, "#notice")
    assert soup(seen).select("main input[name=wanted][checked]") == []
    tell_everything(app, alice)
    assert kinds(world) == {kind for kind, topic in TOPICS.items() if topic is not Topic.PAID}


def test_what_is_switched_on_again_is_told_again(app: Flask, world: World, alice: int) -> None:
    client = world.client(alice)
    for wanted in ([], ["paid"]):
        post(client, PAGE, {"wanted": wanted})
    tell_everything(app, alice)
    assert kinds(world) == set(TOPICS)


@pytest.mark.parametrize("odd", ["losses", "nothing", ""])
def test_what_has_to_be_told_cannot_be_switched_off(app: Flask, world: World, alice: int, odd: str) -> None:
    post(world.client(alice), PAGE, {"wanted": ["paid", odd]})
    tell_everything(app, alice)
    assert kinds(world) == set(TOPICS)


def test_one_account_chooses_for_no_other(app: Flask, world: World, alice: int) -> None:
    post(world.client(alice), PAGE)
    tell_everything(app, world.account("Bob"))
    assert kinds(world) == set(TOPICS)


@pytest.mark.parametrize("topic", sorted(OPTIONAL))
def test_a_mail_program_ends_mails_of_a_topic_at_one_click(app: Flask, world: World, alice: int, topic: Topic) -> None:
    address = f"{link(app, alice, topic)}/unsubscribe"
    for _again in range(2):
        answer = app.test_client().post(address, data=ONE_CLICK)
        assert answer.status_code == 200 and "Mails about that are switched off." in said(answer, "main")
    assert topic not in {box.get("value") for box in soup(world.client(alice).get(PAGE)).select("input[checked]")}
    if topic is Topic.BALANCE:
        assert [each.balance_alert_minor for each in world.all(Account)] == [None]
    elif topic is Topic.PAID:
        tell_everything(app, alice)
        assert "bill-settled" not in kinds(world)
    elif topic is Topic.CONTACT:
        assert soup(world.client(alice).get(PAGE)).select("input[name=as][checked]") == []


def test_a_person_is_led_to_a_page_with_a_button(app: Flask, world: World, alice: int) -> None:
    stranger = Stranger(app.test_client(), link(app, alice, Topic.PAID))
    assert stranger.browser.get(f"{stranger.link}/unsubscribe").location == stranger.link
    assert said(stranger.looks(), ".facts") == ("What they are about Renewals that are paid, and payments on their way")
    stranger.presses(None)
    assert stranger.looks().status_code == 200 and soup(stranger.looks()).select("main form")
    assert stranger.presses("leave").location == stranger.link
    assert "Mails about that are switched off." in said(stranger.looks(), "main")


def test_what_looks_at_everything_switches_nothing_off(app: Flask, world: World, alice: int) -> None:
    address = f"{link(app, alice, Topic.PAID)}/unsubscribe"
    stranger = app.test_client()
    for sent in ({}, {"List-Unsubscribe": ""}, {"List-Unsubscribe": "one-click"}, {"action.leave": ""}):
        assert stranger.post(address, data=sent).status_code == 400
    assert stranger.get(address).status_code == 303
    tell_everything(app, alice)
    assert kinds(world) == set(TOPICS)


def test_only_a_link_that_ends_mails_is_taken_at_one_click(app: Flask, world: World, alice: int) -> None:
    with app.test_request_context():
        pays = signed(MailLink(LinkPurpose.PAY, alice, mark_of("alice@people.example"), ("F-1",), None, now().date()))
    for token in (pays, "no-link", link(app, alice, Topic.LOSSES).rpartition("/")[2][:-1]):
        answer = app.test_client().post(f"/links/{token}/unsubscribe", data=ONE_CLICK, headers=ENGLISH)
        assert answer.status_code == 404 and "none of ours" in said(answer, "main")
    app.test_client().post(f"{link(app, alice, Topic.LOSSES)}/unsubscribe", data=ONE_CLICK)
    tell_everything(app, alice)
    assert kinds(world) == set(TOPICS)


def test_every_mail_says_why_it_comes_and_only_some_how_to_end_them(app: Flask, world: World, alice: int) -> None:
    tell_everything(app, alice)
    with app.app_context():
        while deliver(HANDLERS, desk_for(MESSENGER)):
            pass
    sent = mailbox(app, "alice@people.example")
    assert len(sent) == len(EACH)
    optional = sum(TOPICS[message.kind] in OPTIONAL for message in EACH)
    ends = [mail for mail in sent if mail["List-Unsubscribe"]]
    assert len(ends) == optional
    for mail in ends:
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["List-Unsubscribe"].strip().startswith("<http://localhost/links/")
    assert sum("cannot be switched" in " ".join(body(mail).split()) for mail in sent) == len(EACH) - optional


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
