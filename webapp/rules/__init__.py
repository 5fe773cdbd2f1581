"""The rule files beside this module, read once at start into the domain's frozen dataclasses.

A file with an unknown key, a missing one or a wrong value stops the start with its name.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..domain.billing.order import OrderRules
from ..domain.law.contracts import Agreement, CustomerKind, Portal, Tax
from ..domain.law.parties import Seller
from ..domain.money import MINOR_DIGITS
from ..domain.periods import Period
from ..domain.service.catalogue import Family, Remains, RenewalDay

FOLDER = Path(__file__).parent
UNKNOWN_OF_A_PORTAL = ("method_needed_for_automatic", "order_button")
MAY_BE_UNKNOWN = ("deletion_after_days", "remains", "kept_after_end_days", "renewal_day", "registered_at_most_months")
CHOICES: dict[str, Callable[[str], object]] = {"remains": Remains.of, "renewal_day": RenewalDay}
"""Values of a family that are one of several words."""


class RuleError(ValueError):
    """A rule file says something the program does not understand."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Families and portals by their code; loaded once, so that it is itself what it is compared by."""

    families: dict[str, Family]
    portals: dict[str, Portal]
    orders: OrderRules


def load(folder: Path = FOLDER, sellers: Path | None = None) -> Rules:
    """Read and check every file, and the one that names the sellers of this installation. Raises RuleError."""
    blocks = _sellers(sellers) if sellers else {}
    families = _read(folder / "families.toml")
    return Rules(
        families={code: _family(code, entry) for code, entry in families.items()},
        portals={
            path.stem: _portal(path, blocks.get(path.stem)) for path in sorted((folder / "portals").glob("*.toml"))
        },
        orders=_orders(folder / "billing.toml"),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RuleError(f"{path.name}: {error}") from error


def _family(code: str, entry: dict[str, Any]) -> Family:
    entry = dict.fromkeys(MAY_BE_UNKNOWN) | {"named_together": False} | entry
    try:
        chosen = {name: choice(entry[name]) for name, choice in CHOICES.items() if entry[name]}
        return Family(code=code, **entry | chosen)
    except (TypeError, ValueError) as error:
        raise RuleError(f"families.toml, [{code}]: {error}") from error


def _sellers(path: Path) -> dict[str, Seller]:
    try:
        return {
            code: Seller(
                name=entry.pop("name"),
                address=tuple(map(str, entry.pop("address", ()))),
                numbers=tuple((str(label), str(number)) for label, number in entry.pop("numbers", ())),
                **entry,
            )
            for code, entry in _read(path).items()
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RuleError(f"{path.name}: {error!r}") from error


def _portal(path: Path, seller: Seller | None) -> Portal:
    entry: dict[str, Any] = dict.fromkeys(UNKNOWN_OF_A_PORTAL)
    entry |= {"agreements": [], "reverse_charge_in": []} | _read(path)
    try:
        if entry["currency"] not in MINOR_DIGITS:
            raise ValueError(f"unknown currency {entry['currency']}")
        return Portal(
            code=path.stem,
            zone=ZoneInfo(entry.pop("time_zone")),
            languages=tuple(entry.pop("languages")),
            taxes=tuple(Tax(tax["name"], Decimal(tax["percent"])) for tax in entry.pop("taxes")),
            net_prices_for=_kinds(entry.pop("net_prices_for")),
            agreements=tuple(_agreement(agreement) for agreement in entry.pop("agreements")),
            reverse_charge_in=frozenset(entry.pop("reverse_charge_in")),
            seller=seller,
            **entry,
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise RuleError(f"{path.name}: {error!r}") from error


def _orders(path: Path) -> OrderRules:
    entry = _read(path)
    try:
        return OrderRules(
            order_lasts=_duration(entry.pop("order_lasts")),
            ask_again=tuple(map(_duration, entry.pop("ask_again"))),
            aligned_after=Period.parse(entry.pop("aligned_after")),
            **entry,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RuleError(f"{path.name}: {error!r}") from error


def _duration(text: str) -> timedelta:
    """``PT24H``, ``PT5M`` or ``PT5S``."""
    match = re.fullmatch(r"PT(\d{1,4})([HMS])", text)
    if match is None:
        raise ValueError(f"{text} is no duration like PT24H")
    return timedelta(seconds=int(match[1]) * {"H": 3600, "M": 60, "S": 1}[match[2]])


def _agreement(entry: dict[str, Any]) -> Agreement:
    return Agreement(**{"since": None} | entry | {"customer_kinds": _kinds(entry["customer_kinds"])})


def _kinds(words: list[str]) -> frozenset[CustomerKind]:
    return frozenset(CustomerKind.of(word) for word in words)
