"""The columns of the accounts file, and what its values must agree on."""

from ...domain.law.contracts import CustomerKind
from ...domain.law.parties import read_address, read_vat_number
from ...domain.methods import MethodKind, MethodState
from .columns import Column, Consistency
from .names import code_column, one_line, text_column
from .parsers import choice_column, country, email, last_month, one_of

LANGUAGES = ("en", "fr")


def address(text: str) -> str:
    return read_address(one_line(text, 400).replace(" / ", "\n"))


def _needs_kind(name: str) -> Consistency:
    return Consistency(
        name,
        ("payment_kind",),
        lambda row: row[name] is not None and row["payment_kind"] is None,
        "it needs a payment_kind",
    )


COLUMNS: tuple[Column, ...] = (
    code_column("handle", "a handle", 40, required=True),
    Column(
        "email", "an e-mail address", "write it like name@example.com, 254 characters at most", email, required=True
    ),
    text_column("name", "a name", 120, required=True),
    choice_column("kind", "a kind of customer", CustomerKind, required=True),
    Column("country", "a country", "write its two capital letters, like FR", country, required=True),
    code_column("portal", "a portal code", 8, required=True),
    Column("language", "a language", "allowed are " + ", ".join(LANGUAGES), one_of(*LANGUAGES)),
    Column(
        "address",
        "an address",
        "write at most 6 lines of 60 characters, with “ / ” between them",
        address,
    ),
    Column("vat_number", "a VAT number", "it begins with the two letters of its country", read_vat_number),
    text_column("reference", "a reference", 60),
    choice_column("payment_kind", "a kind of payment method", MethodKind),
    text_column("payment_label", "a label", 60),
    choice_column("payment_state", "a state of a payment method", MethodState),
    Column("payment_expiry", "a month", "write the last month it works, like 2027-03", last_month),
    text_column("payment_reference", "a reference", 80),
    Column(
        "agreements",
        "a list of agreement codes",
        "write codes of the account's portal with spaces between them",
        lambda text: tuple(dict.fromkeys(one_line(text, 1000).split())),
    ),
)

RULES = (
    Consistency(
        "payment_label",
        ("payment_kind",),
        lambda row: (row["payment_label"] is None) != (row["payment_kind"] is None),
        "payment_kind and payment_label are given together or not at all",
    ),
    *(_needs_kind(name) for name in ("payment_state", "payment_expiry", "payment_reference")),
)
