"""What is said of bills beside their amounts."""

from collections.abc import Iterator

from ..domain.billing.invoice import DocumentKind
from ..domain.labels import N_
from ..domain.listing.register import Register
from ..domain.money import Money
from ..language.speaker import Speaker
from ..models import Invoice, InvoiceLine
from ..operations.invoices.register import ROWS, Listed
from ..operations.invoices.show import ShownDocument
from .standing import deletion


def deletions(shown: ShownDocument, speaker: Speaker) -> dict[int, str]:
    """By line: when its service is deleted, and what keeps it; only what is owed and known."""
    said = {each.line.id: deletion(each.held.case.service, each.held.case.today, speaker) for each in shown.owed}
    return {line: text for line, text in said.items() if text}


def legal(document: Invoice, speaker: Speaker) -> list[str]:
    """What the law wants to be said on it, as far as it is known."""
    said = [speaker.gettext(document.tax_note.label)] if document.tax_note else []
    if document.serial and document.levies:
        said.append(
            speaker.gettext("Each tax is reckoned and rounded line by line, halves upwards, and then added up.")
        )
    if document.kind is DocumentKind.PAYMENT_REQUEST:
        said.append(speaker.gettext("This is no invoice: what it asks for was invoiced when it was first paid."))
    if document.kind is not DocumentKind.CREDIT_NOTE:
        said += _late(document, speaker)
    return [*said, *document.seller.get("lines", ())]


def _late(document: Invoice, speaker: Speaker) -> Iterator[str]:
    if interest := document.seller.get("late_interest"):
        yield speaker.gettext("Interest on late payment: %(interest)s.", interest=interest)
    if minor := document.seller.get("recovery_minor"):
        amount = speaker.plain_money(Money(minor, document.currency))
        yield speaker.gettext("Lump sum for the costs of recovery where payment is late: %(amount)s.", amount=amount)


def number(bill: Invoice, speaker: Speaker) -> str:
    """What it is called."""
    if bill.number:
        return speaker.gettext("Bill %(number)s", number=bill.number)
    return speaker.gettext("Bill without a number")


def restoring(line: InvoiceLine, currency: str, speaker: Speaker) -> str:
    """How much of a price without tax restored a name from redemption; empty where nothing did."""
    if line.restore_fee_minor is None:
        return ""
    fee = speaker.plain_money(Money(line.restore_fee_minor, currency))
    return speaker.gettext("of which %(fee)s without tax for restoring the name", fee=fee)


def quantity(line: InvoiceLine, currency: str, speaker: Speaker) -> str:
    """How many, and what one of them costs: without tax, as far as that is known."""
    price = (line.net(currency) or line.gross(currency)).over(line.quantity)
    return speaker.gettext(
        "%(count)s × %(price)s", count=speaker.number(line.quantity), price=speaker.plain_money(price)
    )


def seller(shown: ShownDocument, speaker: Speaker) -> list[str]:
    """Who sold, line by line."""
    stored = shown.document.seller
    numbers = (f"{speaker.gettext(label)} {number}" for label, number in stored.get("numbers", ()))
    lines = (stored.get("name") or shown.seller.name, *stored.get("address", ()), *numbers, shown.seller.contact)
    return [line for line in lines if line]


ORDERED = {
    False: N_("Documents %(first)s to %(last)s of %(matches)s, sorted by “%(column)s”, ascending"),
    True: N_("Documents %(first)s to %(last)s of %(matches)s, sorted by “%(column)s”, descending"),
}
"""By whether the order is descending."""


def caption(register: Register, shown: Listed, speaker: Speaker) -> str:
    """Which documents the list shows, and in which order."""
    if not shown.entries:
        return speaker.gettext("Nothing matches.")
    first = (shown.number - 1) * ROWS + 1
    return speaker.gettext(
        ORDERED[register.descending],
        first=speaker.number(first),
        last=speaker.number(first + len(shown.entries) - 1),
        matches=speaker.number(shown.matches),
        column=speaker.gettext(register.sort.label),
    )
