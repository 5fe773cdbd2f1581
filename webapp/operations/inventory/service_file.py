"""The columns of the services file, and what its values must agree on."""

from ...domain.periods import clamp
from ...domain.service.service import Availability, Kind, Mode, Suspension
from .columns import Column, Consistency, Values
from .names import code_column, name_column, reference_column
from .parsers import amount_column, choice_column, currency_column, day_column, month_day, period_column, too_precise

COLUMNS: tuple[Column, ...] = (
    reference_column("reference", "a reference", 40),
    name_column("name", "a technical name", 253, required=True),
    name_column("display_name", "a display name", 120),
    code_column("product", "a product code", 60, required=True),
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
)

TERM = ("mode", "period", "start", "expiry")


def _recurring(row: Values) -> bool:
    return row["kind"] in (None, Kind.RECURRING)


def _running(row: Values) -> bool:
    return _recurring(row) and row["state"] in (Availability.ACTIVE, Availability.SUSPENDED)


def _half_created(row: Values) -> bool:
    """A term is there, but not all of it."""
    given = [row[name] is not None for name in TERM]
    return _recurring(row) and row["state"] is Availability.CREATING and any(given) and not all(given)


def _earlier(early: str, late: str) -> Consistency:
    """A date that must not lie before the start."""
    return Consistency(
        early,
        (late,),
        lambda row: row[early] is not None and row[late] is not None and row[early] < row[late],
        f"it lies before the {late}",
    )


def _off_anchor(row: Values) -> bool:
    end, anchor = row["expiry"], row["anchor"]
    return end is not None and anchor is not None and end != clamp(end.year, end.month, anchor)


def _required_while_running(name: str) -> Consistency:
    return Consistency(
        name,
        ("kind", "state"),
        lambda row: row[name] is None and _running(row),
        "an active or suspended recurring service needs it",
    )


def _required_with_the_term(name: str) -> Consistency:
    return Consistency(
        name,
        ("kind", "state", *TERM),
        lambda row: row[name] is None and _half_created(row),
        "a service being created has all of mode, period, start and expiry, or none of them",
    )


def _only_recurring(name: str) -> Consistency:
    return Consistency(
        name,
        ("kind",),
        lambda row: row[name] is not None and not _recurring(row),
        "only a recurring service has it",
    )


def _only_while_suspended(name: str) -> Consistency:
    return Consistency(
        name,
        ("state",),
        lambda row: (row[name] is not None) != (row["state"] is Availability.SUSPENDED),
        "it is given exactly when state is suspended",
    )


def _precise(name: str) -> Consistency:
    return Consistency(
        name,
        ("currency",),
        lambda row: row[name] is not None and too_precise(row[name], row["currency"]),
        "it has more decimals than its currency",
    )


RULES = (
    *(_only_while_suspended(name) for name in ("suspension", "suspended")),
    *(_required_while_running(name) for name in TERM),
    *(_required_with_the_term(name) for name in TERM),
    *(_only_recurring(name) for name in ("mode", "period", "cancellation")),
    Consistency(
        "expiry",
        ("kind", "state"),
        lambda row: row["expiry"] is None and _recurring(row) and row["state"] is Availability.TERMINATED,
        "a terminated recurring service needs it",
    ),
    Consistency(
        "expiry",
        ("start",),
        lambda row: row["start"] is not None and row["expiry"] is not None and row["expiry"] <= row["start"],
        "it must lie after the start",
    ),
    Consistency(
        "expiry", ("anchor",), _off_anchor, "it must fall on the anchor day, or on the last day of a shorter month"
    ),
    _earlier("commitment", "start"),
    _earlier("cancellation", "start"),
    Consistency(
        "cancellation",
        ("mode", "kind"),
        lambda row: row["cancellation"] is not None and _recurring(row) and row["mode"] is not Mode.AUTOMATIC,
        "only a service in automatic mode can have it",
    ),
    _precise("price"),
    _precise("bill"),
    Consistency("bill", (), lambda row: row["bill"] == 0, "leave it empty when nothing is due"),
    Consistency(
        "billed",
        ("bill",),
        lambda row: (row["billed"] is None) != (row["bill"] is None),
        "it is given exactly when bill is given",
    ),
)
