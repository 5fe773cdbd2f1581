"""Letters about what is paid, owed, or taken back."""

from collections.abc import Mapping, Sequence
from datetime import date

from ..domain.billing.payment import Failure
from ..domain.labels import NN_
from ..domain.links import LinkPurpose
from ..domain.messages import (
    BalanceLow,
    BillSettled,
    BillToPay,
    DebitRefused,
    Mentioned,
    OrderPaid,
    PaymentTakenBack,
    PaymentUnderWay,
    read_amount,
)
from ..domain.money import Money
from ..domain.periods import last_day
from .because import priced
from .letter import (
    Facts,
    Letter,
    NamedService,
    NamedServices,
    Paper,
    PaperKind,
    Recipient,
    Write,
    listed,
    mentioned,
    row,
    subject,
    why,
)

MOST_BILLS = 5
"""As many as an address has room for."""


def _money(facts: Facts) -> Money:
    amount = read_amount(facts)
    if amount is None:
        raise ValueError(f"no amount in {facts}")
    return amount


def _order_paid(facts: Facts, to: Recipient) -> Letter:
    gettext, services, amount = to.speaker.gettext, mentioned(facts), read_amount(facts)
    said = gettext("Your order %(order)s is paid", order=facts["order"])
    if services and amount:
        paid = NN_("%(name)s is paid: %(amount)s", "%(count)s services are paid: %(amount)s")
        said = subject(services, to, paid, amount=to.gross(amount), count=facts["count"])
    return Letter(
        said,
        gettext("Nothing is to be done: what you ordered is yours, and your invoices are beside the order."),
        (gettext("See the order"), to.page("orders.show", code=facts["order"])),
        _terms(services, to, facts.get("count")),
        threads=(facts["order"],),
        papers=_invoices(facts.get("invoices", ())),
        because=why(services, to, priced),
    )


def _invoices(codes: Sequence[str]) -> list[Paper]:
    """Of many, none goes along: they are beside the order."""
    return [Paper(PaperKind.INVOICE, code) for code in codes] if len(codes) <= MOST_BILLS else []


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
        threads=(order,),
    )


def _under_way(facts: Facts, to: Recipient) -> Letter:
    gettext = to.speaker.gettext
    return Letter(
        gettext("Your payment of %(amount)s is on its way", amount=to.speaker.plain_money(_money(facts))),
        gettext(
            "Nothing is to be done: you are told as soon as it has arrived, or has not. Please do not pay again before."
        ),
        (gettext("See where it stands"), to.page("orders.show", code=facts["order"])),
        threads=(facts["order"],),
    )


def _bill_to_pay(facts: Facts, to: Recipient) -> Letter:
    gettext, services, amount = to.speaker.gettext, mentioned(facts), _money(facts)
    renewed = NN_(
        "%(name)s was renewed: %(amount)s to pay by %(day)s",
        "%(count)s services were renewed: %(amount)s to pay by %(day)s",
    )
    by = to.day(last_day(date.fromisoformat(facts["suspended_on"])))
    return Letter(
        subject(services, to, renewed, amount=to.gross(amount), day=by),
        gettext("Please pay the invoice %(bill)s: nothing could be debited for it.", bill=facts["bill"]),
        (_pay(amount, to), to.act(LinkPurpose.PAY, facts["bill"])),
        _terms(services, to),
        [_suspension(facts, to)],
        threads=[facts["bill"]],
        papers=_invoices([facts["bill"]]),
        because=why(services, to, priced),
    )


def _bill_settled(facts: Facts, to: Recipient) -> Letter:
    gettext, services, amount = to.speaker.gettext, mentioned(facts), to.gross(_money(facts))
    renewed = NN_("%(name)s was renewed: %(amount)s paid", "%(count)s services were renewed: %(amount)s paid")
    return Letter(
        subject(services, to, renewed, amount=amount),
        gettext("Nothing is to be done: the invoice %(bill)s is paid.", bill=facts["bill"]),
        (gettext("See the invoice"), to.page("invoices.show", code=facts["bill"])),
        _terms(services, to),
        threads=[facts["bill"]],
        papers=_invoices([facts["bill"]]),
        because=why(services, to, priced),
    )


def _debit_refused(facts: Facts, to: Recipient) -> Letter:
    gettext, amount = to.speaker.gettext, _money(facts)
    failure = [gettext(Failure.of(facts["failure"]).label)] if facts["failure"] else []
    return Letter(
        gettext(
            "%(amount)s could not be debited (%(bills)s)",
            amount=to.gross(amount),
            bills=to.speaker.listed(facts["bills"]),
        ),
        gettext("Please pay it, by another means if need be."),
        (_pay(amount, to), _bills(facts["bills"], to)),
        _terms(mentioned(facts), to),
        [*failure, *([_suspension(facts, to)] if facts["suspended_on"] else [])],
        threads=facts["bills"],
        because=why(mentioned(facts), to, priced),
    )


def _pay(amount: Money, to: Recipient) -> str:
    return to.speaker.gettext("Pay %(amount)s", amount=to.speaker.plain_money(amount))


def _bills(codes: Sequence[str], to: Recipient) -> str:
    """The address at which they are paid, without signing in unless they are many."""
    return to.act(LinkPurpose.PAY, *codes) if len(codes) <= MOST_BILLS else to.page("invoices.index")


def _terms(services: Sequence[Mentioned], to: Recipient, count: int | None = None) -> NamedServices | None:
    gettext = to.speaker.gettext
    paid_for, amount = gettext("Until (included)"), gettext("Amount, tax included")
    return listed(services, to, lambda each: _term(each, to), day=paid_for, amount=amount, count=count)


def _term(each: Mentioned, to: Recipient) -> NamedService:
    told = {"name": each.name, "amount": each.amount and to.gross(each.amount)}
    if each.day is None:
        return row(each, to, to.speaker.gettext("%(name)s: %(amount)s", **told), amount=each.amount)
    day = last_day(each.day)
    text = to.speaker.gettext("%(name)s, until %(day)s included: %(amount)s", day=to.day(day), **told)
    return row(each, to, text, day=day, amount=each.amount)


def _suspension(facts: Facts, to: Recipient) -> str:
    day = to.day(facts["suspended_on"])
    return to.speaker.gettext("What is still unpaid on %(day)s is suspended on that day.", day=day)


LETTERS: Mapping[str, Write] = {
    OrderPaid.kind: _order_paid,
    BalanceLow.kind: _balance_low,
    PaymentTakenBack.kind: _taken_back,
    BillToPay.kind: _bill_to_pay,
    BillSettled.kind: _bill_settled,
    DebitRefused.kind: _debit_refused,
    PaymentUnderWay.kind: _under_way,
}
"""By the kind of the message."""
