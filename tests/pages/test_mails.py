"""Where mails are kept in a folder, their recipient reads them here; nobody else does."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import post, said, soup
from tests.messages.test_command import Refusing
from tests.operations.lifecycle.days import Days
from tests.operations.payments.shop import Shop
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import MESSENGER
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.messages import OrderPaid
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import Account, Outbox
from webapp.operations.delivery import deliver
from webapp.operations.outbox import put, put_all
from webapp.operations.people.mails import TOGETHER
from webapp.operations.transaction import writing
from webapp.wiring import desk_for
from webapp.worker import HANDLERS


@pytest.fixture
def days(app: Flask, clock: FixedClock, till: Till) -> Days:
    return Days(app, clock, till)


@pytest.fixture
def mailed(world: World, app: Flask) -> FlaskClient:
    """Alice’s browser; a mail to her is in the folder."""
    alice = world.account("Alice")
    with app.app_context():
        with writing() as session:
            put(session, OrderPaid("K7QM-AAAA-BBBB-CCCC"), alice, desk_for(MESSENGER))
        deliver(HANDLERS, desk_for(MESSENGER))
    return world.client(alice)


def test_the_recipient_reads_it_and_nobody_else_does(mailed: FlaskClient, world: World) -> None:
    listed = mailed.get("/account/mails")
    assert said(listed, "main tbody tr").startswith(
        "Your order K7QM-AAAA-BBBB-CCCC is paid alice@people.example 23 Nov 2026, 13:00:00 Sent"
    )
    (link,) = [str(each["href"]) for each in soup(listed).select("main table a")]
    shown = mailed.get(link)
    assert said(shown, "h1") == "Your order K7QM-AAAA-BBBB-CCCC is paid"
    assert soup(shown).select('.typed a[href="http://localhost/orders/K7QM-AAAA-BBBB-CCCC"]')
    bob = world.client(world.account("Bob"))
    assert "Nothing has been mailed to you yet." in said(bob.get("/account/mails"), "main")
    assert bob.get(link).status_code == post(bob, link).status_code == 404
    assert mailed.get("/account/mails/77").status_code == 404


def test_it_is_found_from_every_page_and_where_the_demo_has_it(mailed: FlaskClient) -> None:
    assert len(soup(mailed.get("/services")).select('footer a[href="/account/mails"]')) == 1
    assert mailed.get("/mail").location == "/account/mails"


def test_a_mail_is_sent_once_more_and_not_twice_at_once(mailed: FlaskClient, world: World, app: Flask) -> None:
    for told in ("It is sent once more.", "It waits to be sent already."):
        assert post(mailed, "/account/mails/1").location == "/account/mails"
        assert told in said(mailed.get("/account/mails"), "#notice")
    with app.app_context():
        deliver(HANDLERS, desk_for(MESSENGER))
    first, again = world.all(Outbox)
    assert (first.state, again.state, again.again_of, again.facts) == ("done", "done", 1, first.facts)
    post(mailed, "/account/mails/2")
    assert [each.again_of for each in world.all(Outbox)] == [None, 1, 1]


def test_a_notice_that_is_sent_once_more_keeps_nobody_from_a_loss(world: World, app: Flask, days: Days) -> None:
    """It was taken before: otherwise whoever wants to lose nothing would ask for it again and again."""
    alice = world.account("Alice")
    world.service(alice, mode=Mode.MANUAL)
    days.come("2026-12-30")
    post(world.client(alice), "/account/mails/1")
    days.move_to("2026-12-31")
    assert days.run() == {"suspend": 1}


def test_what_did_not_arrive_says_where_and_why(world: World, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = world.account("Alice")
    with app.app_context(), monkeypatch.context() as patch:
        with writing() as session:
            put(session, OrderPaid("K7QM-AAAA-BBBB-CCCC"), alice, desk_for(MESSENGER))
        patch.setattr("webapp.worker.mailer", Refusing)
        deliver(HANDLERS, desk_for(MESSENGER))
        account = db.session.get_one(Account, alice)
        account.email = "new@people.example"
        db.session.commit()
    client = world.client(alice)
    assert "Not delivered" in said(client.get("/account/mails"), "main tbody tr")
    facts = said(client.get("/account/mails/1"), ".facts")
    assert "alice@people.example" in facts and facts.endswith("Not delivered 550 nobody lives there")
    warned = said(client.get("/account"), "main .warning")
    assert warned == "Our last mail to alice@people.example was not delivered. 550 nobody lives there See the mail"
    post(client, "/account/mails/1")
    with app.app_context():
        deliver(HANDLERS, desk_for(MESSENGER))
    assert soup(client.get("/account")).select("main .warning") == []


def test_many_mails_stand_on_several_pages(world: World, app: Flask) -> None:
    alice = world.account("Alice")
    with app.app_context(), writing() as session:
        orders = [(OrderPaid(f"{number}"), alice) for number in range(TOGETHER + 1)]
        put_all(session, orders, desk_for(MESSENGER))
    client = world.client(alice)
    first, second = client.get("/account/mails"), client.get("/account/mails?page=2")
    assert [len(soup(each).select("main tbody tr")) for each in (first, second)] == [TOGETHER, 1]
    assert soup(first).select_one("a[rel=next]")["href"] == "/account/mails?page=2"
    for odd in ("0", "-1", "99", "x", "9" * 30):
        assert client.get(f"/account/mails?page={odd}").status_code == 200


def test_a_mail_leads_to_the_papers_that_went_with_it(world: World, days: Days) -> None:
    alice = world.account("Alice")
    world.service(alice)
    days.come("2026-12-31")
    client = world.client(alice)
    (link,) = soup(client.get("/account/mails/1")).select(".facts a")
    assert client.get(str(link["href"])).mimetype == "application/pdf"


def test_the_history_of_a_service_leads_to_the_mails_that_told_of_it(world: World, days: Days) -> None:
    """Only to those that went to the reader, about this service."""
    alice, bob = world.account("Alice"), world.account("Bob")
    world.service(alice, mode=Mode.MANUAL, technical_id=bob)
    world.service(alice, "other.example", mode=Mode.MANUAL, ends_on=date(2027, 1, 31))
    days.come("2026-12-01")
    history = soup(world.client(alice).get("/services/S-shop.example")).select(".history li")
    assert [link.get_text(" ", strip=True) for link in history[0].select('a[href^="/account/mails/"]')] == [
        "E-mail Reminder sent, 1\xa0Dec\xa02026, 13:00:00"
    ]
    mail = world.client(alice).get(str(history[0].select('a[href^="/account/mails/"]')[0]["href"]))
    assert said(mail, "h1") == "shop.example ends on 31 Dec 2026 unless you renew it: €60.00 incl. tax"
    for client, reference in ((world.client(bob), "S-shop.example"), (world.client(alice), "S-other.example")):
        assert soup(client.get(f"/services/{reference}")).select('.history a[href^="/account/mails/"]') == []


def test_what_has_not_been_mailed_yet_is_no_link(world: World, days: Days) -> None:
    alice = world.account("Alice")
    world.service(alice, mode=Mode.MANUAL)
    days.move_to("2026-12-01")
    assert days.run() == {"remind": 1}
    assert soup(world.client(alice).get("/services/S-shop.example")).select('.history a[href^="/account/mails/"]') == []
    days.mail()
    assert (
        len(soup(world.client(alice).get("/services/S-shop.example")).select('.history a[href^="/account/mails/"]'))
        == 1
    )


def test_a_debit_that_is_refused_after_days_stands_in_the_history_and_leads_to_its_mail(
    world: World, days: Days, shop: Shop
) -> None:
    days.till.charges = Standing.SETTLING
    days.come("2026-12-31")
    days.move_to("2027-01-04")
    (payment,) = days.till.books
    days.till.decide(payment, Standing.FAILED, Failure.REFUSED)
    shop.learn(payment)
    days.mail()
    alice = world.client(shop.account)
    refused, *_earlier = soup(alice.get("/services/S-shop.example")).select(".history li")
    told = refused.get_text(" ", strip=True).replace("\xa0", " ")
    assert "Debit refused" in told and "€60.00" in told and "To be suspended on 7 Jan 2027" in told
    (link,) = refused.select('a[href^="/account/mails/"]')
    mail = alice.get(str(link["href"]))
    assert said(mail, "h1") == "€60.00 incl. tax could not be debited (FR-000001)"
    assert "shop.example, until 30 Dec 2027 included: €60.00" in said(mail, "main").replace("\xa0", " ")
