"""Whatever stands on a sheet and whenever it is made, it becomes a PDF."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from webapp.documents.pdf import Party, Sheet, SheetFact, pdf

AT = datetime(2026, 11, 23, 12, 0, 1, 123456, tzinfo=UTC)


def sheet(name: str = "shop.example") -> Sheet:
    return Sheet(
        language="en",
        title="Invoice 1",
        state="Paid",
        author="Seller",
        parties=[Party("Buyer", [name])],
        facts=[SheetFact("Date", "23 Nov 2026")],
        headings=["Service", "Amount"],
        rows=[([name], ["1"])],
        totals=[SheetFact("Total", "1")],
        notes=[],
    )


def text(made: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def test_it_is_dated_to_the_second() -> None:
    made = PdfReader(BytesIO(pdf(sheet(), AT)))
    assert made.metadata is not None and str(made.metadata.creation_date_raw) == "D:20261123120001Z"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("#set page(width: 1pt)", "#set page(width: 1pt)"),
        ('"] #panic() \\u{41} $x$ `raw` <label> @ref', '"] #panic() \\u{41} $x$ `raw` <label> @ref'),
        ("日本 🎉", "?? ?"),
        ("a\u200db\ufe0f\u202e", "ab"),
        ("é ß Ж Ω ž", "é ß Ж Ω ž"),
    ],
)
def test_a_text_is_only_ever_a_text(name: str, shown: str) -> None:
    assert shown in text(pdf(sheet(name), AT))


def test_nothing_at_all_is_a_sheet_too() -> None:
    assert pdf(Sheet("fr", "Reçu", "", "", [], [], ["Service", "Dit"], [], [], []), AT).startswith(b"%PDF")
