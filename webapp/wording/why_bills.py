"""Why the days and amounts of a bill are what they are."""

from collections.abc import Iterator, Sequence

from ..domain.law.contracts import Levy
from ..domain.money import Money
from ..language.speaker import Speaker
from ..models import Invoice, InvoiceLine
from ..operations.invoices.owed import OwedLine
from ..operations.invoices.show import ShownDocument
from .reckoned import Named, first_of, with_taxes
from .why import why_deleted
from .why_acts import falls_on


def _billed(line: InvoiceLine, document: Invoice, speaker: Speaker) -> Sequence[str]:
    """Of a line: its term, and how its amount is reckoned as far as that was told."""
    return [*_term(line, speaker), *_amount(line, document, speaker)]


def _term(line: InvoiceLine, speaker: Speaker) -> Iterator[str]:
    if line.starts_on and line.duration:
        day, duration = speaker.plain_day(line.starts_on), speaker.duration(line.duration)
        yield speaker.gettext("What it pays for begins on %(day)s and lasts %(duration)s.", day=day, duration=duration)
        if line.ends_on and line.ends_on.day != line.starts_on.day:
            yield falls_on(max(line.starts_on.day, line.ends_on.day), speaker)
    elif line.starts_on and line.ends_on:
        days = (line.ends_on - line.starts_on).days
        yield speaker.ngettext(
            "It pays for %(count)s day.", "It pays for %(count)s days.", days, count=speaker.number(days)
        )


def _amount(line: InvoiceLine, document: Invoice, speaker: Speaker) -> Sequence[str]:
    currency = document.currency
    net = line.net(currency)
    if net is None:
        return [speaker.gettext("What tax is in it was not told when it was billed.")]
    whole = speaker.gettext(
        "%(count)s × %(price)s, without tax: %(amount)s.",
        count=speaker.number(line.quantity),
        price=speaker.plain_money(net.over(line.quantity)),
        amount=speaker.plain_money(net),
    )
    levies = [Levy.read(stored, currency) for stored in line.levies]
    return [whole, *with_taxes(levies, line.gross(currency), document.tax_note, speaker)]


def _left(gross: Money, left: Money, speaker: Speaker) -> Sequence[str]:
    """Of what is still owed of an amount."""
    if gross == left:
        return []
    settled = Money(gross.minor - left.minor, gross.currency)
    return [
        speaker.gettext(
            "Of %(gross)s, %(settled)s is settled already: %(left)s is left.",
            gross=speaker.plain_money(gross),
            settled=speaker.plain_money(settled),
            left=speaker.plain_money(left),
        )
    ]


def why_owed(each: OwedLine, speaker: Speaker) -> Sequence[str]:
    """Of what is owed of a line, and of the day on which its service is deleted for it."""
    left = _left(each.line.gross(each.bill.currency), each.amount, speaker)
    return [*_billed(each.line, each.bill, speaker), *left, *why_deleted(each.held.case.service, speaker)]


def why_document(shown: ShownDocument, speaker: Speaker) -> Named:
    """Of each line of a document, and of what it comes to."""
    document, owed = shown.document, {each.line.id: each for each in shown.owed}
    said = [
        (
            line.display_name or line.name,
            why_owed(owed[line.id], speaker) if line.id in owed else _billed(line, document, speaker),
        )
        for line in document.lines
    ]
    if shown.due_on:
        said.append(
            (speaker.gettext("Due date"), [speaker.gettext("Bills are due on the day on which they are made.")])
        )
    return first_of(said, speaker)
