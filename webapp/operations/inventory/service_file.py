"""The columns of the services file, and what its values must agree on."""

from collections.abc import Iterator
from decimal import Decimal

from ...domain.money import MINOR_DIGITS
from ...domain.service.invariants import State, broken
from ...domain.service.service import Availability, Kind, Mode, Suspension
from .columns import Column, Consistency, Row, Values, check, misplaced
from .names import code_column, name_column, number_of_bill, reference_column
from .parsers import (
    amount_column,
    choice_column,
    currency_column,
    day_column,
    month_day,
    period_column,
    rate_column,
    too_precise,
)
from .problems import Problems

COLUMNS: tuple[Column, ...] = (
    reference_column("reference", "a reference", 40),
    name_column("name", "a technical name", 253, required=True),
    name_column("display_name", "a display name", 120),
    code_column("product", "a product code", 60, required=True),
    code_column("parent", "a reference", 40),
    code_column("owner", "an account handle", 40, required=True),
    code_column("admin", "an account handle", 40),
    code_column("technical", "an account handle", 40),
    code_column("billing", "an account handle", 40),
    choice_column("kind", "a kind of service", Kind),
    choice_column("state", "a state", Availability, required=True),
    choice_column("suspension", "a reason for suspension", Suspension),
    day_column("suspended", "a date"),
    choice_column("mode", "a renewal mode", Mode),
    period_column("period"),
    Column("anchor", "a day of the month", "allowed are 1 to 31", month_day),
    day_column("start", "a date"),
    day_column("expiry", "a date"),
    amount_column("price", "an amount", required=True),
    currency_column("currency"),
    day_column("commitment", "a date"),
    day_column("cancellation", "a date"),
    amount_column("bill", "an amount"),
    day_column("billed", "a date"),
    Column(
        "bill_number",
        "a number of a bill",
        "1 to 40 of A-Z a-z 0-9 . _ -, first a letter or digit",
        number_of_bill,
    ),
    amount_column("bill_net", "an amount"),
    rate_column("bill_tax_rate", "a rate of tax"),
)

FIELDS = {
    "kind": "kind",
    "state": "availability",
    "suspension": "suspension",
    "suspended": "suspended_on",
    "mode": "mode",
    "period": "period",
    "anchor": "anchor_day",
    "start": "started_on",
    "expiry": "ends_on",
    "commitment": "committed_until",
    "cancellation": "cancels_on",
    "billed": "billed_on",
}
"""Columns of the file that tell the state of a service, and what they are called there."""
COLUMN_OF = {field: column for column, field in FIELDS.items()} | {"bill": "bill"}


def state_of(row: Values) -> State:
    given = {field: row[column] for column, field in FIELDS.items()}
    return State(**given | {"kind": row["kind"] or Kind.RECURRING, "bill": row["bill"] is not None})


def _precise(name: str) -> Consistency:
    return Consistency(
        name,
        ("currency",),
        lambda row: row[name] is not None and too_precise(row[name], row["currency"]),
        "it has more decimals than its currency",
    )


def _together(name: str, other: str) -> Consistency:
    return Consistency(
        name,
        (other,),
        lambda row: (row[name] is None) is not (row[other] is None),
        f"it is given exactly when {other} is given",
    )


def _with_bill(name: str) -> Consistency:
    return Consistency(
        name,
        ("bill",),
        lambda row: row[name] is not None and row["bill"] is None,
        "it is given only when bill is given",
    )


def _no_sum(row: Values) -> bool:
    """Whether net and tax do not make the bill: a minor unit of difference is another way to round."""
    net, rate, gross = row["bill_net"], row["bill_tax_rate"], row["bill"]
    if None in (net, rate, gross):
        return False
    unit = Decimal(1).scaleb(-MINOR_DIGITS[row["currency"]])
    return bool(net > gross or abs(net + net * rate / 100 - gross) > unit)


OF_THE_FILE = (
    _precise("price"),
    _precise("bill"),
    _precise("bill_net"),
    _together("bill_net", "bill_tax_rate"),
    _together("bill_tax_rate", "bill_net"),
    Consistency(
        "bill_net",
        ("bill", "bill_tax_rate", "currency"),
        _no_sum,
        "with the tax at bill_tax_rate it does not make the bill",
    ),
    _with_bill("bill_net"),
    _with_bill("bill_number"),
    Consistency("bill", (), lambda row: row["bill"] == 0, "leave it empty when nothing is due"),
)


def check_service(row: Row, problems: Problems) -> None:
    """Report what does not go together, as far as the columns that tell it are sound."""
    for invariant in broken(state_of(row.values)):
        column, *reads = (COLUMN_OF[name] for name in (invariant.field, *invariant.reads))
        if not row.bad or row.sound(column, *reads):
            problems.add(row.line, misplaced(row.values[column], invariant.says), column)
    check(row, OF_THE_FILE, problems)


def disagreements(values: Values) -> Iterator[tuple[str, str]]:
    """Columns of a sound row that do not go together, each with the reason."""
    for invariant in broken(state_of(values)):
        yield COLUMN_OF[invariant.field], invariant.says
    for rule in OF_THE_FILE:
        if rule.broken(values):
            yield rule.at, rule.says
