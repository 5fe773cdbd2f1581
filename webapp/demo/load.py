"""Fill an empty installation with the demo, by the way that real inventories and real orders come in."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from ..domain.actors import INVENTORY
from ..extensions import db
from ..models import Service
from ..operations.desk import Desk
from ..operations.inventory import import_accounts, import_products, import_services
from ..operations.people.set_password import publish_password
from ..rules.loader import Rules
from .correction import correct_bill
from .history import live_history
from .inventory import ACCOUNTS_FILE, PRODUCTS_FILE, SERVICES_FILE, write_inventory
from .people import HOME, SIGN_INS

PASSWORD = "demo"  # noqa: S105


def demo_day(rules: Rules, now: datetime) -> date:
    """The calendar day that the demo is drawn up around."""
    return now.astimezone(rules.portals[HOME].zone).date()


def load_demo(folder: Path, *, rules: Rules, now: datetime) -> bool:
    """Write the files, import them and open the sign-ins; False, and nothing done, where there are services.

    Services come last: as long as there are none, a load that was broken off can be run again.
    """
    if db.session.scalar(select(Service.id).limit(1)) is not None:
        return False
    write_inventory(folder, today=demo_day(rules, now), rules=rules)
    desk = Desk(INVENTORY, now, rules, now)
    import_products(folder / PRODUCTS_FILE, desk)
    import_accounts(folder / ACCOUNTS_FILE, desk)
    for person in SIGN_INS:
        publish_password(person.handle, PASSWORD, now=now)
    import_services(folder / SERVICES_FILE, desk)
    correct_bill(folder, rules=rules, now=now)
    live_history(rules=rules, now=now)
    return True
