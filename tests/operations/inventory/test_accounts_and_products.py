"""What imports of accounts and products leave behind, and what they leave alone."""

from datetime import date

from sqlalchemy import select

from tests.conftest import NOON
from webapp.domain.methods import MethodKind, MethodState
from webapp.domain.periods import Period
from webapp.extensions import db
from webapp.language.catalogues import LANGUAGES as PAGES
from webapp.models import Acceptance, Account, AccountEvent, Listing, PaymentMethod, Price, Product
from webapp.operations.inventory.account_file import LANGUAGES

from .inventory import ACCOUNT, PRODUCT, SERVICE, Inventory

CARD = {"payment_kind": "card", "payment_label": "Visa 4242", "payment_expiry": "2027-12"}


def the_account(handle: str = "alice") -> Account:
    db.session.expire_all()
    return db.session.scalars(select(Account).where(Account.handle == handle)).one()


def the_methods() -> list[PaymentMethod]:
    db.session.expire_all()
    return list(db.session.scalars(select(PaymentMethod).order_by(PaymentMethod.id)))


def test_an_account_is_changed_and_its_password_is_not(stock: Inventory) -> None:
    the_account().password_hash = "kept"
    db.session.commit()
    report = stock.rows("accounts", ACCOUNT | {"email": "New@X.example", "language": "fr"})
    account = the_account()
    assert (report.changed, account.email, account.language, account.password_hash) == (
        1,
        "new@x.example",
        "fr",
        "kept",
    )
    assert stock.rows("accounts", ACCOUNT | {"email": "new@x.example"}).unchanged == 1
    assert the_account().language == "fr"


def test_the_default_payment_method_follows_the_file(stock: Inventory) -> None:
    assert stock.rows("accounts", ACCOUNT | CARD).changed == 1
    [method] = the_methods()
    assert (method.kind, method.label, method.state) == (MethodKind.CARD, "Visa 4242", MethodState.VALID)
    assert (method.expires_on, method.is_default) == (date(2028, 1, 1), True)
    assert stock.rows("accounts", ACCOUNT | CARD).unchanged == 1
    assert stock.rows("accounts", ACCOUNT | CARD | {"payment_state": "refused"}).changed == 1
    assert stock.rows("accounts", ACCOUNT).unchanged == 1
    assert [method.state for method in the_methods()] == [MethodState.REFUSED]
    assert [method.snapshot().connected for method in the_methods()] == [False]
    assert stock.rows("accounts", ACCOUNT | CARD | {"payment_reference": "pm-1"}).changed == 1
    assert [method.snapshot().connected for method in the_methods()] == [True]


def test_a_payment_method_that_was_left_here_stays_the_default(stock: Inventory) -> None:
    stock.rows("accounts", ACCOUNT | CARD)
    [told] = the_methods()
    told.is_default = False
    db.session.flush()
    kept = {"kind": MethodKind.CARD, "label": "Visa 1881", "state": MethodState.VALID, "reference": "pm-9"}
    db.session.add(PaymentMethod(account_id=told.account_id, is_default=True, **kept))
    db.session.commit()
    assert stock.rows("accounts", ACCOUNT | CARD).unchanged == 1
    assert stock.rows("accounts", ACCOUNT | CARD | {"payment_state": "refused"}).changed == 1
    assert stock.rows("accounts", ACCOUNT | CARD | {"payment_reference": "pm-9"}).unchanged == 1
    left = [(each.label, each.state, each.is_default) for each in the_methods()]
    assert left == [("Visa 4242", MethodState.REFUSED, False), ("Visa 1881", MethodState.VALID, True)]


def test_a_payment_method_that_was_removed_comes_back_only_as_another_one(stock: Inventory) -> None:
    stock.rows("accounts", ACCOUNT | CARD)
    [told] = the_methods()
    told.removed_at, told.is_default = NOON, False
    db.session.commit()
    assert stock.rows("accounts", ACCOUNT | CARD).unchanged == 1
    assert [each.removed_at is None for each in the_methods()] == [False]
    assert stock.rows("accounts", ACCOUNT | CARD | {"payment_expiry": "2031-01"}).changed == 1
    assert [(each.removed_at is None, each.is_default) for each in the_methods()] == [(False, False), (True, True)]


def test_agreements_are_added_and_never_taken_away(stock: Inventory) -> None:
    quentin = ACCOUNT | {"handle": "quentin", "email": "q@x.example", "country": "CA", "portal": "QC"}
    assert stock.rows("accounts", quentin | {"agreements": "qc-1753 qc-1753"}).changed == 1
    assert stock.rows("accounts", quentin | {"agreements": "qc-1753"}).unchanged == 1
    assert stock.rows("accounts", quentin).unchanged == 1
    assert db.session.scalars(select(Acceptance.agreement)).all() == ["qc-1753"]


def test_another_portal_writes_the_tables_of_the_account_anew(stock: Inventory) -> None:
    stock.rows("services", SERVICE)
    assert db.session.scalars(select(Listing.price_minor)).all() == [1199]
    stock.rows("accounts", ACCOUNT | {"portal": "DE"})
    assert db.session.scalars(select(Listing.price_minor)).all() == [1189]


def test_a_portal_of_another_currency_is_refused_while_there_are_services(stock: Inventory) -> None:
    moved = ACCOUNT | {"portal": "QC"}
    assert stock.rows("accounts", moved).changed == 1
    stock.rows("accounts", ACCOUNT)
    stock.rows("services", SERVICE)
    [said] = stock.refused("accounts", moved)
    assert said.startswith("accounts.csv:2: portal: “QC” is wrong here")


def test_a_refused_file_adds_no_account(stock: Inventory) -> None:
    zoe = ACCOUNT | CARD | {"handle": "zoe", "email": "zoe@x.example"}
    stock.refused("accounts", zoe, ACCOUNT | {"portal": "XX"})
    assert db.session.scalars(select(Account.handle).where(Account.handle == "zoe")).all() == []
    assert the_methods() == []


def test_products_and_prices_are_added_and_changed(stock: Inventory) -> None:
    renamed = PRODUCT | {"name": "Domain name", "forced": "yes"}
    report = stock.rows(
        "products", renamed | {"price": "11"}, renamed | {"period": "P3Y"}, PRODUCT | {"product": "tld"}
    )
    assert (report.created, report.changed, report.unchanged) == (1, 1, 0)
    product = db.session.scalars(select(Product).where(Product.code == "dom")).one()
    assert (product.name, product.forced) == ("Domain name", True)
    prices = {(price.currency, price.period): price.minor for price in product.prices}
    euros = {("EUR", Period(12)): 1100, ("EUR", Period(24)): 1850, ("EUR", Period(36)): 999}
    assert prices == euros | {("CAD", Period(12)): 1400}


def test_the_same_products_again_change_nothing(stock: Inventory) -> None:
    report = stock.rows(
        "products", PRODUCT | {"forced": "no", "price": "9,99"}, PRODUCT | {"period": "P24M", "price": "18.5"}
    )
    assert (report.created, report.changed, report.unchanged) == (0, 0, 1)


def test_json_products_may_say_true_and_false(inventory: Inventory) -> None:
    assert inventory.json("products", [PRODUCT | {"forced": True, "price": 12}]).created == 1
    assert db.session.scalars(select(Product.forced)).all() == [True]


def test_another_family_writes_the_tables_anew(stock: Inventory) -> None:
    stock.rows("services", SERVICE)
    assert stock.rows("products", PRODUCT | {"family": "hosting"}).changed == 1
    assert db.session.scalars(select(Listing.family)).all() == ["hosting"]


def test_a_family_without_manual_mode_is_refused_while_services_have_it(stock: Inventory) -> None:
    stock.rows("services", SERVICE | {"mode": "manual"})
    [said] = stock.refused("products", PRODUCT | {"family": "email"})
    assert said.startswith("products.csv:2: family: “email” is wrong here")


def test_a_refused_file_adds_no_product(stock: Inventory) -> None:
    stock.refused("products", PRODUCT | {"product": "tld"}, PRODUCT | {"price": "x"})
    assert db.session.scalars(select(Price.minor).join(Product).where(Product.code == "tld")).all() == []


def test_accounts_may_speak_every_language_of_the_pages() -> None:
    assert set(LANGUAGES) == set(PAGES)


BUSINESS = ACCOUNT | {"kind": "business", "country": "DE"}


def test_what_a_customer_tells_of_itself_stays_where_nothing_is_given(stock: Inventory) -> None:
    stock.rows("accounts", ACCOUNT | {"address": "1 rue X / 59000 Lille", "reference": "PO 12"})
    stock.rows("accounts", ACCOUNT | {"reference": "PO 13"})
    account = db.session.scalars(select(Account).where(Account.handle == "alice")).one()
    assert (account.address, account.reference, account.vat_checked) == ("1 rue X\n59000 Lille", "PO 13", False)
    events = db.session.scalars(select(AccountEvent).order_by(AccountEvent.id)).all()
    assert [(each.by_id, each.old, each.new) for each in events] == [
        (None, {"address": "", "reference": ""}, {"address": "1 rue X\n59000 Lille", "reference": "PO 12"}),
        (None, {"reference": "PO 12"}, {"reference": "PO 13"}),
    ]


def test_a_vat_number_in_the_file_is_checked_and_the_table_follows(stock: Inventory) -> None:
    stock.rows("accounts", BUSINESS)
    stock.rows("services", SERVICE)
    stock.rows("accounts", BUSINESS | {"vat_number": "de 000000000"})
    account = db.session.scalars(select(Account).where(Account.handle == "alice")).one()
    assert (account.vat_number, account.vat_checked) == ("DE000000000", True)
    assert db.session.scalars(select(Listing.price_minor)).all() == [999]
