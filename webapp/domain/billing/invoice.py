"""Documents that say what was sold, or what is owed."""

import re

from ..labels import N_, Labelled


class DocumentKind(Labelled):
    INVOICE = "invoice", N_("Invoice")
    CREDIT_NOTE = "credit-note", N_("Credit note")
    PAYMENT_REQUEST = "payment-request", N_("Payment request")


def called(kind: DocumentKind, *, taxes_known: bool) -> str:
    """What a document is called: one that does not say which taxes are in it is no invoice."""
    if kind is DocumentKind.INVOICE and not taxes_known:
        return DocumentKind.PAYMENT_REQUEST.label
    return kind.label


MARKS = {DocumentKind.INVOICE: "", DocumentKind.CREDIT_NOTE: "C", DocumentKind.PAYMENT_REQUEST: "R"}


class Settled(Labelled):
    """How a bill came to be owed no more."""

    PAID = "paid", N_("Paid in full")
    CREDITED = "credited", N_("Credited")
    ELSEWHERE = "elsewhere", N_("Settled elsewhere")


def series(portal: str, kind: DocumentKind) -> str:
    """The name of the counter whose numbers these documents have, each the next one of the last."""
    return f"{kind.value} {portal}"


def printed(portal: str, kind: DocumentKind, serial: int) -> str:
    """The number as documents and addresses show it.

    ``FR-000042``, for a credit note ``FR-C000042``, for a payment request ``FR-R000042``.
    """
    return f"{portal}-{MARKS[kind]}{serial:06d}"


def looks_printed(number: str) -> bool:
    """Whether it could be one of those, which no other document may have."""
    return re.fullmatch(r"[A-Z]{2,8}-[CR]?[0-9]{6,}", number) is not None
