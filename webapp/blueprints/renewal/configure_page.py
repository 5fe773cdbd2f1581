"""What the page that configures a renewal is drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ...domain.facts import Facts
from ...domain.labels import N_
from ...domain.law.contracts import ContractRules
from ...domain.periods import Period
from ...domain.refusals import Refusal
from ...domain.renewal.choices import (
    Choice,
    Rate,
    choice_named,
    choices,
    current,
    net_price,
    periods,
    rates,
    why_not_manual,
)
from ...domain.renewal.preview import NO_VALID_METHOD, Preview, pays, preview, shown
from ...domain.roles import Role
from ...domain.service.actions import Action, refusal
from ...domain.service.case import Case
from ...domain.service.ending import is_over, lapsed_until
from ...extensions import db
from ...operations.ledger import balance
from ...operations.renewal.configure import renewal_case
from ...web.addresses import address_of
from ...web.reader import reader
from ...web.subject import Subject
from ...web.viewing import desk
from ...wording.funds import told
from ...wording.reckoned import Named, compared
from ...wording.why_acts import why_renewing
from .forms import ConfigureForm


@dataclass(frozen=True, slots=True)
class ConfigurePage:
    subject: Subject
    rules: ContractRules
    choices: tuple[Choice, ...]
    rates: Mapping[Period, Rate]
    """What each period costs; empty for whoever may not see it."""
    current: Choice
    chosen: Choice
    preview: Preview
    facts: Facts
    pays: bool
    deleted_on: date | None
    """Where it is renewed by hand and nobody does it."""
    over: bool
    """Whether the time that is paid for has ended."""
    told_ahead: bool
    """Whether a mail tells of each renewal in the month before."""
    funds: Sequence[str]
    """From where the first debit is taken, in sentences."""
    why: Sequence[str]
    """Of the days on which it is paid for, or ends, and of the amount."""
    agreed: frozenset[str]
    """Codes that are ticked already."""
    why_not_manual: Refusal | None
    impossible: Refusal | None

    @property
    def why_compared(self) -> Named:
        return compared(self.rates, reader())

    @property
    def lacks_method(self) -> bool:
        """Whether a valid payment method is all that the choice needs."""
        return self.preview.obstacle == NO_VALID_METHOD()

    def place(self, code: str) -> str:
        """Which element a refusal is about."""
        return "agreements" if code == "agreement-missing" else "choice"


def configure_page(reference: str, form: ConfigureForm) -> ConfigurePage:
    """The page with the choice that was typed. Raises NoSuchService."""
    asking = desk()
    asked = renewal_case(db.session(), reference, asking)
    case, service = asked.held.case, asked.held.case.service
    chosen = choice_named(form.choice.data or "", service, asked.offer) or current(service)
    seen = preview(case, chosen, asked.offer)
    prices = {each: case.rules.shown(net_price(service, each, asked.offer)) for each in periods(service, asked.offer)}
    return ConfigurePage(
        subject=Subject.of(
            asked.held, N_("Configure the renewal of %(name)s"), address_of("renewal.configure", reference=reference)
        ),
        rules=case.rules,
        choices=choices(service, asked.offer),
        rates=rates(prices) if Role.BILLING in case.roles else {},
        current=current(service),
        chosen=chosen,
        preview=seen,
        facts=shown(seen, case),
        pays=pays(seen, case),
        deleted_on=lapsed_until(service),
        over=is_over(service, case.today),
        told_ahead=bool(chosen.period and asking.rules.lifecycle.recaps(chosen.period)),
        funds=_funds(case, seen),
        why=why_renewing(seen, case, asked.offer, reader()),
        agreed=frozenset(form.agreed.data or ()),
        why_not_manual=why_not_manual(service),
        impossible=refusal(Action.CONFIGURE, case),
    )


def _funds(case: Case, seen: Preview) -> Sequence[str]:
    if not seen.debits:
        return ()
    asking, seller = desk(), (case.rules.portal.code, case.service.price.currency)
    money = balance(db.session(), asking.account_id, seller)
    return list(told(seen.debits[0].on, case.method, money, asking.rules.lifecycle.suspended_after_days, reader()))
