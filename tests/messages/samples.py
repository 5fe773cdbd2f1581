"""Messages of every kind, and the mails that come of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from flask import Flask

from webapp.adapters.mail.port import Attachment, Mail
from webapp.domain.billing.payment import Failure
from webapp.domain.billing.price import Price
from webapp.domain.law.contracts import Levy, Tax
from webapp.domain.messages import (
    AddressAsked,
    AddressChangeAsked,
    AddressChanged,
    BalanceLow,
    BillSettled,
    BillToPay,
    ContactTold,
    DebitRefused,
    DeletionAhead,
    Digest,
    HolderTold,
    Mentioned,
    Message,
    MethodAdded,
    MethodExpires,
    MethodRefused,
    MethodRemoved,
    OrderPaid,
    OwnEnds,
    OwnRenewals,
    PasswordChanged,
    PaymentTakenBack,
    PaymentUnderWay,
    ReceiptGiven,
    RenewalsAhead,
    ServicesDeleted,
    ServicesEnded,
    ServicesExpire,
    ServicesInDebt,
    ServicesLapsed,
    ServicesUnpaid,
    SignedInAnew,
)
from webapp.domain.money import Money
from webapp.domain.periods import DaysFrom, Period
from webapp.language.speaker import Speaker
from webapp.messages import about_contacts
from webapp.messages.letter import MOST_NAMED, Recipient
from webapp.messages.post import mail_of
from webapp.operations.delivery import Delivery
from webapp.web.addresses import outside
from webapp.web.mail_links import signed
from webapp.wiring import portal_named

SITE = "https://services.example"
AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
DAY = date(2026, 12, 31)
VAT = (Levy(Tax("VAT", Decimal(20)), Money(1000, "EUR")),)
PRICE = Price(Money(5000, "EUR"), VAT, Period(12), netted=False)
WEEK = DaysFrom(DAY - timedelta(days=7), 7)
SHOP = Mentioned("S-shop.example", "<b>shop</b>.example", DAY, Money(6000, "EUR"), price=PRICE, counted=WEEK)
UNTAXED = Price(Money(100, "EUR"), (), None, netted=True)
SEVERAL = tuple(
    Mentioned(f"S-{n}", f"{n}.example", DAY, Money(100, "EUR"), price=UNTAXED, counted=DaysFrom(DAY, 30))
    for n in range(MOST_NAMED + 2)
)
DEBIT = DebitRefused(
    "K7QM-AAAA-BBBB-CCCC-2", ("FR-000003",), Money(6000, "EUR"), Failure.REFUSED, date(2027, 1, 7), (SHOP,)
)
MESSAGES: tuple[Message, ...] = (
    OrderPaid("K7QM-AAAA-BBBB-CCCC"),
    BalanceLow("K7QM-AAAA-BBBB-CCCC-1", Money(900, "EUR")),
    PaymentTakenBack("K7QM-AAAA-BBBB-CCCC-1", Money(6000, "EUR")),
    ServicesEnded(DAY, (SHOP,)),
    BillToPay("FR-000001", Money(6000, "EUR"), date(2027, 1, 7), (SHOP,)),
    BillSettled("FR-000002", Money(6000, "EUR"), SEVERAL),
    DEBIT,
    ServicesExpire(DAY, (SHOP,)),
    ServicesUnpaid(DAY, SEVERAL),
    ServicesLapsed(DAY, (SHOP,)),
    ServicesInDebt(DAY, (Mentioned("S-shop.example", "shop.example"),)),
    DeletionAhead(DAY, SEVERAL),
    ServicesDeleted(DAY, (SHOP, Mentioned("S-2", "2.example"))),
    MethodExpires(1, "Visa •••• 4242", date(2027, 1, 30), DAY),
    MethodExpires(1, "Visa •••• 4242", DAY, DAY),
    RenewalsAhead(DAY, (SHOP,), "Visa •••• 4242"),
    RenewalsAhead(DAY, SEVERAL, None),
    ServicesLapsed(DAY, (replace(SHOP, dearer_on=DAY),)),
    BillSettled("FR-000004", Money(6000, "EUR"), (replace(SHOP, day=None),)),
    ReceiptGiven("K7QM-AAAA-BBBB-CCCC", "cancelled", (SHOP,), 1),
    ReceiptGiven("K7QM-AAAA-BBBB-DDDD", "cancelled", SEVERAL, 12_000),
    ReceiptGiven("K7QM-AAAA-BBBB-EEEE", "cancellation-undone", (SHOP,), 1),
    OrderPaid("K7QM-AAAA-BBBB-FFFF", Money(6000, "EUR"), (SHOP,), ("FR-000005",)),
    PasswordChanged(1, 2),
    SignedInAnew("key", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", AT),
    MethodAdded("K7QM-AAAA-BBBB-CCCC", "Visa •••• 4242", is_default=True),
    MethodAdded("K7QM-AAAA-BBBB-DDDD", "Visa •••• 4242", is_default=False),
    MethodRefused("K7QM-AAAA-BBBB-EEEE", "FR76 •••• 0189"),
    MethodRemoved(1, "Visa •••• 4242", "FR76 •••• 0189"),
    MethodRemoved(2, "Visa •••• 4242", ""),
    PaymentUnderWay("K7QM-AAAA-BBBB-CCCC-1", "K7QM-AAAA-BBBB-CCCC", Money(6000, "EUR")),
    OwnEnds(DAY, (SHOP,)),
    OwnRenewals(DAY, SEVERAL, None),
    Digest(1, DAY, 9, [("bill-settled", BillSettled("FR-000006", Money(6000, "EUR"), (SHOP,)).facts)] * 2),
    Digest(1, DAY, 99, [("bill-settled", BillSettled("FR-000006", Money(6000, "EUR"), (SHOP,)).facts)] * 52),
    AddressAsked(1, ("bills", "services"), 71),
    AddressChangeAsked(1, "new@people.example", 72),
    AddressChanged(1, 73),
    *(ContactTold(DAY, (SHOP.unpriced(),), 1, of) for of in about_contacts.SAYS),
    HolderTold(DAY, tuple(each.unpriced() for each in SEVERAL), 1, "services-expire"),
    ContactTold(DAY, (Mentioned("S-shop.example", "shop.example"),), 1, "services-deleted"),
)


def mail(app: Flask, message: Message, language: str, portal: str = "FR") -> Mail:
    """As it would be sent to somebody who reads that language."""
    with app.app_context():
        seller = portal_named(portal)
        to = Recipient(
            "Alice", "alice@people.example", seller, Speaker(language, seller.territory), outside(SITE), 1, DAY, signed
        )
        told = Delivery(message.key, 1, to.address, message.facts, message.kind, AT, lambda: None)
        return mail_of(told, to, app.jinja_env, lambda paper, _to: Attachment(f"{paper.code}.pdf", b"%PDF"))
