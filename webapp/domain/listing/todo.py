"""What a customer has to do, most pressing first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..labels import N_, Labelled
from ..lifecycle.due import LifecycleRules
from ..money import Money

AHEAD = timedelta(days=60)
"""How far ahead it is looked for debits that will fail."""


class Task(Labelled):
    """In the order in which they press where no day tells."""

    DELETED_SOON = "deleted-soon", N_("Suspended services that will be deleted")
    EXPIRED = "expired", N_("Expired services")
    BILLS = "bills", N_("Bills to pay")
    FAILING = "failing", N_("Renewals that cannot be debited")
    EXPIRING = "expiring", N_("Services that expire")
    ORDERS = "orders", N_("Orders to pay")
    AGREEMENTS = "agreements", N_("Agreements to accept")
    LITTLE_LEFT = "little-left", N_("Balance")
    OTHERS_BILLS = "others-bills", N_("Bills of other contacts")
    IN_PROGRESS = "in-progress", N_("Payments in progress")


@dataclass(frozen=True, slots=True)
class ToDo:
    task: Task
    count: int
    amounts: tuple[Money, ...]
    """One for each currency, with tax; none where nothing is told of money."""
    first_on: date | None = None
    """The first day on which it matters, or since which it has."""
    name: str = ""
    """Of what there is one of, in addresses."""


def pressing(tasks: Iterable[ToDo], rules: LifecycleRules) -> list[ToDo]:
    """By the day on which something is lost if nothing is done."""
    order = list(Task)
    return sorted(tasks, key=lambda each: (_deadline(each, rules), order.index(each.task)))


def _deadline(each: ToDo, rules: LifecycleRules) -> date:
    if each.first_on is None:
        return date.max
    return each.first_on + timedelta(days=rules.suspended_after_days if each.task is Task.BILLS else 0)
