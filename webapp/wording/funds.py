"""From where a renewal is paid that nobody orders, one after the other, as whole sentences."""

from collections.abc import Iterator
from datetime import date, timedelta

from ..domain.billing.settlement import Fund, order_of_funds
from ..domain.labels import N_
from ..domain.methods import PaymentMethod
from ..domain.money import Money
from ..language.speaker import Speaker

FROM_BALANCE = N_("What is on your balance is spent first: today that is %(amount)s.")
SPENT_FIRST = N_("When you pay, %(amount)s of it is taken from your balance first.")
DEBITED = N_("Debited from: %(kind)s, %(label)s.")
THE_REST = N_("What the balance does not cover is debited from: %(kind)s, %(label)s.")
CANNOT = N_("%(kind)s, %(label)s, cannot be debited on that day.")
NO_METHOD = N_("There is no payment method on the account.")
BILLED = N_(
    "A bill will be sent by e-mail, to be paid online; if it is still unpaid on %(day)s, the service is suspended."
)
REST_BILLED = N_(
    "For what the balance does not cover a bill will be sent by e-mail, to be paid online; if it is still unpaid on "
    "%(day)s, the service is suspended."
)


def told(
    on: date, method: PaymentMethod | None, balance: Money | None, unpaid_days: int, speaker: Speaker
) -> Iterator[str]:
    """Sentences for what is due on that day; ``unpaid_days`` is how long a bill may stay unpaid."""
    funds = order_of_funds(on, method, balance)
    if Fund.BALANCE in funds and balance:
        yield speaker.markup(FROM_BALANCE, amount=speaker.money(balance))
    after_balance = len(funds) > 1
    named = {"kind": speaker.gettext(method.kind.label), "label": method.label} if method else {}
    if Fund.METHOD in funds:
        yield speaker.markup(THE_REST if after_balance else DEBITED, **named)
        return
    yield speaker.markup(CANNOT if method else NO_METHOD, **named)
    suspended_on = speaker.day(on + timedelta(days=unpaid_days))
    yield speaker.markup(REST_BILLED if after_balance else BILLED, day=suspended_on)
