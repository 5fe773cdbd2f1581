"""Customers of the tests besides the demo's, one of each kind for each browser that goes a way to its end.

Debtors owe two bills. Aligners hold services that end on three days, two of them on the same one, and a domain;
holders the same and a domain with a bill. Savers hold what aligners do.
"""

from datetime import date, timedelta
from pathlib import Path

DEMO, OWN = "demo", "a horse for tests"
"""Passwords of the demo's customers and of these."""
BROWSERS = ("script", "plain", "w3m", "lynx", "links", "elinks", "edbrowse", "firefox-esr")
WITHIN_PANELS = ("frame", "behind-w3m", "behind-lynx", "whmcs-7")
KINDS = ("debtor", "aligner", "holder", "saver")
DEBTORS, ALIGNERS, HOLDERS, SAVERS = (
    [f"{kind}-{browser}" for browser in (*BROWSERS, *WITHIN_PANELS)] for kind in KINDS
)
HANDLES = (*DEBTORS, *ALIGNERS, *HOLDERS, *SAVERS)
COLUMNS = "reference,name,product,owner,state,mode,period,start,expiry,price,currency,bill,billed,bill_number"
ENDS = (4, 9, 9, 15)
"""Of the services that an aligner or a holder has, days from today."""


def password_of(handle: str) -> str:
    return DEMO if handle.startswith("demo-") else OWN


def write_customers(folder: Path, today: date) -> None:
    """The files that an inventory would have of them."""
    people = [
        f"{handle},{handle}@demo.example,{handle},individual,FR,FR,en,card,Visa 4242,test-accepted"
        for handle in HANDLES
    ]
    columns = "handle,email,name,kind,country,portal,language,payment_kind,payment_label,payment_reference"
    _write(folder / "accounts.csv", columns, people)
    owed = [line for handle in DEBTORS for line in _owed(handle, today)]
    owed += [_owed(handle, today)[0] for handle in HOLDERS]
    held = [line for handle in (*ALIGNERS, *HOLDERS, *SAVERS) for line in _held(handle, today)]
    _write(folder / "services.csv", COLUMNS, [*owed, *held])


def _owed(handle: str, today: date) -> list[str]:
    """Billed today: however many midnights pass meanwhile here and at the seller, nobody is debited again for it."""
    start, end = date(today.year - 1, today.month, 1), date(today.year + 1, today.month, 1)
    return [
        f"D-{handle}-{number},{handle}-{number}.example,domain-example,{handle},active,automatic,P12M,"
        f"{start},{end},9.90,EUR,14.40,{today},{handle}-{number}"
        for number in (1, 2)
    ]


def _held(handle: str, today: date) -> list[str]:
    start = today - timedelta(days=20)
    sites = [
        f"A-{handle}-{number},site-{number}.{handle}.example,canopee-10,{handle},active,automatic,P1M,"
        f"{start},{today + timedelta(days=days)},5.00,EUR,,,"
        for number, days in enumerate(ENDS, 1)
    ]
    name = f"A-{handle}-name,{handle}.example,domain-example,{handle},active,automatic,P12M"
    return [*sites, f"{name},{start},{today + timedelta(days=200)},9.90,EUR,,,"]


def _write(path: Path, columns: str, rows: list[str]) -> None:
    path.write_text("\n".join([columns, *rows]) + "\n")
