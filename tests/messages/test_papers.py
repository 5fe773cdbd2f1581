"""What goes along with mails: the papers that are due, as their recipient would download them."""

from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.mailbox import mailbox
from tests.markup import confirmation, post
from tests.operations.lifecycle.days import Days
from tests.operations.payments.shop import Shop
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.actors import MESSENGER
from webapp.extensions import db
from webapp.messages.letter import Paper, PaperKind
from webapp.messages.post import recipient
from webapp.models import Order, Receipt
from webapp.operations.delivery import message_of
from webapp.web.addresses import outside
from webapp.web.mail_links import signed
from webapp.web.papers import attached
from webapp.wiring import desk_for, rules

HERS = "/services/S-shop.example/cancel"


@pytest.fixture
def days(app: Flask, clock: FixedClock, till: Till) -> Days:
    return Days(app, clock, till)


def latest(app: Flask) -> EmailMessage:
    return mailbox(app, "alice@people.example")[0]


def papers(mail: EmailMessage) -> dict[str, str]:
    """The words of each, by its name."""
    read = {}
    for part in mail.iter_attachments():
        assert part.get_content_type() == "application/pdf"
        pages = PdfReader(BytesIO(part.get_content())).pages
        read[str(part.get_filename())] = " ".join(" ".join(page.extract_text() for page in pages).split())
    return read


def subject(mail: EmailMessage) -> str:
    return str(mail["Subject"]).replace("\xa0", " ")


def test_a_cancellation_and_its_undoing_are_mailed_with_their_receipts(world: World, app: Flask, days: Days) -> None:
    alice = world.account("Alice")
    world.service(alice)
    browser = world.client(alice)
    seen = confirmation(browser.get(HERS))
    post(browser, HERS, {**seen, "action": "confirm"})
    days.mail()
    (receipt,) = world.all(Receipt)
    mail = latest(app)
    assert subject(mail) == "shop.example is cancelled: it ends on 31 Dec 2026"
    (words,) = papers(mail).values()
    assert receipt.code in words and "shop.example" in words and "http://localhost/receipts/" in words
    days.clock.move_to(days.clock.now() + timedelta(minutes=1))
    post(browser, f"{HERS}/undo", {**confirmation(browser.get(f"{HERS}/undo")), "action": "confirm"})
    days.mail()
    undone = latest(app)
    assert subject(undone) == "shop.example is kept: it no longer ends on 31 Dec 2026"
    assert list(papers(undone)) == [f"{world.all(Receipt)[1].code}.pdf"]


def test_a_bill_goes_with_the_mail_that_tells_of_it(world: World, app: Flask, days: Days) -> None:
    world.service(world.account("Alice"))
    days.come("2026-12-31")
    ((name, words),) = papers(latest(app)).items()
    assert name == "FR-000001.pdf" and "60.00" in words and "Invoice" in words


def test_an_order_that_is_paid_is_told_with_its_services_and_its_invoice(
    world: World, app: Flask, days: Days, clock: FixedClock, till: Till
) -> None:
    alice = world.account("Alice")
    world.service(alice)
    shop = Shop(app, clock, alice, till)
    shop.charge(shop.order("S-shop.example"), world.card(alice))
    days.mail()
    mail = latest(app)
    assert subject(mail) == "shop.example is paid: €60.00 incl. tax"
    assert list(papers(mail)) == ["FR-000001.pdf"]
    body = mail.get_body(("plain",))
    assert body and "shop.example, until 30 Dec 2027 included" in body.get_content().replace("\xa0", " ")


def test_what_is_no_longer_its_recipients_does_not_go_along(
    world: World, app: Flask, days: Days, clock: FixedClock, till: Till
) -> None:
    bob = world.account("Bob")
    world.service(bob)
    shop = Shop(app, clock, bob, till)
    shop.charge(shop.order("S-shop.example"), world.card(bob))
    (order,) = world.all(Order)
    with app.app_context():
        told = message_of(db.session(), f"order-paid {order.code}", desk_for(MESSENGER))
        to = recipient(told, rules(), outside("http://localhost"), signed)
        assert attached(Paper(PaperKind.INVOICE, "FR-000001"), to) is not None
        assert attached(Paper(PaperKind.INVOICE, "FR-000002"), to) is None
        assert attached(Paper(PaperKind.RECEIPT, "AAAA-AAAA-AAAA-AAAA"), to) is None
