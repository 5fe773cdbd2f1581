"""A receipt that was given stays true: what its fingerprint is made of never changes."""

from datetime import UTC, date, datetime

from webapp.domain.events import CancellationUndone, Cancelled, EventKind
from webapp.domain.money import Money
from webapp.domain.receipts import proof

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
UNTIL = datetime(2026, 12, 29, 23, tzinfo=UTC)
DAY = date(2026, 12, 31)
ENDED = Cancelled(DAY, UNTIL, Money(1200, "EUR"), debited=True)


def test_what_was_printed_once_is_found_again() -> None:
    ended = proof(EventKind.CANCELLED, AT, [("S-1", ENDED), ("S-2", Cancelled(DAY, UNTIL))])
    kept = proof(EventKind.CANCELLATION_UNDONE, AT, [("S-1", CancellationUndone(DAY))])
    assert ended == "f006bfe71c6bc0fa2cfd94f52d8c84a76da20db6ffaa042b46db2c2727278af0"
    assert kept == "fe2b1174b85a5e6cfa00ec6a11456d464d29e272b75ecab70ead09cf76e57344"


def test_it_is_another_one_for_whatever_else_is_said() -> None:
    told = [
        proof(EventKind.CANCELLED, AT, [("S-1", ENDED)]),
        proof(EventKind.CANCELLED, AT, [("S-2", ENDED)]),
        proof(EventKind.CANCELLED, AT, [("S-1", Cancelled(DAY, UNTIL, Money(1200, "EUR")))]),
        proof(EventKind.CANCELLED, AT, [("S-1", Cancelled(DAY, UNTIL, Money(1201, "EUR"), debited=True))]),
        proof(EventKind.CANCELLED, AT.replace(second=1), [("S-1", ENDED)]),
        proof(EventKind.CANCELLATION_UNDONE, AT, [("S-1", ENDED)]),
    ]
    assert len(set(told)) == len(told)
