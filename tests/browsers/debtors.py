"""Customers of the tests besides the demo's: each owes two bills, and one journey pays them all."""

from datetime import date, timedelta
from pathlib import Path

PASSWORD = "demo"
HANDLES = ("debtor-script", "debtor-plain", "debtor-w3m", "debtor-lynx")
ACCOUNTS, SERVICES = "accounts.csv", "services.csv"


def write_debtors(folder: Path, today: date) -> None:
    """The files that an inventory would have of them."""
    people = [f"{handle},{handle}@demo.example,{handle},individual,FR,FR,en" for handle in HANDLES]
    _write(folder / ACCOUNTS, "handle,email,name,kind,country,portal,language", people)
    start, end = date(today.year - 1, today.month, 1), date(today.year + 1, today.month, 1)
    bill = f"14.40,{today - timedelta(days=2)}"
    services = [
        f"D-{handle}-{number},{handle}-{number}.example,domain-example,{handle},active,automatic,P12M,"
        f"{start},{end},9.90,EUR,{bill},{handle}-{number}"
        for handle in HANDLES
        for number in (1, 2)
    ]
    columns = "reference,name,product,owner,state,mode,period,start,expiry,price,currency,bill,billed,bill_number"
    _write(folder / SERVICES, columns, services)


def _write(path: Path, columns: str, rows: list[str]) -> None:
    path.write_text("\n".join([columns, *rows]) + "\n")
