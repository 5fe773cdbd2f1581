"""The rules of a contract: who sells, to whom, and what that changes.

A portal is a seller, not a language and not a place of residence. What nobody has stated is None and
behaves safely; the field says how.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Self
from zoneinfo import ZoneInfo

from ..labels import N_, Labelled
from ..methods import MethodKind
from ..money import Money
from .parties import Seller

EXCLUDED, INCLUDED = N_("excl. tax"), N_("tax included")
CLEAR_ORDER_BUTTON = N_("Order with obligation to pay")
"""Directive 2011/83/EU art. 8(2)."""


class CustomerKind(Labelled):
    INDIVIDUAL = "individual", N_("Individual")
    BUSINESS = "business", N_("Business")
    ASSOCIATION = "association", N_("Association")
    PUBLIC_BODY = "public-body", N_("Public body")


class TaxNote(Labelled):
    """Why a document charges no tax."""

    REVERSE_CHARGE = (
        "reverse-charge",
        N_("Reverse charge: the customer owes the tax (Directive 2006/112/EC, articles 44 and 196)."),
    )


UNNAMED_TAX = N_("Tax")
TAX_NAMES = (N_("VAT"), N_("GST"), N_("QST"))
"""What the portals' taxes are called, in words that every language has of its own."""


@dataclass(frozen=True, slots=True)
class Tax:
    name: str
    """In English; readers are told it in their language where that has a word for it."""
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Levy:
    """One tax on one amount, rounded on its own."""

    tax: Tax
    amount: Money

    def stored(self) -> Mapping[str, Any]:
        return {"name": self.tax.name, "percent": str(self.tax.percent), "minor": self.amount.minor}

    @classmethod
    def read(cls, stored: Mapping[str, Any], currency: str) -> Self:
        return cls(Tax(stored["name"], Decimal(stored["percent"])), Money(stored["minor"], currency))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Terms that the seller asks to be accepted before a service renews by itself."""

    code: str
    title: str
    customer_kinds: frozenset[CustomerKind]
    since: date | None
    """First day it is asked for; None where no source states it, and then it is always asked for."""
    wording: "Wording | None" = None
    """What is accepted; unknown: nobody can accept it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of an agreement as the seller has it."""

    version: str
    dated: date
    text: str
    """Paragraphs, with an empty line between them."""


@dataclass(frozen=True, slots=True)
class OfferedMethod:
    """A kind of payment method that a seller takes."""

    kind: MethodKind
    since: date | None
    """First day it is offered; None where no source states it, and then it always is."""
    customer_kinds: frozenset[CustomerKind] | None
    """To whom; None: to everybody."""


@dataclass(frozen=True, slots=True)
class Portal:
    """A regional storefront (rules/portals/*.toml)."""

    code: str
    name: str
    territory: str
    currency: str
    zone: ZoneInfo
    languages: tuple[str, ...]
    taxes: tuple[Tax, ...]
    net_prices_for: frozenset[CustomerKind]
    """To whom prices may be shown without tax; everyone else sees them with tax."""
    method_needed_for_automatic: bool | None
    """Whether switching automatic renewal on demands a valid payment method; unknown: not demanded."""
    agreements: tuple[Agreement, ...]
    order_button: str | None
    """What the button says that makes somebody owe a payment; unknown: words that leave no doubt about it."""
    reverse_charge_in: frozenset[str] = frozenset()
    """Countries whose businesses owe the tax themselves, if they have a VAT number; unknown: nobody does."""
    net_basis: str = EXCLUDED
    gross_basis: str = INCLUDED
    """What stands beside a price without tax, and beside one with it."""
    seller: Seller = field(default_factory=lambda: Seller(""))
    """Its legal block; unknown: documents name the portal only."""
    buyer_address_for: frozenset[CustomerKind] = frozenset()
    """Whose invoices have to name their address, so that it is asked for before they pay; unknown: nobody’s."""
    recovery_indemnity: Money | None = None
    """What a business that pays late owes at least for the costs of recovery; unknown: invoices do not name it."""
    payment_methods: tuple[OfferedMethod, ...] = ()
    """What can be left for later debits; unknown: nothing."""

    def methods_for(self, customer_kind: CustomerKind, day: date) -> tuple[MethodKind, ...]:
        """The kinds of payment methods that such a customer may leave on that day."""
        return tuple(
            each.kind
            for each in self.payment_methods
            if (each.since is None or each.since <= day)
            and (each.customer_kinds is None or customer_kind in each.customer_kinds)
        )

    @property
    def binding_button(self) -> str:
        """What the button says that makes somebody owe a payment."""
        return self.order_button or CLEAR_ORDER_BUTTON

    def seller_for(self, customer_kind: CustomerKind) -> Mapping[str, Any]:
        """Who sells to such a customer, as documents keep it, with what paying late costs a business."""
        if customer_kind is not CustomerKind.BUSINESS:
            return self.seller.stored()
        indemnity = self.recovery_indemnity and self.recovery_indemnity.minor
        late = {"late_interest": self.seller.late_interest, "recovery_minor": indemnity}
        return {**self.seller.stored(), **{name: value for name, value in late.items() if value}}

    def lacks_address(self, customer_kind: CustomerKind, address: str) -> bool:
        """Whether such a customer has to tell it before an invoice can be written."""
        return customer_kind in self.buyer_address_for and not address

    def told_levies(self, net: Money, gross: Money, percent: Decimal) -> tuple[Levy, ...]:
        """The taxes of an amount that was billed elsewhere, of which their rate together is known.

        At a rate of its own it is one tax; what was rounded otherwise there is in the last one.
        """
        if not percent:
            return ()
        known = self.taxes if sum(tax.percent for tax in self.taxes) == percent else ()
        *first, last = known or (Tax(self.taxes[0].name if len(self.taxes) == 1 else UNNAMED_TAX, percent),)
        levies = [Levy(tax, net.percent(tax.percent)) for tax in first]
        rest = gross.minor - net.minor - sum(levy.amount.minor for levy in levies)
        return (*levies, Levy(last, Money(rest, net.currency)))


@dataclass(frozen=True, slots=True)
class ContractRules:
    """What binds one contract on one day."""

    portal: Portal
    customer_kind: CustomerKind
    agreements: tuple[Agreement, ...]
    taxes: tuple[Tax, ...]
    """Those that are charged."""
    tax_note: TaxNote | None = None
    """Why none is, where the law wants that to be said."""

    @property
    def name(self) -> str:
        """What an event remembers the contract by: ``FR individual``."""
        return f"{self.portal.code} {self.customer_kind}"

    @property
    def method_needed_for_automatic(self) -> bool:
        return self.portal.method_needed_for_automatic is True

    @property
    def order_button(self) -> str:
        return self.portal.binding_button

    @property
    def shows_net_prices(self) -> bool:
        return self.customer_kind in self.portal.net_prices_for

    @property
    def for_a_consumer(self) -> bool:
        """Everybody else has to be told of every amount whether tax is in it."""
        return self.customer_kind is CustomerKind.INDIVIDUAL

    @property
    def price_basis(self) -> str:
        """What stands beside a price as this customer is shown it."""
        return self.portal.net_basis if self.shows_net_prices else self.portal.gross_basis

    def shown(self, net: Money) -> Money:
        """A price as this customer is shown it, with tax or without."""
        return net if self.shows_net_prices else self.gross(net)

    def levies(self, net: Money) -> tuple[Levy, ...]:
        """Each tax on that amount."""
        return tuple(Levy(tax, net.percent(tax.percent)) for tax in self.taxes)

    def gross(self, net: Money) -> Money:
        """The amount a customer is debited: each tax is rounded on its own and added."""
        return sum((levy.amount for levy in self.levies(net)), start=net)


def rules_for(
    portal: Portal, customer_kind: CustomerKind, on: date, *, vat_country: str | None = None
) -> ContractRules:
    """The rules in force on that day for such a customer of that portal.

    ``vat_country`` is where it is a taxable person, as far as the seller has checked that.
    """
    agreements = tuple(
        agreement
        for agreement in portal.agreements
        if customer_kind in agreement.customer_kinds and (agreement.since is None or agreement.since <= on)
    )
    elsewhere = vat_country in portal.reverse_charge_in and vat_country != portal.territory
    if elsewhere and customer_kind is not CustomerKind.INDIVIDUAL:
        return ContractRules(portal, customer_kind, agreements, (), TaxNote.REVERSE_CHARGE)
    return ContractRules(portal, customer_kind, agreements, portal.taxes)
