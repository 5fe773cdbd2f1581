"""Invoices, bills and credit notes on paper, with the very texts of their page."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..domain.billing.invoice import DocumentKind
from ..domain.labels import N_
from ..language.speaker import Speaker
from ..models import Invoice, InvoiceLine
from ..operations.invoices.show import ShownDocument
from ..wording.bills import deletions, legal, quantity, restoring, seller
from .pdf import Party, Sheet, SheetFact


def invoice_sheet(shown: ShownDocument, speaker: Speaker) -> Sheet:
    document, said = shown.document, deletions(shown, speaker)
    return Sheet(
        language=speaker.language,
        title=document_title(document, speaker),
        state=speaker.gettext(shown.state.label),
        author=str(document.seller.get("name", "")),
        parties=[
            Party(speaker.gettext("Seller"), seller(shown, speaker)),
            Party(speaker.gettext("Buyer"), _buyer(document.buyer, speaker)),
        ],
        facts=_facts(shown, speaker),
        headings=[speaker.gettext(each) for each in _headings(document)],
        rows=[_row(line, document.currency, speaker, said.get(line.id)) for line in document.lines],
        totals=_totals(shown, speaker),
        notes=legal(document, speaker),
        logo=shown.seller.logo,
    )


def document_title(document: Invoice, speaker: Speaker) -> str:
    kind = speaker.gettext(document.label)
    return speaker.gettext("%(kind)s %(number)s", kind=kind, number=document.number) if document.number else kind


def _buyer(buyer: Mapping[str, Any], speaker: Speaker) -> Sequence[str]:
    number = buyer.get("vat_number")
    told = [f"{speaker.gettext('VAT number')} {number}"] if number else []
    return [str(buyer.get("name", "")), *buyer.get("address", "").splitlines(), *told]


def _facts(shown: ShownDocument, speaker: Speaker) -> list[SheetFact]:
    document = shown.document
    known = {
        N_("Date"): speaker.plain_day(document.issued_on),
        N_("Due date"): shown.due_on and speaker.plain_day(shown.due_on),
        N_("Paid on"): shown.paid_on and speaker.plain_day(shown.paid_on),
        N_("Payment method"): "\N{MIDDLE DOT} ".join(speaker.gettext(means.label) for means in shown.paid_by),
        N_("Internal reference"): document.buyer.get("reference"),
        N_("Code of the order"): shown.order,
        N_("Takes back"): shown.corrects and document_title(shown.corrects, speaker),
        **_taken_back(shown, speaker),
    }
    return [SheetFact(speaker.gettext(label), value) for label, value in known.items() if value]


def _taken_back(shown: ShownDocument, speaker: Speaker) -> Mapping[str, str | None]:
    """The payment of it that was taken back, or that it asks for again."""
    back = shown.taken_back
    if back is None:
        return {}
    asks = shown.document.kind is DocumentKind.PAYMENT_REQUEST
    return {
        N_("Payment taken back on"): speaker.plain_day(back.day),
        N_("Reason"): back.reason and speaker.gettext(back.reason.label),
        N_("Asks again for") if asks else N_("Asked for again by"): "\N{MIDDLE DOT} ".join(
            document_title(each, speaker) for each in back.others
        ),
    }


def _headings(document: Invoice) -> Sequence[str]:
    taxed = () if document.net is None else (N_("Amount without tax"), N_("Tax"))
    return (N_("Service"), N_("For the term"), N_("Quantity × unit price"), *taxed, N_("Amount, tax included"))


def _row(line: InvoiceLine, currency: str, speaker: Speaker, deletion: str | None) -> tuple[Sequence[str], ...]:
    name = line.display_name or line.name
    names = [name, line.product] if name == line.name else [name, line.name, line.product]
    names += [said for said in (restoring(line, currency, speaker), deletion) if said]
    term = speaker.term(line.starts_on, line.ends_on).striptags() if line.starts_on and line.ends_on else ""
    amounts = [each for each in (line.net(currency), line.tax(currency), line.gross(currency)) if each is not None]
    return names, [term], [quantity(line, currency, speaker)], *([speaker.plain_money(each)] for each in amounts)


def _totals(shown: ShownDocument, speaker: Speaker) -> list[SheetFact]:
    document = shown.document
    nets = [] if document.net is None else [document.net]
    levies = (SheetFact(speaker.tax(levy.tax), speaker.plain_money(levy.amount)) for levy in document.levies)
    net = [SheetFact(speaker.gettext("Total without tax"), speaker.plain_money(each)) for each in nets]
    gross = SheetFact(speaker.gettext("Total, tax included"), speaker.plain_money(document.gross))
    left = speaker.gettext("Still to be paid, tax included")
    return [*net, *levies, gross, *([SheetFact(left, speaker.plain_money(shown.left))] if shown.left else [])]
