"""One service three times: as the file wants it, as it stands, and as it was last imported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row as RowOfTable

from ...domain.folding import fold
from ...domain.money import Money, parse_money
from ...domain.periods import clamp
from ...domain.renewal.terms import Term
from ...domain.service.service import Kind, Service
from .columns import Row, Values, misplaced
from .problems import quoted
from .service_file import COLUMNS, FIELDS, disagreements
from .service_references import CONTACTS, References

NAMES = tuple(column.name for column in COLUMNS)
PLAIN = {"reference": "reference", "name": "name", "currency": "currency", **FIELDS}
"""Columns of the file that the table keeps as they are, and what they are called there."""
Texts = Mapping[str, str | None]
BILL = frozenset(("bill", "billed", "bill_number", "bill_net", "bill_tax_rate"))


@dataclass(frozen=True, slots=True)
class PaidHere:
    """A bill that an earlier import told of, and that was paid here."""

    number: str | None
    billed: date
    amount: Decimal
    paid_on: date

    def is_told_by(self, values: Values) -> bool:
        """Whether the row tells of that very bill: by its number, else by its day."""
        if values["bill"] is None:
            return False
        if self.number or values["bill_number"]:
            return bool(self.number == values["bill_number"])
        return bool(self.billed == values["billed"])

    @property
    def says(self) -> str:
        name = self.number or f"the bill of {self.billed}"
        return (
            f"{name} was paid here on {self.paid_on}, with {self.amount}; leave every column of the bill empty, "
            "or tell what is still due as a bill with a number of its own"
        )


@dataclass(frozen=True, slots=True)
class RowChange:
    """What an import does to one service that exists."""

    wanted: dict[str, str | None]
    """The row to remember as the last imported one."""
    old: dict[str, str | None]
    new: dict[str, str | None]
    """The columns that really change, before and after; empty when the service is so already."""
    merged: Values
    """The service afterwards."""
    clashes: tuple[tuple[str, str], ...]
    """Columns that do not go together with what was changed outside the imports, each with the reason."""


def texts(values: Values) -> dict[str, str | None]:
    """Every column in the one way it is written for comparison."""
    return {name: None if values[name] is None else str(values[name]) for name in NAMES}


def completed(values: Values, last: Texts) -> dict[str, Any]:
    """The row with its defaults filled in and its amounts written with all decimals."""
    currency = values["currency"]
    amounts = {name: _exact(values[name], currency) for name in ("price", "bill", "bill_net")}
    contacts = {name: values[name] or values["owner"] for name in CONTACTS}
    anchor = values["anchor"] or _kept_anchor(values["expiry"], last.get("anchor"))
    return {**values, **amounts, **contacts, "anchor": anchor, "kind": values["kind"] or Kind.RECURRING}


def _exact(amount: Any, currency: str) -> Any:
    return None if amount is None else parse_money(str(amount), currency).decimal


def _kept_anchor(end: date | None, last: str | None) -> int | None:
    """An anchor is kept for ever: 28 February is still a term that began on a 31st."""
    if end is None:
        return None
    return int(last) if last and end == clamp(end.year, end.month, int(last)) else end.day


def standing(stored: RowOfTable[*tuple[Any, ...]], references: References, bill: Values) -> dict[str, Any]:
    """The service as it is now, in the columns of the file; with what these told of its bill."""
    return {
        **{column: getattr(stored, name) for column, name in PLAIN.items()},
        **{contact: references.handles[getattr(stored, f"{contact}_id")] for contact in CONTACTS},
        "display_name": stored.display_name or None,
        "parent": references.standing.get(stored.parent_id),
        "product": stored.product_code,
        "price": Money(stored.price_minor, stored.currency).decimal,
        **bill,
    }


def service_of(values: Values, references: References) -> Service:
    """What the rules look at of a completed row."""
    return Service(
        reference=values["reference"],
        name=values["name"],
        product=references.products[values["product"]].product,
        price=parse_money(str(values["price"]), values["currency"]),
        amount_due=parse_money(str(values["bill"]), values["currency"]) if values["bill"] else None,
        **{field: values[column] for column, field in FIELDS.items()},
    )


def besides(values: Values, references: References) -> dict[str, Any]:
    """The columns of the table for the rest of it."""
    return {
        **{f"{contact}_id": references.holders[values[contact]].id for contact in CONTACTS},
        "folded_name": fold(values["name"]),
        "parent_id": values["parent"] and references.keys[values["parent"]],
        "display_name": values["display_name"] or "",
        "product_id": references.products[values["product"]].id,
    }


def change_of(
    row: Row,
    stored: RowOfTable[*tuple[Any, ...]],
    references: References,
    bill: Values,
    paid: Sequence[PaidHere] = (),
) -> RowChange | None:
    """What the row asks for that the last imported row did not; None when it is that very row.

    The columns of a bill count as one: another number or another day is another bill, whatever its amount. ``paid`` is
    what was paid here of earlier ones.
    """
    last: Texts = stored.imported
    wanted = completed(row.values, last)
    wanted_texts = texts(wanted)
    if wanted_texts == last:
        return None
    asked = [name for name in NAMES if not last or last.get(name) != wanted_texts[name]]
    present = standing(stored, references, bill)
    present_texts = texts(present)
    if not BILL.isdisjoint(asked):
        asked = [name for name in NAMES if name in asked or name in BILL]
    known = next((each for each in paid if each.is_told_by(wanted)), None) if bill["bill"] is None else None
    if known and known.amount == wanted["bill"]:
        asked = [name for name in asked if name not in BILL]
    real = [name for name in asked if present_texts[name] != wanted_texts[name]]
    merged = present | {name: wanted[name] for name in real}
    return RowChange(
        wanted=wanted_texts,
        old={name: present_texts[name] for name in real},
        new={name: wanted_texts[name] for name in real},
        merged=merged,
        clashes=tuple(_clashes(wanted, present, merged, real, references, known)) if real else (),
    )


def _told(column: str, says: str, wanted: Values, merged: Values) -> str:
    """What the cell says; where it is not what counts, since only changed cells do, also what counts."""
    if merged[column] == wanted[column]:
        return misplaced(merged[column], says)
    now = "nothing" if merged[column] is None else quoted(merged[column])
    return misplaced(wanted[column], f"{says}, and by now {now} stands there")


def opening_term(values: Values) -> Term | None:
    """What a service is paid for that was not known before."""
    return Term(values["start"], values["expiry"], opening=True) if values["expiry"] else None


def added_term(stored: RowOfTable[*tuple[Any, ...]], merged: Values) -> Term | None:
    """What a later expiry adds to the time that was paid for."""
    if stored.ends_on is None:
        return opening_term(merged)
    return Term(stored.ends_on, merged["expiry"]) if merged["expiry"] != stored.ends_on else None


def _clashes(
    wanted: Values, present: Values, merged: Values, real: list[str], references: References, known: PaidHere | None
) -> Iterator[tuple[str, str]]:
    """The row agrees with itself; what disagrees now has been changed by someone else meanwhile."""
    for column, says in (*disagreements(merged), *references.clashes(merged)):
        yield column, _told(column, says, wanted, merged)
    if known and "bill" in real:
        yield "bill", misplaced(wanted["bill"], known.says)
    if "expiry" in real and present["expiry"] and not (merged["expiry"] and merged["expiry"] > present["expiry"]):
        says = f"it is paid until {present['expiry']}, and time that is paid for is never taken back"
        yield "expiry", misplaced(merged["expiry"], says)
    if "price" in real and merged["period"] != wanted["period"]:
        says = f"the price is for {wanted['period']} and the service now renews every {merged['period']}"
        yield "price", misplaced(merged["price"], says)
