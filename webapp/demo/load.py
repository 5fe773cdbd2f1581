"""Fill an empty installation with the demo, by the way that real inventories and real orders come in."""

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from ..domain.actors import DAYS, INVENTORY
from ..extensions import db
from ..models import Service
from ..operations.desk import Desk
from ..operations.inventory import import_accounts, import_products
from ..operations.people.set_password import publish_password
from ..rules.loader import Rules
from .inventory import ACCOUNTS_FILE, PRODUCTS_FILE, write_inventory
from .people import HOME, SIGN_INS
from .year import YEAR, Tell, import_rest, let_pass, live_on

PASSWORD = "demo"  # noqa: S105


class BrokenOff(Exception):
    """Somebody ended a load in the middle of it, and what there is, is a part of the demo."""


def demo_day(rules: Rules, now: datetime) -> date:
    """The calendar day that the demo is drawn up around."""
    return now.astimezone(rules.portals[HOME].zone).date()


def load_demo(folder: Path, *, rules: Rules, now: datetime, tell: Tell, lived: timedelta = YEAR) -> bool:
    """Write the files, open the sign-ins, let the time pass that lies behind its small accounts and import the rest.

    False, and nothing done, where there are services. Raises BrokenOff where another load was.
    """
    unfinished = folder / "unfinished"
    if unfinished.exists():
        raise BrokenOff
    if db.session.scalar(select(Service.id).limit(1)) is not None:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    write_inventory(folder, today=demo_day(rules, now), rules=rules)
    begun = now - lived
    then = Desk(INVENTORY, begun, rules, begun)
    import_products(folder / PRODUCTS_FILE, then)
    import_accounts(folder / ACCOUNTS_FILE, then)
    for person in SIGN_INS:
        publish_password(person.handle, PASSWORD, now=now)
    live_on(folder, begun, now, rules, tell)
    import_rest(folder, Desk(INVENTORY, now, rules, now))
    let_pass(Desk(DAYS, now, rules, now), None, tell)
    unfinished.unlink()
    return True
