"""Import who the customers are."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Row as RowOfTable
from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from ...domain.law.parties import TOLD
from ...domain.methods import MethodState
from ...models import Acceptance, Account, PaymentMethod, Service
from ..desk import Desk
from ..people.describe import event_of
from ..projection import project_owned
from .account_file import COLUMNS, RULES
from .columns import Row, check, misplaced
from .problems import Problems, quoted
from .run import Progress, Report, import_file, write_all
from .unique import Unique

PLAIN = ("handle", "email", "name", "kind", "country", "portal", "language", *TOLD)
"""The last of them customers tell as well, so that each change is kept."""
KEPT = ("language", *TOLD)
"""What stays as it is where nothing is given."""
CHANGING = (*KEPT, "vat_checked")
TAXED = ("portal", "kind", "country", "vat_number", "vat_checked")
"""What the contract, and with it the tax, follows from."""
METHOD = {
    "payment_kind": "kind",
    "payment_label": "label",
    "payment_state": "state",
    "payment_expiry": "expires_on",
    "payment_reference": "reference",
}
"""Columns of the file and what they are called in the table."""
ACCOUNT, METHODS = cast(Table, Account.__table__), cast(Table, PaymentMethod.__table__)
Known = dict[str, RowOfTable[Any]]


def import_accounts(path: Path, desk: Desk, progress: Progress | None = None) -> Report:
    """Add and change accounts, their default payment method and what they accepted. Raises ImportRefused.

    Passwords are never touched; payment methods and acceptances are never removed.
    """
    return import_file(path, _Accounts(desk), progress)


class _Accounts:
    columns = COLUMNS

    def __init__(self, desk: Desk) -> None:
        self.report = Report()
        self._desk = desk
        self._unique = Unique("handle"), Unique("email")
        self._moved: list[int] = []

    def take(self, session: Session, rows: list[Row], problems: Problems) -> None:
        known = _known(session, rows)
        for row in rows:
            check(row, RULES, problems)
            self._check_portal(row, problems)
        for unique in self._unique:
            unique.check(rows, problems)
        _check_emails(session, [row for row in rows if not _says_again(row, known)], problems)
        self._check_currencies(session, rows, known, problems)
        if not problems:
            self._write(session, rows, known)

    def finish(self, session: Session, problems: Problems) -> None:
        """The contract, and with it the price with tax, is part of each listing row."""
        project_owned(session, self._moved, rules=self._desk.rules, now=self._desk.now)

    def _check_portal(self, row: Row, problems: Problems) -> None:
        portal = self._desk.rules.portals.get(row.values["portal"])
        if portal is None:
            allowed = ", ".join(self._desk.rules.portals)
            if row.sound("portal"):
                says = f"unknown reference {quoted(row.values['portal'])}; allowed are {allowed}"
                problems.add(row.line, says, "portal")
            return
        known = [agreement.code for agreement in portal.agreements]
        for code in row.values["agreements"] or ():
            if code not in known:
                allowed = f"portal {portal.code} has " + (", ".join(known) or "none")
                problems.add(row.line, f"unknown reference {quoted(code)}; {allowed}", "agreements")

    def _check_currencies(self, session: Session, rows: list[Row], known: Known, problems: Problems) -> None:
        """A seller cannot take over services that are billed in another currency."""
        moving = {known[row.values["handle"]].id: row for row in rows if self._changes_currency(row, known)}
        query = select(Service.owner_id).where(Service.owner_id.in_(moving)).distinct()
        for account_id in session.scalars(query):
            row = moving[account_id]
            says = "the account owns services in the currency of its present portal"
            problems.add(row.line, misplaced(row.values["portal"], says), "portal")

    def _changes_currency(self, row: Row, known: Known) -> bool:
        before, portals = known.get(row.values["handle"]), self._desk.rules.portals
        if before is None or row.values["portal"] not in portals:
            return False
        return portals[before.portal].currency != portals[row.values["portal"]].currency

    def _write(self, session: Session, rows: list[Row], known: Known) -> None:
        new = [row for row in rows if row.values["handle"] not in known]
        write_all(session, insert(ACCOUNT), [_new(row) for row in new])
        changed = self._update(session, rows, known)
        ids = {handle: account.id for handle, account in _known(session, rows).items()}
        changed |= _write_methods(session, rows, ids)
        changed |= self._accept(session, rows, ids)
        created = {row.values["handle"] for row in new}
        self.report.created += len(created)
        self.report.changed += len(changed - created)
        self.report.unchanged += len(rows) - len(created | changed)

    def _update(self, session: Session, rows: list[Row], known: Known) -> set[str]:
        """A VAT number that is given here is one that the seller has checked."""
        changed, events = {}, []
        for row in rows:
            before = known.get(row.values["handle"])
            wanted = {name: row.values[name] for name in PLAIN if name not in KEPT or row.values[name]}
            wanted |= {"vat_checked": True} if "vat_number" in wanted else {}
            wanted["imported_email"] = wanted["email"]
            if before and _says_again(row, known):
                wanted["email"] = before.email
            if before is None or all(getattr(before, name) == value for name, value in wanted.items()):
                continue
            changed[before.handle] = {"id": before.id, **{name: getattr(before, name) for name in CHANGING}} | wanted
            if told := _changes(before, wanted, TOLD):
                old = {name: getattr(before, name) for name in told}
                events.append(event_of(before.id, old, told, by_id=None, at=self._desk.now))
            if _changes(before, wanted, TAXED):
                self._moved.append(before.id)
        write_all(session, update(Account), list(changed.values()))
        session.add_all(events)
        return set(changed)

    def _accept(self, session: Session, rows: list[Row], ids: dict[str, int]) -> set[str]:
        pairs = [(row.values["handle"], code) for row in rows for code in row.values["agreements"] or ()]
        query = select(Acceptance.account_id, Acceptance.agreement).where(Acceptance.account_id.in_(ids.values()))
        known = {tuple(row) for row in session.execute(query)} if pairs else set()
        new = [(handle, code) for handle, code in pairs if (ids[handle], code) not in known]
        entries = [
            {"account_id": ids[handle], "agreement": code, "accepted_at": self._desk.now} for handle, code in new
        ]
        write_all(session, insert(Acceptance), entries)
        return {handle for handle, _ in new}


def _says_again(row: Row, known: Known) -> bool:
    """Whether the inventory says the same address as before; the customer may have chosen another one since."""
    before = known.get(row.values["handle"])
    return before is not None and before.imported_email == row.values["email"]


def _changes(before: RowOfTable[Any], wanted: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """What of these is given and not so yet."""
    return {name: wanted[name] for name in names if name in wanted and getattr(before, name) != wanted[name]}


def _new(row: Row) -> dict[str, Any]:
    told = {name: row.values[name] or "" for name in TOLD}
    new = {name: row.values[name] for name in PLAIN} | told | {"vat_checked": bool(told["vat_number"])}
    return new | {"imported_email": new["email"]}


def _known(session: Session, rows: list[Row]) -> Known:
    """The accounts of these rows that exist, by handle, locked until the import ends."""
    columns = [Account.id, *(getattr(Account, name) for name in (*PLAIN, "vat_checked", "imported_email"))]
    handles = [row.values["handle"] for row in rows if row.sound("handle")]
    query = select(*columns).where(Account.handle.in_(handles)).order_by(Account.id).with_for_update(key_share=True)
    return {account.handle: account for account in session.execute(query)}


def _check_emails(session: Session, rows: list[Row], problems: Problems) -> None:
    wanted = {row.values["email"]: row for row in rows if row.sound("email", "handle")}
    for email, handle in session.execute(select(Account.email, Account.handle).where(Account.email.in_(wanted))):
        if handle != wanted[email].values["handle"]:
            says = f"account {quoted(handle)} has it already"
            problems.add(wanted[email].line, misplaced(email, says), "email")


def _write_methods(session: Session, rows: list[Row], ids: dict[str, int]) -> set[str]:
    """Make the payment method that the inventory told of what its row says now.

    A row that says nothing leaves it alone, and none touches what customers left here or removed.
    """
    known = _known_methods(session, ids.values())
    new, changed, touched = [], [], set()
    for row in rows:
        wanted, account_id = _method(row), ids[row.values["handle"]]
        if wanted is None:
            continue
        theirs = known[account_id]
        left = [each for each in theirs if not each.imported and wanted["reference"] == each.reference != ""]
        before = next((each for each in theirs if each.imported), None)
        if left or (before and all(getattr(before, name) == value for name, value in wanted.items())):
            continue
        touched.add(row.values["handle"])
        if before and before.removed_at is None:
            changed.append({"id": before.id} | wanted)
        else:
            first = not any(each.is_default for each in theirs)
            new.append({"account_id": account_id, "is_default": first, "imported": True} | wanted)
    write_all(session, insert(METHODS), new)
    write_all(session, update(PaymentMethod), changed)
    return touched


def _known_methods(session: Session, account_ids: Collection[int]) -> Mapping[int, list[RowOfTable[Any]]]:
    """By account, the latest first, with those that were removed."""
    names = ("id", "account_id", "imported", "is_default", "removed_at", *METHOD.values())
    query = select(*(getattr(PaymentMethod, name) for name in names)).where(PaymentMethod.account_id.in_(account_ids))
    known: dict[int, list[RowOfTable[Any]]] = defaultdict(list)
    for method in session.execute(query.order_by(PaymentMethod.id.desc())):
        known[method.account_id].append(method)
    return known


def _method(row: Row) -> dict[str, Any] | None:
    if row.values["payment_kind"] is None:
        return None
    wanted = {name: row.values[column] for column, name in METHOD.items()}
    return wanted | {"state": wanted["state"] or MethodState.VALID, "reference": wanted["reference"] or ""}
