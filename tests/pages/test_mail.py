"""Where mails are kept in a folder, their recipient reads them here; nobody else does."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import said, soup
from tests.operations.lifecycle.days import Days
from tests.operations.payments.shop import Shop
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import MESSENGER
from webapp.domain.billing.payment import Failure, Standing
from webapp.domain.messages import OrderPaid
from webapp.domain.service.service import Mode
from webapp.operations.outbox import deliver, put
from webapp.operations.transaction import writing
from webapp.wiring import desk_for, mail_folder
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
    (link,) = [str(each["href"]) for each in soup(mailed.get("/mail")).select("main table a")]
    shown = mailed.get(link)
    assert said(shown, "h1") == "Your order K7QM-AAAA-BBBB-CCCC is paid"
    assert soup(shown).select('.typed a[href="http://localhost/orders/K7QM-AAAA-BBBB-CCCC"]')
    bob = world.client(world.account("Bob"))
    assert "Nothing has been mailed to you yet." in said(bob.get("/mail"), "main")
    assert bob.get(link).status_code == 404 and mailed.get("/mail/other").status_code == 404


def test_where_mails_leave_the_machine_there_is_no_such_page(
    mailed: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mailed.get("/services").data.count(b'href="/mail"') == 1
    for name in ("webapp.blueprints.mail.views", "webapp.web.templating"):
        monkeypatch.setattr(f"{name}.mail_folder", lambda: None)
    assert mailed.get("/mail").status_code == mailed.get("/mail/any").status_code == 404
    assert b'href="/mail"' not in mailed.get("/services").data
    with app.app_context():
        assert mail_folder() is not None


def test_the_history_of_a_service_leads_to_the_mails_that_told_of_it(world: World, days: Days) -> None:
    """Only to those that went to the reader, about this service."""
    alice, bob = world.account("Alice"), world.account("Bob")
    world.service(alice, mode=Mode.MANUAL, technical_id=bob)
    world.service(alice, "other.example", mode=Mode.MANUAL, ends_on=date(2027, 1, 31))
    days.come("2026-12-01")
    history = soup(world.client(alice).get("/services/S-shop.example")).select(".history li")
    assert [link.get_text(" ", strip=True) for link in history[0].select('a[href^="/mail/"]')] == [
        "E-mail Reminder sent, 1\xa0Dec\xa02026, 13:00:00"
    ]
    mail = world.client(alice).get(str(history[0].select('a[href^="/mail/"]')[0]["href"]))
    assert said(mail, "h1") == "shop.example ends on 31 Dec 2026 unless you renew it: €60.00 incl. tax"
    for client, reference in ((world.client(bob), "S-shop.example"), (world.client(alice), "S-other.example")):
        assert soup(client.get(f"/services/{reference}")).select('.history a[href^="/mail/"]') == []


def test_what_has_not_been_mailed_yet_is_no_link(world: World, days: Days) -> None:
    alice = world.account("Alice")
    world.service(alice, mode=Mode.MANUAL)
    days.move_to("2026-12-01")
    assert days.run() == {"remind": 1}
    assert soup(world.client(alice).get("/services/S-shop.example")).select('.history a[href^="/mail/"]') == []
    days.mail()
    assert len(soup(world.client(alice).get("/services/S-shop.example")).select('.history a[href^="/mail/"]')) == 1


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
    (link,) = refused.select('a[href^="/mail/"]')
    mail = alice.get(str(link["href"]))
    assert said(mail, "h1") == "€60.00 incl. tax could not be debited (FR-000001)"
    assert "shop.example, until 30 Dec 2027 included: €60.00" in said(mail, "main").replace("\xa0", " ")
