"""Inventory files as the tests write them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from webapp.domain.actors import INVENTORY
from webapp.operations.inventory import ImportRefused, Report, import_accounts, import_products, import_services
from webapp.wiring import desk_for

OPERATIONS = {"products": import_products, "accounts": import_accounts, "services": import_services}
Cells = dict[str, str]
PRODUCT: Cells = {
    "product": "dom",
    "name": "Domain",
    "family": "domain",
    "period": "P1Y",
    "currency": "EUR",
    "price": "9.99",
}
ACCOUNT: Cells = {
    "handle": "alice",
    "email": "alice@x.example",
    "name": "Alice",
    "kind": "individual",
    "country": "FR",
    "portal": "FR",
}
SERVICE: Cells = {
    "reference": "s-1",
    "name": "one.example",
    "product": "dom",
    "owner": "alice",
    "state": "active",
    "mode": "automatic",
    "period": "P12M",
    "start": "2026-01-31",
    "expiry": "2027-01-31",
    "price": "9.99",
    "currency": "EUR",
}


def as_csv(rows: list[Cells], delimiter: str = ",") -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [delimiter.join(f'"{row.get(name, "")}"' for name in names) for row in rows]
    return "\n".join([delimiter.join(names), *lines]) + "\n"


class Inventory:
    """Writes inventory files and imports them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def text(self, name: str, content: str | bytes) -> Report:
        """Import a file of that name; the part before the dot says of what kind."""
        path = self._folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return OPERATIONS[path.stem](path, desk_for(INVENTORY))

    def rows(self, kind: str, *rows: Cells) -> Report:
        return self.text(f"{kind}.csv", as_csv(list(rows)))

    def json(self, kind: str, value: object) -> Report:
        return self.text(f"{kind}.json", json.dumps(value))

    def problems(self, act: Callable[[], Report]) -> list[str]:
        """What a refused import says."""
        with pytest.raises(ImportRefused) as refused:
            act()
        return refused.value.lines

    def refused(self, kind: str, *rows: Cells) -> list[str]:
        return self.problems(lambda: self.rows(kind, *rows))
