"""What the pages are drawn from that pay for the next term."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ...domain.billing.quote import Item, SellerPart
from ...domain.facts import Facts
from ...domain.labels import N_
from ...domain.law.contracts import ContractRules
from ...domain.money import Money
from ...domain.periods import Period
from ...domain.refusals import Refusal
from ...domain.renewal.choices import Rate, rates
from ...domain.service.actions import Action, refusal
from ...extensions import db
from ...operations.companions import KnownCompanion
from ...operations.orders.find import open_order
from ...operations.renewal.renew import LeftOut, renewing
from ...web.addresses import address_of
from ...web.paying import WaysToPay, obstacle, ways_to_pay
from ...web.reader import reader
from ...web.subject import Subject
from ...web.viewing import desk
from ...wording.reckoned import Named, compared, reckoned_term
from ...wording.redemption import redemption
from ...wording.why_acts import why_bought
from .forms import RenewForm

TITLES = {
    Action.RENEW: N_("Renew %(name)s"),
    Action.ANTICIPATE: N_("Bring forward the payment for %(name)s"),
}
ENDPOINTS = {Action.RENEW: "next_term.renew", Action.ANTICIPATE: "next_term.anticipate"}


@dataclass(frozen=True, slots=True)
class Together:
    """A companion, and what it costs as well."""

    known: KnownCompanion
    item: Item


@dataclass(frozen=True, slots=True)
class RenewPage:
    subject: Subject
    today: date
    rules: ContractRules
    facts: Facts
    items: Sequence[Item]
    """What each duration costs, the shortest first."""
    unsold: Sequence[tuple[Period, Refusal]]
    """Durations that cannot be had now, each with the reason."""
    chosen: Item | None
    companions: Sequence[Together]
    together: frozenset[str]
    """References that are ticked already."""
    left_out: Sequence[LeftOut]
    part: SellerPart | None
    """What is chosen, as it would be ordered."""
    named: Mapping[str, tuple[str, str]]
    """By reference: the name of the service, and that of its product, since a domain and its hosting may share one."""
    open_order: str | None
    """The code of the order for it that waits to be paid."""
    lapses_at: datetime
    """When an order made now lapses."""
    obstacle: Refusal | None
    """Why what is due cannot be paid here."""
    ways: WaysToPay
    impossible: Refusal | None
    redemption: str
    """What restoring it costs as well; empty where it needs no restoring."""
    why: Named
    """Of each service that is, or may be, paid for."""
    why_then: Sequence[str]
    """Of what it costs from then on."""

    def price(self, item: Item) -> Money:
        """As prices are shown to this customer, with or without tax."""
        return self.rules.shown(item.net)

    @property
    def why_compared(self) -> Named:
        return compared(self.rates, reader())

    @property
    def rates(self) -> Mapping[Period, Rate]:
        """What each duration costs beside the others."""
        prices = {item.duration: self.rules.shown(item.term_net) for item in self.items if item.duration}
        return rates(prices)

    def place(self, code: str) -> str:
        """Which element a refusal is about."""
        if code == "no-companion" and self.companions:
            return "companions-too"
        return "duration" if self.items else "what"


def renew_page(action: Action, reference: str, form: RenewForm) -> RenewPage:
    """The page with what was chosen. Raises NoSuchService."""
    session, asking = db.session(), desk()
    asked = renewing(session, reference, asking)
    held, case = asked.asked.held, asked.asked.held.case
    impossible = refusal(action, case) or asked.asked.refusal
    items = [] if impossible else asked.asked.items
    unpayable = obstacle()
    if items and not any(item.at_once for item in items) and unpayable:
        impossible, items = unpayable, []
    chosen = _chosen(items, form.period, case.service.period)
    duration = chosen.duration if chosen else None
    companions = [Together(each.known, each.item(duration)) for each in asked.companions] if duration else []
    together = form.references & {each.known.reference for each in companions}
    part = asked.quote(duration, together).parts[0] if duration else None
    named = {reference: (held.display_name, case.service.product.name)}
    named |= {each.known.reference: (each.known.name, each.known.product) for each in companions}
    offered = [*([chosen] if chosen else []), *(each.item for each in companions)]
    return RenewPage(
        subject=Subject.of(held, TITLES[action], address_of(ENDPOINTS[action], reference=reference)),
        today=case.today,
        rules=case.rules,
        facts=asked.facts,
        items=items,
        unsold=asked.asked.unsold,
        chosen=chosen,
        companions=companions,
        together=together,
        left_out=asked.left_out,
        part=part,
        named=named,
        open_order=open_order(session, held.row.id, asking),
        lapses_at=asking.now + asking.rules.orders.order_lasts,
        obstacle=unpayable,
        ways=ways_to_pay(form.means.data, part.gross if part else None, case.rules.portal.code),
        impossible=impossible,
        redemption=redemption(case, reader()),
        why=[
            (", ".join(named[each.reference]), why_bought(each, asked.cases[each.reference], reader()))
            for each in offered
        ],
        why_then=reckoned_term(case.service, case.rules, reader()),
    )


def _chosen(items: Sequence[Item], asked_for: Period | None, usual: Period | None) -> Item | None:
    """What was chosen, else the period that it has, else the shortest."""
    by_duration = {item.duration: item for item in items}
    wished = next((each for each in (asked_for, usual) if each in by_duration), None)
    return by_duration[wished] if wished else next(iter(items), None)
