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
    DeletionAhead,
    Mentioned,
    OrderPaid,
    PaymentTakenBack,
    ServicesDeleted,
    ServicesEnded,
    ServicesExpire,
    ServicesInDebt,
    ServicesLapsed,
    ServicesUnpaid,
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
        gettext("%(amount)s could not be debited (%(bills)s)", amount=amount, bills=to.speaker.listed(facts["bills"])),
        gettext("Please pay it, by another means if need be."),
        (gettext("Pay %(amount)s", amount=amount), _bills(facts["bills"], to)),
        closing=[*why, _suspension(facts, to)],
    )


def _bills(codes: Sequence[str], to: Recipient) -> str:
    """The address of the page where they are paid."""
    return to.page("invoices.show", code=codes[0]) if len(codes) == 1 else to.page("invoices.index")


def _expire(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _subject(
            services,
            to,
            NN_("%(name)s ends on %(day)s unless you renew it", "%(count)s services end, from %(day)s on"),
            day=_first_day(services, to),
        ),
        gettext("Renew what you want to keep: what is renewed by hand ends by itself, on the day named here."),
        _first(services, to, gettext("Renew"), "next_term.renew"),
        named(services, lambda each: _priced(each, to), to.speaker),
    )


def _unpaid(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _subject(
            services,
            to,
            NN_(
                "%(name)s is not paid for: it is suspended on %(day)s",
                "%(count)s services are not paid for: they are suspended from %(day)s on",
            ),
            day=_first_day(services, to),
        ),
        gettext("Please pay what is owed: nothing could be debited for it."),
        (gettext("See your bills"), to.page("invoices.index")),
        named(services, lambda each: _priced(each, to), to.speaker),
    )


def _lapsed(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _suspended(services, to),
        gettext("Renew what you want to keep: nobody has, and the paid time is over. Renewing brings it back."),
        _first(services, to, gettext("Renew"), "next_term.renew"),
        named(services, lambda each: _deleted_on(each, to), to.speaker),
    )


def _in_debt(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _suspended(services, to),
        gettext("Please pay what is owed: paying brings it back."),
        (gettext("See your bills"), to.page("invoices.index")),
        named(services, lambda each: _deleted_on(each, to), to.speaker),
    )


def _suspended(services: Sequence[Mentioned], to: Recipient) -> str:
    return _subject(services, to, NN_("%(name)s is suspended", "%(count)s services are suspended"))


def _deletion_ahead(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _subject(
            services,
            to,
            NN_("%(name)s is deleted on %(day)s", "%(count)s services are deleted, from %(day)s on"),
            day=_first_day(services, to),
        ),
        gettext(
            "Renew or pay for what you want to keep: then nothing is deleted. What is deleted cannot be recovered."
        ),
        _first(services, to, gettext("See what can be done"), "services.show"),
        named(services, lambda each: _deleted_on(each, to), to.speaker),
    )


def _deleted(facts: Facts, to: Recipient) -> Letter:
    gettext, services = to.speaker.gettext, mentioned(facts)
    return Letter(
        _subject(services, to, NN_("%(name)s is deleted", "%(count)s services are deleted")),
        gettext(
            "Nothing can be done any more: it was neither renewed nor paid for. What was billed in vain is credited."
        ),
        (gettext("See your services"), to.page("services.index")),
        named(services, lambda each: _credited(each, to), to.speaker),
    )


def _first_day(services: Sequence[Mentioned], to: Recipient) -> str:
    days = [each.day for each in services if each.day]
    return to.speaker.plain_day(min(days)) if days else ""


def _first(services: Sequence[Mentioned], to: Recipient, label: str, page: str) -> tuple[str, str]:
    """Where something is done for a single one, or the table for several."""
    if len(services) == 1:
        return label, to.page(page, reference=services[0].reference)
    return to.speaker.gettext("See your services"), to.page("services.index")


def _priced(each: Mentioned, to: Recipient) -> str:
    day, amount = each.day and to.speaker.plain_day(each.day), each.amount and to.speaker.plain_money(each.amount)
    return to.speaker.gettext("%(name)s, on %(day)s: %(amount)s", name=each.name, day=day, amount=amount)


def _deleted_on(each: Mentioned, to: Recipient) -> str:
    if each.day is None:
        return each.name
    return to.speaker.gettext("%(name)s, deleted on %(day)s", name=each.name, day=to.speaker.plain_day(each.day))


def _credited(each: Mentioned, to: Recipient) -> str:
    if each.amount is None:
        return each.name
    amount = to.speaker.plain_money(each.amount)
    return to.speaker.gettext("%(name)s, credited: %(amount)s", name=each.name, amount=amount)


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
    ServicesExpire.kind: _expire,
    ServicesUnpaid.kind: _unpaid,
    ServicesLapsed.kind: _lapsed,
    ServicesInDebt.kind: _in_debt,
    DeletionAhead.kind: _deletion_ahead,
    ServicesDeleted.kind: _deleted,
}
"""By the kind of the message."""
