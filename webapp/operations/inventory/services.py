"""Import what the customers hold."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session, aliased

from ...domain.events import Imported, InventoryChanged
from ...domain.purchase.bills import owing
from ...models import Product, Service
from ...rules.loader import Rules
from ..change import Change as ServiceChange
from ..change import record
from ..desk import Desk
from ..invoices.bills import owed
from ..projection import due_on
from ..snapshot import BESIDE, columns, snapshot, told_as_before
from .columns import Row
from .problems import Problems, quoted
from .run import Progress, Report, import_file, write_all
from .service_bills import NONE, ToldBill, WantedBill, paid_bills, told_bills, write_bills
from .service_file import COLUMNS, check_service
from .service_references import References, Stored, find_references
from .service_state import (
    PaidHere,
    RowChange,
    added_term,
    besides,
    change_of,
    completed,
    opening_term,
    service_of,
    texts,
)
from .unique import Unique

SERVICE = cast(Table, Service.__table__)
FACTS = ("name", "product", "owner", "state", "mode", "period", "expiry", "price", "currency")
"""What the event of a new service tells."""
MEANWHILE = " (together with what was changed in the portal since the last import)"
Asked = tuple[Stored, RowChange]
Bills = Mapping[int, ToldBill]
BILL = NONE.keys()


def import_services(path: Path, desk: Desk, progress: Progress | None = None) -> Report:
    """Add services, and apply to those that exist what differs from the row last imported for them.

    So what a customer has changed in the portal stays until the inventory itself says something new.
    Raises ImportRefused.
    """
    return import_file(path, _Services(desk), progress)


class _Services:
    columns = COLUMNS

    def __init__(self, desk: Desk) -> None:
        self.report = Report()
        self._desk = desk
        self._unique = Unique("reference")

    def take(self, session: Session, rows: list[Row], problems: Problems) -> None:
        existing = _existing(session, rows)
        ids = [stored.id for stored in existing.values()]
        bills, paid = told_bills(session, ids), paid_bills(session, ids, self._desk.rules)
        references = find_references(session, rows, existing.values(), self._desk.rules)
        self._unique.check(rows, problems)
        for row in rows:
            check_service(row, problems)
            references.check_known(row, problems)
            references.check_clashes(row, problems)
        changes = [
            (stored, change)
            for row in rows
            if not problems.on(row.line) and (stored := existing.get(row.values["reference"]))
            if (change := _change_of(row, stored, references, bills.get(stored.id), paid.get(stored.id, ()), problems))
        ]
        if not problems:
            new = [completed(row.values, {}) for row in rows if row.values["reference"] not in existing]
            self._write(session, new, changes=changes, references=references, bills=bills)
            self.report.unchanged += len(rows)

    def finish(self, session: Session, problems: Problems) -> None:
        """What a row alone cannot tell: a service has the owner of the one it comes with, and that one stands alone."""
        parent = aliased(Service)
        query = select(Service.reference, parent.reference.label("parent")).join(parent, parent.id == Service.parent_id)
        broken = {
            "would belong to another owner than {}, its parent": Service.owner_id != parent.owner_id,
            "would come with {}, which comes with another one itself": parent.parent_id.is_not(None),
        }
        for says, condition in broken.items():
            for row in session.execute(query.where(condition).order_by(Service.reference)):
                problems.add(1, f"{quoted(row.reference)} {says.format(quoted(row.parent))}")

    def _write(
        self, session: Session, new: list[dict[str, Any]], *, changes: list[Asked], references: References, bills: Bills
    ) -> None:
        real = [(stored, change) for stored, change in changes if change.new]
        added = _added(session, new, references, self._desk.rules)
        billed = [WantedBill(references.keys[each["reference"]], None, each) for each in new if each["bill"]]
        billed += [
            WantedBill(stored.id, bills.get(stored.id), change.merged)
            for stored, change in real
            if not BILL.isdisjoint(change.new)
        ]
        write_bills(session, billed, references, self._desk)
        record(session, [*added, *_changed(session, real, references, self._desk.rules)], self._desk)
        _remember(session, [(stored, change) for stored, change in changes if not change.new])
        self.report.created += len(new)
        self.report.changed += len(real)
        self.report.unchanged -= len(new) + len(real)


def _added(session: Session, new: list[dict[str, Any]], references: References, rules: Rules) -> list[ServiceChange]:
    """New services, written and still to be told of; those that come with a new one after that one."""
    given = {values["reference"] for values in new}
    alone = [values for values in new if values["parent"] not in given]
    with_new = [values for values in new if values["parent"] in given]
    return [*_insert(session, alone, references, rules), *_insert(session, with_new, references, rules)]


def _insert(session: Session, new: list[dict[str, Any]], references: References, rules: Rules) -> list[ServiceChange]:
    told = [(values, service_of(values, references), texts(values)) for values in new]
    entries = [
        {
            **columns(service),
            "ends_on": service.ends_on,
            "due_on": due_on(service, rules),
            **besides(values, references),
            "imported": imported,
        }
        for values, service, imported in told
    ]
    write_all(session, insert(SERVICE), entries)
    names = [service.reference for _values, service, _imported in told]
    query = select(Service.reference, Service.id).where(Service.reference.in_(names))
    ids = {row.reference: row.id for row in session.execute(query)}
    references.keys.update(ids)
    return [
        ServiceChange(ids[service.reference], Imported(_facts(imported)), None, service, term=opening_term(values))
        for values, service, imported in told
    ]


def _changed(session: Session, real: list[Asked], references: References, rules: Rules) -> list[ServiceChange]:
    due = owed(session, [stored.id for stored, _change in real]) if real else {}
    return [
        ServiceChange(
            stored.id,
            InventoryChanged(change.old, change.new, change.merged["currency"]),
            before := snapshot(stored, rules),
            told_as_before(before, owing(service_of(change.merged, references), due.get(stored.id))),
            term=added_term(stored, change.merged),
            besides={**_moved(stored, besides(change.merged, references)), "imported": change.wanted},
        )
        for stored, change in real
    ]


def _moved(stored: Stored, wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if value != getattr(stored, name)}


def _facts(imported: dict[str, str | None]) -> dict[str, str | None]:
    return {name: imported[name] for name in FACTS if imported[name] is not None}


def _existing(session: Session, rows: list[Row]) -> dict[str, Stored]:
    """The services of these rows that exist, by reference, locked until the import ends."""
    names = [row.values["reference"] for row in rows if row.sound("reference")]
    query = (
        select(*SERVICE.c, *BESIDE)
        .join(Product, Product.id == SERVICE.c.product_id)
        .where(SERVICE.c.reference.in_(names))
        .order_by(SERVICE.c.id)
        .with_for_update(of=SERVICE, key_share=True)
    )
    return {stored.reference: stored for stored in session.execute(query)}


def _change_of(
    row: Row,
    stored: Stored,
    references: References,
    told: ToldBill | None,
    paid: Sequence[PaidHere],
    problems: Problems,
) -> RowChange | None:
    """What the row asks for, if anything, reporting what cannot be applied."""
    change = change_of(row, stored, references, told.columns if told else NONE, paid)
    for column, says in change.clashes if change else ():
        problems.add(row.line, says + MEANWHILE, column)
    return change


def _remember(session: Session, changes: list[Asked]) -> None:
    """Keep what was imported where the service was so already."""
    if changes:
        statement = update(SERVICE).where(SERVICE.c.id == bindparam("key")).values(imported=bindparam("row"))
        session.execute(statement, [{"key": stored.id, "row": change.wanted} for stored, change in changes])
