"""Payment methods that the sandbox keeps for the seller: how each behaves is chosen when it is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

CREDITOR = "FR72ZZZ999999"
"""Creditor identifier that no bank has given to anyone."""


@dataclass(frozen=True, slots=True)
class Left:
    """A method as somebody leaves it."""

    label: str
    behaviour: str
    """What a charge of it leads to, by the names of OUTCOMES in ``app``, or a second step."""
    months: int | None = None
    """For how many months it works, this one included; None: for good."""


LEFT: Mapping[str, Mapping[str, Left]] = {
    "card": {
        "pay": Left("Visa •••• 4242", "pay", 36),
        "ending": Left("Mastercard •••• 5454", "pay", 2),
        "declining": Left("Visa •••• 0341", "refuse", 36),
        "second-step": Left("Visa •••• 3220", "second-step", 36),
        "no-answer": Left("Visa •••• 1111", "pay", 36),
    },
    "sepa-debit": {
        "pay": Left("DE•• •••• 3000", "later"),
        "later": Left("FR•• •••• 2606", "later"),
        "declining": Left("FR•• •••• 3002", "refuse"),
        "no-answer": Left("AT•• •••• 7006", "later"),
    },
    "paypal": {
        "pay": Left("wallet@test.example", "pay"),
        "declining": Left("empty@test.example", "refuse"),
        "no-answer": Left("silent@test.example", "pay"),
    },
}
"""What is left by each button of the page, for each kind."""


BEHAVIOURS: Mapping[str, str] = {
    "test-accepted": "pay",
    "test-refused": "refuse",
    "test-second-step": "second-step",
    "test-later": "later",
    "test-silent": "no-answer",
}
"""By the references that are known without anybody having left them."""


def told(reference: str, kind: str, left: Left, today: date) -> dict[str, Any]:
    """What the seller is told of it."""
    mandate = {"reference": f"MND-{reference[-12:].upper()}", "creditor": CREDITOR, "signed_on": today.isoformat()}
    return {
        "id": reference,
        "label": left.label,
        "expires_on": first_of_month(today, left.months).isoformat() if left.months else "",
        "mandate": mandate if kind == "sepa-debit" else None,
    }


def first_of_month(today: date, months: int) -> date:
    """The first day of the month that is so many months after this one."""
    years, month = divmod(today.month - 1 + months, 12)
    return date(today.year + years, month + 1, 1)
