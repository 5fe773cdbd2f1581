"""The one writer of invoices and credit notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Row as RowOfTable
from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from ...domain.billing.invoice import DocumentKind, printed, series
from ...domain.law.contracts import TaxNote
from ...domain.law.parties import TOLD
from ...models import Account, Counter, Invoice, InvoiceLine
from ..desk import Desk
from ..transaction import add_missing

INVOICE, LINE = cast(Table, Invoice.__table__), cast(Table, InvoiceLine.__table__)

COPIED = [column.name for column in LINE.c if column.name not in ("id", "invoice_id", "position")]
"""What a credit note repeats of each line."""
BUYER = ("name", "country", *TOLD)
"""What a document says of who buys."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is still to be written."""

    kind: DocumentKind
    portal: str
    account_id: int
    owner_id: int
    currency: str
    lines: Sequence[Mapping[str, Any]]
    """Columns of InvoiceLine."""
    order_id: int | None = None
    corrects_id: int | None = None
    demands_id: int | None = None
    tax_note: TaxNote | None = None
    known_as: tuple[str, str | None, date] | None = None
    """Of a document that an inventory tells of: its name in addresses, its number as far as it is known, its day."""

    @property
    def totals(self) -> Mapping[str, int | None]:
        nets = [line["net_minor"] for line in self.lines]
        net = None if None in nets else sum(nets)
        return {"net_minor": net, "gross_minor": sum(line["gross_minor"] for line in self.lines)}


def said_of(row: RowOfTable[*tuple[Any, ...]]) -> dict[str, Any]:
    """What a line of a document says of its service."""
    return {
        "service_id": row.id,
        "name": row.name,
        "display_name": row.display_name,
        "product": row.product_name,
    }


def issue(session: Session, drafts: Sequence[Draft], desk: Desk) -> Sequence[str]:
    """Write them, in a constant number of statements for each seller and kind; numbers are taken last of all locks.

    Returns their names in addresses, in the order of the drafts.
    """
    if not drafts:
        return ()
    buyers = _buyers(session, {draft.owner_id for draft in drafts})
    named = _named(session, drafts, desk)
    session.execute(insert(INVOICE), [_row(draft, name, buyers[draft.owner_id], desk) for draft, name in named])
    query = select(Invoice.code, Invoice.id).where(Invoice.code.in_([name["code"] for _draft, name in named]))
    keys = {row.code: row.id for row in session.execute(query)}
    lines = [
        {"invoice_id": keys[name["code"]], "position": position, "quantity": 1, "restore_fee_minor": None, **line}
        for draft, name in named
        for position, line in enumerate(draft.lines, 1)
    ]
    session.execute(insert(LINE), lines)
    codes = {id(draft): name["code"] for draft, name in named}
    return [codes[id(draft)] for draft in drafts]


def credit_note(bill: Invoice, lines: Sequence[tuple[InvoiceLine, int]], **given: Any) -> Draft:
    """What takes so many minor units of these lines of a bill back."""
    copied = [_taken_back(line, minor) for line, minor in lines]
    buyer = (bill.account_id, bill.owner_id, bill.currency)
    return Draft(
        DocumentKind.CREDIT_NOTE, bill.portal, *buyer, copied, corrects_id=bill.id, tax_note=bill.tax_note, **given
    )


def _taken_back(line: InvoiceLine, minor: int) -> dict[str, Any]:
    """Which taxes are in a part of a line nobody has reckoned."""
    copied = {name: getattr(line, name) for name in COPIED}
    if minor == line.gross_minor:
        return copied
    return copied | {"gross_minor": minor, "net_minor": None, "levies": [], "restore_fee_minor": None}


Name = Mapping[str, Any]


def _named(session: Session, drafts: Sequence[Draft], desk: Desk) -> list[tuple[Draft, Name]]:
    """Each with its name, its number and its day."""
    named: list[tuple[Draft, Name]] = []
    for draft in drafts:
        if draft.known_as:
            code, number, day = draft.known_as
            named.append((draft, {"code": code, "number": number, "serial": None, "issued_on": day}))
    ours = sorted((draft for draft in drafts if not draft.known_as), key=_series)
    for name, alike in groupby(ours, key=_series):
        several = list(alike)
        last = next_numbers(session, name, len(several))
        named += [(draft, _numbered(draft, last - offset, desk)) for offset, draft in enumerate(reversed(several))]
    return named


def _series(draft: Draft) -> str:
    return series(draft.portal, draft.kind)


def _numbered(draft: Draft, serial: int, desk: Desk) -> Name:
    number = printed(draft.portal, draft.kind, serial)
    today = desk.today_at(draft.portal)
    return {"code": number, "number": number, "serial": serial, "issued_on": today}


def _row(draft: Draft, name: Name, buyer: RowOfTable[*tuple[Any, ...]], desk: Desk) -> dict[str, Any]:
    return {
        **name,
        **draft.totals,
        "kind": draft.kind,
        "portal": draft.portal,
        "account_id": draft.account_id,
        "owner_id": draft.owner_id,
        "order_id": draft.order_id,
        "corrects_id": draft.corrects_id,
        "demands_id": draft.demands_id,
        "tax_note": draft.tax_note,
        "currency": draft.currency,
        "issued_at": desk.now,
        "seller": desk.rules.portals[draft.portal].seller_for(buyer.kind),
        "buyer": {name: getattr(buyer, name) for name in BUYER},
    }


def _buyers(session: Session, account_ids: set[int]) -> dict[int, RowOfTable[*tuple[Any, ...]]]:
    """As they are called today; a document keeps it."""
    columns = (getattr(Account, name) for name in BUYER)
    rows = session.execute(select(Account.id, Account.kind, *columns).where(Account.id.in_(account_ids)))
    return {row.id: row for row in rows}


def next_numbers(session: Session, name: str, count: int) -> int:
    """The last one of that many more; the counter is held until the commit.

    What is not committed is given again: there are no gaps.
    """
    add_missing(session, Counter, [{"name": name, "value": 0}])
    counting = update(Counter).where(Counter.name == name).values(value=Counter.value + count).returning(Counter.value)
    return session.scalars(counting.execution_options(synchronize_session=False)).one()
