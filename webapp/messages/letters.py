"""Each message as a letter."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ..domain.billing.payment import Failure
from ..domain.labels import NN_, Plural
from ..domain.messages import (
    BalanceLow,
    BillSettled,
    BillToPay,
    DebitRefused,
    Mentioned,
    OrderPaid,
    PaymentTakenBack,
    ServicesEnded,
    read_amount,
)
from ..domain.money import Money
from ..domain.periods import last_day
from .letter import Letter, Recipient, mentioned, named

Facts = Mapping[str, Any]
Write = Callable[[Facts, Recipient], Letter]


def _money(facts: Facts) -> Money:
    amount = read_amount(facts)
    if amount is None:
        raise ValueError(f"no amount in {facts}")
    return amount


def _order_paid(facts: Facts, to: Recipient) -> Letter:
    gettext = to.speaker.gettext
    return Letter(
        gettext("Your order %(order)s is paid", order=facts["order"]),
        gettext("Nothing is to be done: what you ordered is yours, and your invoices are beside the order."),
        (gettext("See the order"), to.page("orders.show", code=facts["order"])),
    )


def _balance_low(facts: Facts, to: Recipient) -> Letter:
    gettext, left = to.speaker.gettext, to.speaker.plain_money(Money(int(facts["left"]), facts["currency"]))
    return Letter(
        gettext("Your balance has come down to %(left)s", left=left),
        gettext("You wanted to be told. Add to it if your next renewals are to be paid from it."),
        (gettext("See your balance"), to.page("balance.index")),
    )


def _taken_back(facts: Facts, to: Recipient) -> Letter:
    gettext, amount = to.speaker.gettext, to.speaker.plain_money(Money(int(facts["amount"]), facts["currency"]))
    order, _dash, _number = facts["payment"].rpartition("-")
    return Letter(
        gettext("A payment of %(amount)s was taken back", amount=amount),
        gettext(
            "Please pay it again: what it was for is kept, and the amount is owed again or was taken off your balance."
        ),
        (gettext("See what is owed"), to.page("orders.show", code=order)),
    )


def _ended(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _subject(services, to, NN_("%(name)s has ended", "%(count)s services have ended")),
        gettext("Nothing is to be done: the day has come on which your cancellation takes effect."),
        (gettext("See your services"), to.page("services.index")),
        named(services, lambda each: _erased(each, to), to.speaker),
    )


def _erased(each: Mentioned, to: Recipient) -> str:
    if each.day is None:
        return each.name
    return to.speaker.gettext("%(name)s, data erased on %(day)s", name=each.name, day=to.speaker.plain_day(each.day))


def _bill_to_pay(facts: Facts, to: Recipient) -> Letter:
    gettext, services, amount = to.speaker.gettext, mentioned(facts), to.speaker.plain_money(_money(facts))
    renewed = NN_("%(name)s was renewed: %(amount)s to pay", "%(count)s services were renewed: %(amount)s to pay")
    return Letter(
        _subject(services, to, renewed, amount=amount),
        gettext("Please pay the invoice %(bill)s: nothing could be debited for it.", bill=facts["bill"]),
        (gettext("Pay %(amount)s", amount=amount), to.page("invoices.show", code=facts["bill"])),
        _terms(services, to),
        [_suspension(facts, to)],
    )


def _bill_settled(facts: Facts, to: Recipient) -> Letter:
    gettext, services, amount = to.speaker.gettext, mentioned(facts), to.speaker.plain_money(_money(facts))
    renewed = NN_("%(name)s was renewed: %(amount)s paid", "%(count)s services were renewed: %(amount)s paid")
    return Letter(
        _subject(services, to, renewed, amount=amount),
        gettext("Nothing is to be done: the invoice %(bill)s is paid.", bill=facts["bill"]),
        (gettext("See the invoice"), to.page("invoices.show", code=facts["bill"])),
        _terms(services, to),
    )


def _debit_refused(facts: Facts, to: Recipient) -> Letter:
    gettext, amount = to.speaker.gettext, to.speaker.plain_money(_money(facts))
    why = [gettext(Failure.of(facts["failure"]).label)] if facts["failure"] else []
    return Letter(
        gettext("%(amount)s could not be debited for the invoice %(bill)s", amount=amount, bill=facts["bill"]),
        gettext("Please pay the invoice %(bill)s, by another means if need be.", bill=facts["bill"]),
        (gettext("Pay %(amount)s", amount=amount), to.page("invoices.show", code=facts["bill"])),
        closing=[*why, _suspension(facts, to)],
    )


def _subject(services: Sequence[Mentioned], to: Recipient, says: Plural, **facts: Any) -> str:
    """The name of a single one, the number of several."""
    told = {"name": services[0].name, "count": to.speaker.number(len(services)), **facts}
    return to.speaker.ngettext(*says, len(services), **told)


def _terms(services: Sequence[Mentioned], to: Recipient) -> list[str]:
    return named(services, lambda each: _term(each, to), to.speaker)


def _term(each: Mentioned, to: Recipient) -> str:
    day, amount = (
        each.day and to.speaker.plain_day(last_day(each.day)),
        each.amount and to.speaker.plain_money(each.amount),
    )
    return to.speaker.gettext("%(name)s, until %(day)s included: %(amount)s", name=each.name, day=day, amount=amount)


def _suspension(facts: Facts, to: Recipient) -> str:
    day = to.speaker.plain_day(date.fromisoformat(facts["suspended_on"]))
    return to.speaker.gettext("What is still unpaid on %(day)s is suspended on that day.", day=day)


LETTERS: Mapping[str, Write] = {
    OrderPaid.kind: _order_paid,
    BalanceLow.kind: _balance_low,
    PaymentTakenBack.kind: _taken_back,
    ServicesEnded.kind: _ended,
    BillToPay.kind: _bill_to_pay,
    BillSettled.kind: _bill_settled,
    DebitRefused.kind: _debit_refused,
}
"""By the kind of the message."""
