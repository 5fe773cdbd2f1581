"""A bill of demo-fr that was too high: taken back with a credit note, written again, and settled elsewhere."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from ..domain.actors import INVENTORY
from ..operations.desk import Desk
from ..operations.inventory import import_services
from ..rules.loader import Rules
from .inventory import SERVICE_COLUMNS, told_services, write

SERVICE = "Serveur de rendu n° 2"
STEPS: tuple[tuple[timedelta, dict[str, str]], ...] = (
    (
        timedelta(days=42),
        {"bill": "180.00", "bill_net": "150.00", "bill_tax_rate": "20", "bill_number": "2026-RENDU-1"},
    ),
    (
        timedelta(days=35),
        {"bill": "144.00", "bill_net": "120.00", "bill_tax_rate": "20", "bill_number": "2026-RENDU-2"},
    ),
    (timedelta(days=30), {}),
)
"""How long ago, and what the inventory told of its bill then."""


def tell_bill(folder: Path, bill: Mapping[str, str], at: datetime, rules: Rules) -> None:
    """What the inventory tells of it at that time."""
    row = next(row for row in told_services(folder) if row["display_name"] == SERVICE)
    path = folder / "correction.csv"
    write(path, SERVICE_COLUMNS, [{**row, **bill, **({"billed": at.date().isoformat()} if bill else {})}])
    import_services(path, Desk(INVENTORY, at, rules, at))
