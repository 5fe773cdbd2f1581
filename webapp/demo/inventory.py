"""The three inventory files of the demo."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from ..rules.loader import Rules
from .abroad import GERMANY, QUEBEC
from .agency import agency_items
from .item import DemoItem, service_row
from .large import large_items
from .people import account_rows
from .products import product_rows
from .showcase import SHOWCASE

SEED = 2024
PRODUCTS_FILE, ACCOUNTS_FILE, SERVICES_FILE = "products.csv", "accounts.csv", "services.csv"
# No 0, O, 1, I: references are read out on the telephone.
REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SERVICE_COLUMNS = (
    "reference name display_name product parent owner admin technical billing kind state suspension suspended mode "
    "period anchor start expiry price currency commitment cancellation bill billed bill_number bill_net bill_tax_rate"
)
ACCOUNT_COLUMNS = (
    "handle email name kind country portal language address vat_number reference payment_kind payment_label "
    "payment_state payment_expiry payment_reference agreements"
)
PRODUCT_COLUMNS = "product name family forced period currency price"


def write_inventory(folder: Path, *, today: date, rules: Rules, seed: int = SEED) -> None:
    """Write the files; for one seed and day they are the same to the byte."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / PRODUCTS_FILE, PRODUCT_COLUMNS, product_rows())
    write(folder / ACCOUNTS_FILE, ACCOUNT_COLUMNS, account_rows(today))
    write(folder / SERVICES_FILE, SERVICE_COLUMNS, service_rows(today, rules, seed))


def write(path: Path, columns: str, rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns.split(), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def told_services(folder: Path) -> list[dict[str, str]]:
    """The rows of the services file there."""
    with (folder / SERVICES_FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def service_rows(today: date, rules: Rules, seed: int) -> Iterator[dict[str, str]]:
    given: dict[tuple[str, str], str] = {}
    for item, reference in zip(items(seed), references(seed), strict=False):
        parent = given[item.owner, item.within] if item.within else ""
        given[item.owner, item.product] = reference
        yield service_row(item, reference, today=today, rules=rules, parent=parent)


def items(seed: int) -> Iterator[DemoItem]:
    yield from owned("demo-fr", SHOWCASE)
    yield from owned("demo-de", GERMANY)
    yield from owned("demo-qc", QUEBEC)
    yield from agency_items()
    yield from large_items(f"{seed}/large")


def owned(handle: str, told: Iterable[DemoItem]) -> Iterator[DemoItem]:
    """The items with an owner, where they do not name another one."""
    return (replace(item, owner=item.owner or handle) for item in told)


def references(seed: int) -> Iterator[str]:
    """As a provider hands them out: unguessable, each once, the same for the same seed."""
    random = Random(f"{seed}/references")
    given: set[str] = set()
    while True:
        letters = "".join(random.choices(REFERENCE_LETTERS, k=8))
        if letters not in given:
            given.add(letters)
            yield f"{letters[:4]}-{letters[4:]}"
