"""The products and accounts that service rows name, fetched once per chunk, and what follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...domain.periods import Period
from ...domain.service.catalogue import Family
from ...domain.service.service import Mode
from ...models import Account, Price, Product
from ...rules import Rules
from .columns import Row, Values, misplaced
from .problems import Problems, quoted

CONTACTS = ("owner", "admin", "technical", "billing")
NAMED = ("product", *CONTACTS)


@dataclass(frozen=True, slots=True)
class SoldProduct:
    id: int
    code: str
    family: Family
    periods: frozenset[tuple[str, Period]]
    """Currency and period of each price."""


@dataclass(frozen=True, slots=True)
class Holder:
    """An account, as far as services name it."""

    id: int
    handle: str
    portal: str
    currency: str


@dataclass(frozen=True, slots=True)
class References:
    products: dict[str, SoldProduct]
    holders: dict[str, Holder]
    handles: dict[int, str]
    """The same accounts by their keys."""

    def check_known(self, row: Row, problems: Problems) -> None:
        """Report every name that stands for nothing."""
        for column, known in ((name, self.products if name == "product" else self.holders) for name in NAMED):
            value = row.values[column]
            if value is not None and value not in known:
                kind = "product" if column == "product" else "account"
                problems.add(row.line, f"unknown reference {quoted(value)}; import the {kind} first", column)

    def clashes(self, values: Values) -> Iterator[tuple[str, str]]:
        """Columns that the product or the owner's portal rules out, each with the reason."""
        owner, product = self.holders.get(values["owner"]), self.products.get(values["product"])
        currency = values["currency"]
        if owner and currency and currency != owner.currency:
            yield "currency", f"portal {owner.portal} of account {owner.handle} sells in {owner.currency}"
        if product and values["mode"] is Mode.MANUAL and not product.family.manual_allowed:
            yield "mode", f"services of family {product.family.code} always renew automatically"
        if product and currency and values["period"] and (currency, values["period"]) not in product.periods:
            yield "period", f"product {product.code} is sold in {currency} for {_listed(product, currency)}"

    def check_clashes(self, row: Row, problems: Problems) -> None:
        for column, says in self.clashes(row.values):
            problems.add(row.line, misplaced(row.values[column], says), column)


def _listed(product: SoldProduct, currency: str) -> str:
    periods = sorted(period for sold_in, period in product.periods if sold_in == currency)
    return ", ".join(map(str, periods)) or "no period"


def find_references(session: Session, rows: list[Row], ids: set[int], rules: Rules) -> References:
    """Everything that the rows name, and the accounts with these keys, in three statements."""
    codes = {row.values["product"] for row in rows}
    handles = {row.values[name] for row in rows for name in CONTACTS}
    holders = _holders(session, handles - {None}, ids, rules)
    by_id = {holder.id: handle for handle, holder in holders.items()}
    return References(_products(session, codes - {None}, rules), holders, by_id)


def _products(session: Session, codes: set[str], rules: Rules) -> dict[str, SoldProduct]:
    found = session.execute(select(Product.id, Product.code, Product.family).where(Product.code.in_(codes))).all()
    sold: dict[int, set[tuple[str, Period]]] = {product.id: set() for product in found}
    query = select(Price.product_id, Price.currency, Price.period).where(Price.product_id.in_(sold))
    for product_id, currency, period in session.execute(query):
        sold[product_id].add((currency, period))
    return {
        product.code: SoldProduct(product.id, product.code, rules.families[product.family], frozenset(sold[product.id]))
        for product in found
    }


def _holders(session: Session, handles: set[str], ids: set[int], rules: Rules) -> dict[str, Holder]:
    query = select(Account.id, Account.handle, Account.portal)
    query = query.where(or_(Account.handle.in_(handles), Account.id.in_(ids)))
    return {
        account.handle: Holder(account.id, account.handle, account.portal, rules.portals[account.portal].currency)
        for account in session.execute(query)
    }
