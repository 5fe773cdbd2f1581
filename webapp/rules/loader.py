"""The rule files beside this module, read once at start into the domain's frozen dataclasses.

A file with an unknown key, a missing one or a wrong value stops the start with its name and the place.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from xml.etree import ElementTree

from msgspec.structs import asdict

from ..domain import colour
from ..domain.billing.ledger import TopUps
from ..domain.billing.order import OrderRules
from ..domain.law.contracts import Agreement, OfferedMethod, Portal, Tax, Wording
from ..domain.law.parties import Seller
from ..domain.lifecycle.due import LifecycleRules
from ..domain.mail_address import WRITTEN
from ..domain.money import MINOR_DIGITS, Money, MoneyError, parse_money
from ..domain.periods import Period
from ..domain.service.catalogue import Family, Registry
from .told import (
    RuleError,
    ToldAgreement,
    ToldDelays,
    ToldFamily,
    ToldLifecycle,
    ToldPortal,
    ToldRegistry,
    ToldSeller,
    ToldTopUps,
    read,
    several,
)

FOLDER = Path(__file__).parent
LARGEST_LOGO = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Families and portals by their code; loaded once, so that it is itself what it is compared by."""

    families: dict[str, Family]
    portals: dict[str, Portal]
    orders: OrderRules
    lifecycle: LifecycleRules
    top_ups: TopUps

    def agreement(self, code: str) -> Agreement | None:
        """The one that any portal asks for by that code."""
        asked = (each for portal in self.portals.values() for each in portal.agreements)
        return next((each for each in asked if each.code == code), None)


def load(folder: Path = FOLDER, sellers: Path | None = None) -> Rules:
    """Read and check every file, and the one that names the sellers of this installation. Raises RuleError."""
    blocks, beside = (several(sellers, ToldSeller), sellers.parent) if sellers else ({}, folder)
    families = several(folder / "families.toml", ToldFamily)
    return Rules(
        families={code: _family(code, told, folder / "families.toml") for code, told in families.items()},
        portals={
            path.stem: _portal(path, blocks.get(path.stem), beside)
            for path in sorted((folder / "portals").glob("*.toml"))
        },
        orders=_delays(folder / "billing.toml"),
        lifecycle=LifecycleRules(**asdict(read(folder / "lifecycle.toml", ToldLifecycle))),
        top_ups=_top_ups(folder / "balance.toml"),
    )


def _family(code: str, told: ToldFamily, path: Path) -> Family:
    by_ending = {ending: _registry(each, path, code) for each in told.registries for ending in each.endings}
    return Family(code=code, **asdict(told) | {"registries": by_ending})


def _registry(told: ToldRegistry, path: Path, family: str) -> Registry:
    place = f"{family}.registries[…].restore_fees"
    fees = tuple(_money(amount, currency, path, place) for currency, amount in told.restore_fees.items())
    return Registry(told.grace_days, told.redemption_days, fees)


def _portal(path: Path, seller: ToldSeller | None, beside: Path) -> Portal:
    told = asdict(read(path, ToldPortal))
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
    logo = logo_of(beside / told.logo) if told.logo else ""
    if told.mails_from and not (WRITTEN.fullmatch(told.mails_from) and told.mails_from.isascii()):
        raise RuleError(f"the mails of {told.name} come from no address of mail in ASCII")
    if not colour.WRITTEN.fullmatch(told.colour) or colour.contrast(told.colour, colour.WHITE) < colour.LEGIBLE:
        raise RuleError(f"the colour of {told.name} is none on which white is legible, such as #2546c7")
    kept = asdict(told) | {"logo": logo}
    return Seller(**{each.name: kept[each.name] for each in fields(Seller)})


def logo_of(path: Path) -> str:
    """An SVG image. Raises RuleError."""
    try:
        text = path.read_text("utf-8")
        is_svg = ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise RuleError(f"the logo {path.name} cannot be read: {error}") from error
    if not is_svg or len(text) > LARGEST_LOGO:
        raise RuleError(f"the logo {path.name} is no SVG file of at most {LARGEST_LOGO} characters")
    return text


def _delays(path: Path) -> OrderRules:
    told = asdict(read(path, ToldDelays))
    try:
        return OrderRules(**told | {"aligned_after": Period.parse(told["aligned_after"])})
    except ValueError as error:
        raise RuleError(f"{path.name}: {error} - at `$.aligned_after`") from error


def _top_ups(path: Path) -> TopUps:
    amounts = {}
    for name, told in several(path, ToldTopUps).items():
        amounts[name] = _money(told.least, name, path, f"{name}.least"), _money(told.most, name, path, f"{name}.most")
    return TopUps(amounts)
