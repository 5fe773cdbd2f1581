"""Documents on paper: for who downloads them, and for mails that they go with."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from ..adapters.mail.port import Attachment
from ..documents.invoice import invoice_sheet
from ..documents.pdf import pdf
from ..documents.receipt import receipt_sheet
from ..extensions import db
from ..language.speaker import Speaker
from ..messages.letter import Paper, PaperKind, Recipient
from ..operations.invoices.show import NoSuchDocument, ShownDocument, show_document
from ..operations.receipts import NoSuchReceipt, ShownReceipt, show_receipt
from ..wiring import desk_of


def invoice_on_paper(shown: ShownDocument, speaker: Speaker) -> bytes:
    return pdf(invoice_sheet(shown, speaker), shown.document.issued_at)


def receipt_on_paper(shown: ShownReceipt, speaker: Speaker, zone: ZoneInfo, page: Callable[..., str]) -> bytes:
    """``zone`` is that of who reads it, where no contract has one; ``page`` makes whole addresses."""
    receipt, zone = shown.receipt, shown.declared[0].zone if shown.declared else zone
    at, check = speaker.dated(receipt.at, zone).striptags(), page("receipts.verify", code=receipt.code)
    return pdf(receipt_sheet(shown, speaker, at=at, check=check), receipt.at)


def attached(paper: Paper, to: Recipient) -> Attachment | None:
    """As it goes with a mail; None where it is its recipient’s no more."""
    session, desk = db.session(), desk_of(to.account_id)
    try:
        if paper.kind is PaperKind.INVOICE:
            content = invoice_on_paper(show_document(session, paper.code, desk), to.speaker)
        else:
            content = receipt_on_paper(show_receipt(session, paper.code, desk), to.speaker, to.portal.zone, to.page)
    except (NoSuchDocument, NoSuchReceipt):
        return None
    finally:
        session.rollback()
    return Attachment(f"{paper.code}.pdf", content)
