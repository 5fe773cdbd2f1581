"""The rule files beside this module, read once at start into the domain's frozen dataclasses.

A file with an unknown key, a missing one or a wrong value stops the start with its name and the place.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct, ValidationError, convert
from msgspec.structs import asdict

from ..domain.billing.ledger import TopUps
from ..domain.billing.order import OrderRules
from ..domain.law.contracts import (
    EXCLUDED,
    INCLUDED,
    Agreement,
    CustomerKind,
    OfferedMethod,
    Portal,
    Tax,
    Wording,
)
from ..domain.law.parties import Seller
from ..domain.methods import MethodKind
from ..domain.money import MINOR_DIGITS, Money, MoneyError, parse_money
from ..domain.periods import Period
from ..domain.service.catalogue import Family, Remains, RenewalDay

FOLDER = Path(__file__).parent
LARGEST_LOGO = 100_000


class RuleError(ValueError):
    """A rule file says something the program does not understand."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Families and portals by their code; loaded once, so that it is itself what it is compared by."""

    families: dict[str, Family]
    portals: dict[str, Portal]
    orders: OrderRules
    top_ups: TopUps

    def agreement(self, code: str) -> Agreement | None:
        """The one that any portal asks for by that code."""
        asked = (each for portal in self.portals.values() for each in portal.agreements)
        return next((each for each in asked if each.code == code), None)


class RuleEntry(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a file may say, each value as the domain has it; what may be unknown may be left out."""


class ToldFamily(RuleEntry):
    label: str
    manual_allowed: bool
    named_together: bool = False
    deletion_after_days: int | None = None
    remains: Remains | None = None
    kept_after_end_days: int | None = None
    renewal_day: RenewalDay | None = None
    registered_at_most_months: int | None = None


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
    suspended_after_days: int
    looked_at_within_days: int
    ask_again: tuple[timedelta, ...]


T = TypeVar("T", bound=RuleEntry)


def load(folder: Path = FOLDER, sellers: Path | None = None) -> Rules:
    """Read and check every file, and the one that names the sellers of this installation. Raises RuleError."""
    blocks, beside = (_several(sellers, ToldSeller), sellers.parent) if sellers else ({}, folder)
    families = _several(folder / "families.toml", ToldFamily)
    return Rules(
        families={code: Family(code=code, **asdict(told)) for code, told in families.items()},
        portals={
            path.stem: _portal(path, blocks.get(path.stem), beside)
            for path in sorted((folder / "portals").glob("*.toml"))
        },
        orders=_delays(folder / "billing.toml"),
        top_ups=_top_ups(folder / "balance.toml"),
    )


def _portal(path: Path, seller: ToldSeller | None, beside: Path) -> Portal:
    told = asdict(_read(path, ToldPortal))
    if told["currency"] not in MINOR_DIGITS:
        raise RuleError(f"{path.name}: unknown currency {told['currency']} - at `$.currency`")
    indemnity = told.pop("recovery_indemnity")
    nested = {
        "recovery_indemnity": indemnity and _money(indemnity, told["currency"], path, "recovery_indemnity"),
        "zone": told.pop("time_zone"),
        "taxes": tuple(Tax(**asdict(tax)) for tax in told.pop("taxes")),
        "agreements": _agreements(told.pop("agreements"), seller),
        "payment_methods": tuple(OfferedMethod(**asdict(each)) for each in told.pop("payment_methods")),
    }
    return Portal(code=path.stem, seller=_seller(seller, beside) if seller else Seller(told["name"]), **told, **nested)


def _money(text: str, currency: str, path: Path, place: str) -> Money:
    try:
        return parse_money(text, currency)
    except MoneyError as error:
        raise RuleError(f"{path.name}: {error} - at `$.{place}`") from error


def _agreements(told: Iterable[ToldAgreement], seller: ToldSeller | None) -> tuple[Agreement, ...]:
    """With what the seller of this installation says that they say."""
    known = {each.code: Wording(each.version, each.dated, each.text) for each in (seller.agreements if seller else ())}
    return tuple(Agreement(**asdict(each), wording=known.get(each.code)) for each in told)


def _seller(told: ToldSeller, beside: Path) -> Seller:
    if told.support and not told.support.startswith(("https://", "mailto:")):
        raise RuleError(f"the support of {told.name} is at no https:// or mailto: address")
    logo = _logo(beside / told.logo) if told.logo else ""
    return Seller(told.name, told.address, told.numbers, told.support, told.lines, told.late_interest, logo)


def _logo(path: Path) -> str:
    try:
        text = path.read_text("utf-8")
        is_svg = ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise RuleError(f"the logo {path.name} cannot be read: {error}") from error
    if not is_svg or len(text) > LARGEST_LOGO:
        raise RuleError(f"the logo {path.name} is no SVG file of at most {LARGEST_LOGO} characters")
    return text


def _delays(path: Path) -> OrderRules:
    told = asdict(_read(path, ToldDelays))
    try:
        return OrderRules(**told | {"aligned_after": Period.parse(told["aligned_after"])})
    except ValueError as error:
        raise RuleError(f"{path.name}: {error} - at `$.aligned_after`") from error


def _top_ups(path: Path) -> TopUps:
    amounts = {}
    for name, told in _several(path, ToldTopUps).items():
        amounts[name] = _money(told.least, name, path, f"{name}.least"), _money(told.most, name, path, f"{name}.most")
    return TopUps(amounts)


def _several(path: Path, shape: type[T]) -> dict[str, T]:
    """A file with a table for each."""
    return {name: _converted(entry, shape, f"{path.name}, [{name}]") for name, entry in _content(path).items()}


def _read(path: Path, shape: type[T]) -> T:
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
