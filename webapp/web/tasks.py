"""What the signed-in account has to do, as it stands above its table."""

from ..domain.listing.table import Table
from ..domain.listing.todo import Task, ToDo
from ..extensions import db
from ..operations.listing.todo import to_do
from ..wording.todo import TABLES, Told, told
from . import access
from .addresses import address_of
from .reader import reader
from .viewing import viewer


def tasks(table: Table) -> list[Told]:
    """The most pressing first; ``table`` is what one comes back to."""
    speaker, here = reader(), table.at(address_of("services.index"))
    return [told(each, _address(each, here), speaker) for each in to_do(db.session(), access.account(), viewer())]


def _address(each: ToDo, here: str) -> str:
    """Where it is done."""
    if table := TABLES.get(each.task):
        return table.at(address_of("services.index"))
    match each.task:
        case Task.FAILING:
            return address_of("methods.index", next=here)
        case Task.ORDERS if each.name:
            return address_of("orders.show", code=each.name)
        case Task.ORDERS:
            return address_of("orders.account", _anchor="orders")
        case Task.AGREEMENTS:
            return address_of("agreements.show", code=each.name)
        case Task.LITTLE_LEFT:
            return address_of("balance.index")
        case _:
            return address_of("invoices.index", state="unpaid")
