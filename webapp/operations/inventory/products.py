"""Import what is sold."""

from pathlib import Path
from typing import Any

from sqlalchemy import Row as RowOfTable
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from ...domain.money import parse_money
from ...domain.service.service import Mode
from ...models import Price, Product, Service
from ..desk import Desk
from ..projection import project
from .columns import Row, check, misplaced
from .problems import Problems, quoted
from .product_file import COLUMNS, RULES
from .run import Progress, Report, import_file, write_all
from .unique import Unique

SHARED = ("name", "family", "forced")
"""What all rows of one product repeat."""


def import_products(path: Path, desk: Desk, progress: Progress | None = None) -> Report:
    """Add and change products and prices; none is ever removed. Raises ImportRefused."""
    return import_file(path, _Products(desk), progress)


class _Products:
    columns = COLUMNS

    def __init__(self, desk: Desk) -> None:
        self.report = Report()
        self._desk = desk
        self._unique = Unique("product", "period", "currency")
        self._first: dict[str, Row] = {}
        self._created: set[str] = set()
        self._changed: set[str] = set()
        self._moved: list[int] = []

    def take(self, session: Session, rows: list[Row], problems: Problems) -> None:
        for row in rows:
            row.values["forced"] = bool(row.values["forced"])
            check(row, RULES, problems)
            self._check_family(row, problems)
            self._check_repeated(row, problems)
        self._unique.check(rows, problems)
        self._check_still_manual(session, rows, problems)
        if not problems:
            self._write(session, rows)

    def finish(self, session: Session, problems: Problems) -> None:
        """Count products, not rows; and the family is part of each listing row."""
        self.report.created = len(self._created)
        self.report.changed = len(self._changed - self._created)
        self.report.unchanged = len(self._first) - self.report.created - self.report.changed
        ids = session.scalars(select(Service.id).where(Service.product_id.in_(self._moved))).all()
        project(session, ids, rules=self._desk.rules, now=self._desk.now)

    def _check_family(self, row: Row, problems: Problems) -> None:
        family = row.values["family"]
        if family is not None and family not in self._desk.rules.families:
            allowed = ", ".join(self._desk.rules.families)
            problems.add(row.line, f"unknown reference {quoted(family)}; allowed are {allowed}", "family")

    def _check_repeated(self, row: Row, problems: Problems) -> None:
        if not row.sound("product"):
            return
        first = self._first.setdefault(row.values["product"], row)
        for name in SHARED:
            if row.sound(name) and first.sound(name) and row.values[name] != first.values[name]:
                other = f"line {first.line} gives another one for the same product"
                problems.add(row.line, misplaced(row.values[name], other), name)

    def _check_still_manual(self, session: Session, rows: list[Row], problems: Problems) -> None:
        """A family that forbids manual renewal must not catch services that have it."""
        families = self._desk.rules.families
        strict = {
            row.values["product"]: row
            for row in rows
            if row.values["family"] in families and not families[row.values["family"]].manual_allowed
        }
        by_hand = select(Service.id).where(Service.product_id == Product.id, Service.mode == Mode.MANUAL).exists()
        for code in session.scalars(select(Product.code).where(Product.code.in_(strict), by_hand)):
            says = "there are services of this product in manual mode, which the family does not allow"
            problems.add(strict[code].line, misplaced(strict[code].values["family"], says), "family")

    def _write(self, session: Session, rows: list[Row]) -> None:
        codes = {row.values["product"] for row in rows}
        self._write_products(session, [row for row in rows if self._first[row.values["product"]] is row])
        ids = {
            row.code: row.id for row in session.execute(select(Product.code, Product.id).where(Product.code.in_(codes)))
        }
        self._write_prices(session, rows, ids)

    def _write_products(self, session: Session, rows: list[Row]) -> None:
        """Each product once, where its first row stands."""
        columns = [Product.code, Product.id, *(getattr(Product, name) for name in SHARED)]
        query = select(*columns).where(Product.code.in_([row.values["product"] for row in rows]))
        known = {row.code: row for row in session.execute(query)}
        wanted = {row.values["product"]: {name: row.values[name] for name in SHARED} for row in rows}
        new = [{"code": code} | values for code, values in wanted.items() if code not in known]
        changed = {code: values for code, values in wanted.items() if _differs(known.get(code), values)}
        self._moved += [known[code].id for code, values in changed.items() if known[code].family != values["family"]]
        self._created.update(entry["code"] for entry in new)
        self._changed.update(changed)
        write_all(session, insert(Product), new)
        write_all(session, update(Product), [{"id": known[code].id} | values for code, values in changed.items()])

    def _write_prices(self, session: Session, rows: list[Row], ids: dict[str, int]) -> None:
        query = select(Price.product_id, Price.currency, Price.period, Price.minor)
        query = query.where(Price.product_id.in_(ids.values()))
        known = {(row.product_id, row.currency, row.period): row.minor for row in session.execute(query)}
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for row in rows:
            key = ids[row.values["product"]], row.values["currency"], row.values["period"]
            minor = parse_money(str(row.values["price"]), row.values["currency"]).minor
            if known.get(key) != minor:
                entry = dict(zip(("product_id", "currency", "period"), key, strict=True)) | {"minor": minor}
                (changed if key in known else new).append(entry)
                self._changed.add(row.values["product"])
        write_all(session, insert(Price), new)
        write_all(session, update(Price), changed)


def _differs(known: RowOfTable[Any] | None, values: dict[str, Any]) -> bool:
    return known is not None and any(getattr(known, name) != value for name, value in values.items())
