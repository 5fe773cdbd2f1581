"""Letters about what is paid, owed, or taken back."""

from collections.abc import Mapping, Sequence
from datetime import date

from ..domain.billing.payment import Failure
from ..domain.labels import NN_
from ..domain.messages import (
    BalanceLow,
    BillSettled,
    BillToPay,
    DebitRefused,
    Mentioned,
    MethodExpires,
    OrderPaid,
    PaymentTakenBack,
    read_amount,
)
from ..domain.money import Money
from ..domain.periods import last_day
from .letter import Facts, Letter, Recipient, Write, mentioned, named, subject


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


def _method_expires(facts: Facts, to: Recipient) -> Letter:
    gettext, told = to.speaker.gettext, {"method": facts["method"]}
    day = to.speaker.plain_day(date.fromisoformat(facts["expires_on"]))
    if facts["expired"]:
        says = gettext("%(method)s has expired, and nothing can be debited from it", **told)
    else:
        says = gettext("%(method)s expires: from %(day)s on nothing can be debited from it", day=day, **told)
    return Letter(
        says,
        gettext("Add another payment method: otherwise you are sent a bill for what renews by itself."),
        (gettext("See your payment methods"), to.page("methods.index")),
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


def _bill_to_pay(facts: Facts, to: Recipient) -> Letter:
    gettext, services, amount = to.speaker.gettext, mentioned(facts), to.speaker.plain_money(_money(facts))
    renewed = NN_("%(name)s was renewed: %(amount)s to pay", "%(count)s services were renewed: %(amount)s to pay")
    return Letter(
        subject(services, to, renewed, amount=amount),
        gettext("Please pay the invoice %(bill)s: nothing could be debited for it.", bill=facts["bill"]),
        (gettext("Pay %(amount)s", amount=amount), to.page("invoices.show", code=facts["bill"])),
        _terms(services, to),
        [_suspension(facts, to)],
    )


def _bill_settled(facts: Facts, to: Recipient) -> Letter:
    gettext, services, amount = to.speaker.gettext, mentioned(facts), to.speaker.plain_money(_money(facts))
    renewed = NN_("%(name)s was renewed: %(amount)s paid", "%(count)s services were renewed: %(amount)s paid")
    return Letter(
        subject(services, to, renewed, amount=amount),
        gettext("Nothing is to be done: the invoice %(bill)s is paid.", bill=facts["bill"]),
        (gettext("See the invoice"), to.page("invoices.show", code=facts["bill"])),
        _terms(services, to),
    )


def _debit_refused(facts: Facts, to: Recipient) -> Letter:
    gettext, amount = to.speaker.gettext, to.speaker.plain_money(_money(facts))
    why = [gettext(Failure.of(facts["failure"]).label)] if facts["failure"] else []
    return Letter(
        gettext("%(amount)s could not be debited (%(bills)s)", amount=amount, bills=to.speaker.listed(facts["bills"])),
        gettext("Please pay it, by another means if need be."),
        (gettext("Pay %(amount)s", amount=amount), _bills(facts["bills"], to)),
        _terms(mentioned(facts), to),
        [*why, *([_suspension(facts, to)] if facts["suspended_on"] else [])],
    )


def _bills(codes: Sequence[str], to: Recipient) -> str:
    """The address of the page where they are paid."""
    return to.page("invoices.show", code=codes[0]) if len(codes) == 1 else to.page("invoices.index")


def _terms(services: Sequence[Mentioned], to: Recipient) -> list[str]:
    return named(services, lambda each: _term(each, to), to.speaker)


def _term(each: Mentioned, to: Recipient) -> str:
    told = {"name": each.name, "amount": each.amount and to.speaker.plain_money(each.amount)}
    if each.day is None:
        return to.speaker.gettext("%(name)s: %(amount)s", **told)
    day = to.speaker.plain_day(last_day(each.day))
    return to.speaker.gettext("%(name)s, until %(day)s included: %(amount)s", day=day, **told)


def _suspension(facts: Facts, to: Recipient) -> str:
    day = to.speaker.plain_day(date.fromisoformat(facts["suspended_on"]))
    return to.speaker.gettext("What is still unpaid on %(day)s is suspended on that day.", day=day)


LETTERS: Mapping[str, Write] = {
    OrderPaid.kind: _order_paid,
    BalanceLow.kind: _balance_low,
    PaymentTakenBack.kind: _taken_back,
    BillToPay.kind: _bill_to_pay,
    BillSettled.kind: _bill_settled,
    DebitRefused.kind: _debit_refused,
    MethodExpires.kind: _method_expires,
}
"""By the kind of the message."""
