"""What rule files may say, and how one is read: each value as the domain has it, checked by its shape."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct, ValidationError, convert

from ..domain.law.contracts import EXCLUDED, INCLUDED, CustomerKind
from ..domain.methods import MethodKind
from ..domain.service.catalogue import Remains, RenewalDay


class RuleError(ValueError):
    """A rule file says something the program does not understand."""


class RuleEntry(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a file may say, each value as the domain has it; what may be unknown may be left out."""


class ToldRegistry(RuleEntry):
    endings: tuple[str, ...]
    grace_days: int
    redemption_days: int
    restore_fees: Mapping[str, str] = {}


class ToldFamily(RuleEntry):
    label: str
    manual_allowed: bool
    named_together: bool = False
    deletion_after_days: int | None = None
    remains: Remains | None = None
    kept_after_end_days: int | None = None
    renewal_day: RenewalDay | None = None
    registered_at_most_months: int | None = None
    registries: tuple[ToldRegistry, ...] = ()


class ToldTax(RuleEntry):
    name: str
    percent: Decimal


class ToldAgreement(RuleEntry):
    code: str
    title: str
    customer_kinds: frozenset[CustomerKind]
    since: date | None = None


class ToldMethod(RuleEntry):
    kind: MethodKind
    since: date | None = None
    customer_kinds: frozenset[CustomerKind] | None = None


class ToldPortal(RuleEntry):
    name: str
    territory: str
    currency: str
    time_zone: ZoneInfo
    languages: tuple[str, ...]
    taxes: tuple[ToldTax, ...]
    net_prices_for: frozenset[CustomerKind]
    method_needed_for_automatic: bool | None = None
    agreements: tuple[ToldAgreement, ...] = ()
    payment_methods: tuple[ToldMethod, ...] = ()
    order_button: str | None = None
    reverse_charge_in: frozenset[str] = frozenset()
    net_basis: str = EXCLUDED
    gross_basis: str = INCLUDED
    buyer_address_for: frozenset[CustomerKind] = frozenset()
    recovery_indemnity: str | None = None


class ToldWording(RuleEntry):
    code: str
    version: str
    dated: date
    text: str


class ToldSeller(RuleEntry):
    name: str
    address: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    support: str = ""
    mails_from: str = ""
    colour: str = "#2546c7"
    lines: tuple[str, ...] = ()
    late_interest: str = ""
    logo: str = ""
    """Name of an SVG file beside the file that says so."""
    agreements: tuple[ToldWording, ...] = ()
    """What its agreements say."""


class ToldTopUps(RuleEntry):
    least: str
    most: str


class ToldDelays(RuleEntry):
    order_lasts: timedelta
    aligned_after: str
    """A period."""
    looked_at_within_days: int
    ask_again: tuple[timedelta, ...]


class ToldLifecycle(RuleEntry):
    suspended_after_days: int
    reminders: tuple[int, ...]
    asked_again: tuple[int, ...]
    last_calls: tuple[int, ...]
    recap_over_months: int
    method_expires: tuple[int, ...]
    told_late_days: int
    losses_percent: int
    losses_at_least: int


T = TypeVar("T", bound=RuleEntry)


def several(path: Path, shape: type[T]) -> dict[str, T]:
    """A file with a table for each."""
    return {name: _converted(entry, shape, f"{path.name}, [{name}]") for name, entry in _content(path).items()}


def read(path: Path, shape: type[T]) -> T:
    return _converted(_content(path), shape, path.name)


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RuleError(f"{path.name}: {error}") from error


def _converted(told: Any, shape: type[T], place: str) -> T:
    try:
        return convert(told, shape, dec_hook=_value)
    except ValidationError as error:
        raise RuleError(f"{place}: {error}") from error


def _value(kind: type[Any], told: Any) -> Any:
    """Of the one type that msgspec does not know."""
    try:
        return ZoneInfo(told)
    except (TypeError, ValueError, ZoneInfoNotFoundError) as error:
        raise ValueError(f"{told!r} is no time zone") from error
