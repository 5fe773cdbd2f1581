"""Events are read as they were stored, in every version that was ever stored."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from webapp.domain.billing.payment import Failure, Return
from webapp.domain.events import (
    KINDS,
    Aligned,
    AskedAgain,
    BillCredited,
    BillPaid,
    CancellationUndone,
    Cancelled,
    Deleted,
    Ended,
    EventKind,
    Imported,
    InventoryChanged,
    NotDebited,
    PaymentRestored,
    PaymentReturned,
    Recapped,
    Reminded,
    RenewalConfigured,
    RenewalWay,
    Renewed,
    RenewedOnBill,
    ServiceEvent,
    Suspended,
    read,
    read_declaration,
)
from webapp.domain.law.contracts import Tax
from webapp.domain.money import Money
from webapp.domain.periods import Period
from webapp.domain.service.service import Mode, Suspension

MONTHLY = RenewalWay(Mode.AUTOMATIC, Period(1), Money(500, "EUR"), Money(600, "EUR"))
MOVED = InventoryChanged({"currency": "EUR"}, {"currency": "CAD"}, "CAD")
EVENTS = (
    Imported({"name": "shop.example", "price": "9.99", "currency": "EUR"}),
    InventoryChanged({"price": "9.99"}, {"price": None}, "EUR"),
    RenewalConfigured(MONTHLY, RenewalWay(Mode.MANUAL), "EUR", (Tax("VAT", Decimal("20")),), ("Agreement",)),
    RenewalConfigured(MONTHLY, RenewalWay(Mode.MANUAL), "EUR", (), (), date(2026, 12, 31)),
    Cancelled(date(2026, 12, 31), datetime(2026, 12, 29, 23, tzinfo=UTC)),
    Cancelled(date(2026, 12, 31), datetime(2026, 12, 29, 23, tzinfo=UTC), Money(1200, "EUR"), debited=True),
    CancellationUndone(date(2026, 12, 31)),
    BillPaid("K7QM-AAAA-BBBB-CCCC", "2026-117", Money(1200, "EUR"), None),
    BillCredited("K7QM-AAAA-BBBB-CCCC", "2026-117", Money(1200, "EUR")),
    PaymentReturned("K7QM-AAAA-BBBB-CCCC", "FR-R000001", Money(1200, "EUR"), Return.DISPUTE),
    PaymentReturned("K7QM-AAAA-BBBB-CCCC", "FR-R000001", Money(1200, "EUR"), None),
    PaymentRestored("K7QM-AAAA-BBBB-CCCC", "FR-R000001", Money(1200, "EUR")),
    Ended(date(2026, 12, 31), date(2027, 2, 14)),
    Ended(date(2026, 12, 31), None),
    Recapped(date(2026, 12, 31)),
    Reminded(date(2026, 12, 31), deleted=False),
    AskedAgain(date(2026, 12, 31)),
    NotDebited("FR-000001", Money(6000, "EUR"), Failure.REFUSED, date(2026, 12, 31)),
    NotDebited("FR-000001", Money(6000, "EUR"), None, None),
    Suspended(Suspension.DEBT, date(2027, 2, 14)),
    Suspended(Suspension.EXPIRED, None),
    Deleted(Money(6000, "EUR")),
    Deleted(None),
    RenewedOnBill(
        "FR-000001",
        date(2026, 12, 31),
        date(2027, 12, 31),
        Money(5000, "EUR"),
        Money(6000, "EUR"),
        (Tax("VAT", Decimal(20)),),
    ),
    RenewedOnBill(None, date(2026, 12, 31), date(2027, 12, 31), Money(0, "EUR"), Money(0, "EUR"), ()),
    BillPaid("K7QM-AAAA-BBBB-CCCC", "2026-117", Money(1200, "EUR"), (date(2026, 12, 31), date(2027, 12, 31))),
    Aligned(
        None, 28, 31, date(2027, 2, 28), date(2027, 2, 28), Money(0, "EUR"), Money(0, "EUR"), (Tax("VAT", Decimal(20)),)
    ),
    Aligned(
        "K7QM-AAAA-BBBB-CCCC",
        31,
        15,
        date(2026, 12, 31),
        date(2027, 2, 15),
        Money(630, "EUR"),
        Money(756, "EUR"),
        (Tax("VAT", Decimal(20)),),
    ),
    Renewed(
        "K7QM-AAAA-BBBB-CCCC",
        date(2026, 12, 31),
        date(2027, 12, 31),
        Money(5000, "EUR"),
        Money(6000, "EUR"),
        (Tax("VAT", Decimal(20)),),
    ),
)


@pytest.mark.parametrize("event", [*EVENTS, MOVED])
def test_what_is_stored_is_what_is_read(event: ServiceEvent) -> None:
    assert read(event.kind, *event.stored()) == event


def test_a_cancellation_is_stored_as_it_always_was() -> None:
    """What a receipt proves is read from it."""
    told = {"day": "2026-12-31", "undo_until": "2026-12-29T23:00:00+00:00"}
    assert EVENTS[4].stored() == ({}, told)
    assert EVENTS[5].stored() == ({}, told | {"owed": 1200, "currency": "EUR", "debited": True})


def test_every_kind_has_a_reader() -> None:
    assert set(KINDS) == set(EventKind) == {event.kind for event in EVENTS}


def test_version_0_1_is_read_without_what_it_did_not_keep() -> None:
    old = {"mode": "automatic", "period": "P12M", "price": "50.00", "currency": "EUR"}
    new = {"mode": "manual", "period": None, "price": None, "currency": "EUR", "agreements": []}
    assert read(EventKind.RENEWAL_CONFIGURED, old, new) == RenewalConfigured(
        RenewalWay(Mode.AUTOMATIC, Period(12), Money(5000, "EUR")), RenewalWay(Mode.MANUAL), "EUR", (), ()
    )
    changed = read(EventKind.IMPORT_CHANGED, {"price": "1"}, {"price": "2"})
    assert changed == InventoryChanged({"price": "1"}, {"price": "2"}, None)


def test_a_receipt_is_given_for_declarations_alone() -> None:
    for event in EVENTS[4:6]:
        assert read_declaration(event.kind, *event.stored()) == event
    with pytest.raises(TypeError):
        read_declaration(MOVED.kind, *MOVED.stored())
