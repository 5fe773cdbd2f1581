"""What somebody has paid for one service."""

from dataclasses import dataclass
from datetime import date

from ..billing.quote import Purpose
from ..law.contracts import Tax
from ..money import Money

Days = tuple[date, date]
"""``[start, end)``."""


@dataclass(frozen=True, slots=True)
class PaidBill:
    """The line of a bill that is paid."""

    code: str
    """The bill’s name in addresses."""
    settled: bool
    """Whether that was settled before the money came."""


@dataclass(frozen=True, slots=True)
class Bought:
    """One line of a paid order, at its prices; or what costs nothing."""

    line_id: int | None
    order: str | None
    """Its code; both are None where nothing was due, so that nothing was ordered."""
    purpose: Purpose
    days: Days | None
    """The term; None for a bill that buys none."""
    anchor_day: int | None
    """The day of the month on which the service renews from then on; None for the one that it has."""
    net: Money
    gross: Money
    taxes: tuple[Tax, ...]
    bill: PaidBill | None = None
    """None where a term is bought."""

    @property
    def term(self) -> Days:
        """Raises ValueError for a line that buys none."""
        if self.days is None:
            raise ValueError(f"line {self.line_id} of order {self.order} buys no term")
        return self.days
