"""The products and accounts that service rows name, fetched once per chunk, and what follows from them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row as RowOfTable
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from ...domain.periods import Period
from ...domain.service.catalogue import Product as CatalogueProduct
from ...domain.service.service import Mode
from ...models import Account, Price, Product, Service
from ...rules.loader import Rules
from .columns import Row, Values, misplaced
from .problems import Problems, quoted

Stored = RowOfTable[*tuple[Any, ...]]
CONTACTS = ("owner", "admin", "technical", "billing")
NAMED = ("product", *CONTACTS)


@dataclass(frozen=True, slots=True)
class SoldProduct:
    id: int
    product: CatalogueProduct
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
class Parent:
    """A service, as far as others come with it."""

    reference: str
    owner: str
    comes_with: str | None
    """Another one; then nothing can come with it."""


@dataclass(frozen=True, slots=True)
class References:
    products: dict[str, SoldProduct]
    holders: dict[str, Holder]
    handles: dict[int, str]
    """The same accounts by their keys."""
    parents: dict[str, Parent]
    """The services that rows name, as the file has them or as they were imported before."""
    keys: dict[str, int]
    """Keys of these and of new services by their references; those of new ones come when they are written."""
    standing: dict[int | None, str]
    """References of the services that stored ones come with now, by their keys."""

    def check_known(self, row: Row, problems: Problems) -> None:
        """Report every name that stands for nothing."""
        for column, known in ((name, self.products if name == "product" else self.holders) for name in NAMED):
            value = row.values[column]
            if value is not None and value not in known:
                kind = "product" if column == "product" else "account"
                problems.add(row.line, f"unknown reference {quoted(value)}; import the {kind} first", column)
        parent = row.values["parent"]
        if parent is not None and parent not in self.parents:
            says = f"unknown reference {quoted(parent)}; it stands before it or was imported earlier"
            problems.add(row.line, says, "parent")

    def _misplaced_parent(self, values: Values) -> str | None:
        parent = self.parents.get(values["parent"])
        if parent is None:
            return None
        if parent.reference == values["reference"]:
            return "a service does not come with itself"
        if parent.comes_with:
            return f"that service comes with {parent.comes_with} itself"
        return None if parent.owner == values["owner"] else f"that service belongs to {parent.owner}"

    def clashes(self, values: Values) -> Iterator[tuple[str, str]]:
        """Columns that the product or the owner's portal rules out, each with the reason."""
        owner, product = self.holders.get(values["owner"]), self.products.get(values["product"])
        currency = values["currency"]
        if owner and currency and currency != owner.currency:
            yield "currency", f"portal {owner.portal} of account {owner.handle} sells in {owner.currency}"
        if product and values["mode"] is Mode.MANUAL and not product.product.family.manual_allowed:
            yield "mode", f"services of family {product.product.family.code} always renew automatically"
        if says := self._misplaced_parent(values):
            yield "parent", says
        if product and currency and values["period"] and (currency, values["period"]) not in product.periods:
            yield "period", f"product {product.product.code} is sold in {currency} for {_listed(product, currency)}"

    def check_clashes(self, row: Row, problems: Problems) -> None:
        for column, says in self.clashes(row.values):
            problems.add(row.line, misplaced(row.values[column], says), column)


def _listed(product: SoldProduct, currency: str) -> str:
    periods = sorted(period for sold_in, period in product.periods if sold_in == currency)
    return ", ".join(map(str, periods)) or "no period"


def find_references(session: Session, rows: list[Row], existing: Iterable[Stored], rules: Rules) -> References:
    """Everything that the rows name and that the stored services hold now, in four statements."""
    codes = {row.values["product"] for row in rows}
    handles = {row.values[name] for row in rows for name in CONTACTS}
    parents = {row.values["parent"] for row in rows} - {None}
    ids = {getattr(stored, f"{name}_id") for stored in existing for name in CONTACTS}
    standing = {stored.parent_id for stored in existing} - {None}
    known = _standing_parents(session, parents, standing)
    holders = _holders(session, handles - {None}, ids | {parent.owner_id for parent in known}, rules)
    by_id = {holder.id: handle for handle, holder in holders.items()}
    before = {each.reference: Parent(each.reference, by_id[each.owner_id], each.comes_with) for each in known}
    told = {
        row.values["reference"]: Parent(row.values["reference"], row.values["owner"], row.values["parent"])
        for row in rows
        if row.values["reference"] in parents
    }
    keys = {each.reference: each.id for each in known}
    standing_now: dict[int | None, str] = {each.id: each.reference for each in known}
    return References(_products(session, codes - {None}, rules), holders, by_id, before | told, keys, standing_now)


def _standing_parents(session: Session, references: set[str], keys: set[int]) -> Sequence[Stored]:
    above = aliased(Service)
    query = select(Service.id, Service.reference, Service.owner_id, above.reference.label("comes_with"))
    query = query.outerjoin(above, above.id == Service.parent_id)
    return session.execute(query.where(or_(Service.reference.in_(references), Service.id.in_(keys)))).all()


def _products(session: Session, codes: set[str], rules: Rules) -> dict[str, SoldProduct]:
    columns = (Product.id, Product.code, Product.name, Product.family, Product.forced)
    products = session.execute(select(*columns).where(Product.code.in_(codes))).all()
    sold: dict[int, set[tuple[str, Period]]] = {product.id: set() for product in products}
    query = select(Price.product_id, Price.currency, Price.period).where(Price.product_id.in_(sold))
    for product_id, currency, period in session.execute(query):
        sold[product_id].add((currency, period))
    return {
        code: SoldProduct(key, CatalogueProduct(code, name, rules.families[family], forced), frozenset(sold[key]))
        for key, code, name, family, forced in products
    }


def _holders(session: Session, handles: set[str], ids: set[int], rules: Rules) -> dict[str, Holder]:
    query = select(Account.id, Account.handle, Account.portal)
    query = query.where(or_(Account.handle.in_(handles), Account.id.in_(ids)))
    return {
        account.handle: Holder(account.id, account.handle, account.portal, rules.portals[account.portal].currency)
        for account in session.execute(query)
    }
