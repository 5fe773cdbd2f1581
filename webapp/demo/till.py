"""A provider in memory at which nobody ever waits; it does what it is told."""

from dataclasses import dataclass, field

from ..domain.billing.payment import Failure, PaymentRequest, Standing, Statement

SLOW = "test-later"
"""How a bank account that is debited is known: it takes days, and is never refused."""


@dataclass
class Till:
    """Fulfils Debiting."""

    standing: Standing
    """What becomes of each payment."""
    name: str = "demo"
    origins: tuple[str, ...] = ()
    books: dict[str, Statement] = field(default_factory=dict)

    def open(self, wanted: PaymentRequest) -> Statement:
        return self._taken(wanted, self.standing)

    def charge(self, method: str, wanted: PaymentRequest) -> Statement:
        return self._taken(wanted, Standing.SETTLING if method == SLOW else self.standing)

    def _taken(self, wanted: PaymentRequest, standing: Standing) -> Statement:
        failure = Failure.REFUSED if standing is Standing.FAILED else None
        statement = Statement(standing, f"demo-{wanted.key}", wanted.amount, failure=failure)
        return self.books.setdefault(wanted.key, statement)

    def ask(self, key: str) -> Statement | None:
        return self.books.get(key)

    def withdraw(self, key: str) -> Statement | None:
        known = self.books.get(key)
        return known and Statement(Standing.FAILED, known.reference, known.amount, failure=Failure.GIVEN_UP)
