"""What takes a document back repeats what it said."""

from webapp.domain.law.contracts import TaxNote
from webapp.models import Invoice, InvoiceLine
from webapp.operations.invoices.issue import credit_note


def test_a_credit_note_says_why_its_bill_charged_no_tax() -> None:
    bill = Invoice(id=7, portal="FR", account_id=1, owner_id=2, currency="EUR", tax_note=TaxNote.REVERSE_CHARGE)
    draft = credit_note(bill, [(InvoiceLine(name="shop.example", gross_minor=1200, net_minor=1200, levies=[]), 1200)])
    assert (draft.corrects_id, draft.tax_note) == (7, TaxNote.REVERSE_CHARGE)
    assert [(line["name"], line["gross_minor"], line["net_minor"]) for line in draft.lines] == [
        ("shop.example", 1200, 1200)
    ]
